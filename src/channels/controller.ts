// Botkit as the host of chat turns: it receives, routes and replies. Every handler is guarded, every turn bounded in time.
import type { Botkit, BotkitMessage, BotWorker } from 'botkit';
import { PreticketError } from '../errors';
import { describeError, type Log } from '../log';
import type { TurnResult } from '../service/turn';
import type { ChannelAdapter, Incoming } from './adapter';
import { FORGETFUL_STORAGE } from './storage';

export interface Controller {
  /** Errors: those of the turn's work, TURN_TIMED_OUT. */
  run(incoming: Incoming): Promise<TurnResult>;
}

export interface ControllerOptions {
  readonly log: Log;
  readonly turnMs: number;
}

/** Loads Botkit (about a second and 85 MB). It opens no port and keeps nothing. */
export async function createController({ log, turnMs }: ControllerOptions): Promise<Controller> {
  const { Botkit } = await import('botkit');
  const { ChannelAdapter } = await import('./adapter.js');
  const adapter = new ChannelAdapter();
  const controller = new Botkit({ adapter, storage: FORGETFUL_STORAGE, disable_webserver: true });
  const failures = new Map<string, (error: unknown) => void>();
  route(controller, adapter, (turn, error) => failures.get(turn)?.(error));

  return {
    run: (incoming) =>
      new Promise<TurnResult>((resolve, reject) => {
        const end = (): void => {
          clearTimeout(timer);
          failures.delete(incoming.turn);
        };
        const fail = (error: unknown): void => {
          end();
          reject(error instanceof Error ? error : new Error('a turn failed'));
        };
        const timer = setTimeout(() => {
          log.warn('turn-failed', { code: 'TURN_TIMED_OUT' });
          fail(new PreticketError('TURN_TIMED_OUT', 'This took too long. Try again; what was done is not done twice.'));
        }, turnMs);
        failures.set(incoming.turn, fail);
        adapter
          .receive(
            incoming,
            (context) => controller.handleTurn(context),
            (result) => {
              end();
              resolve(result);
            },
          )
          .then(() => fail(new Error('a turn ended without a reply')))
          .catch((error: unknown) => {
            if (!(error instanceof PreticketError)) log.error('turn-failed', describeError(error));
            fail(error);
          });
      }),
  };
}

/** The only handler: hands the turn to the service, and its answer back. Nothing may escape it: Botkit would hang, and the process end. */
function route(controller: Botkit, adapter: ChannelAdapter, fail: (turn: string, error: unknown) => void): void {
  controller.on('message', async (bot: BotWorker, message: BotkitMessage) => {
    const turn = message.incoming_message.id ?? '';
    try {
      const result = await adapter.workOf(turn)?.();
      if (result === undefined) return;
      await bot.reply(message, { type: 'message', text: result.body, channelData: { seq: result.seq } });
    } catch (error) {
      fail(turn, error);
    }
  });
}

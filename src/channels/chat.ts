// The chat channels' way to the service: Botkit hosts each message, redacted before it sees it, one after the other in a conversation.
import { createHash, randomBytes } from 'node:crypto';
import { PreticketError } from '../errors';
import type { Log } from '../log';
import type { Service } from '../service';
import { TurnQueue } from '../service/turn-queue';
import { type Controller, createController } from './controller';

/** A turn takes milliseconds; the longest text and a slow disk some seconds. */
const TURN_MS = 20_000;

export interface ChatOptions {
  readonly service: Pick<Service, 'message' | 'redact'>;
  readonly log: Log;
  /** `web`, `terminal`. */
  readonly channel: string;
  /** 20 s where left out. */
  readonly turnMs?: number;
}

export type Chat = Pick<Service, 'message'>;

const addressOf = (id: string): string => createHash('sha256').update(id).digest('hex').slice(0, 32);

/**
 * Botkit is loaded with the first message, so that a server whose clients use HTTP alone never pays for it.
 * Errors: those of the service's `message`, TURN_TIMED_OUT.
 */
export function createChat({ service, log, channel, turnMs = TURN_MS }: ChatOptions): Chat {
  const queue = new TurnQueue();
  let loading: Promise<Controller> | undefined;
  const load = (): Promise<Controller> =>
    (loading ??= createController({ log, turnMs }).catch((error: unknown) => {
      loading = undefined;
      throw error;
    }));
  return {
    message(bearer, raw, more) {
      const result = queue.run(bearer.id, async () => {
        const controller = await load();
        // Before a TurnContext exists, and with what this conversation knows as secret.
        const text = await service.redact(bearer, raw);
        return controller.run({
          turn: randomBytes(16).toString('hex'),
          address: addressOf(bearer.id),
          channel,
          text,
          work: () => service.message(bearer, raw, more),
        });
      });
      if (result !== undefined) return result;
      return Promise.reject(
        new PreticketError('CONVERSATION_STALE', 'Too much of this conversation is being handled. Try again.'),
      );
    },
  };
}

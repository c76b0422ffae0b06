// Bolt as the host of what Slack sends: it tells events, commands, shortcuts, buttons and modals apart and calls one of ours for each.
// Loaded late: nothing may import this file but by `import()`.
import { App, webApi } from '@slack/bolt';
import { PreticketError } from '../../errors';
import { describeError, type Log } from '../../log';
import { clientOptions } from './api';
import type { Json } from './blocks';
import { answerCommand } from './command';
import { readCommand, readEvent, readPress, readShortcut, readView, type WirePress } from './incoming';
import { publishHome } from './home-tab';
import { type Installations, NotInstalled } from './installations';
import type { Kit } from './kit';
import { refuse } from './modal';
import { sentence } from './notes';
import { createPresses, type Presses } from './press';
import { LateReceiver } from './receiver';
import { createRespond, type Respond } from './respond';
import { SILENT } from './silent';
import { createTaking } from './take';
import { say } from './words';

export interface BoltOptions {
  readonly apiUrl: string;
  /** Of the one workspace there is. */
  readonly botToken?: string;
  /** Where several workspaces install it. */
  readonly installations?: Installations;
}

export interface BoltHost {
  readonly receiver: LateReceiver;
  /** Without a token of its own. */
  readonly client: webApi.WebClient;
  readonly listen: (kit: Kit) => void;
}

/** What is done after the acknowledgement and can be asked for again by pressing again. */
type After = () => Promise<unknown>;

export function createBolt({ apiUrl, botToken, installations }: BoltOptions): BoltHost {
  const receiver = new LateReceiver();
  const app = new App({
    receiver,
    // Which user the assistant is, an event says itself; asking Slack first would keep events waiting while it is away.
    authorize: async (source, body) => {
      if (installations === undefined) return botToken === undefined ? {} : { botToken };
      // From here on, what goes wrong is for Slack to send again.
      if (body !== undefined) receiver.understood(body);
      const { bot } = await installations.fetchInstallation(source);
      return bot === undefined ? {} : { botToken: bot.token };
    },
    logger: SILENT,
    clientOptions: clientOptions(apiUrl),
    convoStore: false,
    ignoreSelf: false,
    attachFunctionToken: false,
  });
  const client = new webApi.WebClient(undefined, clientOptions(apiUrl));
  return {
    receiver,
    client,
    listen(kit) {
      listen(app, kit, receiver, createRespond(apiUrl));
      if (installations !== undefined) forget(app, installations);
    },
  };
}

/** A workspace that removed the assistant, or took its token back, is forgotten. */
function forget(app: App, installations: Installations): void {
  for (const type of ['app_uninstalled', 'tokens_revoked'] as const)
    app.event(type, async ({ body }) => {
      const { team, organisation, atS, revokesBot } = readEvent(body);
      if (type === 'app_uninstalled' || revokesBot) await installations.remove({ team, organisation }, atS);
    });
}

function listen(app: App, kit: Kit, receiver: LateReceiver, respond: Respond): void {
  const taking = createTaking(kit);
  const presses = createPresses(kit, respond);
  const failed = (log: Log, error: unknown): void =>
    log.warn('slack-failed', error instanceof PreticketError ? { code: error.code } : describeError(error));
  const afterwards = async (act: After): Promise<void> => {
    try {
      await act();
    } catch (error) {
      failed(kit.log, error);
    }
  };

  app.use(async ({ body, next }) => {
    receiver.understood(body);
    await next();
  });
  app.error((error) => {
    const { original = error } = error as { readonly original?: unknown };
    failed(kit.log, original);
    // Slack need not send again what no workspace of ours is behind.
    if (original instanceof NotInstalled) return Promise.resolve();
    // Thrown on, so that it is not acknowledged.
    return Promise.reject(error);
  });
  for (const type of ['message', 'app_mention'] as const)
    app.event(type, ({ body }) => taking.message(readEvent(body)));
  app.event('assistant_thread_started', ({ body }) => taking.assistantThread(readEvent(body)));
  app.event('app_home_opened', ({ body }) => {
    const event = readEvent(body);
    // Opening it again asks again, so Slack need not.
    if (event.tab !== 'messages') void afterwards(() => publishHome(kit, event));
    return Promise.resolve();
  });

  app.shortcut('triage_message', async ({ body, ack }) => {
    await taking.shortcut(readShortcut(body));
    await ack();
  });
  app.command('/triage', async ({ body, ack }) => {
    let answer: Json;
    try {
      answer = await answerCommand(kit, readCommand(body));
    } catch (error) {
      failed(kit.log, error);
      const { slack } = kit.book.of(kit.book.defaultLanguage);
      answer = { response_type: 'ephemeral', ...sentence(say(slack, 'busy')) };
    }
    // Made by our builders, of Slack's shape.
    await (ack as unknown as (made: Json) => Promise<void>)(answer);
  });

  const shown: readonly (readonly [string, (press: WirePress) => Promise<void>])[] = [
    ['open_draft', presses.openDraft],
    ['ask_customer', presses.askCustomer],
    ['other_causes', presses.otherCauses],
    ['show_fixes', presses.showFixes],
  ];
  for (const [action, show] of shown)
    app.action(action, async ({ body, ack }) => {
      await ack();
      await afterwards(() => show(readPress(body)));
    });
  const recorded: readonly (readonly [string, Presses['confirmCause']])[] = [
    ['confirm_cause', presses.confirmCause],
    ['undo_cause', presses.undoCause],
  ];
  for (const [action, record] of recorded)
    app.action(action, async ({ body, ack }) => {
      const tell = await record(readPress(body));
      await ack();
      await afterwards(tell);
    });

  app.view('ticket_draft', async ({ body, ack }) => {
    let answer: Json | undefined;
    const submitted = readView(body);
    try {
      answer = await presses.submitDraft(submitted);
    } catch (error) {
      failed(kit.log, error);
      const { slack, fields } = kit.book.of(kit.book.defaultLanguage);
      answer = refuse({ [Object.keys(submitted.values)[0] ?? fields[0]?.key ?? '']: say(slack, 'busy') });
    }
    if (answer === undefined) await ack();
    else await (ack as unknown as (made: Json) => Promise<void>)(answer);
  });
}

// The Slack channel with the real engine, service, workers and server around it, and small ways to play a workspace.
import type { AddressInfo } from 'node:net';
import type { OAuthConfig } from '../../src/channels/slack/install';
import { createSlack, type Slack, type WordBook } from '../../src/channels/slack';
import { createApp } from '../../src/http/app';
import { createMetrics } from '../../src/http/metrics';
import { createLog } from '../../src/log';
import { createService, type Service } from '../../src/service';
import { createTalk } from '../../src/service/core';
import { DELIVERY_KIND } from '../../src/service/ticket';
import { createVault } from '../../src/service/vault';
import { startWorkers } from '../../src/service/worker';
import { createMemoryStore } from '../../src/stores/memory';
import type { Store } from '../../src/stores/store';
import type { Helpdesk } from '../../src/helpdesks/helpdesk';
import { engine as loadEngine } from './engine';
import { BOT, BOT_TOKEN, type FakeSlack, sendSigned, type SendOptions, type Signed, TEAM } from './fake-slack';

export const SIGNING_SECRET = ['signing', 'secret', 'of', 'tests'].join('-');
export const SESSION_SECRET = 'session-secret-of-tests-0123456789abcdef';

type Fields = Record<string, unknown>;

export interface SlackApp {
  readonly url: string;
  readonly service: Service;
  readonly slack: Slack;
  readonly log: string[];
  readonly store: Store;
  readonly book: WordBook;
  send(body: Fields, options?: Partial<SendOptions>): Promise<Signed>;
  /** A message of a channel as an event; the message stands in the fake already. */
  event(message: Fields, more?: Fields, envelope?: Fields): Promise<Signed>;
  shortcut(message: Fields, user: string, more?: Fields): Promise<Signed>;
  command(text: string, user: string, channel?: string): Promise<Signed>;
  press(action: string, value: string, user: string, more?: Fields): Promise<Signed>;
  submit(id: string, values: Record<string, string | null>, user: string): Promise<Signed>;
  /** Work that fell due in so many milliseconds is looked for now. */
  forward(ms: number): void;
  close(): Promise<void>;
}

export interface SlackAppOptions {
  readonly store?: Store;
  readonly wrap?: (store: Store) => Store;
  readonly helpdesk?: Helpdesk;
  readonly appToken?: string;
  /** Several workspaces in place of one. */
  readonly oauth?: OAuthConfig;
  readonly publicUrl?: string;
  readonly maxMessageBytes?: number;
}

export async function slackApp(fake: FakeSlack, options: SlackAppOptions = {}): Promise<SlackApp> {
  let shift = 0;
  const now = (): number => Date.now() + shift;
  const engine = await loadEngine();
  const { defaultLanguage } = engine.pack.pack;
  const fieldKeys = engine.fields.fields.map(({ key }) => key);
  const lines: string[] = [];
  const log = createLog('trace', { write: (line) => lines.push(line) });
  const made = options.store ?? createMemoryStore(now);
  const store = options.wrap?.(made) ?? made;
  const metrics = createMetrics();
  const { maxMessageBytes = 262_144, helpdesk, appToken, oauth, publicUrl } = options;
  const service = createService({
    store,
    talk: createTalk({ engine, fieldKeys: [...fieldKeys, 'attachments'], defaultLanguage }),
    engine,
    maxMessageBytes,
    ttlDays: 30,
    meter: metrics,
    now,
    onWork: () => workers.wake(),
    ...(helpdesk === undefined ? {} : { helpdesk }),
  });
  const book: WordBook = {
    languages: engine.languages,
    defaultLanguage,
    of(tag) {
      const texts = engine.textsOf(tag);
      return {
        ...texts,
        causes: engine.pack.causes.map(({ id }) => ({ id, title: id, short: id, ...texts.causes[id] })),
        fields: [...fieldKeys, 'attachments'].map((key) => ({ key, label: key, ...texts.fields[key] })),
      };
    },
  };
  const slack = await createSlack({
    service,
    log,
    book,
    secret: SESSION_SECRET,
    maxMessageBytes,
    ...(oauth === undefined
      ? { botToken: BOT_TOKEN }
      : { oauth, vault: createVault({ store, now, secret: SESSION_SECRET, sealedBy: oauth.stateSecret }) }),
    ...(publicUrl === undefined ? {} : { publicUrl }),
    signingSecret: SIGNING_SECRET,
    ...(appToken === undefined ? {} : { appToken }),
    apiUrl: fake.apiUrl,
    now,
  });
  const workers = startWorkers({
    store,
    handlers: { ...slack.handlers, [DELIVERY_KIND]: service.deliver },
    ttlDays: 30,
    now,
    pollMs: 50,
    random: () => 0,
  });
  const app = await createApp({
    service,
    metrics,
    log,
    config: { maxMessageBytes, trustProxy: 0 },
    version: '0.0.0',
    slack,
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  await slack.start();
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  let count = 0;
  const send: SlackApp['send'] = (body, more = {}) =>
    sendSigned(url, body, { secret: SIGNING_SECRET, ...more, atMs: more.atMs ?? now() });
  const deed = (user: string, channel: string): Fields => ({
    team: { id: TEAM },
    user: { id: user, team_id: TEAM },
    channel: { id: channel },
    trigger_id: `trigger.${++count}`,
    response_url: `${fake.url}/respond`,
  });
  return {
    url,
    service,
    slack,
    log: lines,
    store,
    book,
    send,
    event: (message, more = {}, envelope = {}) =>
      send({
        type: 'event_callback',
        team_id: TEAM,
        event_id: `Ev${++count}`,
        authorizations: [{ team_id: TEAM, user_id: BOT, is_bot: true }],
        event: { type: 'message', channel_type: 'channel', ...message, ...more },
        ...envelope,
      }),
    shortcut: (message, user, more = {}) =>
      send(
        {
          type: 'message_action',
          callback_id: 'triage_message',
          ...deed(user, String(message['channel'])),
          message_ts: message['ts'],
          message,
          ...more,
        },
        { as: 'payload' },
      ),
    command: (text, user, channel = 'C0STAFF') =>
      send(
        {
          command: '/triage',
          text,
          team_id: TEAM,
          user_id: user,
          channel_id: channel,
          trigger_id: `trigger.${++count}`,
          response_url: `${fake.url}/respond`,
        },
        { as: 'command' },
      ),
    press: (action, value, user, more = {}) => {
      const { channel = 'C0CASES', thread, ...rest } = more as { channel?: string; thread?: string };
      const isSelect = action === 'confirm_cause';
      return send(
        {
          type: 'block_actions',
          ...deed(user, channel),
          container: { type: 'message', message_ts: '1.2', channel_id: channel },
          message: { ts: '1.2', ...(thread === undefined ? {} : { thread_ts: thread }) },
          actions: [
            isSelect
              ? {
                  action_id: action,
                  type: 'static_select',
                  block_id: rest['block_id' as never],
                  selected_option: { value },
                }
              : { action_id: action, type: 'button', value },
          ],
          ...rest,
        },
        { as: 'payload' },
      );
    },
    submit: (id, values, user) =>
      send(
        {
          type: 'view_submission',
          ...deed(user, ''),
          view: {
            id: 'V1',
            type: 'modal',
            callback_id: 'ticket_draft',
            private_metadata: id,
            state: {
              values: Object.fromEntries(
                Object.entries(values).map(([key, value]) => [key, { value: { type: 'plain_text_input', value } }]),
              ),
            },
          },
        },
        { as: 'payload' },
      ),
    forward(ms) {
      shift += ms;
      workers.wake();
    },
    async close() {
      await slack.stop();
      await workers.stop();
      const closed = app.close();
      await service.stop();
      await closed;
      await store.close();
    },
  };
}

/** Value of the buttons of a message's actions. */
export function caseIdOf(message: Fields): string {
  const block = (message['blocks'] as Fields[]).find(({ type }) => type === 'actions');
  return String(block?.['block_id']).replace(/^case-/, '');
}

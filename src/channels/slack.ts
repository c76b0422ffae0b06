// The Slack channel: the assistant of the support staff. Slack's libraries are loaded only where it is configured.
import type { Log } from '../log';
import type { Service } from '../service';
import type { WorkHandler } from '../service/worker';
import { createController, type Controller } from './controller';
import { createApi } from './slack/api';
import { createDirectory } from './slack/directory';
import { type HttpOptions, type RawAnswer, type RawRequest, takeRequest } from './slack/http';
import type { Kit } from './slack/kit';
import { createPeople } from './slack/people';
import type { WordBook } from './slack/words';
import { createWork } from './slack/work';

export type { RawAnswer, RawRequest } from './slack/http';
export type { WordBook, Words } from './slack/words';

const TURN_MS = 20_000;

export interface SlackOptions {
  readonly service: Service;
  readonly log: Log;
  readonly book: WordBook;
  /** The session secret: ids of conversations are made of it. */
  readonly secret: string;
  readonly maxMessageBytes: number;
  readonly botToken: string;
  /** Where events come over HTTP. */
  readonly signingSecret?: string;
  /** Where they come over a socket. */
  readonly appToken?: string;
  readonly apiUrl: string;
  readonly now?: () => number;
}

export interface Slack {
  /** Handlers of the work that this channel puts, by kind. */
  readonly handlers: Readonly<Record<string, WorkHandler>>;
  /** One request of Slack's, where it comes over HTTP; undefined in Socket Mode. @unredacted */
  readonly receive?: (request: RawRequest) => Promise<RawAnswer>;
  /** Opens the socket where there is one. */
  start(): Promise<void>;
  /** Takes nothing new and waits for what runs. */
  stop(): Promise<void>;
}

/** Loads Bolt (some 0.3 s and 30 MB). Calls nothing of Slack's before `start`. */
export async function createSlack(options: SlackOptions): Promise<Slack> {
  const { service, log, signingSecret, appToken, apiUrl, botToken, now = Date.now } = options;
  const { createBolt } = await import('./slack/bolt.js');
  const host = createBolt({ botToken, apiUrl });
  const api = createApi(host.client);
  let loading: Promise<Controller> | undefined;
  const kit: Kit = {
    service,
    api,
    people: createPeople(api, now),
    book: options.book,
    directory: createDirectory(service.cases, options.secret),
    secret: options.secret,
    maxMessageBytes: options.maxMessageBytes,
    log,
    now,
    host: () => (loading ??= createController({ log, turnMs: TURN_MS })),
  };
  host.listen(kit);
  const deliver: HttpOptions['deliver'] = (body, retryNum) => host.receiver.deliver(body, retryNum);
  let socket: { stop(): Promise<void> } | undefined;
  return {
    handlers: createWork(kit),
    ...(appToken !== undefined || signingSecret === undefined
      ? {}
      : { receive: (request) => takeRequest({ signingSecret, now, deliver }, request) }),
    async start() {
      if (appToken === undefined) return;
      const { openSocket } = await import('./slack/socket.js');
      socket = await openSocket({ appToken, apiUrl, log, deliver });
    },
    async stop() {
      await socket?.stop();
      await host.receiver.stop();
    },
  };
}

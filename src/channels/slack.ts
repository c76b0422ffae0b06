// The Slack channel: the assistant of the support staff. Slack's libraries are loaded only where it is configured.
import type { Log } from '../log';
import type { Service } from '../service';
import type { Vault } from '../service/vault';
import type { WorkHandler } from '../service/worker';
import { createController, type Controller } from './controller';
import { createApi, type SlackApi } from './slack/api';
import { createDirectory } from './slack/directory';
import type { Installer, OAuthConfig } from './slack/install';
import { createInstallations, type Installations } from './slack/installations';
import { type HttpOptions, type RawAnswer, type RawRequest, takeRequest } from './slack/http';
import { type Kit, wordsIn } from './slack/kit';
import { createPeople } from './slack/people';
import type { WordBook } from './slack/words';
import { createWork } from './slack/work';

export type { Installer } from './slack/install';
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
  /** Of the one workspace there is; or `oauth`, where several install it. */
  readonly botToken?: string;
  readonly oauth?: OAuthConfig;
  /** Where installations rest; needed with `oauth`. */
  readonly vault?: Vault;
  /** What people can reach, without a slash at the end. */
  readonly publicUrl?: string;
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
  /** Where several workspaces install it. */
  readonly installer?: Installer;
  /** Opens the socket where there is one. */
  start(): Promise<void>;
  /** Takes nothing new and waits for what runs. */
  stop(): Promise<void>;
}

/** Loads Bolt (some 0.3 s and 30 MB). Calls nothing of Slack's before `start`. */
export async function createSlack(options: SlackOptions): Promise<Slack> {
  const { service, log, signingSecret, appToken, apiUrl, botToken, now = Date.now } = options;
  const { createBolt } = await import('./slack/bolt.js');
  const several = await severalOf(options, now);
  const host = createBolt({
    apiUrl,
    ...(botToken === undefined ? {} : { botToken }),
    ...(several === undefined ? {} : { installations: several.installations }),
  });
  const tokenOf = (team: string): Promise<string | undefined> =>
    several === undefined ? Promise.resolve(botToken) : several.installations.tokenOf(team);
  const apiOf = (team: string): SlackApi => createApi(host.client, () => tokenOf(team));
  let loading: Promise<Controller> | undefined;
  const kit: Kit = {
    service,
    apiOf,
    people: createPeople(apiOf, now),
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
    ...(several === undefined ? {} : { installer: several.installer }),
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

/** What is needed where several workspaces install the assistant. */
async function severalOf(
  { oauth, vault, publicUrl, log, apiUrl, book }: SlackOptions,
  now: () => number,
): Promise<{ readonly installations: Installations; readonly installer: Installer } | undefined> {
  if (oauth === undefined || vault === undefined) return undefined;
  const { createInstaller } = await import('./slack/install.js');
  const installations = createInstallations(vault, log, now);
  const installer = createInstaller({
    oauth,
    apiUrl,
    installations,
    vault,
    log,
    now,
    wordsOf: (accepted = '') => wordsIn(book, accepted.split(/[,;]/)[0]?.trim()),
    ...(publicUrl === undefined ? {} : { publicUrl }),
  });
  return { installations, installer };
}

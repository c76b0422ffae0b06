// Wiring: builds what the configuration asks for, starts it, stops it. The only place that knows the concrete parts.
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createChat } from './channels/chat';
import { createSlack, type Slack, type WordBook } from './channels/slack';
import type { Config } from './config';
import { createEngine, type Engine } from './engine';
import { PreticketError } from './errors';
import { createApp } from './http/app';
import type { AssetBook } from './http/asset-routes';
import { type FormPack, formBookOf } from './http/form-book';
import { createMetrics, type Metrics } from './http/metrics';
import type { PageBook } from './http/page';
import { chatTextsOf } from './http/chat-texts';
import { createHelpdesk } from './helpdesks/registry';
import type { Sample } from './http/open-api-examples';
import { createLog, describeError, type Label, type Log } from './log';
import { loadPack, type PackData } from './pack/load';
import { sampleMessage } from './pack/sample';
import type { RedactPackData } from './redact/pack';
import { packRedaction } from './redact/portable/portable';
import { createService, type Service } from './service';
import { createTalk } from './service/core';
import { DELIVERY_KIND } from './service/ticket';
import { createVault } from './service/vault';
import { startWorkers, type WorkFault, type WorkHandler } from './service/worker';
import type { Talk } from './service/talk';
import { openEmbeddedStore } from './stores/embedded';
import { openRedisStore } from './stores/redis';
import type { SharedCounter, Store } from './stores/store';
import { programVersion } from './version';

const DRAIN_MS = 10_000;
const SECRET_FILE = 'session-secret';

export interface Parts {
  readonly page: PageBook;
  readonly assets: AssetBook;
  readonly engine: Engine;
  /** A message of the pack and what is said to it. */
  readonly sample: () => Sample;
  readonly service: Service;
  readonly metrics: Metrics;
  readonly log: Log;
  /** Counts of all nodes together; undefined where this one is alone. */
  readonly counter?: SharedCounter;
  /** The session secret. */
  readonly secret: string;
  /** Where it is configured; takes nothing before it is started. */
  readonly slack?: Slack;
  /** Ends work and turns; the store stays open. */
  stop(): Promise<void>;
  /** Ends work and turns, then the store. */
  close(): Promise<void>;
}

export interface RunningServer {
  readonly port: number;
  readonly url: string;
  /** Takes nothing new, lets what runs end, at most 10 s. */
  stop(): Promise<void>;
}

/** Tests put a core of their own in. */
export interface Overrides {
  readonly talk?: Talk;
  readonly log?: Log;
  readonly requestTimeoutMs?: number;
  /** Only reads: no work is done, and no channel is made. */
  readonly idle?: true;
}

/** Pack, store and service, as the server and the terminal share them. Errors: the pack's, STORE_DAMAGED, STORE_UNWRITABLE, CONFIG_INVALID. */
export async function createParts(config: Config, overrides: Overrides = {}): Promise<Parts> {
  const log = overrides.log ?? createLog(config.logLevel);
  const pack = await (config.packDir === undefined ? loadPack() : loadPack(config.packDir));
  const engine = createEngine(pack);
  const { store, counter } = await openStore(config, log);
  const secret = config.sessionSecret ?? keepSessionSecret(config.dataDir);
  const metrics = createMetrics({ process: true });
  const helpdesk = createHelpdesk(config.helpdesk);
  const service = createService({
    store,
    talk:
      overrides.talk ??
      createTalk({
        engine,
        fieldKeys: fieldKeysOf(pack),
        defaultLanguage: pack.pack.defaultLanguage,
        delivers: config.helpdesk.kind !== 'none',
      }),
    engine,
    maxMessageBytes: config.maxMessageBytes,
    ttlDays: config.conversationTtlDays,
    meter: metrics,
    ...(helpdesk === undefined ? {} : { helpdesk }),
    onWork: () => workers?.wake(),
    onSweepError: (error) => log.warn('sweep-failed', { code: error.code }),
  });
  const { maxMessageBytes } = config;
  const slack =
    config.slack === undefined || overrides.idle
      ? undefined
      : await createSlack({
          ...config.slack,
          service,
          log,
          secret,
          maxMessageBytes,
          book: wordBook(engine),
          ...(config.publicUrl === undefined ? {} : { publicUrl: config.publicUrl }),
          ...(config.slack.oauth === undefined
            ? {}
            : { vault: createVault({ store, now: Date.now, secret, sealedBy: config.slack.oauth.stateSecret }) }),
        });
  const handlers: Record<string, WorkHandler> = { [DELIVERY_KIND]: service.deliver, ...slack?.handlers };
  const workers = overrides.idle
    ? undefined
    : startWorkers({
        store,
        handlers,
        keeps: [DELIVERY_KIND],
        ttlDays: config.conversationTtlDays,
        onFault: (fault) => log.warn('work-failed', faultFields(fault)),
      });
  const stop = async (): Promise<void> => {
    await slack?.stop();
    // Work that runs may still end with a turn.
    await Promise.all([workers?.stop(), service.stop()]);
  };
  const delivers = config.helpdesk.kind !== 'none';
  return {
    engine,
    page: pageOf(pack, delivers),
    sample() {
      const text = sampleMessage(pack);
      return { text, triage: engine.triage(text) };
    },
    assets: {
      redaction: () => packRedaction(pack.redaction as RedactPackData),
      form: formBookOf(pack as PackData & FormPack, ATTACHMENTS),
      delivers,
    },
    service,
    metrics,
    log,
    secret,
    ...(slack === undefined ? {} : { slack }),
    stop,
    ...(counter === undefined ? {} : { counter }),
    async close() {
      await stop();
      await store.close();
    },
  };
}

/** Errors as `createParts`, and LISTEN_FAILED. */
export async function startServer(config: Config, overrides: Overrides = {}): Promise<RunningServer> {
  const parts = await createParts(config, overrides);
  const { service, metrics, log } = parts;
  const { requestTimeoutMs } = overrides;
  const app = await createApp({
    service,
    chat: createChat({ service, log, channel: 'web' }),
    metrics,
    log,
    config,
    version: programVersion(),
    page: parts.page,
    assets: parts.assets,
    sample: parts.sample,
    ...(parts.counter === undefined ? {} : { counter: parts.counter }),
    ...(parts.slack === undefined ? {} : { slack: parts.slack }),
    ...(requestTimeoutMs === undefined ? {} : { requestTimeoutMs }),
  });
  try {
    await app.listen({ port: config.port, host: config.host });
  } catch (cause) {
    await app.close();
    await parts.close();
    throw listenError(cause);
  }
  const { port } = app.server.address() as AddressInfo;
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  log.info('listening', { port });
  await parts.slack?.start();
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    log.info('stopping');
    const cut = setTimeout(() => app.server.closeAllConnections(), DRAIN_MS);
    const closed = app.close();
    await parts.stop();
    await closed;
    clearTimeout(cut);
    await parts.close();
    log.info('stopped');
  };
  return { port, url: `http://${host}:${port}`, stop: () => (stopping ??= stop()) };
}

/** The log hears of a store that fails so often at most. */
const FAULT_EVERY_MS = 10_000;

/** Redis where there is one, which nodes share; else a folder of this machine. */
async function openStore(config: Config, log: Log): Promise<{ store: Store; counter?: SharedCounter }> {
  const { redisUrl, sessionSecret, dataDir } = config;
  if (redisUrl === undefined) return { store: await openEmbeddedStore({ dir: dataDir }) };
  if (sessionSecret === undefined)
    throw new PreticketError('CONFIG_INVALID', 'SESSION_SECRET is needed with REDIS_URL');
  let toldMs = -Infinity;
  const store = await openRedisStore({
    url: redisUrl,
    secret: sessionSecret,
    onFault(error) {
      if (performance.now() - toldMs < FAULT_EVERY_MS) return;
      toldMs = performance.now();
      log.warn('store-failed', error instanceof PreticketError ? { code: error.code } : describeError(error));
    },
  });
  return { store, counter: store.counter };
}

/** Attachments are names that a channel hands over; no text is read for them. */
const ATTACHMENTS = 'attachments';

function fieldKeysOf(pack: PackData): string[] {
  return [...new Set([...(pack.fields as readonly { key: string }[]).map((field) => field.key), ATTACHMENTS])];
}

/** What the chat says, in each language of the pack. */
function pageOf({ pack, texts, fields }: PackData, delivers: boolean): PageBook {
  const inOrder = [...(fields as readonly { key: string; order: number }[])].sort((a, b) => a.order - b.order);
  const keys = [...inOrder.map(({ key }) => key), ATTACHMENTS];
  const order = (language: string): number => pack.languages.indexOf(language);
  const chats = [...texts]
    .sort((a, b) => order(a.language) - order(b.language))
    .map((file) => [file.language, chatTextsOf(file, keys)] as const);
  return {
    defaultLanguage: pack.defaultLanguage,
    languages: Object.fromEntries(chats),
    hosts: [...new Set(Object.values(pack.links).map((link) => new URL(link).host))],
    delivers,
  };
}

/** What the Slack channel says. */
function wordBook(engine: Engine): WordBook {
  const { defaultLanguage } = engine.pack.pack;
  return {
    languages: engine.languages,
    defaultLanguage,
    of(tag) {
      const texts = engine.textsOf(tag);
      const { language, slack, report, phrases, kinds } = texts;
      return {
        language,
        slack,
        report,
        phrases,
        kinds,
        causes: engine.pack.causes.map(({ id }) => ({ id, title: id, short: id, ...texts.causes[id] })),
        fields: [...engine.fields.fields.map(({ key }) => key), ATTACHMENTS].map((key) => ({
          key,
          label: key,
          ...texts.fields[key],
        })),
      };
    },
  };
}

/** Codes, kinds and counts; an error nobody expected by its class and place. */
function faultFields({ code, kind, attempt, error }: WorkFault): Parameters<Log['warn']>[1] {
  return {
    code: code as Label,
    ...(kind === undefined ? {} : { kind: kind as Label }),
    ...(attempt === undefined ? {} : { attempt }),
    ...(code === 'UNEXPECTED' ? describeError(error) : {}),
  };
}

/** Makes the secret of browser sessions once, beside the store; of two processes that begin at once the first one's holds. */
function keepSessionSecret(dir: string): string {
  const file = path.join(dir, SECRET_FILE);
  if (!fs.existsSync(file)) {
    const temporary = `${file}.${process.pid}`;
    fs.writeFileSync(temporary, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
    try {
      fs.linkSync(temporary, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      fs.rmSync(temporary, { force: true });
    }
  }
  const secret = fs.readFileSync(file, 'utf8').trim();
  if (secret.length < 32)
    throw new PreticketError(
      'STORE_DAMAGED',
      `DATA_DIR ${dir}: ${SECRET_FILE} is damaged. Remove it; a new one is made.`,
    );
  return secret;
}

function listenError(cause: unknown): PreticketError {
  const code = (cause as NodeJS.ErrnoException).code;
  const why =
    code === 'EADDRINUSE'
      ? 'something else listens there'
      : code === 'EACCES'
        ? 'that is not permitted'
        : 'the address is not one of this machine';
  return new PreticketError('LISTEN_FAILED', `HOST and PORT: cannot listen, ${why}`, { cause });
}

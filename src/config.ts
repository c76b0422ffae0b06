// The only reader of the environment of a server. Every fault is reported at once, by name, and no value is ever printed.
import fs from 'node:fs';
import path from 'node:path';
import { PreticketError } from './errors';
import { type HelpdeskConfig, readHelpdesk } from './config/helpdesk';
import { Reader } from './config/reader';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface SlackConfig {
  /** Of one workspace; `oauth` where several install it. */
  readonly botToken?: string;
  readonly oauth?: { readonly clientId: string; readonly clientSecret: string; readonly stateSecret: string };
  /** Set where events come over HTTP. */
  readonly signingSecret?: string;
  /** Set where they come over a socket. */
  readonly appToken?: string;
  readonly apiUrl: string;
}

export interface Config {
  readonly port: number;
  readonly host: string;
  /** Without a slash at the end; undefined: taken from each request. */
  readonly publicUrl?: string;
  /** Proxies in front whose word is taken for a caller's address. */
  readonly trustProxy: number;
  readonly dataDir: string;
  readonly redisUrl?: string;
  readonly sessionSecret?: string;
  readonly adminToken?: string;
  /** `*`, a list of origins, or undefined for the server's own alone. */
  readonly allowedOrigins?: '*' | readonly string[];
  readonly packDir?: string;
  readonly logLevel: LogLevel;
  readonly conversationTtlDays: number;
  /** Of a message's text, in UTF-8. */
  readonly maxMessageBytes: number;
  /** Messages, triages and egress calls a minute for one address; undefined: no limit. */
  readonly rateLimit?: number;
  readonly slack?: SlackConfig;
  readonly helpdesk: HelpdeskConfig;
}

export type Environment = Readonly<Record<string, string | undefined>>;

const REDIS_SCHEMES = ['redis:', 'rediss:', 'redis+cluster:', 'redis+sentinel:'];
const SLACK_API = 'https://slack.com/api/';
/** Bolt's names. */
const SLACK_OAUTH = ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'SLACK_STATE_SECRET'] as const;
const MAX_MESSAGE_LIMIT = 16 * 1024 * 1024;

/** Reads all variables of the contract. Throws CONFIG_INVALID with one line for each fault. */
export function readConfig(environment: Environment): Config {
  const read = new Reader(environment);
  const origins = read.list('ALLOWED_ORIGINS');
  const publicUrl = read.url('PUBLIC_URL', ['http:', 'https:']);
  if (publicUrl !== undefined && !isShowable(new URL(publicUrl)))
    read.fault('PUBLIC_URL', 'must not hold a user, a query or a fragment: people are shown it');
  const redisUrl = read.matching(
    'REDIS_URL',
    isRedisUrl,
    `redis://, rediss://, redis+cluster://H1:P1,H2:P2 or redis+sentinel://H1:P1,H2:P2/NAME`,
  );
  const rate = read.raw('RATE_LIMIT') === 'off' ? undefined : read.whole('RATE_LIMIT', 60, 1, 1_000_000, ', or off');
  const slack = readSlack(read);
  const config: Config = {
    port: read.whole('PORT', 3000, 0, 65535),
    host: read.matching('HOST', isHost, 'a host name or an address') ?? '127.0.0.1',
    ...(publicUrl === undefined ? {} : { publicUrl }),
    trustProxy: read.whole('TRUST_PROXY', 0, 0, 32),
    dataDir: path.resolve(read.text('DATA_DIR') ?? './data'),
    ...(redisUrl === undefined ? {} : { redisUrl }),
    ...optional('sessionSecret', read.secret('SESSION_SECRET', 32)),
    ...optional('adminToken', read.secret('ADMIN_TOKEN', 16)),
    ...optional('allowedOrigins', origins === undefined ? undefined : readOrigins(read, origins)),
    ...optional('packDir', read.matching('PACK_DIR', isPack, 'a folder that holds rules/ and templates/')),
    logLevel: read.choice('LOG_LEVEL', LOG_LEVELS, 'info'),
    conversationTtlDays: read.whole('CONVERSATION_TTL_DAYS', 30, 1, 3650),
    maxMessageBytes: read.whole('MAX_MESSAGE_BYTES', 262144, 1024, MAX_MESSAGE_LIMIT),
    ...optional('rateLimit', rate),
    ...optional('slack', slack),
    helpdesk: readHelpdesk(read),
  };
  if (redisUrl !== undefined && config.sessionSecret === undefined) {
    read.fault('SESSION_SECRET', 'is needed with REDIS_URL, 32 characters or more, the same on all nodes');
  }
  const { faults } = read;
  if (faults.length > 0) throw new PreticketError('CONFIG_INVALID', faults.join('\npreticket: '));
  return config;
}

function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: V });
}

/** What is in it, its loader says. */
function isPack(dir: string): boolean {
  return !dir.includes('\0') && fs.existsSync(path.join(dir, 'rules'));
}

function isShowable({ username, password, search, hash }: URL): boolean {
  return [username, password, search, hash].every((part) => part === '');
}

function isHost(value: string): boolean {
  return /^[A-Za-z0-9.:_%-]{1,253}$/.test(value);
}

function isRedisUrl(value: string): boolean {
  const many = /^redis\+(cluster|sentinel):\/\/(?:[^@/\s]*@)?([^/\s]+)(\/[^\s]*)?$/.exec(value);
  if (many) {
    const [, kind, nodes = '', name = ''] = many;
    const all = nodes.split(',').every((node) => /^(?:[\w.-]+|\[[0-9A-Fa-f:]+\]):\d{1,5}$/.test(node));
    return all && (kind !== 'sentinel' || name.length > 1);
  }
  return (
    URL.canParse(value) && REDIS_SCHEMES.slice(0, 2).includes(new URL(value).protocol) && new URL(value).hostname !== ''
  );
}

function readOrigins(read: Reader, origins: readonly string[]): '*' | readonly string[] | undefined {
  if (origins.length === 1 && origins[0] === '*') return '*';
  const good = origins.every(
    (origin) =>
      URL.canParse(origin) &&
      /^https?:$/.test(new URL(origin).protocol) &&
      new URL(origin).origin === origin.toLowerCase(),
  );
  if (!good) {
    read.fault(
      'ALLOWED_ORIGINS',
      'must be *, or origins such as https://www.example.com without a path, separated by commas',
    );
    return undefined;
  }
  return origins.map((origin) => origin.toLowerCase());
}

function readSlack(read: Reader): SlackConfig | undefined {
  const botToken = read.secret('SLACK_BOT_TOKEN', 1);
  const signingSecret = read.secret('SLACK_SIGNING_SECRET', 1);
  const appToken = read.secret('SLACK_APP_TOKEN', 1);
  const apiUrl = read.url('SLACK_API_URL', ['http:', 'https:']);
  const oauth = readSlackOAuth(read);
  const isForSeveral = SLACK_OAUTH.some((name) => read.raw(name) !== undefined);
  if (botToken === undefined && !isForSeveral) {
    if (signingSecret !== undefined || appToken !== undefined)
      read.fault(
        'SLACK_BOT_TOKEN',
        'is needed with the other variables of Slack (for several workspaces: SLACK_CLIENT_ID)',
      );
    return undefined;
  }
  if (botToken !== undefined && isForSeveral)
    read.fault('SLACK_BOT_TOKEN', 'is for one workspace, SLACK_CLIENT_ID for several: only one of them may be set');
  if (signingSecret === undefined && appToken === undefined)
    read.fault(
      'SLACK_SIGNING_SECRET',
      `is needed with ${isForSeveral ? 'SLACK_CLIENT_ID' : 'SLACK_BOT_TOKEN'}, or SLACK_APP_TOKEN for Socket Mode`,
    );
  return {
    apiUrl: apiUrl ?? SLACK_API,
    ...optional('botToken', botToken),
    ...optional('oauth', oauth),
    ...optional('signingSecret', signingSecret),
    ...optional('appToken', appToken),
  };
}

/** All of them or none. */
function readSlackOAuth(read: Reader): SlackConfig['oauth'] {
  const clientId = read.secret('SLACK_CLIENT_ID', 1);
  const clientSecret = read.secret('SLACK_CLIENT_SECRET', 1);
  const stateSecret = read.secret('SLACK_STATE_SECRET', 32);
  const set = SLACK_OAUTH.find((name) => read.raw(name) !== undefined);
  if (set !== undefined) read.need(SLACK_OAUTH, set);
  return clientId === undefined || clientSecret === undefined || stateSecret === undefined
    ? undefined
    : { clientId, clientSecret, stateSecret };
}

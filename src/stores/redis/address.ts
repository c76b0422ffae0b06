// What a REDIS_URL asks for. Says nothing of what stands in it: it may hold a password.
import { PreticketError } from '../../errors';

export interface HostPort {
  readonly host: string;
  readonly port: number;
}

export interface RedisAddress {
  readonly kind: 'alone' | 'sentinel' | 'cluster';
  /** The server; or the Sentinels; or the nodes that a Cluster is found by. */
  readonly hosts: readonly HostPort[];
  readonly tls: boolean;
  readonly username?: string;
  readonly password?: string;
  /** Number of the database, of a server that stands alone. */
  readonly db?: number;
  /** What the Sentinels call the primary. */
  readonly name?: string;
}

const DEFAULT_PORT = 6379;
const MANY = /^redis\+(cluster|sentinel):\/\/(?:([^@/\s]*)@)?([^@/\s]+?)(?:\/([^\s]*))?$/;

function invalid(): PreticketError {
  return new PreticketError(
    'CONFIG_INVALID',
    'REDIS_URL must be redis://, rediss://, redis+cluster://H1:P1,H2:P2 or redis+sentinel://H1:P1,H2:P2/NAME',
  );
}

function credentials(userInfo: string): Pick<RedisAddress, 'username' | 'password'> {
  const [username = '', ...rest] = userInfo.split(':');
  const password = rest.join(':');
  return {
    ...(username === '' ? {} : { username: decodeURIComponent(username) }),
    ...(password === '' ? {} : { password: decodeURIComponent(password) }),
  };
}

function hostPort(text: string): HostPort {
  const [, host = '', port = ''] = /^(?:\[([^\]]+)\]|[^:]+):(\d{1,5})$/.exec(text) ?? [];
  if (port === '') throw invalid();
  return { host: host === '' || host === undefined ? text.slice(0, text.lastIndexOf(':')) : host, port: Number(port) };
}

/** Throws CONFIG_INVALID without a word of the address. */
export function readRedisAddress(url: string): RedisAddress {
  const many = MANY.exec(url);
  if (many) {
    const [, kind, userInfo = '', hosts = '', name = ''] = many;
    const address = { hosts: hosts.split(',').map(hostPort), tls: false, ...credentials(userInfo) };
    if (kind === 'cluster') return { kind, ...address };
    if (name === '') throw invalid();
    return { kind: 'sentinel', ...address, name: decodeURIComponent(name) };
  }
  if (!URL.canParse(url)) throw invalid();
  const { protocol, hostname, port, username, password, pathname } = new URL(url);
  const db = /^\/?(\d{0,5})\/?$/.exec(pathname)?.[1];
  if (!['redis:', 'rediss:'].includes(protocol) || hostname === '' || db === undefined) throw invalid();
  return {
    kind: 'alone',
    hosts: [{ host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? DEFAULT_PORT : Number(port) }],
    tls: protocol === 'rediss:',
    ...credentials(`${username}:${password}`),
    ...(db === '' ? {} : { db: Number(db) }),
  };
}

/** Whether a text is meant as the address of a Redis rather than a folder. */
export const isRedisUrl = (text: string): boolean => /^redis(s|\+\w+)?:\/\//.test(text);

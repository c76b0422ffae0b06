// Connections to Redis as an address asks for them. Each has time limits, tries again for ever and without a queue of its own:
// what must be done again is decided by who sends it.
import { Cluster, Redis, type ClusterOptions, type RedisOptions } from 'ioredis';
import type { RedisAddress } from './address';

export type Client = Redis | Cluster;
type Options = Omit<RedisOptions, 'replyMapping'>;

const CONNECT_TIMEOUT_MS = 2000;
/** A connection that owes an answer for so long is cut; longer than the wait for a replica. */
const SILENCE_MS = 4000;
const KEEP_ALIVE_MS = 10_000;
const MAX_RETRY_MS = 1000;
const SLOTS_REFRESH_MS = 5000;

const retryDelayMs = (times: number): number => Math.min(25 * 2 ** Math.min(times, 10), MAX_RETRY_MS);

/** A primary that was demoted answers so; the connection must look for the new one. */
const isDemoted = (error: Error): boolean => /^(READONLY|MASTERDOWN)\b/.test(error.message);

function optionsOf({ username, password, tls }: RedisAddress): Options {
  return {
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(tls ? { tls: {} } : {}),
    connectionName: 'preticket',
    connectTimeout: CONNECT_TIMEOUT_MS,
    keepAlive: KEEP_ALIVE_MS,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    reconnectOnError: isDemoted,
    // Errors would carry the arguments of their commands about.
    showFriendlyErrorStack: false,
  };
}

export interface ClientUse {
  /** Only subscribes: then it keeps what it was asked for until it is connected, and may be silent. */
  readonly subscribes?: boolean;
  /** Told of every fault of a connection; the connection goes on by itself. */
  readonly onError: (error: Error) => void;
}

/** Begins to connect. */
export function connect(address: RedisAddress, { subscribes = false, onError }: ClientUse): Client {
  const common: Options = {
    ...optionsOf(address),
    ...(subscribes ? { maxRetriesPerRequest: null } : { socketTimeout: SILENCE_MS, commandTimeout: SILENCE_MS }),
  };
  const client =
    address.kind === 'cluster' ? cluster(address, common, subscribes) : single(address, common, subscribes);
  client.on('error', onError);
  return client;
}

function single(address: RedisAddress, common: Options, subscribes: boolean): Redis {
  const { kind, hosts, name, db } = address;
  const [first] = hosts;
  const where: Options =
    kind === 'sentinel'
      ? {
          sentinels: hosts.map((one) => ({ ...one })),
          name: name ?? '',
          role: 'master',
          sentinelCommandTimeout: CONNECT_TIMEOUT_MS,
          sentinelRetryStrategy: retryDelayMs,
          failoverDetector: true,
        }
      : { ...first, ...(db === undefined ? {} : { db }) };
  return new Redis({ ...common, ...where, retryStrategy: retryDelayMs, enableOfflineQueue: subscribes });
}

function cluster({ hosts }: RedisAddress, common: Options, subscribes: boolean): Cluster {
  const options = {
    redisOptions: common,
    clusterRetryStrategy: retryDelayMs,
    enableOfflineQueue: subscribes,
    // A few steps by itself; the rest is tried again by who sends.
    maxRedirections: 4,
    slotsRefreshTimeout: CONNECT_TIMEOUT_MS,
    slotsRefreshInterval: SLOTS_REFRESH_MS,
  };
  return new Cluster(
    hosts.map((one) => ({ ...one })),
    options satisfies ClusterOptions,
  );
}

// The store for many nodes: Redis alone, under Sentinel or as a Cluster. All nodes are equal; what they know is in Redis alone.
import { PreticketError } from '../errors';
import { readRedisAddress } from './redis/address';
import { Changes } from './redis/changes';
import { checkRedis } from './redis/check';
import { type Client, connect } from './redis/clients';
import { Conversations } from './redis/conversations';
import { createCounter } from './redis/counter';
import { refusal, unavailable } from './redis/faults';
import { Forgetting } from './redis/forget';
import { Keyring } from './redis/keyring';
import { Lanes } from './redis/lanes';
import { refOf, SHARD_KEYS } from './redis/layout';
import { Queue } from './redis/queue';
import type { Clock, SharedCounter, Store } from './store';

/** A count that is not had at once is not worth waiting for. */
const COUNT_BUDGET_MS = 250;

export interface RedisStoreOptions {
  /** One of the forms of REDIS_URL. */
  readonly url: string;
  /** The same on all nodes; conversations are sealed under keys that are made of it. */
  readonly secret: string;
  /** For tests. Where left out, leases and expiry go by the clock of Redis, which all nodes share. */
  readonly now?: Clock;
  /** Told when a connection fails, and of what could not be done behind a call that had succeeded. */
  readonly onFault?: (error: unknown) => void;
}

export interface RedisStore extends Store {
  readonly counter: SharedCounter;
}

/** The parts of a store on Redis, checked. Errors: CONFIG_INVALID; a Redis that is away is none. */
export async function openRedisParts({ url, secret, now, onFault = () => undefined }: RedisStoreOptions) {
  const address = readRedisAddress(url);
  let refused: string | undefined;
  const onError = (error: Error): void => {
    refused = refusal(error) ?? refusal((error as { lastNodeError?: unknown }).lastNodeError) ?? refused;
    onFault(error);
  };
  const clients = [connect(address, { onError }), connect(address, { onError })] as const;
  const [readClient, writeClient] = clients;
  const keyring = new Keyring(secret);
  const reads = new Lanes(readClient, false);
  const counts = new Lanes(readClient, false, COUNT_BUDGET_MS);
  const writes = new Lanes(writeClient, true);
  const clock = now ?? Date.now;
  const scriptNow = (): number | '' => now?.() ?? '';
  const conversations = new Conversations({ reads, writes, keyring, now: clock, scriptNow });
  const subscriber = (): Client => connect(address, { subscribes: true, onError });

  let checking: Promise<void> | undefined;
  let isChecked = false;
  /** Nothing is done on a Redis that was not looked at: it may have been away when this node began. */
  const checked = async (): Promise<void> => {
    if (isChecked) return;
    checking ??= checkRedis(readClient, reads, writes, keyring).finally(() => (checking = undefined));
    await checking;
    isChecked = true;
  };
  const close = (): void => {
    for (const lanes of [reads, writes, counts]) lanes.close();
    for (const client of clients) client.disconnect();
  };
  try {
    await checked();
  } catch (error) {
    const away = error instanceof PreticketError && error.code === 'STORE_UNAVAILABLE';
    if (!away || refused !== undefined) {
      close();
      throw away ? new PreticketError('CONFIG_INVALID', `REDIS_URL: ${refused}`, { cause: error }) : error;
    }
  }
  return { reads, writes, counts, writeClient, keyring, conversations, clock, scriptNow, subscriber, checked, close };
}

/** Errors: CONFIG_INVALID. Where Redis is away it resolves all the same: calls fail until it is back. */
export async function openRedisStore(options: RedisStoreOptions): Promise<RedisStore> {
  const parts = await openRedisParts(options);
  const { reads, writes, counts, keyring, conversations, clock, scriptNow, checked } = parts;
  const { onFault = () => undefined } = options;
  const queue = new Queue({ reads, writes, conversations, now: clock, scriptNow });
  const forgetting = new Forgetting(parts.writeClient, reads, writes, onFault);
  const changes = new Changes({
    subscriber: parts.subscriber,
    versions: (refs) => Promise.all(refs.map((ref) => conversations.version(ref))),
    confirm: (ref) => conversations.confirm(ref),
    publish: (channel, message) => reads.send(channel, (pipeline) => pipeline.publish(channel, message)),
  });
  const counter = createCounter(counts, keyring);
  /** A refusal that shows only while running is for the operator; a caller sees a store that is away. */
  const ready = async (): Promise<void> => {
    try {
      await checked();
    } catch (error) {
      onFault(error);
      throw error instanceof PreticketError && error.code !== 'CONFIG_INVALID' ? error : unavailable(error);
    }
  };

  return {
    counter,
    async create(id, change) {
      await ready();
      return conversations.create(id, change);
    },
    async load(id, remembered) {
      await ready();
      return conversations.load(id, remembered);
    },
    async entries(id, after, limit = Infinity) {
      await ready();
      return conversations.entries(id, after, limit);
    },
    async save(id, version, change) {
      await ready();
      const saved = await conversations.save(id, version, change);
      if (saved !== undefined) changes.made(refOf(id), saved);
      return saved;
    },
    async delete(id) {
      await ready();
      const had = await conversations.delete(id);
      changes.made(refOf(id), 'gone');
      forgetting.asked();
      return had;
    },
    async lease(leaseMs, max) {
      await ready();
      return queue.lease(leaseMs, max);
    },
    async expire(max) {
      await ready();
      const now = clock();
      let removed = 0;
      for (const { expiry } of SHARD_KEYS) {
        if (removed >= max) break;
        const names = (await reads.send(expiry, (pipeline) =>
          pipeline.zrange(expiry, '-inf', String(now), 'BYSCORE', 'LIMIT', 0, max - removed),
        )) as string[];
        for (const name of names) {
          const ref = Buffer.from(name, 'hex');
          removed += await conversations.remove(ref, 'expired');
          changes.made(ref, 'gone');
        }
      }
      void forgetting.look();
      return removed;
    },
    watch: (id, listener) => {
      const ref = refOf(id);
      return changes.watch(ref, keyring.find(ref)?.version ?? 0, listener);
    },
    async ping() {
      await ready();
      await Promise.all(SHARD_KEYS.map(({ wipe }) => reads.send(wipe, (pipeline) => pipeline.exists(wipe))));
    },
    async close() {
      forgetting.close();
      await changes.close();
      parts.close();
    },
  };
}

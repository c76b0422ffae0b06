// The store for many nodes: Redis alone, under Sentinel or as a Cluster. All nodes are equal; what they know is in Redis alone.
import { PreticketError } from '../errors';
import { Changes } from './redis/changes';
import { createCounter } from './redis/counter';
import { unavailable } from './redis/faults';
import { Forgetting } from './redis/forget';
import { refOf, SHARD_KEYS } from './redis/layout';
import { openRedisParts, type RedisStoreOptions } from './redis/open';
import { Queue } from './redis/queue';
import type { SharedCounter, Store } from './store';

export interface RedisStore extends Store {
  readonly counter: SharedCounter;
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
    async waiting(max) {
      await ready();
      return queue.waiting(max);
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

// A store in the memory of one process, for tests: same contract, nothing survives.
import {
  type Change,
  type Clock,
  type Entry,
  EXPIRY_GRAIN_MS,
  type Lease,
  type Loaded,
  type Store,
  type Work,
} from './store';
import { Watchers } from './watchers';

interface Held {
  version: number;
  record: string;
  expiresAtMs: number;
  readonly entries: Entry[];
  readonly remembered: Map<string, string>;
  readonly work: Map<string, Work & { readonly attempt: number }>;
}

/** `now`: the clock that leases and expiry go by. */
export function createMemoryStore(now: Clock = Date.now): Store {
  const all = new Map<string, Held>();
  const watchers = new Watchers();
  const live = (id: string): Held | undefined => {
    const held = all.get(id);
    return held !== undefined && held.expiresAtMs > now() ? held : undefined;
  };
  const apply = (held: Held, change: Change): void => {
    held.version++;
    held.record = change.record;
    held.expiresAtMs = Math.ceil(change.expiresAtMs / EXPIRY_GRAIN_MS) * EXPIRY_GRAIN_MS;
    held.entries.push(...(change.entries ?? []));
    if (change.remember) held.remembered.set(change.remember.key, change.remember.value);
    for (const name of change.drop ?? []) held.work.delete(name);
    for (const work of change.put ?? [])
      held.work.set(work.name, { ...work, attempt: held.work.get(work.name)?.attempt ?? 0 });
  };
  const remove = (id: string): boolean => {
    const had = live(id) !== undefined;
    all.delete(id);
    watchers.notify(id);
    return had;
  };
  return {
    create(id, change) {
      if (all.has(id)) return Promise.resolve(false);
      const held: Held = {
        version: 0,
        record: '',
        expiresAtMs: 0,
        entries: [],
        remembered: new Map(),
        work: new Map(),
      };
      apply(held, change);
      all.set(id, held);
      return Promise.resolve(true);
    },
    load(id, key) {
      const held = live(id);
      if (held === undefined) return Promise.resolve(undefined);
      const remembered = key === undefined ? undefined : held.remembered.get(key);
      const loaded: Loaded = {
        version: held.version,
        record: held.record,
        ...(remembered === undefined ? {} : { remembered }),
      };
      return Promise.resolve(loaded);
    },
    entries(id, after, limit = Infinity) {
      const entries = live(id)?.entries ?? [];
      return Promise.resolve(entries.filter((entry) => entry.seq > after).slice(0, limit));
    },
    save(id, version, change) {
      const held = live(id);
      if (held?.version !== version) return Promise.resolve(undefined);
      apply(held, change);
      watchers.notify(id);
      return Promise.resolve(held.version);
    },
    delete: (id) => Promise.resolve(remove(id)),
    lease(leaseMs, max) {
      const due = [...all].flatMap(([id, held]) =>
        [...held.work.values()].filter((work) => work.dueAtMs <= now()).map((work) => ({ id, held, work })),
      );
      due.sort((a, b) => a.work.dueAtMs - b.work.dueAtMs);
      const leases = due.slice(0, max).map(({ id, held, work }): Lease => {
        const attempt = work.attempt + 1;
        held.work.set(work.name, { ...work, attempt, dueAtMs: now() + leaseMs });
        return { id, name: work.name, kind: work.kind, attempt };
      });
      return Promise.resolve(leases);
    },
    waiting(max) {
      const waiting = [...all].flatMap(([id, { work }]) => [...work.values()].map((one) => ({ id, ...one })));
      return Promise.resolve(waiting.sort((a, b) => a.dueAtMs - b.dueAtMs).slice(0, max));
    },
    expire(max) {
      const gone = [...all].filter(([, held]) => held.expiresAtMs <= now()).slice(0, max);
      for (const [id] of gone) remove(id);
      return Promise.resolve(gone.length);
    },
    watch: (id, listener) => watchers.add(id, listener),
    ping: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

// The default store: lmdb in a folder, durable, for several processes of one machine.
import path from 'node:path';
import { PreticketError } from '../errors';
import { type Change, type Clock, type Entry, type Lease, type Loaded, type Store } from './store';
import { Commits } from './embedded/commits';
import { full, storeError, watchSpace } from './embedded/faults';
import { openFolder } from './embedded/folder';
import { Rows } from './embedded/rows';
import { DATA_FILE, refOf } from './embedded/layout';
import { needOf, type Need, Room } from './embedded/room';
import { Watchers } from './watchers';

export interface EmbeddedOptions {
  /** Folder; made where it is missing. */
  readonly dir: string;
  readonly now?: Clock;
  /** How often other processes' changes are looked for where somebody watches. */
  readonly pollMs?: number;
}

const POLL_MS = 500;
/** Another process may delete a conversation between the reading of its row and of its key: then the row is read again. */
const READ_TRIES = 3;

const LEASE_BYTES = 16 * 1024;

function needOfChange({ record, entries = [], remember, put = [] }: Change): number {
  return needOf([
    record,
    ...entries.map(({ text }) => text),
    ...(remember ? [remember.value] : []),
    ...put.map((work) => JSON.stringify(work)),
  ]);
}

const isFull = (error: unknown): boolean => error instanceof PreticketError && error.code === 'STORE_FULL';

/** Opens the store after a check of its files. Throws STORE_DAMAGED, STORE_UNWRITABLE, each with one line that names the folder. */
export async function openEmbeddedStore({ dir, now = Date.now, pollMs = POLL_MS }: EmbeddedOptions): Promise<Store> {
  const { tables, keys } = await openFolder(dir);
  const rows = new Rows(tables, keys);
  const toError = (error: unknown): ReturnType<typeof storeError> => storeError(error, dir);
  const room = new Room(tables.root, path.join(dir, DATA_FILE));
  const commits = new Commits(tables, keys, room, toError);
  const hasRoom = watchSpace(dir);
  const watchers = new Watchers();
  const versions = new Map<string, number>();
  /** Conversations whose key is erased while their rows wait for room; a restart leaves them to expiry. */
  const leftover = new Map<string, Buffer>();
  let poll: NodeJS.Timeout | undefined;

  const read = async <T>(run: () => T): Promise<T> => {
    for (let tries = 1; ; tries++) {
      try {
        tables.root.resetReadTxn();
        return run();
      } catch (error) {
        if (tries >= READ_TRIES) throw toError(error);
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
  };
  /** A change that takes room. */
  const grow = <T>(need: Need, run: () => T): Promise<T> =>
    hasRoom() ? commits.submit(need, run) : Promise.reject(full());
  const versionOf = (id: string): number => rows.find(id, now())?.row.version ?? 0;
  const lookForChanges = (): void => {
    tables.root.resetReadTxn();
    for (const id of [...watchers.ids()]) {
      const version = versionOf(id);
      if (versions.get(id) === version) continue;
      versions.set(id, version);
      watchers.notify(id);
    }
  };
  const changed = (id: string, version: number): void => {
    if (!versions.has(id)) return;
    versions.set(id, version);
    watchers.notify(id);
  };

  return {
    create: (id: string, change: Change) => grow(needOfChange(change), () => rows.create(id, change)),
    load: (id: string, remembered?: string): Promise<Loaded | undefined> =>
      read(() => rows.load(id, now(), remembered)),
    entries: (id: string, after: number, limit = Infinity): Promise<Entry[]> =>
      read(() => rows.entries(id, now(), after, limit)),
    async save(id, version, change) {
      const saved = await grow(needOfChange(change), () => rows.save(id, version, now(), change));
      if (saved !== undefined) changed(id, saved);
      return saved;
    },
    async delete(id) {
      // A commit that fails is tried again alone: only the first look knows that the key was there.
      let had = false;
      const look = (): void => void (had ||= rows.find(id, now()) !== undefined);
      try {
        await commits.submit('deletion', () => {
          look();
          rows.remove(refOf(id));
        });
      } catch (error) {
        if (!isFull(error)) throw error;
        await commits.submit('nothing', () => {
          look();
          rows.erase(id);
        });
        leftover.set(id, refOf(id));
      }
      changed(id, 0);
      return had;
    },
    async lease(leaseMs, max): Promise<Lease[]> {
      const due = await read(() => rows.work.hasDue(now()));
      return due ? grow(max * LEASE_BYTES, () => rows.work.lease(now(), leaseMs, max)) : [];
    },
    waiting: (max) => read(() => rows.work.waiting(max)),
    async expire(max) {
      const removeOne = (ref: Buffer): Promise<void> => commits.submit('deletion', () => rows.remove(ref));
      for (const [id, ref] of leftover) {
        await removeOne(ref);
        leftover.delete(id);
      }
      const refs = await read(() => rows.expired(now(), max));
      if (refs.length === 0) return 0;
      try {
        return await commits.submit(refs.length * needOf([]), () => {
          const again = rows.expired(now(), max);
          for (const ref of again) rows.remove(ref);
          return again.length;
        });
      } catch (error) {
        if (!isFull(error)) throw error;
        // One after the other they fit into the room that is kept for deletions.
        for (const ref of refs) await removeOne(ref);
        return refs.length;
      }
    },
    watch(id, listener) {
      if (!versions.has(id)) versions.set(id, versionOf(id));
      poll ??= setInterval(lookForChanges, pollMs).unref();
      const end = watchers.add(id, listener);
      return () => {
        end();
        if (!watchers.has(id)) versions.delete(id);
      };
    },
    ping: () =>
      read(() => {
        tables.meta.getBinary(Buffer.from('format'));
        if (!hasRoom()) throw full();
      }),
    async close() {
      clearInterval(poll);
      commits.flush();
      await tables.root.close();
      room.close();
      keys.close();
    },
  };
}

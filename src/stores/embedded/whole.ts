// The embedded store as copying sees it. Other processes may go on using the folder meanwhile.
import path from 'node:path';
import type { Movable, Whole } from '../whole';
import { Commits } from './commits';
import { storeError } from './faults';
import { openFolder } from './folder';
import * as layout from './layout';
import { needOf, Room } from './room';
import { Rows } from './rows';

/** Errors: STORE_DAMAGED, STORE_UNWRITABLE. */
export async function openMovableFolder(dir: string, now: () => number = Date.now): Promise<Movable> {
  const { tables, keys } = await openFolder(dir);
  const rows = new Rows(tables, keys);
  const room = new Room(tables.root, path.join(dir, layout.DATA_FILE));
  const commits = new Commits(tables, keys, room, (error) => storeError(error, dir));
  const read = <T>(run: () => T): T => {
    tables.root.resetReadTxn();
    return run();
  };
  return {
    async *refs() {
      for (const key of read(() => [...tables.records.getKeys()])) {
        const ref = Buffer.from(key);
        if (read(() => rows.at(ref, now())) !== undefined) yield await Promise.resolve(ref);
      }
    },
    version: (ref) => Promise.resolve(read(() => rows.at(ref, now())?.row.version)),
    read: (ref) => Promise.resolve(read(() => rows.whole(ref, now()))),
    write: (whole) => commits.submit(needOfWhole(whole), () => rows.replace(whole)),
    async close() {
      commits.flush();
      await tables.root.close();
      room.close();
      keys.close();
    },
  };
}

function needOfWhole({ record, entries, remembered, work }: Whole): number {
  return needOf([
    record,
    ...entries.map(({ text }) => text),
    ...remembered.map(({ value }) => value),
    ...work.map(({ text }) => text),
  ]);
}

// A process of its own that reads a whole data file and every seal in it: exit 0 where it is sound, 3 where it is damaged.
// What is damaged badly enough ends the process that reads it, and that says the same.
import fs from 'node:fs';
import path from 'node:path';
import { KeyFile } from './key-file';
import * as layout from './layout';
import { unseal } from '../seal';

const EXIT_DAMAGED = 3;
const [dir = '', expected = ''] = process.argv.slice(2);

/** Whether what rests under a conversation opens with its key. A key that was erased just now leaves rows that the next sweep takes. */
function isSound(tables: layout.Tables, keys: KeyFile | undefined): boolean {
  const { meta, records, entries, remembered, work, due, expiry } = tables;
  const store = meta.getBinary(Buffer.from('store'));
  if (store === undefined) return keys === undefined || [...records.getKeys({ limit: 1 })].length === 0;
  if (keys === undefined || (expected !== 'any' && store.toString('hex') !== expected)) return false;
  const found = new Map<string, Buffer | 'erased'>();
  for (const { key, value } of records.getRange({})) {
    const ref = Buffer.from(key);
    const row = layout.readRow(Buffer.from(value));
    if (row === undefined) return false;
    const slot = keys.read(row.slot);
    if (slot === 'damaged') return false;
    found.set(ref.toString('hex'), slot);
    if (slot !== 'erased' && unseal(slot, layout.recordPlace(ref, row.version), row.sealed) === undefined) return false;
    const at = Buffer.concat([layout.number64(row.expiresAtMs), ref]);
    if (!expiry.doesExist(at)) return false;
  }
  const opens = (key: Buffer, value: Buffer, place: Buffer): boolean => {
    const secret = found.get(key.subarray(0, layout.REF_BYTES).toString('hex'));
    return secret !== undefined && (secret === 'erased' || unseal(secret, place, value) !== undefined);
  };
  for (const { key, value } of entries.getRange({}))
    if (!opens(Buffer.from(key), Buffer.from(value), layout.entryPlace(Buffer.from(key)))) return false;
  for (const { key, value } of remembered.getRange({}))
    if (!opens(Buffer.from(key), Buffer.from(value), layout.rememberedPlace(Buffer.from(key)))) return false;
  for (const { key, value } of due.getRange({})) {
    const at = Buffer.from(key).subarray(8);
    const place = layout.workPlace(at);
    if (!work.doesExist(at) || !opens(at, Buffer.from(value).subarray(6), place)) return false;
  }
  return true;
}

/** One write: pages that only a writer reads are damaged too, if they are. A disk without room is no damage. */
function touch({ root, meta }: layout.Tables): void {
  try {
    root.transactionSync(() => meta.putSync(Buffer.from('checked'), Buffer.from([1])));
  } catch (error) {
    if ([-30797, -30796, -30795].includes((error as { code: number }).code)) throw error;
  }
}

async function main(): Promise<number> {
  const keyFile = path.join(dir, layout.KEY_FILE);
  const keys = (fs.statSync(keyFile, { throwIfNoEntry: false })?.size ?? 0) > 0 ? KeyFile.open(keyFile, '') : undefined;
  const tables = layout.openTables(path.join(dir, layout.DATA_FILE));
  // Rows and keys are two files: what looks damaged while a server runs beside is looked at again with all writers held off.
  const sound = isSound(tables, keys) || tables.root.transactionSync(() => isSound(tables, keys));
  if (sound) touch(tables);
  await tables.root.close();
  return sound ? 0 : EXIT_DAMAGED;
}

main().then(
  (code) => process.exit(code),
  () => process.exit(EXIT_DAMAGED),
);

// Reads and changes the rows of one conversation. Changing functions run inside a transaction.
import type { Change, Entry, Loaded } from '../store';
import { EXPIRY_GRAIN_MS } from '../store';
import { damaged } from './faults';
import type { KeyFile } from './key-file';
import * as layout from './layout';
import type { Row, Table, Tables } from './layout';
import { seal, unseal } from '../seal';
import type { Whole } from '../whole';
import { WorkRows } from './work-rows';

/** A conversation's row with the key that opens what belongs to it. */
interface Opened {
  readonly ref: Buffer;
  readonly row: Row;
  readonly key: Buffer;
}

export class Rows {
  readonly work: WorkRows;

  constructor(
    private readonly tables: Tables,
    private readonly keys: KeyFile,
  ) {
    this.work = new WorkRows(tables, keys);
  }

  /** Undefined where it is not there, erased, or expired at `nowMs`. */
  find(id: string, nowMs: number): Opened | undefined {
    return this.at(layout.refOf(id), nowMs);
  }

  at(ref: Buffer, nowMs: number): Opened | undefined {
    const bytes = this.tables.records.getBinary(ref);
    if (bytes === undefined) return undefined;
    const row = layout.readRow(bytes);
    if (row === undefined) throw damaged('A record of the store is damaged');
    if (row.expiresAtMs <= nowMs) return undefined;
    const key = this.keys.read(row.slot);
    if (key === 'erased') return undefined;
    if (key === 'damaged') throw damaged('The key file of the store is damaged');
    return { ref, row, key };
  }

  load(id: string, nowMs: number, remembered: string | undefined): Loaded | undefined {
    const found = this.find(id, nowMs);
    if (found === undefined) return undefined;
    const { ref, row, key } = found;
    const record = this.open(key, layout.recordPlace(ref, row.version), row.sealed);
    if (remembered === undefined) return { version: row.version, record };
    const at = layout.rememberKey(ref, remembered);
    const kept = this.tables.remembered.getBinary(at);
    if (kept === undefined) return { version: row.version, record };
    return { version: row.version, record, remembered: this.open(key, layout.rememberedPlace(at), kept) };
  }

  entries(id: string, nowMs: number, after: number, limit: number): Entry[] {
    const found = this.find(id, nowMs);
    if (found === undefined) return [];
    const { ref, key } = found;
    const start = Buffer.concat([ref, layout.number32(after + 1)]);
    const range = this.tables.entries.getRange({
      start,
      end: layout.after(ref),
      ...(Number.isFinite(limit) ? { limit } : {}),
    });
    return [...range].map(({ key: at, value }) => {
      const place = Buffer.from(at);
      return { seq: place.readUInt32BE(layout.REF_BYTES), text: this.open(key, layout.entryPlace(place), value) };
    });
  }

  create(id: string, change: Change): boolean {
    const ref = layout.refOf(id);
    if (this.tables.records.doesExist(ref)) return false;
    const slot = this.takeSlot();
    const key = this.keys.make(slot);
    this.write({ ref, key, slot, version: 1 }, undefined, id, change);
    return true;
  }

  save(id: string, version: number, nowMs: number, change: Change): number | undefined {
    const found = this.find(id, nowMs);
    if (found?.row.version !== version) return undefined;
    const { ref, row, key } = found;
    this.write({ ref, key, slot: row.slot, version: version + 1 }, row, id, change);
    return version + 1;
  }

  /** Overwrites the key and leaves the rows: takes no room, and nothing can be read without it. */
  erase(id: string): void {
    const bytes = this.tables.records.getBinary(layout.refOf(id));
    const row = bytes === undefined ? undefined : layout.readRow(bytes);
    if (row !== undefined) this.keys.erase(row.slot);
  }

  /** Overwrites the key, then removes the rows; what is left in freed pages can never be read again. */
  remove(ref: Buffer): void {
    const { records, entries, remembered, expiry, free } = this.tables;
    const bytes = records.getBinary(ref);
    const row = bytes === undefined ? undefined : layout.readRow(bytes);
    if (row === undefined) return;
    this.keys.erase(row.slot);
    for (const table of [entries, remembered]) for (const key of layout.keysUnder(table, ref)) table.removeSync(key);
    this.work.dropAll(ref);
    expiry.removeSync(Buffer.concat([layout.number64(row.expiresAtMs), ref]));
    records.removeSync(ref);
    free.putSync(layout.number32(row.slot), Buffer.alloc(0));
  }

  expired(nowMs: number, max: number): Buffer[] {
    const keys = [...this.tables.expiry.getKeys({ end: layout.number64(nowMs + 1), limit: max })];
    return keys.map((key) => Buffer.from(key.subarray(8)));
  }

  /** All that a conversation has, to be moved. */
  whole(ref: Buffer, nowMs: number): Whole | undefined {
    const found = this.at(ref, nowMs);
    if (found === undefined) return undefined;
    const { row, key } = found;
    const under = (table: Table): [Buffer, Buffer][] =>
      layout.keysUnder(table, ref).map((at) => [at, table.getBinary(at) ?? Buffer.alloc(0)]);
    return {
      ref,
      version: row.version,
      expiresAtMs: row.expiresAtMs,
      record: this.open(key, layout.recordPlace(ref, row.version), row.sealed),
      entries: under(this.tables.entries).map(([at, sealed]) => ({
        seq: at.readUInt32BE(layout.REF_BYTES),
        text: this.open(key, layout.entryPlace(at), sealed),
      })),
      remembered: under(this.tables.remembered).map(([at, sealed]) => ({
        hash: at.subarray(layout.REF_BYTES).toString('hex'),
        value: this.open(key, layout.rememberedPlace(at), sealed),
      })),
      work: this.work.whole(ref, key),
    };
  }

  /** Puts a conversation that was moved here in place of what is there. */
  replace({ ref, version, expiresAtMs, record, entries, remembered, work }: Whole): void {
    this.remove(ref);
    const slot = this.takeSlot();
    const key = this.keys.make(slot);
    this.write({ ref, key, slot, version }, undefined, '', { record, entries, expiresAtMs });
    for (const { hash, value } of remembered) {
      const at = Buffer.concat([ref, Buffer.from(hash, 'hex')]);
      this.tables.remembered.putSync(at, seal(key, layout.rememberedPlace(at), value));
    }
    for (const one of work) this.work.restore({ ref, slot, key }, one);
  }

  private write(
    to: { ref: Buffer; key: Buffer; slot: number; version: number },
    before: Row | undefined,
    id: string,
    change: Change,
  ): void {
    const { ref, key, slot, version } = to;
    const { tables } = this;
    const expiresAtMs = Math.ceil(change.expiresAtMs / EXPIRY_GRAIN_MS) * EXPIRY_GRAIN_MS;
    tables.records.putSync(
      ref,
      layout.writeRow({
        version,
        expiresAtMs,
        slot,
        sealed: seal(key, layout.recordPlace(ref, version), change.record),
      }),
    );
    if (before?.expiresAtMs !== expiresAtMs) {
      if (before) tables.expiry.removeSync(Buffer.concat([layout.number64(before.expiresAtMs), ref]));
      tables.expiry.putSync(Buffer.concat([layout.number64(expiresAtMs), ref]), Buffer.alloc(0));
    }
    for (const { seq, text } of change.entries ?? []) {
      const at = Buffer.concat([ref, layout.number32(seq)]);
      tables.entries.putSync(at, seal(key, layout.entryPlace(at), text));
    }
    if (change.remember) {
      const at = layout.rememberKey(ref, change.remember.key);
      tables.remembered.putSync(at, seal(key, layout.rememberedPlace(at), change.remember.value));
    }
    for (const name of change.drop ?? []) this.work.drop(ref, name);
    for (const work of change.put ?? []) this.work.add({ id, ref, slot, key }, work);
  }

  private takeSlot(): number {
    const { free, meta } = this.tables;
    const [first] = [...free.getKeys({ limit: 1 })].map((key) => Buffer.from(key));
    if (first !== undefined) {
      free.removeSync(first);
      return first.readUInt32BE(0);
    }
    const counter = Buffer.from('slots');
    const slot = meta.getBinary(counter)?.readUInt32BE(0) ?? 0;
    meta.putSync(counter, layout.number32(slot + 1));
    return slot;
  }

  private open(key: Buffer, place: Buffer, sealed: Buffer): string {
    const text = unseal(key, place, sealed);
    if (text === undefined) throw damaged('A record of the store is damaged');
    return text;
  }
}

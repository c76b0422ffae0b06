// Rows of work that is due: a queue by time, and where in it each conversation's work stands. Changing functions run inside a transaction.
import type { Lease, WaitingWork, Work } from '../store';
import { damaged } from './faults';
import type { KeyFile } from './key-file';
import * as layout from './layout';
import type { Tables } from './layout';
import { seal, unseal } from './seal';

const TIME_BYTES = 8;
const HEAD_BYTES = 6;

/** Whose work it is, and what seals it. */
export interface Owner {
  readonly id: string;
  readonly ref: Buffer;
  readonly slot: number;
  readonly key: Buffer;
}

export class WorkRows {
  constructor(
    private readonly tables: Tables,
    private readonly keys: KeyFile,
  ) {}

  hasDue(nowMs: number): boolean {
    return [...this.tables.due.getKeys({ end: layout.number64(nowMs + 1), limit: 1 })].length > 0;
  }

  lease(nowMs: number, leaseMs: number, max: number): Lease[] {
    const rows = [...this.tables.due.getRange({ end: layout.number64(nowMs + 1), limit: max })];
    return rows.flatMap(({ key, value }): Lease[] => {
      const at = Buffer.from(key);
      const bytes = Buffer.from(value);
      const workKey = at.subarray(TIME_BYTES);
      const slot = bytes.readUInt32BE(2);
      const secret = this.keys.read(slot);
      this.tables.due.removeSync(at);
      if (!Buffer.isBuffer(secret)) {
        // Its conversation was erased a moment before the process that did it died.
        this.tables.work.removeSync(workKey);
        return [];
      }
      const sealed = bytes.subarray(HEAD_BYTES);
      const text = unseal(secret, layout.workPlace(workKey), sealed);
      if (text === undefined) throw damaged('A record of the store is damaged');
      const attempt = bytes.readUInt16BE(0) + 1;
      this.put(nowMs + leaseMs, workKey, attempt, slot, sealed);
      return [{ ...(JSON.parse(text) as Omit<Lease, 'attempt'>), attempt }];
    });
  }

  /** Rows whose conversation was erased a moment ago are passed over. */
  waiting(max: number): WaitingWork[] {
    return [...this.tables.due.getRange({ limit: max })].flatMap(({ key, value }): WaitingWork[] => {
      const at = Buffer.from(key);
      const bytes = Buffer.from(value);
      const secret = this.keys.read(bytes.readUInt32BE(2));
      if (!Buffer.isBuffer(secret)) return [];
      const text = unseal(secret, layout.workPlace(at.subarray(TIME_BYTES)), bytes.subarray(HEAD_BYTES));
      if (text === undefined) throw damaged('A record of the store is damaged');
      const work = JSON.parse(text) as Omit<WaitingWork, 'attempt' | 'dueAtMs'>;
      return [{ ...work, dueAtMs: layout.read64(at), attempt: bytes.readUInt16BE(0) }];
    });
  }

  /** Adds work, or moves what has its name; how often it was handed out is kept. */
  add({ id, ref, slot, key }: Owner, { name, kind, dueAtMs }: Work): void {
    const attempt = this.drop(ref, name);
    const workKey = Buffer.concat([ref, layout.nameHash(name)]);
    this.put(dueAtMs, workKey, attempt, slot, seal(key, layout.workPlace(workKey), JSON.stringify({ id, name, kind })));
  }

  /** How often the work had been handed out; 0 where there was none. */
  drop(ref: Buffer, name: string): number {
    return this.take(Buffer.concat([ref, layout.nameHash(name)]));
  }

  dropAll(ref: Buffer): void {
    for (const workKey of layout.keysUnder(this.tables.work, ref)) this.take(workKey);
  }

  private take(workKey: Buffer): number {
    const time = this.tables.work.getBinary(workKey);
    if (time === undefined) return 0;
    const at = Buffer.concat([time, workKey]);
    const attempt = this.tables.due.getBinary(at)?.readUInt16BE(0) ?? 0;
    this.tables.due.removeSync(at);
    this.tables.work.removeSync(workKey);
    return attempt;
  }

  private put(atMs: number, workKey: Buffer, attempt: number, slot: number, sealed: Buffer): void {
    const time = layout.number64(atMs);
    const head = Buffer.alloc(HEAD_BYTES);
    head.writeUInt16BE(Math.min(attempt, 0xffff));
    head.writeUInt32BE(slot, 2);
    this.tables.due.putSync(Buffer.concat([time, workKey]), Buffer.concat([head, sealed]));
    this.tables.work.putSync(workKey, time);
  }
}

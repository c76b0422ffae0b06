// How rows look on disk. Keys hold hashes and numbers only: what is left of them in freed pages says nothing.
import { createHash } from 'node:crypto';
import { type Database, open, type RootDatabase } from 'lmdb';

/** Version of this layout; a store of another one is not opened. */
export const FORMAT = 1;
export const DATA_FILE = 'data.mdb';
export const KEY_FILE = 'keys.bin';
export const MARK_FILE = 'store.json';

export type Table = Database<Buffer, Buffer>;

export interface Tables {
  readonly root: RootDatabase<Buffer, Buffer>;
  /** `format`, `store`, `slots` (the first slot never used). */
  readonly meta: Table;
  /** ref -> header and sealed record */
  readonly records: Table;
  /** ref, number -> sealed entry */
  readonly entries: Table;
  /** ref, hash -> sealed value */
  readonly remembered: Table;
  /** hour of expiry, ref -> nothing */
  readonly expiry: Table;
  /** due time, ref, hash of the name -> attempt, slot, sealed work */
  readonly due: Table;
  /** ref, hash of the name -> due time */
  readonly work: Table;
  /** slot -> nothing */
  readonly free: Table;
}

export function openTables(path: string, readOnly = false): Tables {
  const root = open<Buffer, Buffer>({
    path,
    noSubdir: true,
    maxDbs: 16,
    encoding: 'binary',
    keyEncoding: 'binary',
    overlappingSync: false,
    readOnly,
  });
  const table = (name: string): Table =>
    root.openDB<Buffer, Buffer>({ name, encoding: 'binary', keyEncoding: 'binary' });
  return {
    root,
    meta: table('meta'),
    records: table('records'),
    entries: table('entries'),
    remembered: table('remembered'),
    expiry: table('expiry'),
    due: table('due'),
    work: table('work'),
    free: table('free'),
  };
}

const hash = (text: string, bytes: number): Buffer => createHash('sha256').update(text).digest().subarray(0, bytes);

export const REF_BYTES = 16;

/** What a conversation is called on disk. */
export const refOf = (id: string): Buffer => hash(id, REF_BYTES);
export const nameHash = (name: string): Buffer => hash(name, 8);
export const rememberKey = (ref: Buffer, key: string): Buffer => Buffer.concat([ref, hash(key, 16)]);

export function number32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

export function number64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(Math.max(0, Math.floor(value))));
  return bytes;
}

export const read64 = (bytes: Buffer, at = 0): number => Number(bytes.readBigUInt64BE(at));

export interface Row {
  readonly version: number;
  readonly expiresAtMs: number;
  readonly slot: number;
  readonly sealed: Buffer;
}

const ROW_HEADER_BYTES = 20;

export function writeRow({ version, expiresAtMs, slot, sealed }: Row): Buffer {
  return Buffer.concat([number64(version), number64(expiresAtMs), number32(slot), sealed]);
}

/** Undefined where the bytes are no row. */
export function readRow(bytes: Buffer): Row | undefined {
  if (bytes.length < ROW_HEADER_BYTES) return undefined;
  return {
    version: read64(bytes),
    expiresAtMs: read64(bytes, 8),
    slot: bytes.readUInt32BE(16),
    sealed: bytes.subarray(ROW_HEADER_BYTES),
  };
}

/** The place that a record is bound to. */
export const recordPlace = (ref: Buffer, version: number): Buffer =>
  Buffer.concat([Buffer.from('record'), ref, number64(version)]);
export const entryPlace = (key: Buffer): Buffer => Buffer.concat([Buffer.from('entry'), key]);
export const rememberedPlace = (key: Buffer): Buffer => Buffer.concat([Buffer.from('kept'), key]);
/** `key`: ref and hash of the name. */
export const workPlace = (key: Buffer): Buffer => Buffer.concat([Buffer.from('work'), key]);

/** The first key after all that begin with `prefix`. */
export function after(prefix: Buffer): Buffer {
  return Buffer.concat([prefix, Buffer.alloc(32, 0xff)]);
}

/** All keys of a table that begin with `prefix`. */
export function keysUnder(table: Table, prefix: Buffer): Buffer[] {
  return [...table.getKeys({ start: prefix, end: after(prefix) })].map((key) => Buffer.from(key));
}

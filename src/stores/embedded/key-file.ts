// The file of conversation keys, beside the data file: slots of fixed size that are overwritten in place, so that a deleted
// conversation's key is in no freed page. Losing a key makes every copy of what it sealed unreadable, backups of the data file too.
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';

const MAGIC = Buffer.from('preticket keys 1\n');
const HEADER_BYTES = 64;
const ID_AT = 32;
const SLOT_BYTES = 64;
const KEY_BYTES = 32;
const CHECK_AT = 40;
const LIVE = 1;
const ERASED = 2;

/** What a slot holds: a key, the mark of an erased one, or neither. */
export type Slot = Buffer | 'erased' | 'damaged';

function checkOf(slot: number, key: Buffer): Buffer {
  return createHash('sha256').update(`slot ${slot}:`).update(key).digest().subarray(0, 16);
}

export class KeyFile {
  private dirty = false;

  private constructor(private readonly file: number) {}

  /** Creates the file for the store `id` (32 hex digits), or opens the one that is there. */
  static open(path: string, id: string): KeyFile {
    const file = fs.openSync(path, fs.constants.O_RDWR | fs.constants.O_CREAT, 0o600);
    if (fs.fstatSync(file).size === 0) {
      const header = Buffer.alloc(HEADER_BYTES);
      MAGIC.copy(header);
      Buffer.from(id, 'hex').copy(header, ID_AT);
      fs.writeSync(file, header, 0, HEADER_BYTES, 0);
      fs.fdatasyncSync(file);
    }
    return new KeyFile(file);
  }

  /** The store that the file belongs to; undefined where it is no key file. */
  static storeOf(path: string): string | undefined {
    const header = Buffer.alloc(HEADER_BYTES);
    const file = fs.openSync(path, 'r');
    try {
      const read = fs.readSync(file, header, 0, HEADER_BYTES, 0);
      if (read < HEADER_BYTES || !header.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
      return header.subarray(ID_AT, ID_AT + 16).toString('hex');
    } finally {
      fs.closeSync(file);
    }
  }

  /** Makes a key in a slot; durable after `sync`. */
  make(slot: number): Buffer {
    const key = randomBytes(KEY_BYTES);
    const bytes = Buffer.alloc(SLOT_BYTES);
    bytes[0] = LIVE;
    key.copy(bytes, 1);
    checkOf(slot, key).copy(bytes, CHECK_AT);
    this.write(slot, bytes);
    return key;
  }

  read(slot: number): Slot {
    const bytes = Buffer.alloc(SLOT_BYTES);
    const read = fs.readSync(this.file, bytes, 0, SLOT_BYTES, HEADER_BYTES + slot * SLOT_BYTES);
    if (read < SLOT_BYTES) return 'damaged';
    const key = bytes.subarray(1, 1 + KEY_BYTES);
    if (bytes[0] === ERASED && key.every((byte) => byte === 0)) return 'erased';
    return bytes[0] === LIVE && checkOf(slot, key).equals(bytes.subarray(CHECK_AT, CHECK_AT + 16)) ? key : 'damaged';
  }

  /** Overwrites the key in place; durable after `sync`. */
  erase(slot: number): void {
    const bytes = Buffer.alloc(SLOT_BYTES);
    bytes[0] = ERASED;
    this.write(slot, bytes);
  }

  /** Waits for the disk where anything was written since the last time. */
  sync(): void {
    if (!this.dirty) return;
    fs.fdatasyncSync(this.file);
    this.dirty = false;
  }

  close(): void {
    fs.closeSync(this.file);
  }

  private write(slot: number, bytes: Buffer): void {
    this.dirty = true;
    fs.writeSync(this.file, bytes, 0, SLOT_BYTES, HEADER_BYTES + slot * SLOT_BYTES);
  }
}

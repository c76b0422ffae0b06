// Room written ahead at the end of the data file. lmdb never meets a full disk that way (where a write of its own fails, it
// overruns a buffer and the process may die), and no other program can take the room that deletions need.
import fs from 'node:fs';
import type { RootDatabase } from 'lmdb';
import { full } from './faults';

const PAGE_BYTES = 4096;
/** Stays for deletions: what one of them rewrites is free again two commits later. */
const RESERVE_BYTES = 1024 * 1024;
/** Pages of the tables that one transaction rewrites at most, beside what each change brings. */
const COMMIT_BYTES = 128 * 1024;
const CHANGE_BYTES = 64 * 1024;
const STEP_BYTES = 256 * 1024;

/** What a change may take: bytes that it adds, or a deletion, which may use the reserve; nothing where it writes no rows. */
export type Need = number | 'deletion' | 'nothing';

/** Bytes that texts take at most. */
export function needOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text) + PAGE_BYTES, CHANGE_BYTES);
}

export class Room {
  private readonly file: number;

  constructor(
    private readonly root: RootDatabase<Buffer, Buffer>,
    path: string,
  ) {
    this.file = fs.openSync(path, 'r+');
  }

  /** Makes sure that what `needs` say fits; inside a transaction, before its first write. Throws STORE_FULL. */
  ensure(needs: readonly Need[]): void {
    const grows = needs.filter((need) => typeof need === 'number');
    const deletions = needs.filter((need) => need === 'deletion').length;
    if (grows.length + deletions === 0) return;
    const wanted = grows.reduce((sum, bytes) => sum + bytes, COMMIT_BYTES + deletions * CHANGE_BYTES);
    const used = this.used();
    const missing = used + wanted + RESERVE_BYTES - fs.fstatSync(this.file).size;
    if (missing <= 0) return;
    try {
      this.append(Math.ceil(missing / STEP_BYTES) * STEP_BYTES);
    } catch (error) {
      const left = fs.fstatSync(this.file).size - used;
      if (left < wanted + (grows.length > 0 ? RESERVE_BYTES : 0)) throw full(error);
    }
  }

  close(): void {
    fs.closeSync(this.file);
  }

  /** Where the pages in use end. */
  private used(): number {
    const { lastPageNumber, pageSize } = this.root.getStats() as { lastPageNumber: number; pageSize: number };
    return (lastPageNumber + 1) * pageSize;
  }

  private append(bytes: number): void {
    const zeros = Buffer.alloc(STEP_BYTES);
    let at = fs.fstatSync(this.file).size;
    for (const end = at + bytes; at < end;)
      at += fs.writeSync(this.file, zeros, 0, Math.min(zeros.length, end - at), at);
  }
}

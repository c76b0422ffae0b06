// What a failing disk or data file means to a caller, and the room that is kept for deleting on a full disk.
import fs from 'node:fs';
import { PreticketError } from '../../errors';

const MAX_RESERVE_BYTES = 8 * 1024 * 1024;
const MIN_RESERVE_BYTES = 256 * 1024;
const RESERVED_SHARE = 0.05;
const LOOK_EVERY_MS = 200;

/** Free space of the disk under `dir` and the part of it that only deletions may use, in bytes. */
export function spaceOf(dir: string): { readonly free: number; readonly reserve: number } {
  const { bavail, bsize, blocks } = fs.statfsSync(dir);
  const reserve = Math.min(MAX_RESERVE_BYTES, Math.max(MIN_RESERVE_BYTES, blocks * bsize * RESERVED_SHARE));
  return { free: bavail * bsize, reserve };
}

/** Says whether the disk has room for more than deletions. Looks a few times a second. */
export function watchSpace(dir: string, nowMs: () => number = Date.now): () => boolean {
  let looked = -Infinity;
  let room = true;
  return () => {
    if (nowMs() - looked >= LOOK_EVERY_MS) {
      looked = nowMs();
      const { free, reserve } = spaceOf(dir);
      room = free > reserve;
    }
    return room;
  };
}

export function full(cause?: unknown): PreticketError {
  return new PreticketError('STORE_FULL', 'The store has no room left; nothing was changed. Try again later.', {
    cause,
  });
}

export function damaged(what: string): PreticketError {
  return new PreticketError(
    'STORE_DAMAGED',
    `${what}. Restore it from a backup, or move the folder away to begin anew.`,
  );
}

/** Errors of lmdb carry the number of the system's error, or a negative one of its own. */
const FULL_CODES: ReadonlySet<unknown> = new Set([28, 122, 27, -30792, 'ENOSPC', 'EDQUOT', 'EFBIG']);
const DAMAGED_CODES: ReadonlySet<unknown> = new Set([-30797, -30796, -30795, -30793]);
const INPUT_OUTPUT_ERROR = 5;

/** The error that a caller of the store sees. A short write shows as an input/output error: a full disk too. */
export function storeError(error: unknown, dir: string): PreticketError {
  if (error instanceof PreticketError) return error;
  const code = (error as { code?: unknown } | undefined)?.code;
  if (FULL_CODES.has(code)) return full(error);
  if (DAMAGED_CODES.has(code))
    return new PreticketError('STORE_DAMAGED', 'The data file of the store is damaged.', { cause: error });
  if (code === INPUT_OUTPUT_ERROR) {
    const { free, reserve } = spaceOf(dir);
    if (free <= reserve) return full(error);
  }
  return new PreticketError('STORE_UNAVAILABLE', 'The store does not answer. Try again later.', { cause: error });
}

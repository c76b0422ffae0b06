// Moves or ends work of which nothing else changes: the record stays as it is.
import type { Lease, Store } from '../stores/store';

const MAX_TRIES = 5;

/** Where `dueAtMs` is undefined the work is dropped. False where the conversation is gone or keeps changing: then the lease runs out. */
export async function postpone(
  store: Store,
  { id, name, kind }: Lease,
  dueAtMs: number | undefined,
  expiresAtMs: number,
): Promise<boolean> {
  for (let tries = 1; tries <= MAX_TRIES; tries++) {
    const loaded = await store.load(id);
    if (loaded === undefined) return false;
    const saved = await store.save(id, loaded.version, {
      record: loaded.record,
      ...(dueAtMs === undefined ? { drop: [name] } : { put: [{ name, kind, dueAtMs }] }),
      expiresAtMs,
    });
    if (saved !== undefined) return true;
  }
  return false;
}

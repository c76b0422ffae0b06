// Copies all conversations of one store into another; what is there already in the same version is passed over, so a copy that was
// broken off goes on where it was, and a second one brings what changed meanwhile.
import { PreticketError } from '../errors';
import type { Movable } from './whole';

export interface Copied {
  /** Conversations of the first store. */
  readonly conversations: number;
  readonly copied: number;
  /** There already. */
  readonly same: number;
  /** In the second store alone. */
  readonly others: number;
}

/** Read and written at the same time. */
const AT_ONCE = 16;

/** Errors: those of both stores, CHECK_FAILED where something is missing afterwards. */
export async function copyStore(from: Movable, to: Movable, onProgress: (done: number) => void): Promise<Copied> {
  let copied = 0;
  let same = 0;
  const one = async (ref: Buffer): Promise<void> => {
    const version = await from.version(ref);
    if (version === undefined) return;
    if ((await to.version(ref)) === version) same++;
    else {
      const whole = await from.read(ref);
      if (whole === undefined) return;
      await to.write(whole);
      copied++;
    }
    onProgress(copied + same);
  };
  const refs = await collect(from);
  await inParts(refs, one);
  return { ...(await verify(from, to)), copied, same };
}

/** A part that fails ends with its last one: nothing goes on behind the error. */
async function inParts(refs: readonly Buffer[], run: (ref: Buffer) => Promise<void>): Promise<void> {
  for (let i = 0; i < refs.length; i += AT_ONCE) {
    const ended = await Promise.allSettled(refs.slice(i, i + AT_ONCE).map(run));
    const failed = ended.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
  }
}

async function collect(store: Movable): Promise<Buffer[]> {
  const refs: Buffer[] = [];
  for await (const ref of store.refs()) refs.push(ref);
  return refs;
}

/** Every conversation, its entries, what is remembered and its work, counted on both sides. */
async function verify(from: Movable, to: Movable): Promise<Pick<Copied, 'conversations' | 'others'>> {
  const refs = await collect(from);
  let missing = 0;
  const look = async (ref: Buffer): Promise<void> => {
    const [there, here] = await Promise.all([from.read(ref), to.read(ref)]);
    if (there === undefined || there.version < (here?.version ?? 0)) return;
    const counts = (whole = here): string =>
      whole === undefined
        ? ''
        : [whole.version, whole.entries.length, whole.remembered.length, whole.work.length].join();
    if (counts(there) !== counts()) missing++;
  };
  await inParts(refs, look);
  if (missing > 0)
    throw new PreticketError(
      'CHECK_FAILED',
      `${missing} of ${refs.length} conversations changed while they were copied, or are not there whole. Copy again.`,
    );
  const known = new Set(refs.map((ref) => ref.toString('hex')));
  const others = (await collect(to)).filter((ref) => !known.has(ref.toString('hex'))).length;
  return { conversations: refs.length, others };
}

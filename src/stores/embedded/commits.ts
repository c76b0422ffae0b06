// Groups the changes that arrive together into one transaction, so that many turns share one wait for the disk.
import type { PreticketError } from '../../errors';
import type { KeyFile } from './key-file';
import type { Tables } from './layout';
import type { Need, Room } from './room';

interface Pending {
  readonly run: () => unknown;
  readonly need: Need;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: PreticketError) => void;
}

/**
 * Runs changes inside transactions of the data file. The commit is synchronous: it is on disk when the promise resolves, and
 * a change that throws leaves nothing behind. (lmdb's own asynchronous commits report a full disk as an unhandled rejection.)
 */
export class Commits {
  private queue: Pending[] = [];
  private scheduled = false;

  constructor(
    private readonly tables: Tables,
    private readonly keys: KeyFile,
    private readonly room: Room,
    private readonly toError: (error: unknown) => PreticketError,
  ) {}

  /** Resolves with what `run` returned, once it is on disk. `run` must do all its checks before its first write. */
  submit<T>(need: Need, run: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.queue.push({ need, run, resolve: resolve as (value: unknown) => void, reject });
      if (this.scheduled) return;
      this.scheduled = true;
      setImmediate(() => this.flush());
    });
  }

  /** Commits what waits. */
  flush(): void {
    this.scheduled = false;
    const batch = this.queue;
    this.queue = [];
    if (batch.length === 0) return;
    try {
      this.commit(batch);
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(this.toError(error));
      else for (const one of batch) this.alone(one);
    }
  }

  /** A change that failed must not take its neighbours with it. */
  private alone(one: Pending): void {
    try {
      this.commit([one]);
    } catch (error) {
      one.reject(this.toError(error));
    }
  }

  private commit(batch: readonly Pending[]): void {
    const results = this.tables.root.transactionSync(() => {
      this.room.ensure(batch.map(({ need }) => need));
      const values = batch.map((one) => one.run());
      // Keys first: a record whose key is not on disk could never be read again.
      this.keys.sync();
      return values;
    });
    batch.forEach((one, i) => one.resolve(results[i]));
  }
}

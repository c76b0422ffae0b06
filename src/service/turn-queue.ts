// Runs the turns of one conversation one after the other, those of different ones side by side.

/** Waiting turns of one conversation beyond which a caller is told to come back. */
const MAX_WAITING = 32;

export class TurnQueue {
  private readonly tails = new Map<string, { last: Promise<unknown>; waiting: number }>();
  private running = 0;
  private idle: (() => void)[] = [];

  /** Undefined where too many wait already. */
  run<T>(id: string, turn: () => Promise<T>): Promise<T> | undefined {
    const tail = this.tails.get(id) ?? { last: Promise.resolve(), waiting: 0 };
    if (tail.waiting >= MAX_WAITING) return undefined;
    tail.waiting++;
    this.running++;
    const result = tail.last.then(turn, turn);
    const done = (): void => {
      tail.waiting--;
      if (tail.waiting === 0) this.tails.delete(id);
      if (--this.running === 0) for (const resolve of this.idle.splice(0)) resolve();
    };
    tail.last = result.then(done, done);
    this.tails.set(id, tail);
    return result;
  }

  /** Resolves once no turn runs. */
  drained(): Promise<void> {
    return this.running === 0 ? Promise.resolve() : new Promise((resolve) => this.idle.push(resolve));
  }
}

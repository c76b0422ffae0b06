// Shows on a terminal's standard error that long work goes on; silent elsewhere.
const FIRST_AFTER_MS = 1000;
const EVERY_MS = 250;

export interface Progress {
  /** `done`: what is finished so far, in words. */
  tick(done: string): void;
  end(): void;
}

/** A progress line on `stream` that appears after a second, where it is a terminal. `nowMs`: a clock in milliseconds. */
export function startProgress(stream: NodeJS.WriteStream = process.stderr, nowMs: () => number = Date.now): Progress {
  const begun = nowMs();
  let last = 0;
  let shown = false;
  return {
    tick(done) {
      const now = nowMs();
      if (!stream.isTTY || now - begun < FIRST_AFTER_MS || now - last < EVERY_MS) return;
      last = now;
      shown = true;
      stream.write(`\r\u001b[K${done}`);
    },
    end() {
      if (shown) stream.write('\r\u001b[K');
    },
  };
}

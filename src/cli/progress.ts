// Shows on a terminal's standard error that long work goes on; silent elsewhere.
import { Worker } from 'node:worker_threads';

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

/** Shorter texts are read within a second. */
const LONG_UNITS = 200_000;
const CLEAR = '\r\u001b[K';
/** A thread of its own: reading a text leaves this one no time. */
const CLOCK = `
const { workerData: { name, firstAfterMs, everyMs, clear } } = require('node:worker_threads');
const begun = Date.now();
const tell = () => require('node:fs').writeSync(2, clear + 'reading ' + name + ', ' + Math.round((Date.now() - begun) / 1000) + ' s');
setTimeout(() => { tell(); setInterval(tell, everyMs); }, firstAfterMs);
`;

/** Does `work` on a text of `units`; after a second a terminal shows that it goes on. `name`: of the text. */
export async function whileBusy<T>(name: string, units: number, work: () => T): Promise<T> {
  if (!process.stderr.isTTY || units < LONG_UNITS) return work();
  const clock = new Worker(CLOCK, {
    eval: true,
    workerData: { name, firstAfterMs: FIRST_AFTER_MS, everyMs: FIRST_AFTER_MS, clear: CLEAR },
  });
  try {
    return work();
  } finally {
    await clock.terminate();
    process.stderr.write(CLEAR);
  }
}

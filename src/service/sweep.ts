// Deletes what has expired, all the time and a little at once.
import { PreticketError } from '../errors';
import type { Store } from '../stores/store';
import type { Meter } from './meter';

const EVERY_MS = 30_000;
const AT_ONCE = 200;

/** `stop` resolves once the sweep that runs has ended. */
export function startSweep(
  store: Store,
  meter: Meter,
  onError: (error: PreticketError) => void = () => undefined,
): { stop(): Promise<void> } {
  let running: Promise<void> | undefined;
  let ended = false;
  const sweep = async (): Promise<void> => {
    try {
      for (let count = AT_ONCE; count === AT_ONCE && !ended;) {
        count = await store.expire(AT_ONCE);
        if (count > 0) meter.removed('expired', count);
      }
    } catch (error) {
      onError(
        error instanceof PreticketError
          ? error
          : new PreticketError('STORE_UNAVAILABLE', 'A sweep failed.', { cause: error }),
      );
    }
  };
  const timer = setInterval(() => {
    running ??= sweep().finally(() => (running = undefined));
  }, EVERY_MS).unref();
  return {
    async stop() {
      ended = true;
      clearInterval(timer);
      await running;
    },
  };
}

// Counts that all nodes share, for the rate limit. What is counted by stands in Redis as a keyed hash only, for a window's time.
import type { SharedCounter } from '../store';
import type { Keyring } from './keyring';
import type { Lanes } from './lanes';
import { counterKey } from './layout';
import { COUNT } from './scripts';

export function createCounter(lanes: Lanes, keyring: Keyring): SharedCounter {
  return {
    async hit(name, windowMs) {
      const key = counterKey(keyring.digest('counter', name));
      const [count = 0, leftMs = windowMs] = (await lanes.run(COUNT, [key], [windowMs])) as number[];
      return { count, leftMs };
    },
  };
}

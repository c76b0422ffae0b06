// When work that failed is tried again: after about 1, 5 and 25 s, then ever less often, for a day.

const FIRST_MS = 1000;
const FACTOR = 5;
const LONGEST_MS = 2 * 3600_000;
/** Part of a delay by which it may be shorter or longer, so that what failed together does not come back together. */
const JITTER = 0.2;

/** Milliseconds after which work is given up. */
export const GIVE_UP_MS = 24 * 3600_000;

/** Tries that fit into a day: six within the first hour and a half, then one every two hours. */
export const MAX_ATTEMPTS = 18;

/** Milliseconds from the failure of a try (1 for the first) to the next one. `random`: 0 to 1. */
export function retryDelayMs(attempt: number, random: () => number = Math.random): number {
  const plain = Math.min(FIRST_MS * FACTOR ** Math.max(0, attempt - 1), LONGEST_MS);
  return Math.round(plain * (1 - JITTER + 2 * JITTER * random()));
}

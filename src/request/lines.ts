// Where a line begins, looked for within a bounded reach so that a text without line ends costs no more.

const REACH = 2_000;

/** Index behind the line end before `at`, at most {@link REACH} characters back. */
export function lineStartAt(text: string, at: number): number {
  const from = Math.max(0, at - REACH);
  return from + text.slice(from, at).lastIndexOf('\n') + 1;
}

/** Index of the last `needle` that begins before `at`, -1 where none stands within `reach` characters. */
export function lastBefore(text: string, needle: string, at: number, reach: number): number {
  const from = Math.max(0, at - reach);
  const i = text.slice(from, at).lastIndexOf(needle);
  return i < 0 ? -1 : from + i;
}

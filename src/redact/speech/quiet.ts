// Lines that told nothing. The second look meets most lines of the first one again, in the same surroundings: they tell nothing again.
import type { Search } from '../finding';
import type { Context, Mention } from './line';
import type { Outcome } from './outcome';

/** How far the detectors look beyond a line: for the bracket before a noun, for the head of a log's line. */
const BEFORE = 20;
const BEHIND = 120;
const LONGEST = 600;
const MOST = 20_000;

/** All that the outcome for the line [from, to) hangs on, where nothing else was consulted; undefined for a long one. */
export function surroundings(
  { text }: Search,
  from: number,
  to: number,
  mentions: readonly Mention[],
  { near, waiting, around }: Context,
): string | undefined {
  if (to - from > LONGEST) return undefined;
  const start = Math.max(0, from - BEFORE);
  let key = `${from - start} ${to - from} ${near ?? ''} ${waiting ?? ''} ${around.nouns} ${around.kind ?? ''}`;
  for (const { start: at, end, noun } of mentions)
    key += ` ${at - from} ${end - at} ${noun.kind}${noun.strong ? '!' : ''}`;
  return `${key}\n${text.slice(start, to + BEHIND)}`;
}

export function keepQuiet(quiet: Map<string, Outcome>, key: string, outcome: Outcome): void {
  if (quiet.size < MOST) quiet.set(key, outcome);
}

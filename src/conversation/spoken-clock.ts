// Clock times as people say them: "half past nine this morning", "9h sáng", "полдесятого", "9:30 in the evening". Words are the pack's.
import { fold } from '../extract/fold';
import type { TalkData } from '../pack/schema/talk';

export interface ClockTime {
  readonly hour: number;
  readonly minute: number;
  /** Where it stands, in UTF-16 units of the folded text. */
  readonly start: number;
  readonly end: number;
}

export type ClockReader = (folded: string) => ClockTime | null;

const DIGITS =
  /(?<![\d:.-])(\d{1,2})(?::|h(?=\d)|\.(?=\d\d(?!\d|\.)))([0-5]\d)(?::[0-5]\d)?(?![\d:])\s?(?:([ap])\.?m\b)?|(?<![\d:.-])(\d{1,2})\s?([ap])\.?m\b/;
/** Between a clock time and the part of the day, as in "nine in the morning". */
const MOST_BETWEEN = 8;
const HALVES: Readonly<Record<string, string>> = { a: 'am', p: 'pm' };
const PARTS = ['night', 'noon', 'pm', 'am'] as const;

const escaped = (word: string): string => word.replace(/[.*+?^${}()[\]\\]/g, '\\$&');
const choices = (words: readonly string[]): string =>
  words
    .map((word) => escaped(fold(word)))
    .sort((a, b) => b.length - a.length)
    .join('|');

/** Compiles one language's words for clock times; without any, only digits are read. */
export function compileClock(clock: TalkData['time']['clock']): ClockReader {
  const hours = new Map(Object.entries(clock?.hours ?? {}).map(([word, hour]) => [fold(word), hour]));
  const hour = `(?<h>\\d{1,2}|${choices([...hours.keys()])})`;
  const phrases = Object.entries(clock?.say ?? {}).map(([phrase, minutes]) => {
    const body = fold(phrase)
      .split(' ')
      .map((word) => `(?:${word.split('|').map(escaped).join('|')})`)
      .join('\\s?')
      .replace('\\{h\\}', hour)
      .replace('\\{m\\}', '(?<m>[0-5]?\\d)');
    return { minutes, pattern: new RegExp(`(?<![a-z0-9:.\\u0400-\\u04ff])${body}(?![a-z0-9:\\u0400-\\u04ff]|\\.\\d)`) };
  });
  const parts = PARTS.map((part) => ({
    part,
    pattern: new RegExp(
      `(?<![a-z\\u0400-\\u04ff])(?:${choices(clock?.parts[part] ?? []) || '(?!)'})(?![a-z\\u0400-\\u04ff])`,
    ),
  }));
  const partOf = (folded: string): string | undefined => parts.find(({ pattern }) => pattern.test(folded))?.part;
  /** The place of a clock time with the part of the day that stands beside it. */
  const around = (folded: string, start: number, end: number): Pick<ClockTime, 'start' | 'end'> => {
    const place = { start, end };
    for (const { pattern } of parts) {
      const part = pattern.exec(folded);
      if (part === null) continue;
      const behind = part.index + part[0].length;
      if (part.index >= end && part.index - end <= MOST_BETWEEN) place.end = Math.max(place.end, behind);
      if (behind <= start && start - behind <= MOST_BETWEEN) place.start = Math.min(place.start, part.index);
    }
    return place;
  };
  return (folded) => {
    const digits = DIGITS.exec(folded);
    if (digits !== null) {
      const written = Number(digits[1] ?? digits[4]);
      const half = digits[3] ?? digits[5];
      const said = half === undefined ? partOf(folded) : HALVES[half];
      return {
        hour: inHalf(written, said),
        minute: Number(digits[2] ?? 0),
        ...around(folded, digits.index, digits.index + digits[0].length),
      };
    }
    for (const { minutes, pattern } of phrases) {
      const match = pattern.exec(folded);
      const word = match?.groups?.['h'] ?? '';
      const said = hours.get(word) ?? Number(word);
      if (match === null || !Number.isInteger(said) || said > 24) continue;
      const all = inHalf(said, partOf(folded)) * 60 + minutes + Number(match.groups?.['m'] ?? 0);
      const inDay = (all + 1440) % 1440;
      return {
        hour: Math.floor(inDay / 60),
        minute: inDay % 60,
        ...around(folded, match.index, match.index + match[0].length),
      };
    }
    return null;
  };
}

/** An hour in the light of the part of the day. */
function inHalf(hour: number, part: string | undefined): number {
  if (part === 'am') return hour === 12 ? 0 : hour;
  if (part === 'pm') return hour < 12 ? hour + 12 : hour;
  if (part === 'noon') return hour < 7 ? hour + 12 : hour;
  if (part === 'night') return hour === 12 ? 0 : hour >= 6 && hour < 12 ? hour + 12 : hour;
  return hour % 24;
}

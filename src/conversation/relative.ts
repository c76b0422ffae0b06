// Moments told from now on: "20 minutes ago", "yesterday 14:05". Words are the pack's; the moment of speaking is given.
import { fold } from '../extract/fold';
import { offsetAt, type Zone } from '../extract/zone';
import type { TalkData } from '../pack/schema/talk';
import type { EventZone } from './event';
import { type ClockTime, compileClock } from './spoken-clock';

export interface SpokenMoment {
  /** ISO 8601 to the precision given; with an offset where the moment tells it. */
  readonly value: string;
  readonly zoned: boolean;
  /** A clock time is part of it. */
  readonly timed: boolean;
  readonly source: string;
}

export interface RelativeWords {
  /** The moment that `text` tells, or null. `zone`: of the text itself or of the person; without any, days count in UTC. */
  read(text: string, at: string, zone: Zone | null): SpokenMoment | null;
}

const MINUTE = 60_000;
const MOST_SOURCE = 60;
/** A zone of an event as the readers of times know it. */
export function zoneOfEvent(zone: EventZone | undefined): Zone | null {
  if (zone === undefined) return null;
  return typeof zone === 'number' ? { offset: zone, length: 0 } : { iana: zone, length: 0 };
}

function alternation(words: readonly string[]): string {
  return [...words]
    .map((word) => fold(word))
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('|');
}

/** Words with blanks need borders; scripts without blanks have none. */
const bordered = (source: string): string => `(?<![a-z\\u0400-\\u04ff])(?:${source || '(?!)'})(?![a-z\\u0400-\\u04ff])`;

/** Compiles the words of several languages into one reader; the first language's words are tried first. */
export function compileRelative(data: readonly TalkData[]): RelativeWords {
  const readers = data.map(({ time }) => {
    const lengths = new Map(
      Object.entries(time.units).flatMap(([length, words]) =>
        words.map((word) => [fold(word), Number(length)] as const),
      ),
    );
    const numbers = new Map(Object.entries(time.numbers).map(([word, value]) => [fold(word), value]));
    const number = `(\\d{1,3}|${alternation([...numbers.keys()])})`;
    const unit = `(${alternation([...lengths.keys()])})`;
    const span = (before: string, after: string): RegExp =>
      new RegExp(`(?<![a-z0-9\\u0400-\\u04ff])${before}${number}\\s?${unit}${after}`);
    const spans = [
      ...(time.after.length > 0
        ? [
            span('', `\\s?(?:${alternation(time.after)})`),
            new RegExp(`(?<![a-z0-9\\u0400-\\u04ff\\u3400-\\u9fff])()${unit}\\s?(?:${alternation(time.after)})`),
          ]
        : []),
      ...(time.before.length > 0 ? [span(`(?:${alternation(time.before)})\\s(?:[a-z]{4,6}\\s)?`, '(?![a-z])')] : []),
    ];
    const days = Object.entries(time.days)
      .map(([back, words]) => ({ back: Number(back), words: new RegExp(bordered(alternation(words))) }))
      .sort((a, b) => b.back - a.back);
    return {
      lengths,
      numbers,
      spans,
      now: new RegExp(bordered(alternation(time.now))),
      days,
      clockOf: compileClock(time.clock),
    };
  });
  return {
    read(text, at, zone) {
      const folded = fold(text.slice(0, 400));
      const now = Date.parse(at);
      if (Number.isNaN(now)) return null;
      for (const { lengths, numbers, spans, now: nowWords, days, clockOf } of readers) {
        for (const pattern of spans) {
          const match = pattern.exec(folded);
          if (match === null) continue;
          // A unit without a number is one of it.
          const count = match[1] === '' ? 1 : (numbers.get(match[1] ?? '') ?? Number(match[1]));
          const minutes = count * (lengths.get(match[2] ?? '') ?? 0);
          if (!Number.isFinite(minutes) || minutes <= 0) continue;
          const source = text.slice(match.index, match.index + match[0].length);
          const moment = now - minutes * MINUTE;
          return minutes >= 1440
            ? { value: isoLocal(moment, zone).slice(0, 10), zoned: false, timed: false, source }
            : { value: isoLocal(moment, zone), zoned: true, timed: true, source };
        }
        const clock = clockOf(folded);
        for (const { back, words } of days) {
          const match = words.exec(folded);
          if (match === null) continue;
          const day = isoLocal(now - back * 1440 * MINUTE, zone).slice(0, 10);
          if (clock === null)
            return {
              value: day,
              zoned: false,
              timed: false,
              source: text.slice(match.index, match.index + match[0].length),
            };
          return { ...clocked(day, clock, zone), source: spanning(text, match, clock) };
        }
        const match = nowWords.exec(folded);
        if (match !== null)
          return {
            value: isoLocal(now, zone),
            zoned: true,
            timed: true,
            source: text.slice(match.index, match.index + match[0].length),
          };
      }
      const clock = readers.map(({ clockOf }) => clockOf(folded)).find((found) => found !== null) ?? null;
      // A clock time by itself is the last one that is over.
      if (clock !== null && folded.length < 60) {
        const today = clocked(isoLocal(now, zone).slice(0, 10), clock, zone);
        const over = Date.parse(today.zoned ? today.value : `${today.value}Z`) <= now;
        return {
          ...(over ? today : clocked(isoLocal(now - 1440 * MINUTE, zone).slice(0, 10), clock, zone)),
          source: text.slice(clock.start, clock.end).trim(),
        };
      }
      return null;
    },
  };
}

/** The words from the day to the clock time, where they are near each other. */
function spanning(text: string, day: RegExpExecArray, clock: ClockTime): string {
  const start = Math.min(day.index, clock.start);
  const end = Math.max(day.index + day[0].length, clock.end);
  return (end - start <= MOST_SOURCE ? text.slice(start, end) : text.slice(clock.start, clock.end)).trim();
}

function clocked(day: string, { hour, minute }: ClockTime, zone: Zone | null): Omit<SpokenMoment, 'source'> {
  const two = (n: number): string => String(n).padStart(2, '0');
  const value = `${day}T${two(hour % 24)}:${two(minute)}`;
  return zone === null ? { value, zoned: false, timed: true } : { ...withZone(value, zone), timed: true };
}

/** The moment in a zone (UTC without one), to the minute, with its offset. */
function isoLocal(moment: number, zone: Zone | null): string {
  const utc = new Date(moment);
  const offset =
    zone === null
      ? 0
      : (offsetAt(zone, utc.getUTCFullYear(), utc.getUTCMonth() + 1, utc.getUTCDate(), utc.getUTCHours()) ?? 0);
  return `${new Date(moment + offset * MINUTE).toISOString().slice(0, 16)}${suffixOf(offset)}`;
}

function suffixOf(offset: number): string {
  if (offset === 0) return 'Z';
  const minutes = Math.abs(offset);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** A time without a zone, put into one; unchanged where it has no clock or the zone is not known. */
export function withZone(value: string, zone: Zone): { readonly value: string; readonly zoned: boolean } {
  const match = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}(?::\d{2})?)$/.exec(value);
  if (match === null) return { value, zoned: false };
  const [, year, month, day, hour] = match.map(Number);
  const offset = offsetAt(zone, year ?? 0, month ?? 1, day ?? 1, hour ?? 0);
  return offset === null ? { value, zoned: false } : { value: `${value}${suffixOf(offset)}`, zoned: true };
}

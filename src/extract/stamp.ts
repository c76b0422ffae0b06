// Finds full dates (with a year) and the times and zones beside them, in the forms of logs, mails and seven languages' prose.

import type { Context } from './context';
import type { Lexicon } from './fields';
import { offsetAt, readZone, type Zone } from './zone';

/** A full date with what the text gives beside it. Offsets into the view. */
export interface Stamp {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly time: Time | null;
  readonly zone: Zone | null;
  readonly start: number;
  readonly end: number;
}

export interface Time {
  readonly hour: number;
  readonly minute: number;
  readonly second: number | null;
}

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly start: number;
  readonly end: number;
}

/** How many dates are read from each end of a text. */
const MAX_DAYS = 600;
const YEAR = /(?:19|20)\d\d/;
const NUMERIC =
  /(?<![\w.:/-])(?:((?:19|20)\d\d)([-/.])(\d{1,2})\2(\d{1,2})|(\d{1,2})([-/.])(\d{1,2})\6((?:19|20)\d\d))(?![-/]\d|\d|\.\d)/g;
const HAN = /((?:19|20)\d\d)\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?[日号]?/g;
const TIME =
  /^(\d{1,2})(?::|h(?=\d)|\.(?=\d\d(?!\d|\.)))([0-5]\d)(?::([0-5]\d)(?:[.,]\d{1,9})?)?(?![\d:])\s?(?:([ap])\.?\s?m\b\.?)?/;
const HOUR = /^(\d{1,2})\s?(?:([ap])\.?m\b\.?|h\b|uhr\b)/;
const HAN_TIME = /^(\d{1,2})\s?[点时點:]\s?(?:([0-5]?\d)\s?分?)?(半)?(?:\s?([0-5]?\d)\s?秒)?/;
const LEAD = /^[ \t:T_,|(\]-]{0,3}/i;

function valid(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function numericDays(ctx: Context, out: Day[]): void {
  const dayFirst = ctx.lexicon.language in ctx.lexicon.table('timestamp', 'dayFirst');
  for (const m of ctx.view.folded.matchAll(NUMERIC)) {
    const span = { start: m.index, end: m.index + m[0].length };
    if (m[1] !== undefined) {
      const [year, month, day] = [Number(m[1]), Number(m[3]), Number(m[4])];
      if (valid(year, month, day)) out.push({ year, month, day, ...span });
      continue;
    }
    const [a, b, year] = [Number(m[5]), Number(m[7]), Number(m[8])];
    // Full stops always put the day first; strokes do so in some languages only, and else where the number leaves no choice.
    const first = m[6] === '.' || dayFirst || a > 12 || a === b;
    const second = !first && b > 12;
    if (!first && !second) continue;
    const [month, day] = first ? [b, a] : [a, b];
    if (valid(year, month, day)) out.push({ year, month, day, ...span });
  }
  for (const m of ctx.view.folded.matchAll(HAN)) {
    const [year, month, day] = [Number(m[1]), Number(m[2]), Number(m[3])];
    if (valid(year, month, day)) out.push({ year, month, day, start: m.index, end: m.index + m[0].length });
  }
}

interface MonthForms {
  readonly dayMonth: RegExp;
  readonly monthDay: RegExp;
  readonly ctime: RegExp;
  readonly table: Readonly<Record<string, string | number>>;
}

function monthForms(lexicon: Lexicon): MonthForms {
  return lexicon.once('month forms', () => {
    const table = Object.fromEntries(
      Object.entries(lexicon.table('timestamp', 'months')).map(([k, v]) => [
        k.normalize('NFD').replace(/[\u0300-\u036f]/g, ''),
        v,
      ]),
    );
    const names = Object.keys(table)
      .sort((a, b) => b.length - a.length)
      .join('|');
    const ordinal = lexicon.source('timestamp', 'ordinal');
    const of = `(?:${lexicon.source('timestamp', 'of')} )?`;
    const link = `(?:[\\s/.,-]{1,3}${of}|)`;
    return {
      table,
      dayMonth: new RegExp(
        `(?<![\\w:.])(\\d{1,2})(?:${ordinal})?${link}(${names})(?![a-zа-я])\\.?,?(?:[\\s/.,-]{1,3}${of}|)((?:19|20)\\d\\d)(?!\\d)(?: ?${lexicon.source('timestamp', 'year-word')})?`,
        'g',
      ),
      monthDay: new RegExp(
        `(?<![a-zа-я])(${names})\\.?[\\s-]{1,2}(\\d{1,2})(?:${ordinal})?(?:,\\s?|\\s|-|\\s?,?\\s${of})((?:19|20)\\d\\d)(?!\\d)`,
        'g',
      ),
      ctime: new RegExp(
        `(?<![a-zа-я])(${names})\\s{1,2}(\\d{1,2})\\s(\\d{2}:\\d{2}(?::\\d{2})?)\\s(?:([a-z]{3,5}|[+-]\\d{4})\\s)?((?:19|20)\\d\\d)(?!\\d)`,
        'g',
      ),
    };
  });
}

function readTime(lexicon: Lexicon, words: string): { time: Time; length: number } | null {
  const m = TIME.exec(words);
  if (m !== null) {
    const hour = Number(m[1]);
    if (hour > 23) return null;
    let length = m[0].length;
    let later = m[4] === 'p';
    if (m[4] === undefined && hour < 12) {
      const pm = lexicon.cue('timestamp', 'afternoon', '', 'y');
      pm.lastIndex = length + (/^\s/.test(words.slice(length)) ? 1 : 0);
      if (pm.test(words)) {
        later = true;
        length = pm.lastIndex;
      }
    }
    const clock = m[4] === 'a' && hour === 12 ? 0 : later && hour < 12 ? hour + 12 : hour;
    return {
      time: { hour: clock, minute: Number(m[2]), second: m[3] === undefined ? null : Number(m[3]) },
      length: words.slice(0, length).trimEnd().length,
    };
  }
  const h = HOUR.exec(words);
  if (h !== null && Number(h[1]) < 24) {
    const hour = Number(h[1]);
    const clock = h[2] === 'p' && hour < 12 ? hour + 12 : h[2] === 'a' && hour === 12 ? 0 : hour;
    return { time: { hour: clock, minute: 0, second: null }, length: h[0].length };
  }
  return null;
}

function readHanTime(lexicon: Lexicon, words: string): { time: Time; length: number } | null {
  const part =
    lexicon
      .once('day part', () => new RegExp(`^\\s?(?:${lexicon.source('timestamp', 'day-part')})?\\s?`))
      .exec(words)?.[0] ?? '';
  const m = HAN_TIME.exec(words.slice(part.length));
  if (m === null || Number(m[1]) > 23) return null;
  const later = lexicon.cue('timestamp', 'afternoon').test(part);
  const hour = Number(m[1]) + (later && Number(m[1]) < 12 ? 12 : 0);
  return {
    time: {
      hour,
      minute: m[3] !== undefined ? 30 : Number(m[2] ?? 0),
      second: m[4] === undefined ? null : Number(m[4]),
    },
    length: part.length + m[0].length,
  };
}

/** Time and zone behind a date, else before it. */
function complete(ctx: Context, d: Day): Stamp {
  const { lexicon, view } = ctx;
  const words = view.folded.slice(d.end, d.end + 60);
  const joiner = lexicon.cue('timestamp', 'joiner', '', 'y');
  let at = LEAD.exec(words)?.[0].length ?? 0;
  let found = readTime(lexicon, words.slice(at)) ?? readHanTime(lexicon, words);
  const han = found !== null && readTime(lexicon, words.slice(at)) === null;
  if (han) at = 0;
  // A zone may stand between: `2026-09-14 (UTC+8) 10:22`.
  for (let tries = 0; found === null && tries < 2; tries++) {
    joiner.lastIndex = at;
    const blank = /^[\s,(]{0,2}/.exec(words.slice(at))?.[0].length ?? 0;
    if (!joiner.test(words)) {
      joiner.lastIndex = at + blank;
      if (!joiner.test(words)) break;
    }
    at = joiner.lastIndex;
    at += /^[\s:~]{0,2}/.exec(words.slice(at))?.[0].length ?? 0;
    found = readTime(lexicon, words.slice(at)) ?? readHanTime(lexicon, words.slice(at));
  }
  if (found !== null) {
    const end = d.end + at + found.length;
    const zone = readZone(lexicon, view.folded.slice(end, end + 40)) ?? zoneBefore(ctx, d.start);
    return { ...d, time: found.time, zone, end: zone === null || zone.length < 0 ? end : end + zone.length };
  }
  return completeBefore(ctx, d);
}

/** `北京时间 2026-…`, `UTC 2026-…` */
function zoneBefore(ctx: Context, start: number): Zone | null {
  const words = ctx.view.folded.slice(Math.max(0, start - 24), start);
  const han = /([\u4e00-\u9fff]{2,3})时间[\s:]{0,2}$/.exec(words);
  const place = han?.[1] === undefined ? undefined : ctx.lexicon.table('timestamp', 'places')[han[1].slice(-2)];
  return place === undefined ? null : { iana: String(place), length: 0 };
}

const TIME_BEFORE =
  /(?<![\d:.])(\d{1,2})(?::|h)([0-5]\d)(?::([0-5]\d)(?:[.,]\d{1,9})?)?\s?(?:([ap])\.?m\.?\s?)?([^\n\d:]{0,24})$/;

function completeBefore(ctx: Context, d: Day): Stamp {
  const { lexicon, view } = ctx;
  const words = view.folded.slice(Math.max(0, d.start - 50), d.start);
  const m = TIME_BEFORE.exec(words);
  const none: Stamp = { ...d, time: null, zone: readZone(lexicon, view.folded.slice(d.end, d.end + 30)) };
  if (m === null || Number(m[1]) > 23) return none;
  const between = m[5] ?? '';
  const hour = Number(m[1]);
  const pm = m[4] === 'p' || (m[4] === undefined && lexicon.cue('timestamp', 'afternoon').test(between) && hour < 12);
  const zone = readZone(lexicon, ` ${between}`);
  const rest = zone === null ? between : between.slice(Math.max(0, zone.length - 1));
  const link = lexicon.once(
    'time before date',
    () =>
      new RegExp(
        `^[\\s,)]{0,3}(?:${lexicon.source('timestamp', 'rejoiner')}|${lexicon.source('timestamp', 'afternoon')}|[\\s,])*\\s{0,2}(?:[a-zа-я]{2,11},?\\s)?$`,
      ),
  );
  if (!link.test(rest)) return none;
  const clock = pm && hour < 12 ? hour + 12 : m[4] === 'a' && hour === 12 ? 0 : hour;
  return {
    ...d,
    time: { hour: clock, minute: Number(m[2]), second: m[3] === undefined ? null : Number(m[3]) },
    zone: zone ?? readZone(lexicon, view.folded.slice(d.end, d.end + 30)),
    start: Math.max(0, d.start - 50) + m.index,
  };
}

/** All full dates in order of place. */
export function findStamps(ctx: Context): Stamp[] {
  const { view, lexicon } = ctx;
  if (!YEAR.test(view.text)) return [];
  const days: Day[] = [];
  numericDays(ctx, days);
  const forms = monthForms(lexicon);
  const out: Stamp[] = [];
  for (const m of view.folded.matchAll(forms.dayMonth)) {
    const [day, month, year] = [Number(m[1]), Number(forms.table[m[2] ?? '']), Number(m[3])];
    if (valid(year, month, day)) days.push({ year, month, day, start: m.index, end: m.index + m[0].length });
  }
  for (const m of view.folded.matchAll(forms.monthDay)) {
    const [month, day, year] = [Number(forms.table[m[1] ?? '']), Number(m[2]), Number(m[3])];
    if (valid(year, month, day)) days.push({ year, month, day, start: m.index, end: m.index + m[0].length });
  }
  for (const m of view.folded.matchAll(forms.ctime)) {
    const [month, day, year] = [Number(forms.table[m[1] ?? '']), Number(m[2]), Number(m[5])];
    const time = readTime(lexicon, m[3] ?? '');
    if (!valid(year, month, day) || time === null || out.length >= MAX_DAYS) continue;
    const zone =
      m[4] === undefined
        ? readZone(lexicon, view.folded.slice(m.index + m[0].length, m.index + m[0].length + 20))
        : readZone(lexicon, ` ${m[4]}`);
    out.push({ year, month, day, time: time.time, zone, start: m.index, end: m.index + m[0].length });
  }
  const whole = [...out];
  days.sort((a, b) => a.start - b.start);
  const read = days.length <= 2 * MAX_DAYS ? days : [...days.slice(0, MAX_DAYS), ...days.slice(-MAX_DAYS)];
  for (const d of read) if (!whole.some((s) => d.start < s.end && d.end > s.start)) out.push(complete(ctx, d));
  return out.sort((a, b) => a.start - b.start);
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}

/** ISO 8601 to the precision given, with an offset only where the zone is known. */
export function isoOf(stamp: Stamp, fallback: Zone | null = null): { value: string; zoned: boolean } {
  const { year, month, day, time } = stamp;
  const date = `${String(year)}-${two(month)}-${two(day)}`;
  if (time === null) return { value: date, zoned: false };
  const clock = `${two(time.hour)}:${two(time.minute)}${time.second === null ? '' : `:${two(time.second)}`}`;
  const zone = stamp.zone ?? fallback;
  const offset = zone === null ? null : offsetAt(zone, year, month, day, time.hour);
  if (offset === null) return { value: `${date}T${clock}`, zoned: false };
  const sign = offset < 0 ? '-' : '+';
  const minutes = Math.abs(offset);
  const suffix = offset === 0 ? 'Z' : `${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  return { value: `${date}T${clock}${suffix}`, zoned: true };
}

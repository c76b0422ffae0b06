// Chooses the moment of the failing call among all dates of a text; several log lines: the last failing one.

import { before, sentenceStart, type Context } from './context';
import { isBad, isGood } from './outcome';
import type { Focus } from './focus';
import { findStamps, isoOf, type Stamp } from './stamp';
import type { Candidate } from './candidate';
import { lineAt, lineSpan } from './view';
import { readZone, type Zone } from './zone';

/** How far a line's date speaks for what stands below it without one, in UTF-16 units. */
const REACH = 2_500;
/** How many log lines are asked for a failure, from the last one back. */
const MAX_LOOK = 400;
const BARE_TIME = /^[\s[(]{0,4}(\d{1,2}):([0-5]\d)(?::([0-5]\d)(?:[.,]\d{1,9})?)?(?![\d:])/;

export interface ReadTimestamp extends Candidate {
  readonly zoned: boolean;
  /** A clock time is given, so that a zone would belong to it. */
  readonly timed: boolean;
}

/** A zone that the text gives once for all its times (`all times UTC`, `timezone: GMT+8`). */
function zoneElsewhere(ctx: Context): Zone | null {
  const re = ctx.lexicon.cue('timestamp', 'zone-elsewhere', '[\\s:=(|]{0,4}', 'g');
  re.lastIndex = 0;
  for (let m = re.exec(ctx.view.folded); m !== null; m = re.exec(ctx.view.folded)) {
    const at = m.index + m[0].length;
    const zone = readZone(ctx.lexicon, ` ${ctx.view.folded.slice(at, at + 40)}`);
    if (zone !== null) return zone;
  }
  return null;
}

function isLogStamp(ctx: Context, s: Stamp): boolean {
  const line = lineSpan(ctx.view, lineAt(ctx.view, s.start));
  return s.time !== null && s.start - line.start < 40 && sentenceStart(ctx.view.folded, s.start, 50) <= line.start + 40;
}

/** A date that tells of something else: an expiry, a backup, the day a status began. */
function isOther(ctx: Context, s: Stamp): boolean {
  const pre = before(ctx, s.start, 40);
  if (
    ctx.lexicon
      .cue('timestamp', 'other-date', '["\'\\]]{0,2}[\\s:=>"\'(,]{0,4}(?:\\d{1,2}:\\d{2}(?::\\d{2})?[\\s,]{1,2})?$')
      .test(pre)
  )
    return true;
  // The value of a named key that is no label of a time.
  const key = /([a-z_]{2,30})["']?\s?(?:=>|[=:])\s?["']?$/.exec(pre)?.[1];
  return (
    key !== undefined &&
    !ctx.lexicon.once('time label', () => new RegExp(`${ctx.lexicon.labels('timestamp')}$`)).test(key) &&
    /[=]\s?["']?$/.test(pre)
  );
}

/** Whether what stands between a stamp and the next one reports a failure. */
function failsBelow(ctx: Context, s: Stamp, next: number): boolean {
  const words = ctx.view.folded.slice(s.end, Math.min(next, s.end + REACH));
  if (isBad(ctx, words)) return true;
  return /(?<![\w.:,-])[45]\d\d(?![\w:.-])/.test(words) && !isGood(ctx, words);
}

/** Date alone in a heading, clock times at the beginnings of the lines below. */
function withClock(ctx: Context, day: Stamp, focus: Focus | null): Stamp | null {
  let found: Stamp | null = null;
  const from = lineAt(ctx.view, day.end) + 1;
  for (let i = from; i < Math.min(ctx.view.lines.length, from + 400); i++) {
    const { start, end } = lineSpan(ctx.view, i);
    const m = BARE_TIME.exec(ctx.view.folded.slice(start, Math.min(end, start + 40)));
    if (m === null) continue;
    const stamp: Stamp = {
      ...day,
      time: { hour: Number(m[1]), minute: Number(m[2]), second: m[3] === undefined ? null : Number(m[3]) },
      zone: readZone(ctx.lexicon, ctx.view.folded.slice(start + m[0].length, start + m[0].length + 30)),
      start,
      end: start + m[0].length,
    };
    const words = ctx.view.folded.slice(start, end);
    const holds = focus !== null && focus.start >= start && focus.start <= end;
    if (holds) return stamp;
    if (found === null || isBad(ctx, words)) found = stamp;
  }
  return found;
}

/** The first and the last of very many. */
function sample(stamps: readonly Stamp[]): readonly Stamp[] {
  return stamps.length <= 2 * MAX_LOOK ? stamps : [...stamps.slice(0, MAX_LOOK), ...stamps.slice(-MAX_LOOK)];
}

/** The moment of the failing call, or null where no full date tells it. */
export function readTimestamp(ctx: Context, focus: Focus | null): ReadTimestamp | null {
  const stamps = sample(findStamps(ctx));
  if (stamps.length === 0) return null;
  const fallback = stamps.some((s) => s.time !== null && s.zone === null) ? zoneElsewhere(ctx) : null;
  const make = (s: Stamp, score: number): ReadTimestamp => {
    const iso = isoOf(s, fallback);
    return { value: iso.value, start: s.start, end: s.end, score, zoned: iso.zoned, timed: s.time !== null };
  };
  const usable = stamps.filter((s) => !isOther(ctx, s));
  const timed = usable.filter((s) => s.time !== null);
  const logged = timed.filter((s) => isLogStamp(ctx, s));
  if (logged.length > 0) {
    if (focus?.reply != null && focus.failing) {
      // The stamp above the failing reply, or in its headers.
      const at = focus.reply.codeSpan?.start ?? focus.end;
      const above = logged.filter((s) => s.start <= at && at - s.end < REACH).at(-1);
      if (above !== undefined) return make(above, 5);
    }
    for (let i = logged.length - 1; i >= Math.max(0, logged.length - MAX_LOOK); i--) {
      const s = logged[i];
      if (s !== undefined && failsBelow(ctx, s, logged[i + 1]?.start ?? ctx.view.text.length)) return make(s, 4);
    }
    const last = logged.at(-1);
    if (last !== undefined) return make(last, 4);
  }
  const headers = timed.filter((s) => /date\W{1,3}(?:[a-z]{3}, ?)?$/.test(before(ctx, s.start, 20)));
  if (headers.length > 0 && focus !== null) {
    const near = headers.filter((s) => s.start <= focus.end).at(-1) ?? headers.at(-1);
    if (near !== undefined) return make(near, 3.5);
  }
  const spoken = timed.at(-1);
  if (spoken !== undefined) return make(spoken, 3);
  for (const s of usable.slice(0, 8)) {
    const clock = withClock(ctx, s, focus);
    if (clock !== null) return { ...make(clock, 2.5), start: s.start, end: s.end };
  }
  const cue = ctx.lexicon.cue('timestamp', 'about-failure', '[\\s:,*|-]{0,4}(?:[a-z]{2,9},? )?$');
  const label = ctx.lexicon.once(
    'time label before',
    () => new RegExp(`${ctx.lexicon.labels('timestamp')}[\\s:*|=-]{1,4}$`),
  );
  const day = usable.filter((s) => cue.test(before(ctx, s.start, 40)) || label.test(before(ctx, s.start, 40))).at(-1);
  return day === undefined ? null : make(day, 2);
}

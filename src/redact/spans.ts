// Joins overlapping spans and writes the redacted text with its placeholders and observations.
import type { Finding } from './finding';
import { decodeBase64 } from './encoded';
import type { Observation, Redacted } from './redacted';

/** A finding at its raw place. */
export interface Located extends Finding {
  readonly rawStart: number;
  readonly rawEnd: number;
}

const RANK: readonly string[] = [
  'encoded',
  'memory',
  'speech',
  'dump',
  'config',
  'form',
  'code',
  'env',
  'query',
  'json',
  'xml',
  'cli',
  'shape',
  'cookie',
  'connection',
  'url-userinfo',
  'header',
];

/** One span per connected group; what the most telling carrier says about it stays. */
export function joinSpans(found: readonly Located[]): Located[] {
  const sorted = [...found].sort((a, b) => a.rawStart - b.rawStart || b.rawEnd - a.rawEnd);
  const joined: Located[] = [];
  for (const next of sorted) {
    const last = joined.at(-1);
    if (last === undefined || next.rawStart >= last.rawEnd) {
      joined.push(next);
      continue;
    }
    const ranked = RANK.indexOf(next.carrier) > RANK.indexOf(last.carrier) ? next : last;
    // What was only weighed leaves the word to what was named.
    const other = ranked === next ? last : next;
    const teller = ranked.weak === true && other.weak !== true ? other : ranked;
    joined[joined.length - 1] = {
      ...teller,
      rawStart: last.rawStart,
      rawEnd: Math.max(last.rawEnd, next.rawEnd),
      ...(last.quote === true || next.quote === true ? { quote: true } : {}),
    };
  }
  return joined;
}

/** Leaves escapes whole: no span begins inside `\n` or ends on a lone backslash; none cuts a surrogate pair or a placeholder. */
export function trimToEscapes(raw: string, span: Located): Located | undefined {
  let { rawStart: start, rawEnd: end } = span;
  const slashes = (at: number): number => {
    let count = 0;
    while (count < 64 && raw[at - 1 - count] === '\\') count++;
    return count;
  };
  if (slashes(start) % 2 === 1 && /[nrtbfu"\\/']/.test(raw[start] ?? '')) {
    start += raw[start] === 'u' && /^[0-9a-f]{4}$/i.test(raw.slice(start + 1, start + 5)) ? 5 : 1;
  }
  if (end - start > 0 && slashes(end) % 2 === 1) end -= 1;
  while (end > start && /\s/.test(raw[end - 1] ?? '')) end--;
  while (start < end && /\s/.test(raw[start] ?? '')) start++;
  if (/[\udc00-\udfff]/.test(raw[start] ?? '') && /[\ud800-\udbff]/.test(raw[start - 1] ?? '')) start--;
  if (/[\udc00-\udfff]/.test(raw[end] ?? '') && /[\ud800-\udbff]/.test(raw[end - 1] ?? '')) end++;
  // A placeholder that is there already stays whole.
  const head = placeholderAround(raw, start);
  if (head !== undefined) start = head.end;
  const tail = placeholderAround(raw, end);
  if (tail !== undefined) end = tail.start;
  if (end <= start) return undefined;
  const value = raw.slice(start, end);
  if (/^\[redacted:[\w-]+\]$/.test(value)) return undefined;
  return { ...span, rawStart: start, rawEnd: end };
}

/** The placeholder that `at` lies inside of. */
function placeholderAround(raw: string, at: number): { start: number; end: number } | undefined {
  const offset = raw.slice(Math.max(0, at - 52), at).lastIndexOf('[redacted:');
  if (offset < 0) return undefined;
  const start = Math.max(0, at - 52) + offset;
  const mark = /^\[redacted:[\w-]{1,40}\]/.exec(raw.slice(start, start + 52));
  return mark !== null && start + mark[0].length > at ? { start, end: start + mark[0].length } : undefined;
}

/** The redacted text, where its placeholders stand, and what is known of each. */
export interface Written {
  readonly text: Redacted;
  readonly spans: readonly Place[];
  readonly observations: Observation[];
}

/** Replaces the spans (sorted, disjoint). `groupOf` numbers equal values. */
export function writeRedacted(
  raw: string,
  spans: readonly Located[],
  groupOf: (value: string, kind: string) => number,
): Written {
  const { text, places } = replaceSpans(raw, spans);
  const observations = spans.map((span, i) => {
    const { start, end } = places[i] as Place;
    const value = raw.slice(span.rawStart, span.rawEnd);
    return observe(raw, span, value, start, end, groupOf(value, span.kind));
  });
  return { text: text as Redacted, spans: places, observations };
}

/** Where a placeholder stands in the redacted text. */
export interface Place {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}

/** The text with its placeholders. The spans are sorted and disjoint. @unredacted */
export function replaceSpans(raw: string, spans: readonly Located[]): { text: string; places: Place[] } {
  const parts: string[] = [];
  const places: Place[] = [];
  let at = 0;
  let length = 0;
  for (const span of spans) {
    const mark = span.quote === true ? `"[redacted:${span.kind}]"` : `[redacted:${span.kind}]`;
    parts.push(raw.slice(at, span.rawStart), mark);
    length += span.rawStart - at;
    places.push({ kind: span.kind, start: length, end: length + mark.length });
    length += mark.length;
    at = span.rawEnd;
  }
  parts.push(raw.slice(at));
  return { text: parts.join(''), places };
}

const BLANK_BEFORE = /(?:[ \t\u00a0\u3000]|%20|\\t)$/;
const BLANK_AFTER =
  /^(?:[ \t\u00a0\u3000]*(?:\\+[rn]|\[\\[rn]\]|%0[aAdD])|[ \t\u00a0\u3000]+(?=["'\r\n]|$)|%20(?=["'\s]|$))/;

function observe(raw: string, span: Located, value: string, start: number, end: number, group: number): Observation {
  const before = raw.slice(Math.max(0, span.rawStart - 12), span.rawStart);
  const after = raw.slice(span.rawEnd, span.rawEnd + 12);
  const decoded = span.decodesTo === undefined && /^[\w+/-]{8,}={0,2}$/.test(value) ? decodeBase64(value) : undefined;
  const pair = decoded !== undefined && /^[^\s:]{1,64}:\S/.test(decoded);
  return {
    kind: span.kind,
    start,
    end,
    carrier: span.carrier,
    ...(span.name === undefined ? {} : { name: span.name }),
    ...(span.scheme === undefined ? {} : { scheme: span.scheme }),
    ...(span.encoding !== undefined ? { encoding: span.encoding } : pair ? { encoding: 'base64' as const } : {}),
    ...(span.decodesTo !== undefined ? { decodesTo: span.decodesTo } : pair ? { decodesTo: 'pair' as const } : {}),
    length: value.length,
    hasColon: value.includes(':') || value.includes('：'),
    // After a scheme word one blank is the rule, after a header's colon too: what counts is a blank behind a user's colon, or two.
    blanksBefore: BLANK_BEFORE.test(before),
    blanksInside: /\s|%20/.test(value),
    blanksAfter: BLANK_AFTER.test(after),
    group,
  };
}

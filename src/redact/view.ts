// A view is text as it reads (folded or decoded) with a map back to the units of the raw text.

/** Text to search in. `starts[i]`/`ends[i]` are the raw offsets of unit i; absent where the view has the raw text's offsets. */
export interface View {
  readonly text: string;
  /** Raw offset of the first unit where no map is needed. */
  readonly base: number;
  readonly starts?: Uint32Array;
  readonly ends?: Uint32Array;
  readonly encoding?: 'percent' | 'html' | 'unicode' | 'json';
}

const FOLDED =
  /[\u00a0\u00ad\u0300-\u036f\u2000-\u200f\u2010-\u201f\u202a-\u202f\u2039\u203a\u2060-\u2064\u3000\u300c-\u300f\u00ab\u00bb\ufeff\uff02-\uff0b\uff0d-\uff1a\uff1c-\uff1e\uff20-\uff5e]/;
const FOLDED_ALL = new RegExp(FOLDED.source, 'g');
const DROPPED = /[\u00ad\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/;

function foldUnit(unit: string): string {
  const code = unit.charCodeAt(0);
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  if (code === 0x00a0 || code === 0x3000 || code === 0x202f || (code >= 0x2000 && code <= 0x200a)) return ' ';
  if (code >= 0x2010 && code <= 0x2015) return '-';
  if (code === 0x2018 || code === 0x2019 || code === 0x201a || code === 0x201b || code === 0x2039 || code === 0x203a) {
    return "'";
  }
  if (DROPPED.test(unit)) return '';
  return code === 0x2016 || code === 0x2017 ? unit : '"';
}

/** The whole text with fullwidth forms, typographic quotes and dashes folded and zero-width characters left out. @unredacted */
export function foldView(raw: string): View {
  if (!FOLDED.test(raw)) return { text: raw, base: 0 };
  if (!DROPPED.test(raw)) return { text: raw.replace(FOLDED_ALL, foldUnit), base: 0 };
  const starts = new Uint32Array(raw.length);
  const ends = new Uint32Array(raw.length);
  const parts: string[] = [];
  let from = 0;
  let at = 0;
  const copy = (to: number): void => {
    if (to > from) parts.push(raw.slice(from, to));
    for (let i = from; i < to; i++, at++) {
      starts[at] = i;
      ends[at] = i + 1;
    }
  };
  for (const match of raw.matchAll(FOLDED_ALL)) {
    copy(match.index);
    from = match.index + 1;
    const unit = foldUnit(match[0]);
    if (unit === '') continue;
    parts.push(unit);
    starts[at] = match.index;
    ends[at++] = from;
  }
  copy(raw.length);
  return { text: parts.join(''), base: 0, starts, ends };
}

/** Raw offsets of the view's span [start, end). */
export function toRaw(view: View, start: number, end: number): [number, number] {
  if (view.starts === undefined || view.ends === undefined) return [view.base + start, view.base + end];
  const first = view.starts[start] ?? 0;
  return [first, Math.max(first, view.ends[Math.max(start, end - 1)] ?? first)];
}

// Runs are bounded: some millions of escapes in a row would exhaust the stack of the regex engine.
const PERCENT = /(?:%[0-9A-Fa-f]{2}){1,65536}/g;
const HTML = /&(?:#\d{1,6}|#[xX][0-9A-Fa-f]{1,5}|quot|amp|lt|gt|apos|colon|equals|nbsp);/g;
/** Backslashes are doubled by each encoding; of more than four of them only the last slashes count. */
const ESCAPES = /\\{1,16}u[0-9A-Fa-f]{4}|(?:\\{1,16}x[0-9A-Fa-f]{2}){1,65536}|=(?:3[AD]|22|20)(?![0-9A-Fa-f])/g;
const ENTITIES: Readonly<Record<string, string>> = {
  quot: '"',
  amp: '&',
  lt: '<',
  gt: '>',
  apos: "'",
  colon: ':',
  equals: '=',
  nbsp: ' ',
};
const utf8 = new TextDecoder('utf-8');

function bytesOf(hexDigits: string): string {
  const bytes = new Uint8Array(hexDigits.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = parseInt(hexDigits.slice(2 * i, 2 * i + 2), 16);
  return utf8.decode(bytes);
}

function decodeMatch(encoding: 'percent' | 'html' | 'unicode', match: string): string {
  if (encoding === 'percent') return bytesOf(match.replaceAll('%', ''));
  if (encoding === 'html') {
    const name = match.slice(1, -1);
    if (name[0] !== '#') return ENTITIES[name] ?? match;
    const code = /^#[xX]/.test(name) ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10);
    return code > 0 && code <= 0xffff ? String.fromCharCode(code) : match;
  }
  if (match[0] === '=') return String.fromCharCode(parseInt(match.slice(1), 16));
  const hex = match.replace(/\\+[ux]/g, '');
  return match.includes('u') && hex.length === 4 && /u/.test(match)
    ? String.fromCharCode(parseInt(hex, 16))
    : bytesOf(hex);
}

const PATTERNS = { percent: PERCENT, html: HTML, unicode: ESCAPES } as const;

/** The part [start, end) of a view with one encoding undone, or undefined where nothing is encoded so. */
export function decodeView(
  view: View,
  start: number,
  end: number,
  encoding: 'percent' | 'html' | 'unicode',
): View | undefined {
  const source = view.text.slice(start, end);
  const starts = new Uint32Array(source.length);
  const ends = new Uint32Array(source.length);
  const parts: string[] = [];
  let from = 0;
  let at = 0;
  const copy = (to: number): void => {
    if (to > from) parts.push(source.slice(from, to));
    for (let i = from; i < to; i++, at++) [starts[at], ends[at]] = toRaw(view, start + i, start + i + 1);
  };
  for (const match of source.matchAll(PATTERNS[encoding])) {
    const decoded = decodeMatch(encoding, match[0]);
    if (decoded === match[0]) continue;
    copy(match.index);
    from = match.index + match[0].length;
    const [rawStart, rawEnd] = toRaw(view, start + match.index, start + from);
    const step = match[0].length / Math.max(1, decoded.length);
    const exact = encoding === 'percent' && decoded.length * 3 === match[0].length;
    for (let i = 0; i < decoded.length; i++, at++) {
      const unit = exact
        ? toRaw(view, start + match.index + i * step, start + match.index + (i + 1) * step)
        : undefined;
      starts[at] = unit?.[0] ?? rawStart;
      ends[at] = unit?.[1] ?? rawEnd;
    }
    parts.push(decoded);
  }
  if (from === 0) return undefined;
  copy(source.length);
  return { text: parts.join(''), base: 0, starts, ends, encoding };
}

/** A part of a view as a view of its own. */
export function sliceView(view: View, start: number, end: number): View {
  const text = view.text.slice(start, end);
  if (view.starts === undefined || view.ends === undefined) return { text, base: view.base + start };
  return {
    text,
    base: 0,
    starts: view.starts.subarray(start, end),
    ends: view.ends.subarray(start, end),
    ...(view.encoding === undefined ? {} : { encoding: view.encoding }),
  };
}

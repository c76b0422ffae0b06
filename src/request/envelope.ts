// Envelopes `{code, msg}` of a service in JSON, also escaped or single-quoted, PHP dumps, serialised PHP, logfmt, XML and console output.

import { lastBefore } from './lines';

/** Key names of the envelope as the API description gives them. */
export interface EnvelopeNames {
  readonly code: string;
  readonly message: string;
}

export interface Envelope {
  readonly start: number;
  readonly end: number;
  readonly code: string;
  readonly codeSpan: { readonly start: number; readonly end: number };
  readonly message: string | null;
  readonly messageSpan: { readonly start: number; readonly end: number } | null;
}

const QUOTE = String.raw`(?:\\*["']|&quot;|&#0?3[49];|&apos;)`;
const AFTER_KEY = String.raw`(?:${QUOTE})?\]?(?::(?:protected|private))?(?:${QUOTE}?\])?\s{0,20}(?:;\s?(?:i:|s:\d{1,4}:)|=>|[:=]|(?=>)>)\s{0,20}`;
const CODE = new RegExp(
  String.raw`${AFTER_KEY}(?:int\(|string\(\d{1,4}\)\s{0,4})?(${QUOTE})?(-?\d{1,6})(?![\w.])`,
  'y',
);
const VALUE_START = new RegExp(String.raw`${AFTER_KEY}(?:string\(\d{1,6}\)\s{0,4})?[ubLf]?(${QUOTE})?`, 'y');
const KEY_MARK = /["'[;&:>]|\\|^$/;
/** Where a message without quotes ends: at the next field, or at a duration or size in brackets; in a dump with its line. */
const PLAIN_END = /[\n\r<]|,\s|[}]|\s\(\d[\d.]{0,8}\s?(?:ms|s|sec|bytes|[kK]?B)\b|\s\|\s|\s\w+=/g;
const DUMPED_END = /[\n\r]|\s\[\w{1,20}\]\s?=>|\s\)/g;
/** How far the message may stand from the code, in characters (a `data` object may lie between). */
const FORWARD = 1_500;
const BACKWARD = 300;

function boundaryBefore(text: string, at: number): 'mark' | 'blank' | null {
  if (at === 0) return 'blank';
  const c = text[at - 1] ?? '';
  if (c === '<' || KEY_MARK.test(c)) return 'mark';
  return /[\s{(,|]/.test(c) ? 'blank' : null;
}

interface Hit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly marked: boolean;
}

function* codes(text: string, name: string): Generator<Hit> {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    const before = boundaryBefore(text, at);
    if (before === null) continue;
    CODE.lastIndex = at + name.length;
    const m = CODE.exec(text);
    if (m?.[2] === undefined) continue;
    const end = at + name.length + m[0].length;
    yield { start: end - m[2].length, end, text: m[2], marked: before === 'mark' };
  }
}

function readMessage(text: string, at: number, name: string): Hit | null {
  if (boundaryBefore(text, at) === null) return null;
  VALUE_START.lastIndex = at + name.length;
  const m = VALUE_START.exec(text);
  if (m === null) return null;
  const start = at + name.length + m[0].length;
  const quote = m[1];
  let end: number;
  if (quote !== undefined) {
    end = closing(text, start, quote);
  } else {
    // Nothing on the line of the key: what stands on the next line is not its value.
    if (m[0].includes('\n')) return null;
    const line = /\]\s{0,3}=>/.test(m[0]) ? DUMPED_END : PLAIN_END;
    line.lastIndex = 0;
    const found = line.exec(text.slice(start, start + 400));
    end = found === null ? Math.min(text.length, start + 400) : start + found.index;
    while (end > start && /[\s,)]/.test(text[end - 1] ?? '')) end--;
  }
  return end < start ? null : { start, end, text: text.slice(start, end), marked: quote !== undefined };
}

/** End of a quoted value: the same quote token, not one with more backslashes before it. */
function closing(text: string, start: number, quote: string): number {
  const ahead = text.slice(start, start + 2_000);
  for (let i = ahead.indexOf(quote); i >= 0; i = ahead.indexOf(quote, i + 1)) {
    if (ahead[i - 1] !== '\\') return start + i;
  }
  const line = ahead.indexOf('\n');
  return start + (line >= 0 ? line : ahead.length);
}

function unescape(s: string): string {
  return s.includes('\\') ? s.replace(/\\+(["'/])/g, '$1') : s;
}

/** Finds envelopes in order. A bare `code=400` counts only with the message beside it. */
export function findEnvelopes(text: string, names: EnvelopeNames): Envelope[] {
  const found = [...codes(text, names.code)];
  const out: Envelope[] = [];
  for (let i = 0; i < found.length; i++) {
    const code = found[i];
    if (code === undefined) continue;
    const next = Math.min(found[i + 1]?.start ?? Infinity, code.end + FORWARD);
    let message: Hit | null = null;
    const ahead = text.slice(code.end, next);
    for (let i = ahead.indexOf(names.message); i >= 0 && message === null; i = ahead.indexOf(names.message, i + 1))
      message = readMessage(text, code.end + i, names.message);
    const previous = Math.max(found[i - 1]?.end ?? 0, code.start - BACKWARD, out.at(-1)?.end ?? 0);
    if (message === null) {
      const at = lastBefore(text, names.message, code.start, BACKWARD + names.message.length);
      if (at >= previous) message = readMessage(text, at, names.message);
    }
    if (message === null && !code.marked) continue;
    const open = lastBefore(text, '{', code.start, 60);
    const start = open >= previous && code.start - open < 40 ? open : Math.min(code.start, message?.start ?? Infinity);
    out.push({
      start,
      end: Math.max(code.end, message?.end ?? 0),
      code: code.text,
      codeSpan: { start: code.start, end: code.end },
      message: message === null || message.text === '' ? null : unescape(message.text),
      messageSpan: message === null ? null : { start: message.start, end: message.end },
    });
  }
  return out;
}

// Envelopes `{code, msg}` of a service in JSON, also escaped or single-quoted, PHP dumps, serialised PHP, logfmt, XML and console output.

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
const CODE = new RegExp(String.raw`${AFTER_KEY}(?:int\(|string\(\d{1,4}\)\s{0,4})?(${QUOTE})?(-?\d{1,6})(?![\w.])`, 'y');
const VALUE_START = new RegExp(String.raw`${AFTER_KEY}(?:string\(\d{1,6}\)\s{0,4})?[ubLf]?(${QUOTE})?`, 'y');
const KEY_MARK = /["'[;&:>]|\\|^$/;
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
    const line = /[\n\r<]|,\s|[}]|\s\(\d|\s\|\s|\s\w+=/g;
    line.lastIndex = start;
    end = line.exec(text.slice(0, start + 400))?.index ?? Math.min(text.length, start + 400);
    while (end > start && /[\s,)]/.test(text[end - 1] ?? '')) end--;
  }
  return end < start ? null : { start, end, text: text.slice(start, end), marked: quote !== undefined };
}

/** End of a quoted value: the same quote token, not one with more backslashes before it. */
function closing(text: string, start: number, quote: string): number {
  const limit = Math.min(text.length, start + 2_000);
  for (let i = text.indexOf(quote, start); i >= 0 && i < limit; i = text.indexOf(quote, i + 1)) {
    if (text[i - 1] !== '\\') return i;
  }
  const line = text.indexOf('\n', start);
  return line >= 0 && line < limit ? line : limit;
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
    for (let at = text.indexOf(names.message, code.end); at >= 0 && at < next && message === null; at = text.indexOf(names.message, at + 1))
      message = readMessage(text, at, names.message);
    const previous = Math.max(found[i - 1]?.end ?? 0, code.start - BACKWARD, out.at(-1)?.end ?? 0);
    if (message === null) {
      const at = text.lastIndexOf(names.message, code.start);
      if (at >= previous) message = readMessage(text, at, names.message);
    }
    if (message === null && !code.marked) continue;
    const open = text.lastIndexOf('{', code.start);
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

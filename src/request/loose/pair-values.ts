// The value of a pair: where its text ends, and what in it may stand for a variable.

import type { Piece, Span, Value } from '../model';
import { makeValue, plainPieces, unknownValue } from '../value';

/** A name and its value, with the places of both. */
export interface Pair extends Span {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: Value;
  /** Inside the quotes, where the value is written as text; null where it is an expression. */
  readonly inner: Span | null;
  /** With the brackets or the line that belong to this pair alone; what a further pair is made after. */
  readonly unit: Span;
}

/** `[request setValue:@"x" forHTTPHeaderField:@"Name"]`. */
export function turned(text: string, name: string, nameSpan: Span, behind: number, start: number): Pair | null {
  const from = Math.max(start, nameSpan.start - 400);
  const m = /["'`]([^"'`\n]{0,300})["'`]\s*,?\s*for(?:HTTPHeaderField|Key)\s*:\s*@?["']$/.exec(
    text.slice(from, nameSpan.start),
  );
  if (m?.[1] === undefined) return null;
  const at = from + m.index + 1;
  return make(text, name, nameSpan, { start: at, end: at + m[1].length }, null, { start: at - 1, end: behind });
}

/** `"Name: value` with its quote on the next line: the line end is part of the value. */
export function brokenLine(text: string, name: string, nameSpan: Span, from: number, quote: string): Pair | null {
  const nl = text.indexOf('\n', from);
  if (nl < 0 || nl - from > 400 || text[nl + 1] !== quote) return null;
  const unit = { start: nameSpan.start - 1, end: nl + 2 };
  return make(text, name, nameSpan, { start: from, end: nl + 1 }, nl + 2, unit);
}

/** What may stand for a variable in some language: none of it is text that goes out as it is. */
const HOLES =
  /\$\{\{?[^}\n]{1,80}\}\}?|\$\([^)\n]{1,80}\)|\$(?:env:)?[A-Za-z_][\w>.-]*(?:\[[^\]\n]{0,40}\])?|#\{[^}\n]{1,80}\}|\{\{[^}\n]{1,80}\}\}|\{[A-Za-z_][^{}\n]{0,80}\}|\{\d?\}|\\\([^)\n]{1,80}\)|%\(?[A-Za-z_][\w()]{0,60}\)?[s%]|%[sdv@]|<[a-z][a-z0-9_ -]{1,30}>/g;

function piecesOf(text: string, start: number, end: number): Piece[] {
  // An encoder inside the string: what it gives is one word.
  const encoded = /^(\s*[A-Za-z]+\s+)?\S*(?:base64|btoa|b64)/i.exec(text.slice(start, end));
  if (encoded !== null) {
    const at = start + (encoded[1] ?? '').length;
    const head: Piece[] = encoded[1] === undefined ? [] : [{ kind: 'text', text: encoded[1], start, end: at }];
    return [...head, { kind: 'variable', text: 'encoded', start: at, end }];
  }
  return plainPieces(text, start, end, 'none').flatMap((p) => {
    if (p.kind !== 'text') return [p];
    const out: Piece[] = [];
    let at = 0;
    const hash = /#\{/.test(text.slice(start, end));
    for (const m of p.text.matchAll(HOLES)) {
      // Where `#{…}` is the hole, `${…}` goes out as it stands.
      if (hash && /^(?:\$\{|\{\{)/.test(m[0])) continue;
      if (m.index > at)
        out.push({ ...p, text: p.text.slice(at, m.index), start: p.start + at, end: p.start + m.index });
      at = m.index + m[0].length;
      out.push({
        kind: 'variable',
        text: m[0].replace(/^[^\w]+|[^\w\])]+$/g, ''),
        start: p.start + m.index,
        end: p.start + at,
      });
    }
    if (at < p.text.length) out.push({ ...p, text: p.text.slice(at), start: p.start + at });
    return out;
  });
}

export function make(text: string, name: string, nameSpan: Span, inner: Span, more: number | null, unit: Span): Pair {
  const pieces = piecesOf(text, inner.start, inner.end);
  const rest = more === null ? [] : unknownValue(restOf(text, more), more, more + 1).pieces;
  return {
    name,
    nameSpan,
    value: makeValue([...pieces, ...rest], inner.start, inner.end),
    inner: more === null ? inner : null,
    unit,
    start: Math.min(nameSpan.start, inner.start),
    end: Math.max(nameSpan.end, inner.end),
  };
}

function restOf(text: string, at: number): string {
  return (/^[^\n]{0,120}/.exec(text.slice(at, at + 120))?.[0] ?? '')
    .replace(/[)\]},;\s]+$/, '')
    .replace(/^\s*(?:\+|\.+|&|%)\s*/, '');
}

export function stringEnd(text: string, from: number, quote: string, end: number): number | null {
  for (let i = from; i < end && i - from < 4_000; i++) {
    const c = text[i];
    if (c === '\\') i++;
    else if (c === quote) return i;
    else if (c === '\n' && quote !== '`') return null;
  }
  return null;
}

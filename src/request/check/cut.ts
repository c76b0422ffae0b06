// Where a paste stops in the middle of a request: what would have come after, and the word that was cut, prove nothing.

import type { ParsedRequest } from '../model';
import type { Fault } from './finding';

/** Faults of something absent: it may stand in the part that is not shown. */
const ABSENT: ReadonlySet<string> = new Set(['auth-missing', 'content-type-missing', 'param-missing']);
/** Faults of a word that may go on where it was cut. */
const OF_A_WORD: ReadonlySet<string> = new Set([
  'auth-name',
  'auth-encoded',
  'auth-username',
  'auth-secret',
  'auth-whitespace',
  'host-wrong',
  'path-slash',
  'path-version',
  'content-type-wrong',
  'content-type-missing',
  'body-not-json',
  'param-name',
  'param-value',
]);
const ELLIPSIS = /(?:\.{3,}|…)["'`,;)\]}]{0,4}[ \t]*(?=\r?\n|$)/g;
const DOTS = /\.{2,}|…/;
/** An ellipsis behind a request, after the beginning of a word of the next statement at most. */
const AFTER = /^\s{0,60}(?:[^\w\s.…]{0,2}\s{0,60}|[\w.$>(-]{1,40}?\s{0,8})(?:\.{3}|…)/;
/** A comment behind a request in which the paste stops. */
const COMMENT_CUT = /^\s{0,60}(?:#|\/\/|\/\*|--|;)[^\n]{0,200}?\s{0,4}(?:\.{3}|…)\s{0,4}$/;
const MOST_SCANNED = 65_536;

/** Faults that the visible part of the request proves. */
export function provable(faults: readonly Fault[], request: ParsedRequest, text: string): Fault[] {
  const cut = cutAt(request, text);
  return faults.filter((fault) => {
    if (cut !== null && ABSENT.has(fault.id)) return false;
    if (!OF_A_WORD.has(fault.id)) return true;
    const end = fault.id === 'body-not-json' ? Math.max(fault.end, request.body?.end ?? 0) : fault.end;
    if (cut !== null && end >= cut - 1) return false;
    return !DOTS.test(text.slice(Math.max(fault.start, fault.end - 4), fault.end + 2).trimEnd());
  });
}

/** Offset at which the visible part of a request ends too early; null where it is whole. */
function cutAt(request: ParsedRequest, text: string): number | null {
  const { start, end } = request;
  if (AFTER.test(text.slice(end, end + 160)) || COMMENT_CUT.test(text.slice(end, end + 340))) return end;
  const shown = text.slice(start, Math.min(end, start + MOST_SCANNED));
  for (const found of shown.matchAll(ELLIPSIS)) return start + shown.slice(0, found.index).trimEnd().length;
  return text.slice(end, end + 200).trim() === '' && isOpen(shown) ? end : null;
}

/** Whether a quote or bracket is still open at the end. */
export function isOpen(shown: string): boolean {
  let quote = '';
  let depth = 0;
  for (let i = 0; i < shown.length; i++) {
    const c = shown[i] ?? '';
    if (c === '\\') i++;
    else if (quote !== '') {
      if (c === quote) quote = '';
    } else if (c === '"' || c === "'" || c === '`') quote = c;
    else if (c === '(' || c === '[' || c === '{') depth++;
    else if (c === ')' || c === ']' || c === '}') depth--;
  }
  return quote !== '' || depth > 0;
}

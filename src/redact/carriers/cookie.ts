// Cookie headers and jars: values of all pairs but settings go, names stay.
import { lineEndAt, type Search } from '../finding';
import { quotedAt } from '../literal';
import { outerClose } from './place';
import { separatorAfter } from './separator';

const PAIR = /([\w.$%[\]-]{1,80})=("[^"]*"|[^;\s"'\\,]*)/g;

/** Tries the name [start, end) that holds the word for cookie. Returns the end of what was read. */
export function findCookies(search: Search, start: number, end: number): number {
  const { text } = search;
  let to = end;
  while (/[\w-]/.test(text[to] ?? '') && to - end < 12) to++;
  const name = text.slice(end - 6, to);
  if (!/^cookie(?:s|2|data|string|header|jar)?$/i.test(name)) return start;
  const separator = separatorAfter(text, start, to);
  if (separator === undefined || separator.style === 'cell') return start;
  const limit = lineEndAt(text, separator.at);
  const literal = quotedAt(text, separator.at, limit);
  const stop = literal === undefined ? outerClose(text, start, separator.at, limit) : literal.end;
  cookiePairs(search, literal?.start ?? separator.at, stop, name);
  return Math.min(stop, separator.at + 8192);
}

/** `-b 'a=b; c=d'` without its program's name: `end` is behind the opening quote. */
export function findJar(search: Search, start: number, end: number): void {
  if (!/^$|[\s\\]/.test(search.text[start - 1] ?? '')) return;
  const literal = quotedAt(search.text, end - 1, lineEndAt(search.text, end));
  if (literal !== undefined) cookiePairs(search, literal.start, literal.end, '-b');
}

/** All pairs of a cookie string in [start, end). */
export function cookiePairs(search: Search, start: number, end: number, name: string): void {
  const { text, pack } = search;
  for (const match of text.slice(start, Math.min(end, start + 8192)).matchAll(PAIR)) {
    const key = (match[1] ?? '').toLowerCase();
    const value = match[2] ?? '';
    if (pack.harmlessCookies.has(key) || value === '' || pack.look.isPlaceholder(value)) continue;
    const meaning = pack.names.meaningOf(key);
    const session = pack.sessionCookies.some((part) => key.includes(part));
    if (meaning === null && !session && !/\d/.test(value)) continue;
    if (meaning === null && pack.lexicon.isOrdinary(value.toLowerCase())) continue;
    if (value.length < 5 || /^(?:\d{1,4}|true|false)$/i.test(value)) continue;
    const from = start + match.index + match[0].length - value.length;
    search.findings.push({
      start: from,
      end: from + value.length,
      kind: 'cookie',
      carrier: 'cookie',
      name: key === '' ? name : (match[1] ?? name),
    });
  }
}

// What belongs to a request that no parser knows: lines around it, and whether all of it is in view.

import { lineStartAt } from '../lines';
import type { Span } from '../model';
import { AUTH_WORD, type LooseNames, TYPE_WORD } from './names';
import type { Pair } from './pair-values';

/** Nothing beside the pairs speaks of a header that they lack. */
export function isWhole(around: string, pairs: readonly Pair[], names: LooseNames): boolean {
  const has = (n: string): boolean =>
    pairs.some(
      (p) => p.name.toLowerCase().replace(/_/g, '-') === n || (n === 'content-type' && /^content-?type/i.test(p.name)),
    );
  if (/(?:\.{3}|…)["'`)\]};]*[ \t]*$/m.test(around)) return false;
  return names.headers.every(
    (n) =>
      has(n) ||
      !(n === 'content-type' ? TYPE_WORD : AUTH_WORD).test(around.replace(/\bAuthorization\b(?=[^\n]{0,3}none)/gi, '')),
  );
}

export function lines(text: string, at: Span, pairs: readonly Pair[]): Span {
  const start = lineStartAt(text, Math.min(at.start, ...pairs.map((p) => p.unit.start)));
  const last = Math.max(at.end, ...pairs.map((p) => p.unit.end));
  const nl = text.indexOf('\n', last);
  return { start: paragraph(text, start, -1), end: paragraph(text, nl < 0 ? text.length : nl, 1) };
}

const MOST_LINES = 20;

/** To the blank line before or behind, over lines that are no prose. */
function paragraph(text: string, from: number, step: -1 | 1): number {
  let at = from;
  for (let i = 0; i < MOST_LINES; i++) {
    const next = step < 0 ? lineStartAt(text, at - 1) : text.indexOf('\n', at + 1);
    const edge = next < 0 ? text.length : next;
    if (step < 0 ? at <= 0 : at >= text.length) return at;
    const line = step < 0 ? text.slice(edge, at) : text.slice(at, edge);
    if (line.trim() === '' || /^\s*(?:`{3}|~{3})/.test(line) || !/[=:;{}()[\]<>"']/.test(line)) return at;
    at = edge;
  }
  return at;
}

/** The lines around an address that belong together: at most forty each way, not beyond the next address. */
export function blockOf(text: string, at: Span, from: number, to: number): Span {
  let start = lineStartAt(text, at.start);
  for (let i = 0; i < 40 && start > from; i++) start = Math.max(from, lineStartAt(text, start - 1));
  let end = at.end;
  for (let i = 0; i < 40 && end < to; i++) {
    const nl = text.indexOf('\n', end + 1);
    end = nl < 0 || nl > to ? to : nl;
  }
  return { start: Math.max(start, from), end: Math.min(end, to) };
}

/** The pair stands in a container that is given a name, and the name is never used again. */
export function isUnused(text: string, pair: Pair): boolean {
  const before = text
    .slice(Math.max(0, pair.unit.start - 400), pair.unit.start)
    .replace(/[$#]?\{[^{}\n]{0,60}\}|\([^()\n]{0,60}\)/g, 'x');
  const m =
    /(?:^|[\s;(])(?:[$@]{0,2}|self\.|this\.)([A-Za-z_]\w{0,40})\s*(?::\s*[\w<>[\], ]{1,60})?\s*:?=\s*(?:@|array|dict|Map\.of|new \w+\()?\s*[{[(][^{}()\n]*(?:\n[^{}()\n]*){0,8}$/.exec(
      before,
    );
  const name = m?.[1];
  if (name === undefined || m === null) return false;
  const rest = text.slice(pair.end);
  // What belongs to an object is used with its sigil; the word alone may stand in prose.
  const own = /(?:@|self\.|this\.)$/.exec(
    before.slice(0, before.lastIndexOf(name, m.index + m[0].indexOf(name) + name.length)),
  );
  if (own !== null) return !rest.includes(own[0] + name);
  return !new RegExp(`(?<![\\w-])[@$]?${name}\\b`).test(rest) && /\S/.test(rest.replace(/^[^\n]*/, ''));
}

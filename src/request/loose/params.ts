// Parameters that stand beside each other in whatever notation, or as a query behind a variable.

import type { RequestDraft } from '../draft';
import type { Param, Span } from '../model';
import { parseQuery } from '../url';
import { flat, plainValue } from '../value';
import type { LooseNames } from './names';
import { repeatPair } from './pair-edits';
import { removePair } from './pair-removal';
import type { Pair } from './pair-values';
import { findPairs, pairAt } from './pairs';

export function takeParams(text: string, draft: RequestDraft, scope: Span, names: LooseNames): void {
  if (draft.query.length > 0 || draft.bodyParams.length > 0) return;
  const chain = paramChain(text, scope, names);
  if (chain === null) return takeQuery(text, draft, scope, names);
  draft.query.push(
    ...chain.pairs.map((p): Param => ({
      name: p.name,
      nameSpan: p.nameSpan,
      value: p.value,
      in: 'query',
      start: p.start,
      end: p.end,
      remove: () => removePair(text, p),
    })),
  );
  const last = chain.pairs.at(-1);
  draft.paramsComplete = chain.complete;
  draft.addParam = (name, value) => (last === undefined ? null : repeatPair(text, last, name, value));
}

/** A query behind a variable: `url: {{base}}?category=…`. */
function takeQuery(text: string, draft: RequestDraft, scope: Span, names: LooseNames): void {
  const re = /(?:\}|\w)\?([\w.[\]%-]+=[^\s"'`<>]{1,2000})/g;
  re.lastIndex = scope.start;
  const [first] = names.selector;
  for (let m = re.exec(text); m !== null && m.index < scope.end; m = re.exec(text)) {
    const query = m[1] ?? '';
    if (first === undefined || !query.includes(`${first}=`)) continue;
    const at = m.index + m[0].length - query.length;
    const value = plainValue(text, at, at + query.length, 'template');
    const read = parseQuery(value, 0, flat(value).length, 'query');
    draft.query.push(...read.query);
    draft.paramsComplete = read.queryComplete;
    draft.addParam = (name, v) => [{ start: at + query.length, end: at + query.length, text: `&${name}=${v}` }];
    return;
  }
}

/** How the pairs of one container are written: the quote before the name, and what stands between name and value. */
export function notation(text: string, pair: Pair): string {
  const from = pair.inner === null ? pair.value.start : pair.inner.start;
  const quote = /["'`]/.exec(text[pair.nameSpan.start - 1] ?? '')?.[0] ?? '';
  return from < pair.nameSpan.end ? quote : quote + text.slice(pair.nameSpan.end, from).replace(/["'`\s]/g, '');
}

/** The pairs beside each other that choose an operation and give its parameters; null where none choose one. */
export function paramChain(text: string, scope: Span, names: LooseNames): { pairs: Pair[]; complete: boolean } | null {
  const known = new Set([...names.params, ...names.selector]);
  const re = new RegExp(`(?<![\\w-])(?:${[...known].map((n) => n.replace(/\W/g, '\\$&')).join('|')})(?![\\w-])`);
  const all = findPairs(text, scope.start, scope.end, re, (n) => known.has(n.toLowerCase()));
  const chosen = names.selector.map((n) => all.find((p) => p.name.toLowerCase() === n && p.value.pieces.length > 0));
  const [head] = chosen.filter((p) => p !== undefined).sort((a, b) => a.start - b.start);
  if (head === undefined) return null;
  const form = notation(text, head);
  let last: Pair =
    all.find((p) => head.start - p.start < 400 && p.start <= head.start && notation(text, p) === form) ?? head;
  const pairs = [last];
  const gaps = new Set<string>();
  for (
    let next = following(text, last, scope.end, form);
    next !== null && pairs.length < 60;
    next = following(text, last, scope.end, form)
  ) {
    gaps.add(text.slice(last.unit.end, next.unit.start).replace(/\s+/g, ''));
    pairs.push(next);
    last = next;
  }
  const found = names.selector.filter((n) => pairs.some((p) => p.name.toLowerCase() === n)).length;
  // One of the two may be misspelt; with neither it is something else.
  if (found === 0 || (found < names.selector.length && pairs.length < 3)) return null;
  const rest = text.slice(last.unit.end, last.unit.end + 60);
  const complete =
    gaps.size === 1 &&
    // Another one follows whose value nobody could read.
    !/^["'`\])}\s]*,\s*[({[]*["'`]?[A-Za-z_]\w*["'`]?\s*(?:=|:|,)/.test(rest) &&
    !/^[^\w]{0,8}(?:\.\.\.|\*\*|…)/.test(rest) &&
    !/^\W{0,4}(?:merge|update|putAll|concat|\+)/.test(rest);
  return { pairs, complete };
}

function following(text: string, last: Pair, end: number, form: string): Pair | null {
  const word = /[A-Za-z_][\w-]{0,40}/g;
  word.lastIndex = last.unit.end;
  for (let m = word.exec(text); m !== null && m.index - last.unit.end < 60 && m.index < end; m = word.exec(text)) {
    if (/\n[ \t]*\n/.test(text.slice(last.unit.end, m.index))) return null;
    const pair = pairAt(text, m.index, m.index + m[0].length, last.unit.end, end);
    if (
      pair !== null &&
      notation(text, pair) === form &&
      !(
        pair.inner === null &&
        /^(?:array\s*\(|\[(?!redacted)|\{|new\s)/.test(text.slice(pair.value.start, pair.value.start + 12))
      )
    )
      return pair;
  }
  return null;
}

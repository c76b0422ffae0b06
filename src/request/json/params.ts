// Parameters of a request in JSON: objects, lists of rows, a query as text; and places that must change together.

import type { Node } from 'jsonc-parser';

import type { RequestDraft } from '../draft';
import type { Edit, Param, Span } from '../model';
import { parseQuery } from '../url';
import { flat, makeValue } from '../value';
import { type Doc, get, isOff, removeMember, rowOf, unwrapped } from './document';

/** Members of an object, or rows of a list, as parameters. */
export function takeParams(doc: Doc, n: Node, draft: RequestDraft, place: 'query' | 'body'): void {
  const target = place === 'query' ? draft.query : draft.bodyParams;
  for (const c of n.children ?? []) {
    const [k, v] = n.type === 'array' ? rowOf(c) : (c.children ?? []);
    if (k === undefined || isOff(c) !== null || (v === undefined && n.type === 'object')) continue;
    target.push(paramOf(doc, c, k, v, place));
  }
}

export function paramOf(doc: Doc, row: Node, k: Node, v: Node | undefined, place: 'query' | 'body'): Param {
  const name = doc.inside(k);
  return {
    name: String(k.value),
    nameSpan: name,
    value: v === undefined || v.type === 'null' ? makeValue([], name.end, name.end) : doc.filled(v),
    in: place,
    ...doc.span(row),
    remove: () => removeMember(doc, row),
  };
}

const QUERY = [/^(?:params|parameters|queryParameters)$/i, /^(?:query(?:_?params|_?string)?|qs|search)$/i];

/** What stands beside the address under a name for queries; the node that holds the parameters, where it can take another. */
export function takeQuery(doc: Doc, n: Node, draft: RequestDraft): Node | null {
  let listed: Node | null = null;
  for (const key of QUERY) {
    const q = unwrapped(get(n, key));
    if (q?.type === 'object' || (q?.type === 'array' && q.children?.some((c) => rowOf(c)[0] !== undefined) === true)) {
      if (draft.query.length > 0 && q.type === 'array') {
        mirror(doc, q.children ?? [], draft);
        return q;
      }
      takeParams(doc, q, draft, 'query');
      listed = q;
    } else if (q?.type === 'string' && draft.query.length === 0 && /^\??[\w.%[\]-]+=/.test(String(q.value))) {
      const value = doc.filled(q);
      const from = flat(value).startsWith('?') ? 1 : 0;
      const read = parseQuery(value, from, flat(value).length, 'query');
      draft.query.push(...read.query);
      if (!read.queryComplete) draft.paramsComplete = false;
    }
  }
  return listed;
}

/** Another parameter where the others are listed. */
export function appendRow(doc: Doc, list: Node, name: string, value: string): Edit | null {
  const last = list.children?.at(-1);
  if (last === undefined) return null;
  const end = doc.span(last).end;
  const indent = /\n([ \t]*)\S[^\n]*$/.exec(doc.text.slice(doc.span(list).start, end))?.[1];
  const gap = indent === undefined ? ' ' : `\n${indent}`;
  if (list.type === 'object')
    return {
      start: end,
      end,
      text: `,${gap}${JSON.stringify(name)}: ${/^\d+$/.test(value) ? value : JSON.stringify(value)}`,
    };
  const [k, v] = rowOf(last);
  if (k === undefined || v === undefined) return null;
  const at = doc.span(last).start;
  const parts = [
    { ...doc.span(k), text: JSON.stringify(name) },
    { ...doc.span(v), text: JSON.stringify(value) },
  ].sort((a, b) => b.start - a.start);
  const row = parts.reduce((s, p) => s.slice(0, p.start - at) + p.text + s.slice(p.end - at), doc.source(last));
  return { start: end, end, text: `,${gap}${row}` };
}

/**
 * A parameter that stands both in the address and in a list is one: a row that is switched off is not sent, and
 * what is changed in one place is changed in the other.
 */
export function mirror(doc: Doc, rows: readonly Node[], draft: RequestDraft): void {
  for (const row of rows) {
    const [k, v] = rowOf(row);
    if (k === undefined) continue;
    const i = draft.query.findIndex((p) => p.name === k.value);
    const p = draft.query[i];
    if (p === undefined) continue;
    if (isOff(row) !== null) {
      draft.query.splice(i, 1);
      continue;
    }
    const pairs: { span: Span; also: Span }[] = [{ span: p.nameSpan, also: doc.inside(k) }];
    const [first] = p.value.pieces;
    const last = p.value.pieces.at(-1);
    if (v?.type === 'string' && first !== undefined && last !== undefined)
      pairs.push({ span: { start: first.start, end: last.end }, also: doc.inside(v) });
    draft.mirrors.push(...pairs);
  }
}

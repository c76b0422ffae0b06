// Headers of a request in JSON: objects, lists of rows, lines, one string of lines.

import type { Node } from 'jsonc-parser';

import { plainText, splitHeader, type RequestDraft } from '../draft';
import { lastBefore } from '../lines';
import type { Edit, Header, Span, Value } from '../model';
import { flat, sliceValue } from '../value';
import { type Doc, isOff, rowOf } from './document';

export function takeHeaders(doc: Doc, n: Node, draft: RequestDraft): void {
  if (n.type === 'string') return takeLines(doc, n, draft);
  const children = n.children ?? [];
  const rows = n.type === 'array';
  for (const c of children) {
    if (rows && c.type === 'string') takeLine(doc, c, draft);
    else takeRow(doc, c, rows ? rowOf(c) : [c.children?.[0], c.children?.[1]], draft);
  }
  draft.addHeader = (name, x): Edit[] => [appended(doc, n, draft, name, x)];
}

function appended(doc: Doc, n: Node, draft: RequestDraft, name: string, x: Value): Edit {
  const last = n.children?.at(-1);
  const place = last === undefined ? doc.span(n).start + 1 : doc.span(last).end;
  const item = itemLike(doc, n, draft, name, plainText(x));
  const inside = doc.text.slice(doc.span(n).start, place);
  const indent = /\n([ \t]*)\S[^\n]*$/.exec(inside)?.[1];
  return {
    start: place,
    end: place,
    text: last === undefined ? item : `,${indent === undefined ? ' ' : `\n${indent}`}${item}`,
  };
}

/** A header in the form that the others have. */
function itemLike(doc: Doc, n: Node, draft: RequestDraft, name: string, value: string): string {
  const last = n.children?.at(-1);
  if (n.type !== 'array') return `${JSON.stringify(name)}: ${JSON.stringify(value)}`;
  if (last?.type === 'string') return JSON.stringify(`${name}: ${value}`);
  const model = n.children?.find((c) => c.type === 'object' && isOff(c) === null) ?? last;
  const [k, v] = model === undefined ? [undefined, undefined] : rowOf(model);
  if (model !== undefined && k !== undefined && v !== undefined && !/\n/.test(doc.source(model))) {
    const at = doc.span(model).start;
    const parts = [
      { ...doc.span(k), text: JSON.stringify(name) },
      { ...doc.span(v), text: JSON.stringify(value) },
    ].sort((a, b) => b.start - a.start);
    return parts.reduce((s, p) => s.slice(0, p.start - at) + p.text + s.slice(p.end - at), doc.source(model));
  }
  const [kn, vn] = draft.client === 'postman' ? ['key', 'value'] : ['name', 'value'];
  return `{ "${kn}": ${JSON.stringify(name)}, "${vn}": ${JSON.stringify(value)} }`;
}

function takeLine(doc: Doc, c: Node, draft: RequestDraft): void {
  const parts = splitHeader(doc.value(c));
  if (parts === null) return;
  const s = doc.span(c);
  const write: Header['write'] = (name, x) => [{ ...s, text: JSON.stringify(`${name}: ${plainText(x)}`) }];
  draft.headers.push({ ...parts, ...s, write });
}

/** One string with a line for each header. */
function takeLines(doc: Doc, n: Node, draft: RequestDraft): void {
  const value = doc.value(n);
  let at = 0;
  for (const line of flat(value).split('\n')) {
    const part = sliceValue(value, at, at + line.replace(/\r$/, '').length);
    at += line.length + 1;
    const parts = splitHeader(part);
    if (parts === null) continue;
    const span: Span = { start: part.start, end: part.end };
    const write: Header['write'] = (name, x) => [
      { ...span, text: JSON.stringify(`${name}: ${plainText(x)}`).slice(1, -1) },
    ];
    draft.headers.push({ ...parts, ...span, write });
  }
}

function takeRow(doc: Doc, c: Node, [k, v]: readonly [Node | undefined, Node | undefined], draft: RequestDraft): void {
  if (k === undefined || v === undefined) return;
  const at = doc.span(c);
  const off = isOff(c);
  if (off !== null) {
    const from = lastBefore(doc.text, ',', doc.span(off).start, 400);
    const edits: Edit[] = [{ start: Math.max(at.start, from), end: doc.span(off).end, text: '' }];
    draft.faults.push({ kind: 'header-disabled', name: String(k.value), ...at, edits });
    return;
  }
  const [ks, vs] = [doc.span(k), doc.span(v)];
  const write: Header['write'] = (name, x) => [
    { ...ks, text: JSON.stringify(name) },
    { ...vs, text: JSON.stringify(plainText(x)) },
  ];
  const only = v.type === 'array' && v.children?.length === 1 ? v.children[0] : undefined;
  if (v.type === 'array' && v.children?.[0] === undefined) return;
  draft.headers.push({
    name: String(k.value),
    nameSpan: doc.inside(k),
    value: doc.value(v.type === 'array' ? (v.children?.[0] ?? v) : v),
    ...at,
    write:
      v.type !== 'array'
        ? write
        : only === undefined
          ? () => null
          : (name, x) => [
              { ...ks, text: JSON.stringify(name) },
              { ...doc.span(only), text: JSON.stringify(plainText(x)) },
            ],
  });
}

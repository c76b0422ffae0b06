// A JSON document inside a text: nodes with their places, and values of strings with escapes taken out and every character's own place.

import type { Node } from 'jsonc-parser';

import type { Edit, Piece, Span, Value } from '../model';
import { joinValues, makeValue, plainPieces, plainValue } from '../value';

const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|([^\n]))/g;
const MEANS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
/** A string with more escapes than any request has counts as one piece, without places inside. */
const MOST_ESCAPES = 3_000;

/** Value of a JSON string that stands from `start` to `end`, without its quotes. */
export function jsonString(text: string, start: number, end: number): Value {
  const slice = text.slice(start, end);
  if (!slice.includes('\\')) return plainValue(text, start, end, 'template');
  const pieces: Piece[] = [];
  let at = 0;
  let count = 0;
  for (const m of slice.matchAll(ESCAPE)) {
    if (count++ > MOST_ESCAPES) break;
    const decoded =
      m[1] !== undefined ? String.fromCharCode(Number.parseInt(m[1], 16)) : (MEANS[m[2] ?? ''] ?? m[2] ?? '');
    pieces.push(...plainPieces(text, start + at, start + m.index, 'template'));
    const from = start + m.index;
    pieces.push({ kind: 'text', text: decoded, start: from, end: from + m[0].length });
    at = m.index + m[0].length;
  }
  pieces.push(...plainPieces(text, start + at, end, 'template'));
  return makeValue(pieces, start, end);
}

export class Doc {
  constructor(
    readonly text: string,
    readonly base: number,
    /** Values of the collection's or environment's own variables, by name. */
    readonly variables: ReadonlyMap<string, Value>,
  ) {}

  span(n: Node): Span {
    return { start: this.base + n.offset, end: this.base + n.offset + n.length };
  }

  source(n: Node): string {
    const s = this.span(n);
    return this.text.slice(s.start, s.end);
  }

  /** Value of a scalar; the quotes of a string are not part of it. */
  value(n: Node): Value {
    const s = this.span(n);
    return n.type === 'string'
      ? jsonString(this.text, s.start + 1, Math.max(s.start + 1, s.end - 1))
      : plainValue(this.text, s.start, s.end, 'none');
  }

  /** With the variables that the document itself defines; their places are where they are defined. */
  filled(n: Node): Value {
    const value = this.value(n);
    if (this.variables.size === 0 || !value.pieces.some((p) => p.kind === 'variable')) return value;
    return joinValues(
      value.pieces.map((p) => {
        const found = p.kind === 'variable' ? this.variables.get(variableKey(p.text)) : undefined;
        return found ?? { pieces: [p], via: [], known: p.kind === 'text', start: p.start, end: p.end };
      }),
      value.start,
      value.end,
    );
  }

  /** Span of a string's characters. */
  inside(n: Node): Span {
    const s = this.span(n);
    return { start: s.start + 1, end: Math.max(s.start + 1, s.end - 1) };
  }
}

/** `_.api`, `env.api`, `<api`: the name as it is defined. */
export function variableKey(name: string): string {
  return name.trim().replace(/^(?:<|_\.|env\.)\s*/, '');
}

export function get(n: Node | undefined, key: RegExp | string): Node | undefined {
  if (n?.type !== 'object') return undefined;
  for (const p of n.children ?? []) {
    const [k, v] = p.children ?? [];
    if (k !== undefined && (typeof key === 'string' ? k.value === key : key.test(String(k.value)))) return v;
  }
  return undefined;
}

/** `{"parameters": […]}`: a list that a client wraps. */
export function unwrapped(n: Node | undefined): Node | undefined {
  const [only] = n?.type === 'object' && n.children?.length === 1 ? n.children : [];
  const [key, list] = only?.children ?? [];
  return list?.type === 'array' && /^(?:parameters?|values|items|entries)$/.test(String(key?.value)) ? list : n;
}

/** A member or item with the comma before or behind it. */
export function removeMember(doc: Doc, n: Node): Edit[] {
  const at = doc.span(n);
  const behind = /^\s*,\s*/.exec(doc.text.slice(at.end, at.end + 400));
  if (behind !== null) return [{ start: at.start, end: at.end + behind[0].length, text: '' }];
  const before = /\s*,\s*$/.exec(doc.text.slice(Math.max(0, at.start - 400), at.start));
  return [{ start: at.start - (before?.[0].length ?? 0), end: at.end, text: '' }];
}

/** A row of a list is switched off: `disabled`, `"enabled": false`, `"active": false`. */
export function isOff(row: Node): Node | null {
  for (const [key, off] of [
    ['disabled', true],
    ['enabled', false],
    ['active', false],
    ['isDisabled', true],
  ] as const) {
    const flag = get(row, key);
    if (flag?.value === off) return flag;
  }
  return null;
}

/** Name and value of a row, `{"key": …, "value": …}` or `["name", "value"]`. */
export function rowOf(row: Node): readonly [Node | undefined, Node | undefined] {
  if (row.type === 'array' && row.children?.length === 2) return [row.children[0], row.children[1]];
  return [get(row, /^(?:key|name)$/i), get(row, /^value$/i)];
}

// Parameters of a JSON body that is written as text, and the place where it stops being JSON.

import { parse, parseTree, type Node, type ParseError } from 'jsonc-parser';

import type { Edit, Param, Value } from '../model';
import { flat, makeValue, sliceValue, VARIABLE, MASK } from '../value';

export interface JsonParams {
  readonly params: Param[];
  readonly complete: boolean;
}

/** Top-level members of a JSON object with their places. */
export function jsonParams(value: Value): JsonParams {
  const s = flat(value);
  const errors: ParseError[] = [];
  if (nested(s)) return { params: [], complete: false };
  const root = parseTree(s, errors, { allowTrailingComma: true });
  const object = root?.type === 'array' ? root.children?.[0] : root;
  if (object?.type !== 'object') return { params: [], complete: false };
  const params = (object.children ?? []).flatMap((p) => member(value, s, p));
  return { params, complete: errors.length === 0 && !new RegExp(`[,{\\s]${VARIABLE}|${MASK}`).test(s) };
}

/** Nested deeper than a parser's stack should follow. */
function nested(s: string): boolean {
  let depth = 0;
  for (const c of s) {
    if ((c === '{' || c === '[') && ++depth > 150) return true;
    if (c === '}' || c === ']') depth--;
  }
  return false;
}

function member(value: Value, s: string, node: Node): Param[] {
  const [key, val] = node.children ?? [];
  if (key === undefined) return [];
  const name = sliceValue(value, key.offset + 1, key.offset + key.length - 1);
  const inner =
    val === undefined
      ? null
      : val.type === 'string'
        ? sliceValue(value, val.offset + 1, val.offset + val.length - 1)
        : sliceValue(value, val.offset, val.offset + val.length);
  const whole = sliceValue(value, node.offset, node.offset + node.length);
  return [
    {
      name: String(key.value),
      nameSpan: { start: name.start, end: name.end },
      value: inner ?? makeValue([], name.end, name.end),
      in: 'body',
      start: whole.start,
      end: whole.end,
      remove: () => removal(value, s, node),
    },
  ];
}

function removal(value: Value, s: string, node: Node): Edit[] {
  let from = node.offset;
  let to = node.offset + node.length;
  const behind = /^\s*,\s*/.exec(s.slice(to));
  if (behind !== null) to += behind[0].length;
  else from -= /,\s*$/.exec(s.slice(0, from))?.[0].length ?? 0;
  const cut = sliceValue(value, from, to);
  return [{ start: cut.start, end: cut.end, text: '' }];
}

/** Place where a literal stops being JSON, as an index into the text; null where it is JSON or cannot be judged. */
export function jsonFault(text: string): number | null {
  const s = text.replace(/[\uE000\uE001\uE002]/g, '0');
  // A variable that stands for a whole value reads as the number 0; one inside a string as a character.
  if (s.trim() === '' || nested(s)) return null;
  const errors: ParseError[] = [];
  parse(s, errors, { allowTrailingComma: false, disallowComments: true });
  const first = errors[0];
  if (first === undefined) return null;
  return Math.min(first.offset, Math.max(0, s.length - 1));
}

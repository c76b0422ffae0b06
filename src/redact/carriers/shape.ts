// Provider shapes: tries a pattern where one of its literals stands, and on long runs.
import type { CompiledShape } from '../compile';
import { matchAt, type Search } from '../finding';

const BACK = { digits: /\d/, word: /[\w.-]/, hex: /[0-9a-f]/ } as const;

/** Tries a shape at the keyword [start, end). */
export function findShape(search: Search, start: number, end: number, shape: CompiledShape, literal: string): void {
  const { text } = search;
  if (text.slice(start, end) !== literal && !/^[-{$&]|%3A/.test(literal)) return;
  let from = start;
  const back = shape.rule.back;
  if (back !== undefined) while (from > 0 && start - from < 40 && BACK[back].test(text[from - 1] ?? '')) from--;
  tryShape(search, from, shape);
}

/** Tries a shape that has no literal on a long run. */
export function findRunShape(search: Search, start: number, shape: CompiledShape): void {
  tryShape(search, start, shape);
}

function tryShape(search: Search, from: number, shape: CompiledShape): void {
  const { text } = search;
  // A letter or digit before it: the middle of something else. An escape such as \n counts as a boundary.
  if (
    /[A-Za-z0-9]/.test(text[from - 1] ?? '') &&
    text[from - 2] !== '\\' &&
    !/%[0-9A-Fa-f]{2}$/.test(text.slice(Math.max(0, from - 3), from))
  )
    return;
  const match = matchAt(shape.regex, text, from);
  if (match === null) return;
  const value = match.groups?.['value'] ?? match[0];
  if (shape.rule.mustHave === 'digit' && !/\d/.test(value)) return;
  if (shape.rule.mustHave === 'mixed') {
    const tail = value.replace(/^[a-z]{1,9}[_-]/, '');
    if (!/\d/.test(tail) && !(/[a-z]/.test(tail) && /[A-Z]/.test(tail))) return;
    if (/^[a-z]+(?:[-_][a-z]+)*(?:[-_.]?\d{1,3})?$/.test(tail)) return;
  }
  if (/[x*]{8,}|\.{3}/i.test(value)) return;
  const start = from + match[0].length - value.length;
  const end = start + value.length;
  const trail = /[.\-_/]+$/.exec(value)?.[0].length ?? 0;
  const anchor = match.groups?.['value'] === undefined ? from : start;
  search.findings.push({
    start: anchor,
    end: end - (shape.rule.id === 'json-web-token' ? 0 : trail),
    kind: shape.rule.kind,
    carrier: 'shape',
    name: shape.rule.id,
  });
}

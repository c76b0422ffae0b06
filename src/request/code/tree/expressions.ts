// Assignments, choices and operators.

import type { Node } from './node';
import type { Reader } from './reader';
import { MAX_DEPTH } from './words';

const ASSIGN = new Set(['=', ':=', '+=', '.=', '??=', '||=']);

const BINARY = new Set([
  '+',
  '.',
  '&',
  '%',
  '==',
  '===',
  '!=',
  '!==',
  '<',
  '>',
  '<=',
  '>=',
  '&&',
  '-',
  '*',
  '/',
  '|',
  '..',
  '=~',
  '<<',
  '<=>',
]);

const PREFIX_OP = /^(?:!|-|\+|&|\*|~|@|\\)$/;

export function readExpression(reader: Reader): Node {
  if (reader.depth > MAX_DEPTH) {
    const t = reader.take();
    return { kind: 'unknown', start: t.start, end: t.end };
  }
  reader.depth++;
  const node = readAssignment(reader);
  reader.depth--;
  return node;
}

function readAssignment(reader: Reader): Node {
  const left = readTernary(reader);
  const t = reader.peek();
  if (t.kind === 'op' && ASSIGN.has(t.text)) {
    reader.take();
    reader.blank();
    const value = readExpression(reader);
    return { kind: 'assign', op: t.text, target: left, value, start: left.start, end: value.end };
  }
  // Go and Python: `a, b := f()`, only where an assignment follows on the line.
  if (
    t.kind === 'op' &&
    t.text === ',' &&
    left.kind === 'name' &&
    reader.depth === 1 &&
    reader.peek(1).kind === 'id' &&
    (reader.is(':=', 2) || reader.is('=', 2))
  ) {
    reader.at += 3;
    const value = readExpression(reader);
    return { kind: 'assign', op: '=', target: left, value, start: left.start, end: value.end };
  }
  return left;
}

export function readTernary(reader: Reader): Node {
  const first = readBinary(reader);
  if (reader.is('?') && reader.language !== 'ruby' && reader.language !== 'rust') {
    reader.take();
    reader.blank();
    if (reader.is(':')) reader.take();
    const a = readExpression(reader);
    reader.blank();
    if (!reader.is(':')) return { kind: 'either', options: [first, a], start: first.start, end: a.end };
    reader.take();
    reader.blank();
    const b = readExpression(reader);
    return { kind: 'either', options: [a, b], start: first.start, end: b.end };
  }
  if (reader.language === 'python' && reader.is('if') && reader.depth > 1) {
    reader.take();
    readBinary(reader);
    if (!reader.is('else')) return first;
    reader.take();
    const b = readExpression(reader);
    return { kind: 'either', options: [first, b], start: first.start, end: b.end };
  }
  return first;
}

function readBinary(reader: Reader): Node {
  let left = readUnary(reader);
  for (;;) {
    const ahead = gapAhead(reader);
    const t = reader.peek(ahead);
    if (t.kind === 'op' && (t.text === '??' || t.text === '||' || t.text === '?:')) {
      reader.at += ahead + 1;
      reader.blank();
      const right = readUnary(reader);
      left = { kind: 'either', options: [left, right], start: left.start, end: right.end };
      continue;
    }
    if (t.kind === 'id' && t.text === 'or' && ahead === 0) {
      reader.take();
      const right = readUnary(reader);
      left = { kind: 'either', options: [left, right], start: left.start, end: right.end };
      continue;
    }
    if (t.kind === 'op' && BINARY.has(t.text)) {
      if (ahead > 0 && !['+', '.', '&', '&&'].includes(t.text)) return left;
      if (t.text === '&' && reader.language !== 'vb') return left;
      if (t.text === '<' && isGeneric(reader)) continue;
      reader.at += ahead + 1;
      reader.blank();
      const right = readUnary(reader);
      left = { kind: 'binary', op: t.text, left, right, start: left.start, end: right.end };
      continue;
    }
    // Adjacent strings are one in Python and in C-like languages of old.
    if (
      left.kind === 'string' &&
      t.kind === 'str' &&
      (ahead === 0 || reader.inParens > 0) &&
      (reader.language === 'python' || reader.language === 'ruby')
    ) {
      reader.at += ahead;
      const right = readUnary(reader);
      left = { kind: 'binary', op: '+', left, right, start: left.start, end: right.end };
      continue;
    }
    return left;
  }
}

/** Line ends that may be passed to see whether the expression goes on. */
function gapAhead(reader: Reader): number {
  let i = 0;
  while (reader.peek(i).kind === 'nl') i++;
  if (i === 0) return 0;
  const t = reader.peek(i);
  if (
    t.kind === 'op' &&
    (t.text === '+' ||
      t.text === '&&' ||
      t.text === '??' ||
      t.text === '||' ||
      (t.text === '.' && (reader.language === 'php' || reader.language === 'perl')))
  )
    return i;
  return reader.inParens > 0 && reader.peek(i).kind === 'str' ? i : 0;
}

/** Skips `<T, U>` behind a name where a call or `{` follows. */
export function isGeneric(reader: Reader): boolean {
  let depth = 0;
  for (let i = 0; i < 24; i++) {
    const t = reader.peek(i);
    if (t.kind === 'op' && t.text === '<') depth++;
    else if (t.kind === 'op' && t.text === '>') {
      depth--;
      if (depth === 0) {
        if (
          !reader.is('(', i + 1) &&
          !reader.is('{', i + 1) &&
          !reader.is('::', i + 1) &&
          reader.peek(i + 1).kind !== 'nl' &&
          reader.peek(i + 1).kind !== 'id'
        )
          return false;
        reader.at += i + 1;
        return true;
      }
    } else if (!(t.kind === 'id' || (t.kind === 'op' && /^[,.?[\]]$/.test(t.text)))) return false;
  }
  return false;
}

export function readUnary(reader: Reader): Node {
  const t = reader.peek();
  if (t.kind === 'op' && PREFIX_OP.test(t.text)) {
    while (reader.peek().kind === 'op' && PREFIX_OP.test(reader.peek().text)) reader.take();
    return reader.postfix(reader.primary());
  }
  // Go's `[]string{…}` and `[]byte(…)`: the type of what follows.
  if (reader.language === 'go' && reader.is('[') && reader.is(']', 1) && reader.peek(2).kind === 'id') reader.at += 2;
  if (t.kind === 'op' && t.text === '?' && reader.language === 'rust') reader.take();
  if (
    t.kind === 'id' &&
    (t.text === 'await' ||
      t.text === 'not' ||
      t.text === 'typeof' ||
      t.text === 'try' ||
      t.text === 'clone' ||
      t.text === 'const' ||
      t.text === 'print' ||
      t.text === 'echo' ||
      t.text === 'throw')
  ) {
    reader.take();
    return readUnary(reader);
  }
  return reader.postfix(reader.primary());
}

// Arguments, and what follows an operand: members, indexes, calls, blocks.

import type { Arg, Node } from './node';
import type { Reader } from './reader';
import { MAX_DEPTH } from './words';

export function readArgs(reader: Reader, close: string): Arg[] {
  reader.take();
  const out: Arg[] = [];
  reader.depth++;
  reader.inParens++;
  while (reader.peek().kind !== 'end') {
    reader.blank();
    if (reader.is(close)) {
      reader.take();
      break;
    }
    if (reader.is(',') || reader.is(';')) {
      reader.take();
      continue;
    }
    if (reader.peek().kind === 'op' && /^[)\]}]$/.test(reader.peek().text)) {
      // Not ours: the snippet stops in the middle or brackets do not match.
      if (reader.peek().text !== close) reader.take();
      break;
    }
    const before = reader.at;
    out.push(readArg(reader));
    if (reader.at === before) reader.take();
    if (reader.depth > MAX_DEPTH) break;
  }
  reader.inParens--;
  reader.depth--;
  return out;
}

function readArg(reader: Reader): Arg {
  const t = reader.peek();
  if (t.kind === 'id' && (reader.is('=', 1) || reader.is(':', 1)) && isNamed(reader)) {
    reader.at += 2;
    reader.blank();
    const value = reader.expression();
    return { name: t.text, value, start: t.start, end: value.end };
  }
  if (reader.is('*') && reader.is('*', 1)) {
    reader.at += 2;
    const value = reader.expression();
    return { name: '**', value, start: t.start, end: value.end };
  }
  const value = reader.expression();
  const sep = reader.peek();
  if (
    sep.kind === 'op' &&
    (sep.text === '=>' ||
      (sep.text === '->' && value.kind === 'string') ||
      (sep.text === ':' && reader.language !== 'python')) &&
    value.kind !== 'function'
  ) {
    reader.take();
    reader.blank();
    const v = reader.expression();
    const key =
      value.kind === 'string' ? value.parts.map((p) => p.text).join('') : value.kind === 'name' ? value.text : '';
    return { name: key, value: v, start: value.start, end: v.end };
  }
  if (sep.kind === 'id' && sep.text === 'to' && reader.language === 'kotlin') {
    reader.take();
    const v = reader.expression();
    return {
      name: null,
      value: {
        kind: 'collection',
        open: '{',
        type: null,
        entries: [{ key: value, value: v, spread: false, start: value.start, end: v.end }],
        start: value.start,
        end: v.end,
      },
      start: value.start,
      end: v.end,
    };
  }
  return { name: null, value, start: value.start, end: value.end };
}

function isNamed(reader: Reader): boolean {
  if (reader.is('=', 1))
    return reader.language === 'python' || reader.language === 'kotlin' || reader.language === 'ruby';
  return reader.language !== 'python' && reader.language !== 'go';
}

export function readPostfix(reader: Reader, node: Node): Node {
  for (;;) {
    const t = reader.peek();
    let ahead = 0;
    if (t.kind === 'nl') {
      while (reader.peek(ahead).kind === 'nl') ahead++;
      const n = reader.peek(ahead);
      const chain =
        n.kind === 'op' &&
        (n.text === '.' || n.text === '->' || n.text === '?.' || n.text === '?->') &&
        reader.peek(ahead + 1).kind === 'id';
      const concat = (reader.language === 'php' || reader.language === 'perl') && n.text === '.';
      if (!chain || concat) return node;
    }
    const op = reader.peek(ahead);
    if (op.kind !== 'op') {
      return readTrailing(reader, node);
    }
    const member = op.text === '.' || op.text === '->' || op.text === '?.' || op.text === '?->' || op.text === '::';
    const phpDot = op.text === '.' && (reader.language === 'php' || reader.language === 'perl');
    if (member && !phpDot) {
      const next = reader.peek(ahead + 1);
      const nlAfter = next.kind === 'nl' && op.text === '.';
      if (next.kind === 'id' || nlAfter) {
        reader.at += ahead + 1;
        reader.blank();
        const w = reader.take();
        node = { kind: 'member', object: node, name: w.text, nameStart: w.start, start: node.start, end: w.end };
        continue;
      }
      if (
        next.kind === 'op' &&
        (next.text === '{' || next.text === '[') &&
        (reader.language === 'perl' || op.text === '?.')
      ) {
        reader.at += ahead + 1;
        continue;
      }
      return node;
    }
    if (ahead > 0) return node;
    if (op.text === '\\' && reader.language === 'php' && reader.peek(1).kind === 'id') {
      reader.take();
      const w = reader.take();
      node = { kind: 'name', text: w.text, start: node.start, end: w.end };
      continue;
    }
    if (op.text === '(' && node.kind !== 'string' && node.kind !== 'number' && node.kind !== 'unknown') {
      const args = readArgs(reader, ')');
      node = {
        kind: 'call',
        callee: node,
        args,
        close: Math.max(node.end, reader.peek(-1).start),
        made: false,
        start: node.start,
        end: reader.peek(-1).end,
      };
      continue;
    }
    if (
      op.text === '[' &&
      (node.kind === 'name' || node.kind === 'member' || node.kind === 'index' || node.kind === 'call')
    ) {
      reader.take();
      reader.blank();
      if (reader.is(']')) {
        reader.take();
        // Go: `[]byte(x)`, PHP: `$a[] = `.
        node = {
          kind: 'index',
          object: node,
          key: { kind: 'unknown', start: node.end, end: node.end },
          start: node.start,
          end: reader.peek(-1).end,
        };
        continue;
      }
      const key = reader.expression();
      reader.blank();
      if (reader.is(']')) reader.take();
      node = { kind: 'index', object: node, key, start: node.start, end: reader.peek(-1).end };
      continue;
    }
    if (
      op.text === '{' &&
      reader.language === 'perl' &&
      (node.kind === 'name' || node.kind === 'index' || node.kind === 'member')
    ) {
      reader.take();
      const key = reader.expression();
      if (reader.is('}')) reader.take();
      node = { kind: 'index', object: node, key, start: node.start, end: reader.peek(-1).end };
      continue;
    }
    if (
      op.text === '<' &&
      node.kind !== 'string' &&
      node.kind !== 'number' &&
      ['java', 'csharp', 'kotlin', 'js', 'swift', 'dart'].includes(reader.language) &&
      reader.generic()
    )
      continue;
    if (op.text === '{' && reader.language === 'js' && node.kind === 'index' && reader.inParens > 0) {
      node = reader.collection('}', '{', node);
      continue;
    }
    if (
      op.text === '{' &&
      reader.language === 'go' &&
      (node.kind === 'member' || node.kind === 'index') &&
      reader.peek(1).kind !== 'nl'
    ) {
      node = reader.collection('}', '{', node);
      continue;
    }
    if (op.text === '{' && reader.language === 'go' && node.kind === 'name' && /^(?:map|string)$/.test(node.text)) {
      node = reader.collection('}', '{', node);
      continue;
    }
    if (
      op.text === '{' &&
      reader.language === 'go' &&
      (node.kind === 'member' || node.kind === 'index') &&
      reader.inParens === 0 &&
      reader.peek(1).kind === 'nl'
    ) {
      node = reader.collection('}', '{', node);
      continue;
    }
    if (op.text === '{' && node.kind === 'name' && isComposite(reader)) {
      node = reader.collection('}', '{', node);
      continue;
    }
    return readTrailing(reader, node);
  }
}

/** `Client{base: "…"}`: a value with named fields, not the block of a condition. */
function isComposite(reader: Reader): boolean {
  if (reader.language !== 'go' && reader.language !== 'rust') return false;
  let i = 1;
  while (reader.peek(i).kind === 'nl') i++;
  const first = reader.peek(i);
  return (first.kind === 'id' || first.kind === 'str') && reader.is(':', i + 1);
}

/** Go `map[string]string{…}`, Ruby and Kotlin blocks behind a call. */
function readTrailing(reader: Reader, node: Node): Node {
  if (reader.language === 'go' && node.kind === 'index' && reader.peek().kind === 'id' && reader.is('{', 1)) {
    reader.take();
    return reader.collection('}', '{', node);
  }
  const words = readCommand(reader, node);
  if (words !== null) return words;
  const block =
    (reader.language === 'ruby' &&
      (reader.is('{') || reader.is('do')) &&
      (node.kind === 'call' || node.kind === 'member')) ||
    ((reader.language === 'kotlin' || reader.language === 'swift') &&
      reader.is('{') &&
      (node.kind === 'call' || node.kind === 'name') &&
      reader.inParens + 1 > 0 &&
      node.kind === 'call');
  if (!block) return node;
  const open = reader.take();
  const params: string[] = [];
  if (reader.is('|')) {
    reader.take();
    while (!reader.is('|') && reader.peek().kind !== 'nl' && reader.peek().kind !== 'end') {
      const p = reader.take();
      if (p.kind === 'id') params.push(p.text);
    }
    if (reader.is('|')) reader.take();
  }
  if (reader.depth > MAX_DEPTH) return node;
  reader.depth++;
  const body = open.text === 'do' ? readUntilEnd(reader) : reader.statements('}');
  reader.depth--;
  const fn: Node = { kind: 'function', name: null, params, body, start: open.start, end: reader.peek(-1).end };
  const args: readonly Arg[] = node.kind === 'call' ? node.args : [];
  const callee = node.kind === 'call' ? node.callee : node;
  return {
    kind: 'call',
    callee,
    args: [...args, { name: null, value: fn, start: fn.start, end: fn.end }],
    close: node.kind === 'call' ? node.close : node.end,
    made: false,
    start: node.start,
    end: fn.end,
  };
}

/** Ruby's `req.basic_auth 'u', 's'`: arguments without parentheses. */
function readCommand(reader: Reader, node: Node): Node | null {
  if (reader.language !== 'ruby' || node.kind !== 'member' || reader.depth > MAX_DEPTH) return null;
  const t = reader.peek();
  const symbol =
    t.text === ':' &&
    t.kind === 'op' &&
    reader.peek(1).kind === 'id' &&
    reader.peek(1).start === t.end &&
    t.start > node.end;
  const word = t.kind === 'id' && !/^(?:if|unless|do|and|or|rescue|end|then|while|until|in|else)$/.test(t.text);
  if (t.kind !== 'str' && !symbol && !word) return null;
  const args: Arg[] = [];
  reader.depth++;
  do {
    if (reader.is(',')) {
      reader.take();
      reader.blank();
    }
    args.push(readArg(reader));
  } while (reader.is(',') && args.length < 20);
  reader.depth--;
  const end = args.at(-1)?.end ?? node.end;
  return readTrailing(reader, { kind: 'call', callee: node, args, close: end, made: false, start: node.start, end });
}

function readUntilEnd(reader: Reader): Node[] {
  const out: Node[] = [];
  while (reader.peek().kind !== 'end') {
    if (reader.is('end')) {
      reader.take();
      break;
    }
    if (reader.peek().kind === 'nl' || (reader.peek().kind === 'op' && /^[;{}),\]:]$/.test(reader.peek().text))) {
      reader.take();
      continue;
    }
    const before = reader.at;
    out.push(...reader.statement());
    if (reader.at === before) reader.take();
  }
  return out;
}

// What operators join: names, literals, brackets, arrows, things made anew.

import type { Entry, Node } from './node';
import type { Reader } from './reader';
import { FUNCTIONS, MAX_DEPTH } from './words';

export function readPrimary(reader: Reader): Node {
  const t = reader.peek();
  if (t.kind === 'str') {
    reader.take();
    return { kind: 'string', parts: t.parts ?? [], quote: t.text, start: t.start, end: t.end };
  }
  if (t.kind === 'num') {
    reader.take();
    return { kind: 'number', text: t.text, start: t.start, end: t.end };
  }
  // `$r = Invoke-RestMethod …`: a command with its parameters is an operand as well.
  if (
    t.kind === 'id' &&
    reader.language === 'powershell' &&
    reader.depth <= MAX_DEPTH &&
    /^(?:Invoke-(?:RestMethod|WebRequest)|irm|iwr)$/i.test(t.text)
  )
    return reader.cmdlet();
  if (t.kind === 'id') return readWord(reader);
  if (t.kind === 'op' && reader.depth <= MAX_DEPTH) {
    if (t.text === '(') return readParens(reader);
    if (t.text === '[') return reader.collection(']', '[', null);
    if (t.text === '{') return reader.collection('}', '{', null);
    if (t.text === '@{') return reader.collection('}', '@{', null);
    if (t.text === '@(') return reader.collection(')', '[', null);
    if (
      t.text === ':' &&
      reader.language === 'ruby' &&
      reader.peek(1).kind === 'id' &&
      reader.peek(1).start === t.end
    ) {
      reader.take();
      const w = reader.take();
      return {
        kind: 'string',
        parts: [{ kind: 'text', text: w.text, start: w.start, end: w.end }],
        quote: ':',
        start: t.start,
        end: w.end,
      };
    }
    if ((t.text === '...' || t.text === '**' || t.text === '..') && reader.peek(1).kind !== 'nl') {
      reader.take();
      return reader.expression();
    }
    if (t.text === '|' && reader.language === 'rust') {
      reader.take();
      while (reader.peek().kind === 'id' || reader.is(',')) reader.take();
      if (reader.is('|')) reader.take();
      return reader.unary();
    }
    if (t.text === '.' && (reader.language === 'swift' || reader.language === 'dart') && reader.peek(1).kind === 'id') {
      reader.take();
      const w = reader.take();
      return { kind: 'name', text: w.text, start: t.start, end: w.end };
    }
  }
  if (t.kind !== 'end' && !(t.kind === 'op' && /^[)\]},;:]$/.test(t.text)) && t.kind !== 'nl') reader.take();
  return { kind: 'unknown', start: t.start, end: t.kind === 'nl' || t.kind === 'end' ? t.start : t.end };
}

function readWord(reader: Reader): Node {
  const t = reader.take();
  if (t.text === 'new' && (reader.peek().kind === 'id' || reader.is('\\') || reader.is('{') || reader.is('(')))
    return readMade(reader, t.start);
  if (
    FUNCTIONS.has(t.text) &&
    (reader.is('(') ||
      reader.is('use') ||
      (reader.peek().kind === 'id' && reader.is('(', 1) && reader.language === 'js'))
  ) {
    if (reader.peek().kind === 'id') reader.take();
    const params = reader.is('(') ? reader.params() : [];
    if (t.text === 'fn' && reader.is('=>')) {
      reader.take();
      const value = reader.expression();
      return {
        kind: 'function',
        name: null,
        params,
        body: [{ kind: 'return', value, start: value.start, end: value.end }],
        start: t.start,
        end: value.end,
      };
    }
    return reader.body(t.start, null, params);
  }
  if (t.text === 'lambda' && reader.language === 'python') {
    const params: string[] = [];
    while (!reader.is(':') && reader.peek().kind !== 'nl' && reader.peek().kind !== 'end') {
      const p = reader.take();
      if (p.kind === 'id') params.push(p.text);
    }
    reader.take();
    const value = reader.expression();
    return { kind: 'function', name: null, params, body: [value], start: t.start, end: value.end };
  }
  if (reader.is('=>') && hasArrows(reader)) return readArrow(reader, t.start, [t.text]);
  if (reader.is('->') && (reader.language === 'java' || reader.language === 'kotlin'))
    return readArrow(reader, t.start, [t.text]);
  return { kind: 'name', text: t.text, start: t.start, end: t.end };
}

function hasArrows(reader: Reader): boolean {
  return reader.language === 'js' || reader.language === 'csharp' || reader.language === 'dart';
}

function readArrow(reader: Reader, start: number, params: readonly string[]): Node {
  reader.take();
  reader.blank();
  if (reader.is('{')) return reader.body(start, null, params);
  const value = reader.expression();
  return {
    kind: 'function',
    name: null,
    params,
    body: [{ kind: 'return', value, start: value.start, end: value.end }],
    start,
    end: value.end,
  };
}

function readMade(reader: Reader, start: number): Node {
  while (reader.is('\\')) reader.take();
  let type: Node =
    reader.peek().kind === 'id'
      ? { kind: 'name', text: reader.peek().text, start: reader.peek().start, end: reader.peek().end }
      : { kind: 'name', text: '', start, end: start };
  if (reader.peek().kind === 'id') reader.take();
  while ((reader.is('.') || reader.is('\\') || reader.is('::')) && reader.peek(1).kind === 'id') {
    reader.take();
    const w = reader.take();
    type = { kind: 'name', text: w.text, start: type.start, end: w.end };
  }
  if (reader.is('<')) reader.generic();
  if (reader.is('?')) reader.take();
  while (reader.is('[') && reader.is(']', 1)) reader.at += 2;
  let node: Node;
  if (reader.is('(')) {
    const args = reader.args(')');
    node = {
      kind: 'call',
      callee: type,
      args,
      close: reader.peek(-1).start,
      made: true,
      start,
      end: reader.peek(-1).end,
    };
  } else node = { kind: 'call', callee: type, args: [], close: type.end, made: true, start, end: type.end };
  let ahead = 0;
  while (reader.peek(ahead).kind === 'nl') ahead++;
  if (
    reader.is('{', ahead) &&
    (reader.language === 'csharp' || reader.language === 'java' || reader.language === 'vb')
  ) {
    reader.at += ahead;
    const open = reader.collection('}', '{', node);
    return open;
  }
  return node;
}

function readParens(reader: Reader): Node {
  reader.depth++;
  const node = readParenthesised(reader);
  reader.depth--;
  return node;
}

function readParenthesised(reader: Reader): Node {
  const open = reader.peek();
  // `(a, b) =>`, `(a) ->`: parameters of a function.
  let depth = 0;
  let i = 0;
  for (; i < 60; i++) {
    const t = reader.peek(i);
    if (t.kind === 'end') break;
    if (t.kind === 'op' && t.text === '(') depth++;
    if (t.kind === 'op' && t.text === ')' && --depth === 0) break;
  }
  if (
    (reader.is('=>', i + 1) && hasArrows(reader)) ||
    (reader.is('->', i + 1) && (reader.language === 'java' || reader.language === 'kotlin'))
  )
    return readArrow(reader, open.start, reader.params());
  reader.take();
  reader.blank();
  if (reader.is(')')) {
    const close = reader.take();
    return { kind: 'collection', entries: [], open: '(', type: null, start: open.start, end: close.end };
  }
  reader.inParens++;
  const first = reader.expression();
  reader.blank();
  if (reader.is(',')) {
    const entries: Entry[] = [{ key: null, value: first, spread: false, start: first.start, end: first.end }];
    while (reader.is(',')) {
      reader.take();
      reader.blank();
      if (reader.is(')')) break;
      const v = reader.expression();
      entries.push({ key: null, value: v, spread: false, start: v.start, end: v.end });
      reader.blank();
    }
    reader.inParens--;
    const end = reader.is(')') ? reader.take().end : reader.peek().start;
    return { kind: 'collection', entries, open: '(', type: null, start: open.start, end };
  }
  if (reader.is('=>') && reader.language === 'perl') {
    reader.inParens--;
    reader.take();
    reader.blank();
    const value = reader.expression();
    const rest = reader.entries(')', [{ key: first, value, spread: false, start: first.start, end: value.end }]);
    return { kind: 'collection', entries: rest, open: '(', type: null, start: open.start, end: reader.peek(-1).end };
  }
  reader.inParens--;
  if (reader.is(')')) reader.take();
  // A cast: `(string) $x`.
  const typed =
    reader.language === 'java' ||
    reader.language === 'csharp' ||
    reader.language === 'kotlin' ||
    /^(?:string|int|array|object|String|byte)$/.test(first.kind === 'name' ? first.text : '');
  if (
    (first.kind === 'name' || first.kind === 'member') &&
    typed &&
    (reader.peek().kind === 'id' || reader.peek().kind === 'str')
  )
    return reader.unary();
  return first;
}

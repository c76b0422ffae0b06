// Statements and the heads of functions.

import type { Token } from '../string-tokens';
import type { Node } from './node';
import type { Reader } from './reader';
import { FUNCTIONS, MAX_DEPTH } from './words';

/** Words that begin or join statements and are no values. */
const SKIPPED = new Set(
  'if else elif elsif unless while for foreach in of do begin try catch except finally rescue ensure end await async yield throw raise public private protected internal static final readonly const let var val my our local using with as export default go defer global use namespace package import from assert print echo puts then loop mut pub override suspend lateinit out ref params required virtual abstract sealed implements extends throws instanceof typeof void unsafe print_r var_dump p'.split(
    ' ',
  ),
);

/** Words whose parentheses hold statements. */
const CONTROL = new Set(
  'if elseif elsif elif while for foreach try using switch catch lock synchronized until unless match with'.split(' '),
);

/** Statements up to `close` (taken) or the end. */
export function readStatements(reader: Reader, close: string | null): Node[] {
  const out: Node[] = [];
  while (reader.peek().kind !== 'end') {
    const t = reader.peek();
    if (close !== null && t.kind === 'op' && t.text === close) {
      reader.take();
      return out;
    }
    if (t.kind === 'nl' || (t.kind === 'op' && /^[;{}),\]:]$/.test(t.text))) {
      reader.take();
      continue;
    }
    if (reader.language === 'php' && t.text === '<' && reader.is('?', 1)) {
      reader.at += 2;
      continue;
    }
    if ((t.kind === 'id' || t.kind === 'str') && reader.is(':', 1) && reader.is('{', 2) && reader.language !== 'go') {
      reader.at += 2;
      out.push(reader.expression());
      continue;
    }
    const before = reader.at;
    out.push(...readStatement(reader));
    if (reader.at === before) reader.take();
  }
  return out;
}

export function readStatement(reader: Reader): Node[] {
  const t = reader.peek();
  if (t.kind === 'id') {
    const w = t.text;
    if (w === 'return') {
      reader.take();
      if (reader.peek().kind === 'nl' || reader.is(';')) return [];
      const value = reader.expression();
      return [{ kind: 'return', value, start: t.start, end: value.end }];
    }
    if (FUNCTIONS.has(w) && reader.peek(1).kind !== 'nl') return readDefinition(reader);
    if (reader.language === 'powershell' && /^(?:Invoke-(?:RestMethod|WebRequest)|irm|iwr|curl|wget)$/i.test(w))
      return [reader.cmdlet()];
    if (w === 'class') {
      reader.take();
      if (reader.peek().kind === 'id') reader.take();
      return [];
    }
    if (CONTROL.has(w) && reader.is('(', 1)) {
      reader.at += 2;
      return [];
    }
    if (
      SKIPPED.has(w) &&
      !reader.is('(', 1) &&
      !reader.is('.', 1) &&
      !reader.is('=', 1) &&
      !reader.is('[', 1) &&
      reader.peek(1).kind !== 'end'
    ) {
      reader.take();
      return [];
    }
    const method = readMethodHead(reader);
    if (method !== null) return [method];
  }
  if (t.kind === 'op' && t.text === '@' && reader.peek(1).kind === 'id') {
    reader.at += 2;
    return [];
  }
  const value = reader.expression();
  // `with Client() as c:`
  if (reader.language === 'python' && reader.is('as') && reader.peek(1).kind === 'id') {
    reader.take();
    const name = reader.take();
    return [
      {
        kind: 'assign',
        op: '=',
        target: { kind: 'name', text: name.text, start: name.start, end: name.end },
        value,
        start: value.start,
        end: value.end,
      },
    ];
  }
  return [value];
}

/** `def name(a, b):`, `function name($a) {`, `func (c *T) name(a T) (R, error) {`; the body follows as statements. */
function readDefinition(reader: Reader): Node[] {
  const head = reader.take();
  if (reader.language === 'go' && reader.is('(')) skipParens(reader);
  const name = reader.peek().kind === 'id' ? reader.take().text : null;
  if (reader.language === 'rust' || reader.language === 'swift') while (reader.is('<')) skipUntil(reader, '>');
  let params: string[] = [];
  if (reader.is('(')) params = readParams(reader);
  if (reader.language === 'go' && reader.is('(')) skipParens(reader);
  const start = head.start;
  if (name === null) {
    // An anonymous function as a value.
    return [readBody(reader, start, null, params)];
  }
  return [{ kind: 'function', name, params, body: [], start, end: reader.peek().start }];
}

export function readBody(reader: Reader, start: number, name: string | null, params: readonly string[]): Node {
  while (
    !reader.is('{') &&
    reader.peek().kind !== 'nl' &&
    reader.peek().kind !== 'end' &&
    !reader.is(')') &&
    !reader.is(';') &&
    !reader.is(',')
  )
    reader.take();
  if (!reader.is('{') || reader.depth > MAX_DEPTH)
    return { kind: 'function', name, params, body: [], start, end: reader.peek().start };
  reader.take();
  reader.depth++;
  const body = readStatements(reader, '}');
  reader.depth--;
  return { kind: 'function', name, params, body, start, end: reader.peek(-1).end };
}

/** Java, C# and JavaScript methods: `public Foo name(Type a, Type b) {`. */
function readMethodHead(reader: Reader): Node | null {
  if (!['java', 'csharp', 'js', 'dart', 'kotlin', 'swift', 'php'].includes(reader.language)) return null;
  let i = 0;
  let name: Token | null = null;
  while (i < 12) {
    const t = reader.peek(i);
    if (t.kind === 'id') name = t;
    else if (t.kind === 'op' && /^(?:<|>|\[|\]|,|\.|\?|::)$/.test(t.text) && i > 0 && reader.language !== 'js') {
      if (t.text === ',' && !isInsideAngle(reader, i)) return null;
    } else break;
    i++;
  }
  if (reader.language === 'js' && reader.is('<', i)) {
    let angle = i;
    while (angle < i + 12 && !reader.is('>', angle) && reader.peek(angle).kind !== 'end') angle++;
    if (reader.is('(', angle + 1)) return readTypedHead(reader, name, i, angle + 1);
  }
  return readTypedHead(reader, name, i, i);
}

const MODIFIER = /^(?:public|private|protected|static|async|readonly|override|abstract|get|set|export|declare)$/;

/** From the name that ends at `nameEnd` on; the parameters open at `i`. */
function readTypedHead(reader: Reader, name: Token | null, nameEnd: number, i: number): Node | null {
  if (
    name === null ||
    !reader.is('(', i) ||
    reader.peek(nameEnd - 1) !== name ||
    /^(?:if|for|while|switch|catch|foreach|using|lock|return|new|await|throw)$/.test(name.text)
  )
    return null;
  let depth = 0;
  let j = i;
  for (; j < i + 120; j++) {
    const t = reader.peek(j);
    if (t.kind === 'end') return null;
    if (t.text === '(' && t.kind === 'op') depth++;
    if (t.text === ')' && t.kind === 'op' && --depth === 0) break;
  }
  let k = j + 1;
  while (reader.peek(k).kind === 'nl') k++;
  if (reader.is('throws', k)) while (reader.peek(k).kind !== 'end' && !reader.is('{', k) && k < j + 12) k++;
  if (reader.is(':', k) && reader.language !== 'csharp' && reader.language !== 'java') {
    const limit = k + 16;
    while (k < limit && !reader.is('{', k) && reader.peek(k).kind !== 'nl' && reader.peek(k).kind !== 'end') k++;
  }
  if (!reader.is('{', k)) return null;
  if (reader.language === 'js')
    for (let m = 0; m < nameEnd - 1; m++) if (!MODIFIER.test(reader.peek(m).text)) return null;
  const start = reader.peek().start;
  reader.at += i;
  const params = readParams(reader);
  return { kind: 'function', name: name.text, params, body: [], start, end: reader.peek().start };
}

function isInsideAngle(reader: Reader, i: number): boolean {
  for (let j = i; j > 0; j--) if (reader.is('<', j)) return true;
  return false;
}

export function readParams(reader: Reader): string[] {
  const out: string[] = [];
  reader.take();
  let depth = 1;
  let last: string | null = null;
  let stars = '';
  let closed = false;
  const goLike =
    reader.language === 'go' ||
    reader.language === 'kotlin' ||
    reader.language === 'rust' ||
    reader.language === 'swift' ||
    reader.language === 'python' ||
    reader.language === 'js';
  while (depth > 0 && reader.peek().kind !== 'end') {
    const t = reader.take();
    if (t.kind === 'op' && t.text === '*') stars += '*';
    if (t.kind === 'op' && /^[([{<]$/.test(t.text)) depth++;
    else if (t.kind === 'op' && /^[)\]}>]$/.test(t.text)) depth--;
    if (depth === 1 && t.kind === 'op' && (t.text === ',' || t.text === ';')) {
      if (last !== null) out.push(last);
      last = null;
      stars = '';
      closed = false;
    } else if (depth === 1 && t.kind === 'op' && (t.text === '=' || (t.text === ':' && goLike))) closed = true;
    else if (depth === 1 && t.kind === 'id' && !closed && !(goLike && last !== null))
      last = stars === '**' ? `**${t.text}` : t.text;
  }
  if (last !== null) out.push(last);
  return out;
}

function skipParens(reader: Reader): void {
  let depth = 0;
  do {
    const t = reader.take();
    if (t.kind === 'op' && t.text === '(') depth++;
    if (t.kind === 'op' && t.text === ')') depth--;
    if (t.kind === 'end') return;
  } while (depth > 0);
}

function skipUntil(reader: Reader, close: string): void {
  while (reader.peek().kind !== 'end' && reader.peek().kind !== 'nl' && !reader.is(close)) reader.take();
  if (reader.is(close)) reader.take();
}

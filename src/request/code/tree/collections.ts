// Lists, maps and their entries.

import type { Entry, Node } from './node';
import type { Reader } from './reader';
import { MAX_DEPTH } from './words';

export function readCollection(reader: Reader, close: string, open: string, type: Node | null): Node {
  const first = reader.take();
  const entries = readEntries(reader, close, []);
  return { kind: 'collection', entries, open, type, start: type?.start ?? first.start, end: reader.peek(-1).end };
}

export function readEntries(reader: Reader, close: string, out: Entry[]): Entry[] {
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
    if (reader.peek().kind === 'op' && /^[)\]}]$/.test(reader.peek().text)) break;
    const before = reader.at;
    out.push(readEntry(reader));
    if (reader.at === before) reader.take();
    if (reader.depth > MAX_DEPTH) break;
  }
  reader.inParens--;
  reader.depth--;
  return out;
}

function readEntry(reader: Reader): Entry {
  const t = reader.peek();
  if (t.kind === 'op' && (t.text === '...' || (t.text === '*' && reader.is('*', 1)))) {
    reader.at += t.text === '*' ? 2 : 1;
    if (reader.is(',') || reader.peek().kind === 'nl' || reader.is(']') || reader.is('}'))
      return {
        key: null,
        value: { kind: 'unknown', start: t.start, end: t.end },
        spread: true,
        start: t.start,
        end: t.end,
      };
    const value = reader.expression();
    return { key: null, value, spread: true, start: t.start, end: value.end };
  }
  const key = reader.depth > MAX_DEPTH ? reader.primary() : reader.ternary();
  reader.blank();
  const sep = reader.peek();
  if (sep.kind === 'op' && (sep.text === ':' || sep.text === '=>' || sep.text === '=' || sep.text === '->')) {
    reader.take();
    reader.blank();
    const value = reader.expression();
    return { key, value, spread: false, start: key.start, end: value.end };
  }
  if (sep.kind === 'id' && sep.text === 'to' && reader.language === 'kotlin') {
    reader.take();
    const value = reader.expression();
    return { key, value, spread: false, start: key.start, end: value.end };
  }
  return { key: null, value: key, spread: false, start: key.start, end: key.end };
}

// Commands of PowerShell with their parameters.

import type { Arg, Node } from './node';
import type { Reader } from './reader';

/** `Invoke-RestMethod -Uri $u -Headers $h`. */
export function readCmdlet(reader: Reader): Node {
  const head = reader.take();
  const args: Arg[] = [];
  while (
    reader.peek().kind !== 'nl' &&
    reader.peek().kind !== 'end' &&
    !reader.is('|') &&
    !reader.is(';') &&
    !reader.is('}') &&
    !reader.is(')')
  ) {
    const t = reader.peek();
    if (t.text === '-' && reader.peek(1).kind === 'id') {
      reader.take();
      const name = reader.take();
      const next = reader.peek();
      if (next.text === ':' && next.kind === 'op') reader.take();
      if (reader.peek().kind === 'nl' || reader.peek().text === '-' || reader.is('|')) {
        args.push({
          name: name.text,
          value: { kind: 'name', text: 'true', start: name.start, end: name.end },
          start: t.start,
          end: name.end,
        });
        continue;
      }
      const value = readCmdletValue(reader);
      args.push({ name: name.text, value, start: t.start, end: value.end });
      continue;
    }
    const before = reader.at;
    const value = readCmdletValue(reader);
    args.push({ name: null, value, start: value.start, end: value.end });
    if (reader.at === before) reader.take();
  }
  const end = args.at(-1)?.end ?? head.end;
  return {
    kind: 'call',
    callee: { kind: 'name', text: head.text, start: head.start, end: head.end },
    args,
    close: end,
    made: false,
    start: head.start,
    end,
  };
}

function readCmdletValue(reader: Reader): Node {
  const t = reader.peek();
  const bare = t.kind === 'id' && !t.text.startsWith('$');
  if (!bare) return reader.postfix(reader.primary());
  let end = reader.take().end;
  while (
    reader.peek().start === end &&
    reader.peek().kind !== 'nl' &&
    reader.peek().kind !== 'end' &&
    !reader.is(';') &&
    !reader.is('|')
  )
    end = reader.take().end;
  const text = t.text;
  return {
    kind: 'string',
    quote: '',
    parts: [{ kind: 'text', text: sourceBetween(reader, t.start, end, text), start: t.start, end }],
    start: t.start,
    end,
  };
}

function sourceBetween(reader: Reader, start: number, end: number, fallback: string): string {
  let out = '';
  for (let i = reader.tokens.findIndex((t) => t.start >= start); i >= 0 && i < reader.tokens.length; i++) {
    const t = reader.tokens[i];
    if (t === undefined || t.start >= end) break;
    out += t.kind === 'str' ? (t.parts ?? []).map((p) => p.text).join('') : t.text;
  }
  return out === '' ? fallback : out;
}

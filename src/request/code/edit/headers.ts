// Writing headers.

import type { Edit, Span, Value } from '../../model';
import { joinValues, literalValueOf } from '../../value';
import { literal } from '../render';
import type { Thing } from '../things';
import type { Editing } from './editing';

export function writeHeaderKey(editing: Editing, key: Thing, name: string): Edit[] {
  if (key.kind !== 'text') return [{ start: key.start, end: key.end, text: literal(name, editing.quote) }];
  const [first] = key.value.pieces;
  const last = key.value.pieces.at(-1);
  if (first === undefined || last === undefined) return [];
  const bare = !/["'`:]/.test(editing.text.slice(first.start - 1, first.start)) && editing.text[first.start] !== '"';
  return [
    { start: first.start, end: last.end, text: bare && !/^\w+$/.test(name) ? literal(name, editing.quote) : name },
  ];
}

/** A header line inside a longer string. */
export function writeInLine(part: Span, name: string, value: Value): Edit[] | null {
  if (value.pieces.some((p) => p.kind === 'variable')) return null;
  return [{ start: part.start, end: part.end, text: `${name}: ${value.pieces.map((p) => p.text).join('')}` }];
}

function lineOf(editing: Editing, name: string, value: Value): string {
  return editing.render(joinValues([literalValueOf(`${name}: `, value), value], value.start, value.end));
}

function pairOf(editing: Editing, name: string, value: Value, separator: string): string {
  const bare = editing.language === 'powershell' && /^\w+$/.test(name);
  const key = bare ? name : literal(name, editing.quote);
  const sep =
    separator === ''
      ? editing.language === 'php' || editing.language === 'ruby'
        ? '=>'
        : editing.language === 'powershell'
          ? '='
          : ':'
      : separator;
  return `${key}${sep === ':' ? ': ' : sep === ',' ? ', ' : ` ${sep} `}${editing.render(value)}`;
}

/** A header to write. */
interface Pair {
  readonly name: string;
  readonly value: Value;
}

export function collectionOf(editing: Editing, pairs: readonly Pair[], lines: boolean): string {
  if (lines) return `[${pairs.map((p) => lineOf(editing, p.name, p.value)).join(', ')}]`;
  const inner = pairs
    .map((p) => pairOf(editing, p.name, p.value, ''))
    .join(editing.language === 'powershell' ? '; ' : ', ');
  return editing.language === 'php'
    ? `[${inner}]`
    : editing.language === 'python'
      ? `{${inner}}`
      : editing.language === 'powershell'
        ? `@{ ${inner} }`
        : `{ ${inner} }`;
}

/** Writes a header where the others stand. */
export function addHeader(editing: Editing, name: string, value: Value): Edit[] | null {
  const { headers, headerDeed } = editing;
  if (headers?.literal !== undefined && headers.literal !== null) {
    const item =
      headers.kind === 'map'
        ? headers.separator === ','
          ? `{ ${pairOf(editing, name, value, ',')} }`
          : pairOf(editing, name, value, headers.separator)
        : lineOf(editing, name, value);
    return [
      editing.append(headers.literal, item, headers.kind === 'map' ? headers.entries.length : headers.items.length),
    ];
  }
  if (headerDeed !== null)
    return editing.repeat(
      headerDeed,
      literal(
        name,
        editing.language === 'go' || editing.language === 'java' || editing.language === 'csharp' ? '"' : editing.quote,
      ),
      editing.render(value),
    );
  return openOnce(editing, { name, value });
}

/** All headers that a request lacks go into one new container, so the edit of the first grows with each. */
function openOnce(editing: Editing, pair: Pair): Edit[] | null {
  const before = editing.opened;
  const pairs = [...(before?.pairs ?? []), pair];
  const edits = openHeaders(editing, pairs);
  const [first] = edits ?? [];
  if (edits?.length !== 1 || first === undefined) return edits;
  if (before === null) {
    const edit = { ...first };
    editing.opened = { pairs, edit };
    return [edit];
  }
  before.edit.text = first.text;
  editing.opened = { pairs, edit: before.edit };
  return [before.edit];
}

/** A container where there was none. */
function openHeaders(editing: Editing, pairs: readonly Pair[]): Edit[] | null {
  const { options, sender } = editing;
  const curl = /curl_/.test(editing.text) && editing.language === 'php';
  if (curl) {
    if (options?.literal !== undefined && options.literal !== null)
      return [
        editing.append(
          options.literal,
          `CURLOPT_HTTPHEADER => ${collectionOf(editing, pairs, true)}`,
          options.entries.length,
        ),
      ];
    const exec = /([$]\w+)\s*,\s*CURLOPT_/.exec(editing.text)?.[1] ?? /curl_exec\(\s*(\$\w+)/.exec(editing.text)?.[1];
    const at = /^.*curl_exec\s*\(/m.exec(editing.text);
    if (exec === undefined || at === null) return null;
    const indent = /^[ \t]*/.exec(at[0])?.[0] ?? '';
    return [
      {
        start: at.index,
        end: at.index,
        text: `${indent}curl_setopt(${exec}, CURLOPT_HTTPHEADER, ${collectionOf(editing, pairs, true)});\n`,
      },
    ];
  }
  if (options?.literal !== undefined && options.literal !== null) {
    const key = editing.text.slice(options.entries[0]?.start ?? 0, (options.entries[0]?.start ?? 0) + 1);
    const quoted = key === "'" || key === '"';
    const word = quoted || editing.language === 'php' ? literal('headers', editing.quote) : 'headers';
    return [
      editing.append(
        options.literal,
        `${word}${editing.language === 'php' ? ' => ' : ': '}${collectionOf(editing, pairs, false)}`,
        options.entries.length,
      ),
    ];
  }
  if (editing.language === 'powershell' && sender !== null)
    return [{ start: sender.end, end: sender.end, text: ` -Headers ${collectionOf(editing, pairs, false)}` }];
  if (sender === null || editing.text[sender.close] !== ')') return null;
  const glue = editing.text
    .slice(Math.max(0, sender.close - 200), sender.close)
    .trimEnd()
    .endsWith('(')
    ? ''
    : ', ';
  if (editing.language === 'python')
    return [{ start: sender.close, end: sender.close, text: `${glue}headers=${collectionOf(editing, pairs, false)}` }];
  if (editing.language === 'js' && /^(?:fetch|get|got|request)$/.test(sender.name))
    return [
      {
        start: sender.close,
        end: sender.close,
        text: `${glue}{ headers: ${collectionOf(editing, pairs, false)} }`,
      },
    ];
  if (editing.language === 'js' && /^(?:post|put|patch)$/.test(sender.name) && sender.given.length <= 2)
    return [
      {
        start: sender.close,
        end: sender.close,
        text: `${sender.given.length === 2 ? '' : `${glue}null`}, { headers: ${collectionOf(editing, pairs, false)} }`,
      },
    ];
  if (editing.language === 'ruby' && /^Net::HTTP\.get$|^Net\.HTTP\.get$/.test(sender.path) && sender.given.length === 1)
    return [{ start: sender.close, end: sender.close, text: `${glue}${collectionOf(editing, pairs, false)}` }];
  if (editing.language === 'ruby' && /HTTParty/.test(sender.path))
    return [{ start: sender.close, end: sender.close, text: `${glue}headers: ${collectionOf(editing, pairs, false)}` }];
  return null;
}

// Names with their values in any notation whatever: what a reader sees who does not know the language. Linear in the text.

import { lineStartAt } from './lines';
import type { Edit, Piece, Span, Value } from './model';
import { makeValue, plainPieces, unknownValue } from './value';

/** A name and its value, with the places of both. */
export interface Pair extends Span {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: Value;
  /** Inside the quotes, where the value is written as text; null where it is an expression. */
  readonly inner: Span | null;
  /** With the brackets or the line that belong to this pair alone; what a further pair is made after. */
  readonly unit: Span;
}

const NAME = /[A-Za-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*/y;
/** What names a name: `"name": "X", "value": …`, `name: X⏎ value: …`. */
const LABEL = /(?:\b(?:name|key|header|field)["']?|<header\s+name)\s*[:=]\s*["']?$/i;
const VALUE_LABEL = /\s*[,;]?\s*(?:-\s*)?["']?(?:value|content)["']?\s*[:=]\s*/iy;
/** `value forHTTPHeaderField: name`. */
const TURNED = /\bfor(?:HTTPHeaderField|Key)\s*:\s*@?$/;
const JOINS = [/\s*\]?\s*(?:=>|:=|->|=|:(?!:)|,|\bto\b)\s*/y, /\s+(?=@?["'])/y];
const STRING = /(?:[$@fFrRbBuU]{0,2})(["'`])/y;
/** Behind a string: it is only a part of the value. */
const GOES_ON = /^\s*(?:\+|\.\.|\.(?!\w)|&(?!&)|%\s*[\w(])/;

/**
 * Pairs whose name is accepted.
 * @param names expression that every wanted name matches somewhere; finds the places cheaply
 * @param accept says by the whole name, and whether it stands in quotes, if it is wanted
 */
export function findPairs(
  text: string,
  start: number,
  end: number,
  names: RegExp,
  accept: (name: string, quoted: boolean, at: number) => boolean = () => true,
): Pair[] {
  const out: Pair[] = [];
  const re = new RegExp(names.source, 'gi');
  re.lastIndex = start;
  for (let m = re.exec(text); m !== null && m.index < end && out.length < 400; m = re.exec(text)) {
    let from = m.index;
    while (from > start && m.index - from < 40 && /[A-Za-z0-9_-]/.test(text[from - 1] ?? '')) from--;
    if (/[?&]/.test(text[from - 1] ?? '')) continue;
    if (
      /[$.@{]/.test(text[from - 1] ?? '') &&
      !/^\.(?:Authorization|ContentType)$/.test(text.slice(from - 1, m.index + m[0].length))
    )
      continue;
    NAME.lastIndex = from;
    const name = NAME.exec(text)?.[0];
    if (name === undefined || !accept(name, /["'`]/.test(text[from - 1] ?? ''), from)) continue;
    const pair = pairAt(text, from, from + name.length, start, end);
    if (pair !== null) {
      out.push(pair);
      re.lastIndex = Math.max(re.lastIndex, from + name.length, pair.inner?.end ?? 0);
    }
  }
  return out;
}

/** The pair whose name stands there, null where it has no value beside it. */
export function pairAt(text: string, from: number, to: number, start: number, end: number): Pair | null {
  const before = text[from - 1] ?? '';
  const quoted = /["'`]/.test(before);
  const closes = quoted && text[to] === before;
  const behind = closes ? to + 1 : to;
  const name = text.slice(from, to);
  const nameSpan = { start: from, end: to };
  const head = text.slice(Math.max(start, from - 60), from - (quoted ? 1 : 0));
  if (closes && TURNED.test(head)) return turned(text, name, nameSpan, behind, start);
  let at: number | null = null;
  let labelled = false;
  if (LABEL.test(text.slice(Math.max(start, from - 60), from))) {
    VALUE_LABEL.lastIndex = behind;
    const m = VALUE_LABEL.exec(text);
    if (m !== null) [at, labelled] = [behind + m[0].length, true];
  }
  // `"Name: value"`: both in one string.
  if (at === null && quoted && !closes) {
    const m = /^\s?:[ \t]?/.exec(text.slice(to, to + 4));
    if (m === null) return null;
    const valueAt = to + m[0].length;
    const close = stringEnd(text, valueAt, before, end);
    if (close === null) return brokenLine(text, name, nameSpan, valueAt, before);
    const cut = /\\r|\\n|\r|\n/.exec(text.slice(valueAt, close));
    const inner = { start: valueAt, end: cut === null ? close : valueAt + cut.index };
    const part = GOES_ON.test(text.slice(close + 1, close + 8));
    return make(text, name, nameSpan, inner, part ? close + 1 : null, { start: from - 1, end: close + 1 });
  }
  for (const join of JOINS) {
    if (at !== null) break;
    join.lastIndex = behind;
    const m = join.exec(text);
    if (m !== null && (join !== JOINS[1] || closes)) at = behind + m[0].length;
  }
  if (at === null || at >= end) return null;
  return valueFrom(text, name, nameSpan, at, end, {
    quoted: closes,
    labelled,
    separator: text.slice(behind, at).trim(),
  });
}

/** `"Name: value` with its quote on the next line: the line end is part of the value. */
function brokenLine(text: string, name: string, nameSpan: Span, from: number, quote: string): Pair | null {
  const nl = text.indexOf('\n', from);
  if (nl < 0 || nl - from > 400 || text[nl + 1] !== quote) return null;
  const unit = { start: nameSpan.start - 1, end: nl + 2 };
  return make(text, name, nameSpan, { start: from, end: nl + 1 }, nl + 2, unit);
}

function valueFrom(
  text: string,
  name: string,
  nameSpan: Span,
  from: number,
  end: number,
  how: { readonly quoted: boolean; readonly labelled: boolean; readonly separator: string },
): Pair | null {
  let at = from;
  while (/[[{]/.test(text[at] ?? '') && /\s*["'`]/.test(text.slice(at + 1, at + 3))) at++;
  STRING.lastIndex = at;
  const open = STRING.exec(text);
  const unitStart = nameSpan.start - (how.quoted ? 1 : 0);
  if (open?.[1] !== undefined) {
    const inner = at + open[0].length;
    const close = stringEnd(text, inner, open[1], end);
    if (close === null) return null;
    const part = GOES_ON.test(text.slice(close + 1, close + 8));
    return make(text, name, nameSpan, { start: inner, end: close }, part ? close + 1 : null, {
      start: unitStart,
      end: close + 1,
    });
  }
  const nl = text.indexOf('\n', at);
  const lineEnd = Math.min(end, nl < 0 ? end : nl);
  const rest = text.slice(at, lineEnd);
  const line = lineStartAt(text, nameSpan.start);
  const first = /^[ \t]*(?:[-*>] )?["']?$/.test(text.slice(line, nameSpan.start));
  // YAML, a header line, a labelled value: text to the end of the line.
  if (
    (how.separator === ':' || how.labelled) &&
    (first || how.labelled) &&
    !/[;,]\s*$/.test(rest) &&
    !/^[\w.]+\s*\(/.test(rest)
  ) {
    const bare = rest.replace(/\s+(?:#.*)?$/, '');
    if (bare === '' || /^[|>&]/.test(bare)) return null;
    return make(text, name, nameSpan, { start: at, end: at + bare.length }, null, {
      start: unitStart,
      end: at + bare.length,
    });
  }
  // `Name=value` as one word.
  const word =
    how.separator === '=' &&
    !how.quoted &&
    text[nameSpan.end] === '=' &&
    /^\S*\[redacted:|^[\w.+-]+\/[\w.+-]+/.test(rest)
      ? /^\S+/.exec(rest)?.[0]
      : undefined;
  if (word !== undefined)
    return make(text, name, nameSpan, { start: at, end: at + word.length }, null, {
      start: nameSpan.start,
      end: at + word.length,
    });
  const number = /^-?\d+(?=\s*(?:[,;)\]}]|$))/.exec(rest)?.[0];
  if (number !== undefined)
    return make(text, name, nameSpan, { start: at, end: at + number.length }, null, {
      start: unitStart,
      end: at + number.length,
    });
  const expression = /^[^,;)\]}\n]{1,200}/.exec(rest)?.[0].trimEnd();
  if (
    expression === undefined ||
    expression === '' ||
    /^(?:null|none|nil|undefined|true|false|''|"")$/i.test(expression)
  )
    return null;
  const stop = at + expression.length;
  return {
    name,
    nameSpan,
    value: {
      ...unknownValue(expression, at, stop),
      via: /base64|btoa|b64/i.test(expression) ? ['base64'] : /^[\w$@]+$/.test(expression) ? [] : ['decoded'],
    },
    inner: null,
    unit: { start: unitStart, end: stop },
    start: nameSpan.start,
    end: stop,
  };
}

/** `[request setValue:@"x" forHTTPHeaderField:@"Name"]`. */
function turned(text: string, name: string, nameSpan: Span, behind: number, start: number): Pair | null {
  const from = Math.max(start, nameSpan.start - 400);
  const m = /["'`]([^"'`\n]{0,300})["'`]\s*,?\s*for(?:HTTPHeaderField|Key)\s*:\s*@?["']$/.exec(
    text.slice(from, nameSpan.start),
  );
  if (m?.[1] === undefined) return null;
  const at = from + m.index + 1;
  return make(text, name, nameSpan, { start: at, end: at + m[1].length }, null, { start: at - 1, end: behind });
}

/** What may stand for a variable in some language: none of it is text that goes out as it is. */
const HOLES =
  /\$\{\{?[^}\n]{1,80}\}\}?|\$\([^)\n]{1,80}\)|\$(?:env:)?[A-Za-z_][\w>.-]*(?:\[[^\]\n]{0,40}\])?|#\{[^}\n]{1,80}\}|\{\{[^}\n]{1,80}\}\}|\{[A-Za-z_][^{}\n]{0,80}\}|\{\d?\}|\\\([^)\n]{1,80}\)|%\(?[A-Za-z_][\w()]{0,60}\)?[s%]|%[sdv@]|<[a-z][a-z0-9_ -]{1,30}>/g;

function piecesOf(text: string, start: number, end: number): Piece[] {
  // An encoder inside the string: what it gives is one word.
  const encoded = /^(\s*[A-Za-z]+\s+)?\S*(?:base64|btoa|b64)/i.exec(text.slice(start, end));
  if (encoded !== null) {
    const at = start + (encoded[1] ?? '').length;
    const head: Piece[] = encoded[1] === undefined ? [] : [{ kind: 'text', text: encoded[1], start, end: at }];
    return [...head, { kind: 'variable', text: 'encoded', start: at, end }];
  }
  return plainPieces(text, start, end, 'none').flatMap((p) => {
    if (p.kind !== 'text') return [p];
    const out: Piece[] = [];
    let at = 0;
    const hash = /#\{/.test(text.slice(start, end));
    for (const m of p.text.matchAll(HOLES)) {
      // Where `#{…}` is the hole, `${…}` goes out as it stands.
      if (hash && /^(?:\$\{|\{\{)/.test(m[0])) continue;
      if (m.index > at)
        out.push({ ...p, text: p.text.slice(at, m.index), start: p.start + at, end: p.start + m.index });
      at = m.index + m[0].length;
      out.push({
        kind: 'variable',
        text: m[0].replace(/^[^\w]+|[^\w\])]+$/g, ''),
        start: p.start + m.index,
        end: p.start + at,
      });
    }
    if (at < p.text.length) out.push({ ...p, text: p.text.slice(at), start: p.start + at });
    return out;
  });
}

function make(text: string, name: string, nameSpan: Span, inner: Span, more: number | null, unit: Span): Pair {
  const pieces = piecesOf(text, inner.start, inner.end);
  const rest = more === null ? [] : unknownValue(restOf(text, more), more, more + 1).pieces;
  return {
    name,
    nameSpan,
    value: makeValue([...pieces, ...rest], inner.start, inner.end),
    inner: more === null ? inner : null,
    unit,
    start: Math.min(nameSpan.start, inner.start),
    end: Math.max(nameSpan.end, inner.end),
  };
}

function restOf(text: string, at: number): string {
  return (/^[^\n]{0,120}/.exec(text.slice(at, at + 120))?.[0] ?? '')
    .replace(/[)\]},;\s]+$/, '')
    .replace(/^\s*(?:\+|\.+|&|%)\s*/, '');
}

function stringEnd(text: string, from: number, quote: string, end: number): number | null {
  for (let i = from; i < end && i - from < 4_000; i++) {
    const c = text[i];
    if (c === '\\') i++;
    else if (c === quote) return i;
    else if (c === '\n' && quote !== '`') return null;
  }
  return null;
}

/** Edits that make a pair read so; null where its value is an expression. */
export function writePair(pair: Pair, name: string, value: string): Edit[] | null {
  const renamed: Edit[] = name === pair.name ? [] : [{ ...pair.nameSpan, text: name }];
  return pair.inner === null ? null : [...renamed, { ...pair.inner, text: value }];
}

/** Edits that write another pair beside one that is there, in its notation. */
export function repeatPair(text: string, pair: Pair, name: string, value: string): Edit[] | null {
  if (pair.inner === null) return null;
  const put = (from: number, to: number): string => {
    const parts = [
      { ...pair.nameSpan, text: name },
      { ...(pair.inner ?? pair.nameSpan), text: value },
    ].sort((a, b) => a.start - b.start);
    let out = '';
    let at = from;
    for (const p of parts) {
      out += text.slice(at, p.start) + p.text;
      at = p.end;
    }
    return out + text.slice(at, to);
  };
  const line = lineStartAt(text, pair.unit.start);
  const nl = text.indexOf('\n', pair.unit.end);
  const lineEnd = nl < 0 ? text.length : nl;
  const [before, after] = [text.slice(line, pair.unit.start), text.slice(pair.unit.end, lineEnd)];
  const between = text.slice(pair.unit.start, pair.unit.end);
  const alone =
    !/[{[(]\s*\S+.*[:=].*,\s*$/.test(before) &&
    !/^\s*[)\]}]*\s*,\s*\S/.test(after) &&
    !/[{[(]$/.test(before.trimEnd().replace(/^[\w.[\]("'> -]*$/, ''));
  if (alone && lineEnd - line < 400 && balanced(before + after)) {
    const missing =
      nl < 0 || /[,;)\]}.\\]\s*$/.test(after) || after.trim() !== '' || !needsComma(text, line, before) ? '' : ',';
    return [{ start: lineEnd, end: lineEnd, text: `${missing}\n${put(line, lineEnd)}` }];
  }
  const open = /(?:^|[^\w])([{[(])\s*(?:["']?(?:name|key)["']?\s*[:=]\s*)?$/.exec(before);
  const close = /^\s*([)\]}])/.exec(after);
  const own = open?.[1] !== undefined && close?.[1] !== undefined && ownBrackets(before, after);
  const from = own ? line + before.lastIndexOf(open[1] ?? '') : pair.unit.start;
  const to = own ? pair.unit.end + (close[0].length ?? 0) : pair.unit.end;
  const comma = between.includes('" "') && !between.includes(',') && !between.includes(':') ? ' ' : ', ';
  return [{ start: to, end: to, text: `${comma}${put(from, to)}` }];
}

/** `{ "name": "X", "value": "Y" }`, `("X", "Y")` within a list: the brackets are the pair's. */
function ownBrackets(before: string, after: string): boolean {
  return /[{[(,]\s*[{[(]\s*(?:["']?(?:name|key)["']?\s*[:=]\s*)?$/.test(before) && /^\s*[)\]}]\s*[,)\]}]/.test(after);
}

function balanced(s: string): boolean {
  let depth = 0;
  for (const c of s) {
    if ('([{'.includes(c)) depth++;
    else if (')]}'.includes(c) && --depth < 0) return false;
  }
  return depth === 0;
}

function needsComma(text: string, line: number, before: string): boolean {
  return (
    /^\s*["'[{]/.test(before + text.slice(line + before.length, line + before.length + 1)) &&
    /[,{[(]\s*$/.test(text.slice(Math.max(0, line - 200), line))
  );
}

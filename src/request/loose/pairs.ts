// Names with their values in any notation whatever: what a reader sees who does not know the language. Linear in the text.

import { unknownValue } from '../value';
import { lineStartAt } from '../lines';
import type { Span } from '../model';
import { type Pair, brokenLine, make, stringEnd, turned } from './pair-values';

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
    !/[;,]\s*(?:(?:#|\/\/).*)?$/.test(rest) &&
    !(how.quoted && /^[A-Za-z_$@][\w$]*(?:[.([]|->)/.test(rest)) &&
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

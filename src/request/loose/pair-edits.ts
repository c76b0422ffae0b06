// Writes a pair anew, or another one beside it in its notation.

import { lineStartAt } from '../lines';
import type { Edit } from '../model';
import type { Pair } from './pair-values';

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

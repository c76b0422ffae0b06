// Takes a pair of any notation out again: the entry with its comma, the step of a chain, or the statement.

import { lineStartAt } from '../lines';
import type { Edit, Span } from '../model';
import type { Pair } from './pair-values';

/** A call that the pair is all the arguments of. */
const CALL = /(\s*)((?:\.|->|::)\s*)?[\w:]+[!?]?\s*\(\s*$/;

/** A bracket that holds this pair alone. */
const OWN = /[{[(]\s*(?:["']?(?:name|key)["']?\s*[:=]\s*)?$/;

const REACH = 200;

/** Edits that take the pair out; null where what would be left is not certain to be right. */
export function removePair(text: string, pair: Pair): Edit[] | null {
  const { unit } = pair;
  const before = text.slice(Math.max(0, unit.start - REACH), unit.start);
  const after = text.slice(unit.end, unit.end + REACH);
  const call = CALL.exec(before);
  const closes = /^\s*\)/.exec(after);
  if (call !== null && closes !== null)
    return removeCall(text, { start: unit.start - call[0].length, end: unit.end + closes[0].length }, call);
  const open = OWN.exec(before);
  const shut = /^\s*[}\])]/.exec(after);
  if (open !== null && shut !== null)
    return removeEntryAt(text, { start: unit.start - open[0].length, end: unit.end + shut[0].length });
  return removeEntryAt(text, unit);
}

function removeCall(text: string, at: Span, call: RegExpExecArray): Edit[] | null {
  const [, gap = '', dot] = call;
  const start = at.start + gap.length;
  const line = lineStartAt(text, start);
  const head = text.slice(line, start);
  const rest = /^[ \t]*;?[ \t]*(?=\n|$)/.exec(text.slice(at.end, at.end + 40));
  if (dot === undefined)
    return /^\s*$/.test(head) && rest !== null ? wholeLine(text, line, at.end + rest[0].length) : null;
  if (/^\s*[\w$@.>-]+$/.test(head) && rest !== null) return wholeLine(text, line, at.end + rest[0].length);
  return [{ start: at.start, end: at.end, text: '' }];
}

function removeEntryAt(text: string, at: Span): Edit[] | null {
  const after = /^\s*[,;&]\s*/.exec(text.slice(at.end, at.end + REACH));
  const before = /\s*[,;&]\s*$/.exec(text.slice(Math.max(0, at.start - REACH), at.start));
  const line = lineStartAt(text, at.start);
  const alone = /^[ \t]*(?:- )?$/.test(text.slice(line, at.start));
  const tail = /^[ \t]*,?[ \t]*(?=\n|$)/.exec(text.slice(at.end, at.end + REACH));
  if (alone && tail !== null && (tail[0].includes(',') || before === null))
    return wholeLine(text, line, at.end + tail[0].length);
  if (after !== null) return [{ start: at.start, end: at.end + after[0].length, text: '' }];
  return before === null ? null : [{ start: at.start - before[0].length, end: at.end, text: '' }];
}

function wholeLine(text: string, start: number, end: number): Edit[] {
  return [{ start, end: Math.min(text.length, end + 1), text: '' }];
}

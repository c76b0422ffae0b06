// Taking out what should not be there.

import { lineStartAt } from '../../lines';
import type { Edit, Span } from '../../model';
import type { MapThing } from '../things';
import type { Editing } from './editing';

export function removeEntry(editing: Editing, at: Span, map: MapThing): Edit[] {
  if (map.literal === null) return removeStatement(editing, at);
  const behind = /^\s*[,;]\s*/.exec(editing.text.slice(at.end, at.end + 200));
  if (behind !== null && at.end < map.literal.end)
    return [{ start: at.start, end: at.end + behind[0].length, text: '' }];
  const before = /[,;\n]\s*$/.exec(editing.text.slice(Math.max(0, at.start - 200), at.start));
  return [{ start: at.start - (before?.[0].length ?? 0), end: at.end, text: '' }];
}

export function removeStatement(editing: Editing, at: Span): Edit[] {
  const lineStart = lineStartAt(editing.text, at.start);
  const rest = /^[ \t]*[;,]?[ \t]*(?:(?:\/\/|#)[^\n]*)?(?:\n|$)/.exec(editing.text.slice(at.end, at.end + 200));
  if (/^[ \t]*$/.test(editing.text.slice(lineStart, at.start)) && rest !== null)
    return [{ start: lineStart, end: Math.min(editing.text.length, at.end + rest[0].length), text: '' }];
  const comma = /^\s*,\s*/.exec(editing.text.slice(at.end, at.end + 200));
  if (comma !== null) return [{ start: at.start, end: at.end + comma[0].length, text: '' }];
  const before = /,\s*$/.exec(editing.text.slice(Math.max(0, at.start - 200), at.start));
  return [{ start: at.start - (before?.[0].length ?? 0), end: at.end, text: '' }];
}

export function withoutValidation(editing: Editing, at: Span): Edit[] {
  const source = editing.text.slice(at.start, at.end);
  const m = /\.\s*Add(?=\s*\()/.exec(source);
  return m === null
    ? []
    : [{ start: at.start + m.index, end: at.start + m.index + m[0].length, text: '.TryAddWithoutValidation' }];
}

// Writing another member next to the ones that are there.

import { lineStartAt } from '../../lines';
import type { Edit, Span } from '../../model';
import type { Editing, SetDeed } from './editing';

export function appendItem(editing: Editing, place: Span, item: string, size: number): Edit {
  const inside = editing.text.slice(place.start, place.end);
  const multi = inside.includes('\n');
  const indent = multi ? (/\n([ \t]*)\S[^\n]*$/.exec(inside)?.[1] ?? '  ') : '';
  if (size === 0) return { start: place.end, end: place.end, text: ` ${item} ` };
  const separator = editing.language === 'powershell' ? (multi ? '' : ';') : ',';
  // A trailing comma behind the last entry stays where it is and closes the new one.
  return { start: place.end, end: place.end, text: `${separator}${multi ? `\n${indent}` : ' '}${item}` };
}

export function repeatDeed(editing: Editing, deed: SetDeed, key: string, value: string): Edit[] | null {
  const { at } = deed;
  const whole = editing.text.slice(at.start, at.end);
  const [k, v] = [isWithin(deed.key, at), isWithin(deed.value, at)];
  if (k === null || v === null || k.end > v.start) return null;
  const copy =
    editing.text.slice(at.start, k.start) +
    key +
    editing.text.slice(k.end, v.start) +
    value +
    editing.text.slice(v.end, at.end);
  const lineStart = lineStartAt(editing.text, at.start);
  // Inside a chain only the last step is repeated.
  const step = /(\s*)(\.|->|\?\.)\s*[\w:]+\s*\($/.exec(editing.text.slice(at.start, k.start));
  const before = step === null ? '' : editing.text.slice(at.start, k.start - step[0].length);
  if (step !== null && /[()]/.test(before)) {
    const from = k.start - step[0].length;
    return [
      {
        start: at.end,
        end: at.end,
        text:
          editing.text.slice(from, k.start) +
          key +
          editing.text.slice(k.end, v.start) +
          value +
          editing.text.slice(v.end, at.end),
      },
    ];
  }
  if (whole.includes('\n') && whole.length > 400) return null;
  const indent = /^[ \t]*(?:>>> |\.\.\. )?/.exec(editing.text.slice(lineStart, at.start))?.[0] ?? '';
  const end = editing.text[at.end] === ';' ? at.end + 1 : at.end;
  return [{ start: end, end, text: `\n${indent}${copy}${end > at.end ? ';' : ''}` }];
}

function isWithin(part: Span, whole: Span): Span | null {
  return part.start >= whole.start && part.end <= whole.end ? part : null;
}

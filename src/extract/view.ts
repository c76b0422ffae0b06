// The part of a text that is read: all of a short one, the beginning and the end of a long one. Offsets lead back to the whole.

import { fold } from './fold';

/** How much of each end of a long text is read, in UTF-16 units. */
const END_UNITS = 65_536;

export interface View {
  /** What is read. */
  readonly text: string;
  /** The same, lower case without diacritics, equally long. */
  readonly folded: string;
  /** Offsets of line starts in `text`, ascending. */
  readonly lines: readonly number[];
  /** Offset in the whole text. */
  toWhole(offset: number): number;
  /** Offset in `text`, or -1 where that place is not read. */
  fromWhole(offset: number): number;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) starts.push(i + 1);
  return starts;
}

/** Cuts at line ends where there are any near. */
export function createView(whole: string): View {
  if (whole.length <= 2 * END_UNITS) {
    return { text: whole, folded: fold(whole), lines: lineStarts(whole), toWhole: (o) => o, fromWhole: (o) => o };
  }
  const lastBreak = whole.lastIndexOf('\n', END_UNITS);
  const headEnd = lastBreak > END_UNITS / 2 ? lastBreak : END_UNITS;
  const firstBreak = whole.indexOf('\n', whole.length - END_UNITS);
  const tailStart =
    firstBreak >= 0 && firstBreak < whole.length - END_UNITS / 2 ? firstBreak + 1 : whole.length - END_UNITS;
  const text = whole.slice(0, headEnd) + '\n' + whole.slice(tailStart);
  const shift = tailStart - headEnd - 1;
  return {
    text,
    folded: fold(text),
    lines: lineStarts(text),
    toWhole: (o) => (o <= headEnd ? o : o + shift),
    fromWhole: (o) => (o <= headEnd ? o : o >= tailStart ? o - shift : -1),
  };
}

/** Zero-based number of the line that holds `offset`. */
export function lineAt(view: View, offset: number): number {
  let low = 0;
  let high = view.lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((view.lines[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Span of a line without its end. */
export function lineSpan(view: View, line: number): { readonly start: number; readonly end: number } {
  const start = view.lines[line] ?? view.text.length;
  const next = view.lines[line + 1];
  let end = next === undefined ? view.text.length : next - 1;
  if (end > start && view.text[end - 1] === '\r') end--;
  return { start, end };
}

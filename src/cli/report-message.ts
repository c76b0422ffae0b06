// Shows a person's own text with the noted places marked below the words, so that it reads the same without colour.
import type { Note } from './report-notes';
import { charWidth, printable } from './report-width';

/** How a noted word and its mark are painted. */
export interface Paint {
  word(text: string, note: Note): string;
  mark(text: string, note: Note): string;
  dim(text: string): string;
}

interface Cell {
  readonly char: string;
  readonly columns: number;
  readonly note: Note | undefined;
  /** The note's last character: its number stands under it. */
  readonly last: boolean;
}

/** What stands under the words of a fault, and under those of evidence. */
const FAULT_SIGN = '^';
const EVIDENCE_SIGN = '─';
const GAP = '…';
const MOST_ROWS = 18;
const FEW_LINES = 8;
const AROUND_LINES = 1;
const LONG_LINE = 480;
const SIDE = 120;

/** Lines to print, without margin, at most `width` columns each. `left`: words for `count` lines left out. */
export function showMessage(
  text: string,
  notes: readonly Note[],
  width: number,
  paint: Paint,
  left: (count: number) => string,
): string[] {
  const lines = splitLines(text);
  const touched = lines.map(({ start, end }) => notes.some((note) => note.start < end && note.end > start));
  const all = lines.length <= FEW_LINES && text.length <= MOST_ROWS * width;
  const near = (i: number): boolean => {
    for (let step = -AROUND_LINES; step <= AROUND_LINES; step++) if (touched[i + step] === true) return true;
    return false;
  };
  const shown = closeGaps(
    text,
    lines,
    lines.map((_, i) => all || (notes.length > 0 ? near(i) : i < FEW_LINES)),
  );
  const printed: string[] = [];
  let skipped = 0;
  lines.forEach((line, i) => {
    if (shown[i] !== true) {
      skipped++;
      return;
    }
    if (skipped > 0) printed.push(paint.dim(left(skipped)));
    skipped = 0;
    const cells = pieces(line, notes).flatMap((piece, k) => [
      ...(k > 0 ? [plain(` ${GAP} `)] : []),
      ...cellsOf(text, piece, notes),
    ]);
    const cut = pieces(line, notes).at(-1)?.end !== line.end ? [plain(GAP)] : [];
    for (const row of rows([...cells, ...cut], width)) printed.push(...printRow(row, paint));
  });
  if (skipped > 0) printed.push(paint.dim(left(skipped)));
  return printed;
}

/** Drops empty lines at the edge of a gap, and shows a line that is a gap of its own: the words for it would take as much room. */
function closeGaps(
  text: string,
  lines: readonly { start: number; end: number }[],
  shown: readonly boolean[],
): boolean[] {
  const kept = shown.map((show, i) => {
    const line = lines[i];
    const empty =
      line !== undefined && text.slice(line.start, Math.min(line.end, line.start + LONG_LINE)).trim() === '';
    return show && !(empty && (shown[i - 1] === false || shown[i + 1] === false));
  });
  return kept.map((show, i) => show || (kept[i - 1] !== false && kept[i + 1] !== false));
}

function splitLines(text: string): { start: number; end: number }[] {
  const lines: { start: number; end: number }[] = [];
  let start = 0;
  while (start < text.length) {
    const next = text.indexOf('\n', start);
    const end = next < 0 ? text.length : next;
    lines.push({ start, end });
    start = end + 1;
  }
  while (lines.length > 1 && (lines.at(-1)?.end ?? 0) === (lines.at(-1)?.start ?? 0)) lines.pop();
  return lines;
}

/** Parts of a line to show: all of a short one; of a long one its beginning and the surroundings of its notes. */
function pieces(line: { start: number; end: number }, notes: readonly Note[]): { start: number; end: number }[] {
  if (line.end - line.start <= LONG_LINE) return [line];
  const wanted = [{ start: line.start, end: line.start + SIDE }];
  for (const note of notes) {
    if (note.start >= line.end || note.end <= line.start) continue;
    wanted.push({
      start: Math.max(line.start, note.start - SIDE),
      end: Math.min(line.end, Math.min(note.end, note.start + LONG_LINE) + SIDE),
    });
  }
  const merged: { start: number; end: number }[] = [];
  for (const part of wanted) {
    const last = merged.at(-1);
    if (last && part.start <= last.end) last.end = Math.max(last.end, part.end);
    else merged.push({ ...part });
  }
  return merged;
}

function plain(text: string): Cell {
  return { char: text, columns: text.length, note: undefined, last: false };
}

function cellsOf(text: string, piece: { start: number; end: number }, notes: readonly Note[]): Cell[] {
  // Of notes within each other the shortest has the cell.
  const own = notes
    .filter((note) => note.start < piece.end && note.end > piece.start)
    .sort((a, b) => a.end - a.start - (b.end - b.start));
  const ends = new Map(own.map((note, i) => [note, lastOwned(note, own.slice(0, i))]));
  const cells: Cell[] = [];
  let at = piece.start;
  for (const char of text.slice(piece.start, piece.end)) {
    const offset = at;
    const note = own.find((candidate) => offset >= candidate.start && offset < candidate.end);
    at += char.length;
    const last = note !== undefined && at === Math.min(ends.get(note) ?? note.end, piece.end);
    if (char === '\t') cells.push({ char: '  ', columns: 2, note, last });
    else if (printable(char) !== '' || char === ' ') cells.push({ char, columns: charWidth(char), note, last });
  }
  return cells;
}

/** Where the last words of a note end that no shorter note has. */
function lastOwned(note: Note, shorter: readonly Note[]): number {
  let end = note.end;
  for (const other of [...shorter].sort((a, b) => b.end - a.end))
    if (other.end >= end && other.start > note.start) end = Math.min(end, other.start);
  return end;
}

/** Breaks cells into rows, at blanks where there is one in the second half of a row. */
function rows(cells: readonly Cell[], width: number): Cell[][] {
  const result: Cell[][] = [];
  let row: Cell[] = [];
  let used = 0;
  for (const cell of cells) {
    if (used + cell.columns > width) {
      const blank = cell.columns === 2 ? -1 : row.findLastIndex(({ char, columns }) => char === ' ' || columns === 2);
      const rest = blank > row.length / 2 ? row.splice(blank + 1) : [];
      result.push(row);
      row = rest;
      used = row.reduce((sum, { columns }) => sum + columns, 0);
    }
    row.push(cell);
    used += cell.columns;
  }
  if (row.length > 0 || result.length === 0) result.push(row);
  return result;
}

/** A row of text and, where it holds noted words, the row of marks under it: a line that ends in the note's number. */
function printRow(row: readonly Cell[], paint: Paint): string[] {
  let words = '';
  let marks = '';
  for (let i = 0; i < row.length;) {
    const note = row[i]?.note;
    let text = '';
    let columns = 0;
    while (i < row.length && row[i]?.note === note) {
      text += row[i]?.char ?? '';
      columns += row[i]?.columns ?? 0;
      i++;
    }
    if (!note) {
      words += text;
      marks += ' '.repeat(columns);
      continue;
    }
    const bare = text.trimEnd();
    const line = columns - (text.length - bare.length);
    const ends = row[i - 1]?.last === true;
    const number = ends ? String(note.number) : '';
    const sign = note.faults.length > 0 ? FAULT_SIGN : EVIDENCE_SIGN;
    words += paint.word(bare, note) + text.slice(bare.length);
    marks +=
      paint.mark(sign.repeat(Math.max(0, line - number.length)) + number, note) +
      ' '.repeat(Math.max(0, columns - Math.max(line, number.length)));
  }
  return row.some((cell) => cell.note !== undefined) ? [words, marks.trimEnd()] : [words];
}

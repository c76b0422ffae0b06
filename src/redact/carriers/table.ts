// Tables and statements whose columns are named apart from their values: CSV, pipes, tabs, INSERT INTO … VALUES.
import { lineEndAt, lineStartAt, matchAt, type Search } from '../finding';
import { quotedAt } from '../literal';
import { isSecret } from './secret';

const MAX_ROWS = 400;

/** Tries the line of the name at `start` as a table's head. Returns the end of the table, or -1. */
export function findTable(search: Search, start: number): number {
  const { text, pack } = search;
  const from = lineStartAt(text, start);
  const end = lineEndAt(text, start);
  if (end - from > 400 || end >= text.length) return -1;
  const head = text.slice(from, end);
  const delimiter = ['|', '\t', ';', ','].find((mark) => head.includes(mark));
  if (delimiter === undefined) return -1;
  const cells = head.split(delimiter);
  if (cells.length < 2 || !cells.every((cell) => /^[\s"'`*]*(?:[\p{L}_][\p{L}\d_ ./-]{0,30})?[\s"'`*]*$/u.test(cell)))
    return -1;
  const meanings = cells.map((cell) => {
    const name = cell.replace(/["'`*]/g, '').trim();
    return name === '' || /\s\S+\s/.test(name) ? null : pack.names.meaningOf(name);
  });
  if (meanings.every((meaning) => meaning === null)) return -1;
  // Two cells may be a name and its value: then the other cell must be a word that heads a column.
  const heads = cells.every(
    (cell, i) =>
      meanings[i] !== null ||
      cell.trim() === '' ||
      cell
        .trim()
        .toLowerCase()
        .split(/[\s_]+/)
        .every((word) => pack.lexicon.isOrdinary(word)),
  );
  if (cells.filter((cell) => cell.trim() !== '').length < 3 && (!heads || delimiter === '\t')) return -1;
  let at = text.indexOf('\n', end) + 1;
  let last = -1;
  for (let row = 0; row < MAX_ROWS && at > 0 && at < text.length; row++) {
    const stop = lineEndAt(text, at);
    const line = text.slice(at, Math.min(stop, at + 2000));
    const values = cellsOf(line, delimiter);
    if (values.length !== cells.length) {
      if (!/^[\s+=-]*$/.test(line) || line.trim() === '') break;
    } else {
      let offset = at;
      for (let column = 0; column < values.length; column++) {
        const cell = values[column] ?? '';
        const meaning = meanings[column];
        if (meaning !== null && meaning !== undefined) {
          const whole = /^"(.*)"\s*$/.exec(cell)?.[1];
          const lead = whole === undefined ? (/^[\s"'`]*/.exec(cell)?.[0].length ?? 0) : 1;
          const value = whole ?? cell.slice(lead).replace(/[\s"'`]+$/, '');
          if (value.length >= 3 && isSecret(search, value, meaning, true) && !/^[-:=]+$/.test(value)) {
            search.findings.push({
              start: offset + lead,
              end: offset + lead + value.length,
              kind: meaning.kind,
              carrier: 'dump',
              name: (cells[column] ?? '').trim(),
            });
          }
        }
        offset += cell.length + 1;
      }
      last = stop;
    }
    at = text.indexOf('\n', stop) + 1;
  }
  return last;
}

/** The cells of a row; in quotes the delimiter counts as text. */
function cellsOf(line: string, delimiter: string): string[] {
  if (!line.includes('"')) return line.split(delimiter);
  const cells: string[] = [];
  let from = 0;
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    if (line[i] === '"' && (quoted || i === from)) quoted = !quoted;
    else if (line[i] === delimiter && !quoted) {
      cells.push(line.slice(from, i));
      from = i + 1;
    }
  }
  return [...cells, line.slice(from)];
}

const COLUMNS = /\(([^()]{1,600})\)\s{0,8}(?:output[^(]{0,60})?$/i;

/** INSERT … (a, password) VALUES ('x', 'y'): `start` is where VALUES begins. */
export function findInsert(search: Search, start: number, end: number): void {
  const { text, pack } = search;
  const columns = COLUMNS.exec(text.slice(Math.max(0, start - 640), start))?.[1]?.split(',');
  if (columns === undefined) return;
  const meanings = columns.map((column) => pack.names.meaningOf(column.replace(/["'`[\]\s]/g, '')));
  if (meanings.every((meaning) => meaning === null)) return;
  let p = end;
  for (let tuple = 0; tuple < 50; tuple++) {
    const open = matchAt(/\s{0,8},?\s{0,8}\(/y, text, p);
    if (open === null) return;
    p += open[0].length;
    const limit = Math.min(text.length, p + 2000);
    let column = 0;
    while (p < limit && text[p] !== ')') {
      const literal = /["'N]/.test(text[p] ?? '') ? quotedAt(text, p, limit) : undefined;
      if (literal !== undefined) {
        const meaning = meanings[column];
        if (
          meaning !== null &&
          meaning !== undefined &&
          isSecret(search, text.slice(literal.start, literal.end), meaning, true)
        ) {
          search.findings.push({
            start: literal.start,
            end: literal.end,
            kind: meaning.kind,
            carrier: 'code',
            name: (columns[column] ?? '').trim(),
          });
        }
        p = literal.after;
      } else {
        if (text[p] === ',') column++;
        p++;
      }
    }
    p++;
  }
}

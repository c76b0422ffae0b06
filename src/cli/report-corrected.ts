// Section of the report on the request as it should be: what changes, line by line, then the whole to copy.
import type { Texts } from '../pack/texts';
import type { TriageResult } from '../types';
import { type ChangedLine, lineDifference } from './line-difference';
import type { Canvas, Style } from './report-canvas';
import { charWidth, cutTo, displayWidth, withoutControls } from './report-width';

const AROUND_LINES = 1;
const AROUND_CHARS = 30;
const PLACEHOLDER = '[redacted:';

/** `original`: where the request stands in the text; without it only the whole is shown. */
export function writeCorrected(
  canvas: Canvas,
  { corrected, text }: TriageResult,
  texts: Texts,
  original: { readonly start: number; readonly end: number } | undefined,
): void {
  if (corrected === null) return;
  const shown = corrected.split('\n').map(lineOf).join('\n');
  if (original !== undefined) {
    const before = text.slice(original.start, original.end).split('\n').map(lineOf).join('\n');
    canvas.heading(texts.report['changes'] ?? '');
    writeDifference(canvas, lineDifference(before, shown));
  }
  canvas.heading(texts.report['corrected'] ?? '');
  for (const line of shown.split('\n')) canvas.bare(canvas.paint.cyan(line));
  if (corrected.includes(PLACEHOLDER)) {
    canvas.line('');
    canvas.item('', 0, texts.report['ownSecret'] ?? '', canvas.paint.dim);
  }
}

/** A person's line as a terminal may show it. */
function lineOf(line: string): string {
  return withoutControls(line.replaceAll('\t', '    '));
}

/** Changed lines with their neighbours; what is further away is left out. */
function writeDifference(canvas: Canvas, lines: readonly ChangedLine[]): void {
  const { paint } = canvas;
  const styles: Readonly<Record<ChangedLine['sign'], Style>> = { '-': paint.red, '+': paint.green, ' ': paint.dim };
  const near = (at: number): boolean =>
    lines.slice(Math.max(0, at - AROUND_LINES), at + AROUND_LINES + 1).some(({ sign }) => sign !== ' ');
  const partners = pairs(lines);
  let skipped = false;
  lines.forEach(({ sign, text }, at) => {
    if (!near(at)) {
      skipped = true;
      return;
    }
    if (skipped) canvas.line(paint.dim('…'));
    skipped = false;
    const room = Math.max(20, canvas.room - 4);
    // Blanks at the end are what may be wrong, and nobody would see them.
    const words = text.replace(/ +$/, (blanks) => (sign === ' ' ? '' : '·'.repeat(blanks.length)));
    const shown = sign === ' ' ? cutTo(words, room) : around(words, partners.get(at), room);
    const indent = /^ {0,40}/.exec(shown)?.[0] ?? '';
    breakHard(shown.slice(indent.length), room - indent.length).forEach((part, i) =>
      canvas.line(styles[sign](`${i === 0 ? sign : ' '} ${indent}${i === 0 ? '' : '  '}${part}`)),
    );
  });
}

/** Code has no good places to break. */
function breakHard(text: string, width: number): string[] {
  const parts: string[] = [];
  let part = '';
  let used = 0;
  for (const char of text) {
    const columns = charWidth(char);
    if (used + columns > width) {
      parts.push(part);
      [part, used] = ['', 0];
    }
    part += char;
    used += columns;
  }
  return [...parts, part];
}

/** The line that took the place of another, and the other way round, by their places. */
function pairs(lines: readonly ChangedLine[]): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (let at = 0; at < lines.length;) {
    let gone = at;
    while (lines[gone]?.sign === '-') gone++;
    let come = gone;
    while (lines[come]?.sign === '+') come++;
    for (let i = 0; at + i < gone && gone + i < come; i++) {
      found.set(at + i, lines[gone + i]?.text ?? '');
      found.set(gone + i, lines[at + i]?.text ?? '');
    }
    at = Math.max(come, at + 1);
  }
  return found;
}

/** Of a line that is too long, the part that differs from `other` with its surroundings; all of it where that is long too. */
function around(line: string, other: string | undefined, room: number): string {
  if (other === undefined || displayWidth(line) <= room) return line;
  const least = Math.min(line.length, other.length);
  let same = 0;
  while (same < least && line[same] === other[same]) same++;
  let after = 0;
  while (after < least - same && line.at(-1 - after) === other.at(-1 - after)) after++;
  const from = same > AROUND_CHARS ? same - AROUND_CHARS : 0;
  const part = `${from > 0 ? '…' : ''}${line.slice(from)}`;
  return line.length - after - from < room - 1 ? cutTo(part, room) : part;
}

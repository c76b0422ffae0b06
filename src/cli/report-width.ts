// Widths of text on a terminal, in columns: East Asian wide characters and emoji take two, combining marks none.

/** First and last code points of wide blocks (Unicode 16, East Asian Width W and F, without emoji, which their property tells). */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x17000, 0x18cff],
  [0x1b000, 0x1b2ff],
  [0x20000, 0x3fffd],
];
const NO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
const EMOJI = /^\p{Emoji_Presentation}$/u;

/** Controls, and characters that turn the direction of writing: nothing of a person's text may steer the terminal. */
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

export function withoutControls(text: string): string {
  return text.replace(CONTROL, '');
}

/** A person's words on one line, free of what could steer a terminal. */
export function printable(text: string): string {
  return withoutControls(text.replace(/\s+/g, ' ')).trim();
}

/** Columns of one code point. */
export function charWidth(char: string): 0 | 1 | 2 {
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x300) return code < 0x20 || (code >= 0x7f && code < 0xa0) || code === 0xad ? 0 : 1;
  if (NO_WIDTH.test(char)) return 0;
  return WIDE.some(([first, last]) => code >= first && code <= last) || EMOJI.test(char) ? 2 : 1;
}

/** Columns of a text without control sequences. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const char of text) width += charWidth(char);
  return width;
}

/** `text` and blanks up to `width` columns; longer text stays as it is. */
export function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

/** `text` cut to `width` columns, with an ellipsis where cut. */
export function cutTo(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let cut = '';
  let used = 0;
  for (const char of text) {
    used += charWidth(char);
    if (used > width - 1) break;
    cut += char;
  }
  return `${cut.trimEnd()}…`;
}

/** Characters that no line may begin with, nor a break stand before. */
const CLINGS = /^[，。、；：！？）】》”’,.;:!?)\]}%]$/u;

/** Breaks `text` into lines of at most `width` columns, at blanks or between wide characters; a longer word is broken hard. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  let breakAt = -1;
  let before = 0;
  for (const char of text.trim()) {
    const columns = charWidth(char);
    if (char === ' ') breakAt = line.length;
    else if ((columns === 2 || before === 2) && !CLINGS.test(char) && line !== '') breakAt = line.length;
    before = columns;
    line += char;
    used += columns;
    if (used <= width) continue;
    if (char === ' ') {
      lines.push(line.trimEnd());
      [line, used, breakAt] = ['', 0, -1];
      continue;
    }
    const at = breakAt > 0 ? breakAt : line.length - char.length;
    lines.push(line.slice(0, at).trimEnd());
    line = line.slice(at).trimStart();
    used = displayWidth(line);
    breakAt = -1;
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
}

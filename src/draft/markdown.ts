// Makes values safe inside Markdown. A value ends up as literal text: one code span, or the content of one fenced block.

/** C0 and C1 controls (line ends and tabs aside), byte-order mark, and characters that turn the direction of writing. */
const UNPRINTABLE =
  /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
const LINE_END = /\r\n|[\r\u000b\u000c\u0085\u2028\u2029]/g;

/** Longest run of backticks. */
function longestRun(text: string): number {
  let most = 0;
  for (const run of text.match(/`+/g) ?? []) most = Math.max(most, run.length);
  return most;
}

/** A value on one line: blanks and line ends become single blanks, what cannot be printed is left out. */
export function oneLine(value: string): string {
  return value.replace(LINE_END, '\n').replace(UNPRINTABLE, '').replace(/\s+/g, ' ').trim();
}

/**
 * A value as a code span, in which Markdown knows no heading, list, link, image, mention or HTML. Its fence is longer than any run of
 * backticks inside (CommonMark 0.31 §6.1). An empty value gives nothing. Throws `TypeError` for anything that is no string.
 */
export function codeSpan(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('md takes a string');
  const text = oneLine(value);
  if (text === '') return '';
  const fence = '`'.repeat(longestRun(text) + 1);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`;
}

/** A text of many lines as a fenced block; the fence is longer than any run of backticks inside. Ends without a line end. */
export function fencedBlock(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('fence takes a string');
  const text = value.replace(LINE_END, '\n').replace(UNPRINTABLE, '').replace(/\n+$/, '');
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}text\n${text}\n${fence}`;
}

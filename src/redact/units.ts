// Classes of single UTF-16 units, for loops in which a regular expression per unit would cost too much.

const LETTER_DIGIT = 1;
const SPACE = 2;
const ascii = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const unit = String.fromCharCode(code);
  ascii[code] = (/[A-Za-z\d]/.test(unit) ? LETTER_DIGIT : 0) | (/\s/.test(unit) ? SPACE : 0);
}
const LETTER = /[\p{L}\d]/u;
const BLANK = /\s/;

/** A letter of any script or a digit. NaN (beyond the text) is none. */
export function isLetterOrDigit(code: number): boolean {
  if (code < 128) return ((ascii[code] as number) & LETTER_DIGIT) !== 0;
  return code > 127 && LETTER.test(String.fromCharCode(code));
}

/** A letter of any script, a digit or an underscore. */
export function isWordUnit(code: number): boolean {
  return code === 95 || isLetterOrDigit(code);
}

/** How many units the letter or digit at `at` takes; 0 where there is none. Sees letters beyond the basic plane too. */
function letterLength(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code < 0xd800 || code > 0xdbff) return isLetterOrDigit(code) ? 1 : 0;
  const point = text.codePointAt(at) ?? 0;
  return point > 0xffff && LETTER.test(String.fromCodePoint(point)) ? 2 : 0;
}

const APOSTROPHE = 39;
const DASH = 45;

/** Runs of letters, digits, apostrophes and dashes. */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  let start = -1;
  for (let i = 0; i < text.length;) {
    const code = text.charCodeAt(i);
    const length = code === DASH || code === APOSTROPHE ? 1 : letterLength(text, i);
    if (length > 0) {
      if (start < 0) start = i;
    } else if (start >= 0) {
      words.push(text.slice(start, i));
      start = -1;
    }
    i += Math.max(1, length);
  }
  if (start >= 0) words.push(text.slice(start));
  return words;
}

const marks = new Uint8Array(128);
for (const mark of '-_./!#$%^&*+=~@?') marks[mark.charCodeAt(0)] = /[-_./=]/.test(mark) ? 1 : 2;

/** Does a word of [from, to) mix letters with digits, or join letters by a symbol that names do not have? */
export function hasMixed(text: string, from: number, to: number): boolean {
  // 0: nothing; 1: letter; 2: digit - the last of them, with marks alone behind it.
  let last = 0;
  let joint = 0;
  for (let i = from; i < to;) {
    const code = text.charCodeAt(i);
    const mark = code < 128 ? (marks[code] as number) : 0;
    if (mark > 0) {
      // Doubled it is still one joint: "Pa$$age".
      joint = last === 1 && (joint === 0 || text.charCodeAt(i - 1) === code) ? mark : 1;
      i++;
      continue;
    }
    const length = letterLength(text, i);
    i += Math.max(1, length);
    const kind = code >= 48 && code <= 57 ? 2 : length > 0 ? 1 : 0;
    if (kind > 0 && last > 0 && (kind !== last || (kind === 1 && joint === 2))) return true;
    last = kind;
    joint = 0;
  }
  return false;
}

/** What `\s` matches. */
export function isSpace(code: number): boolean {
  if (code < 128) return ((ascii[code] as number) & SPACE) !== 0;
  return code > 127 && BLANK.test(String.fromCharCode(code));
}

/** A unit of a script that is written without blanks: kana, Han, hangul. */
export function isWide(code: number): boolean {
  return code >= 0x3040 && (code <= 0x30ff || (code >= 0x3400 && code <= 0x9fff) || (code >= 0xac00 && code <= 0xd7af));
}

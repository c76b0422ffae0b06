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

/** What `\s` matches. */
export function isSpace(code: number): boolean {
  if (code < 128) return ((ascii[code] as number) & SPACE) !== 0;
  return code > 127 && BLANK.test(String.fromCharCode(code));
}

/** A unit of a script that is written without blanks: kana, Han, hangul. */
export function isWide(code: number): boolean {
  return code >= 0x3040 && (code <= 0x30ff || (code >= 0x3400 && code <= 0x9fff) || (code >= 0xac00 && code <= 0xd7af));
}

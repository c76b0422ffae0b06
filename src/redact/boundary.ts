// How a keyword stands in the text around it.
import { isLetterOrDigit, isWide, isWordUnit } from './units';

const AT = 64;
const DASH = 45;
const DOLLAR = 36;
const DOT = 46;
const BACKSLASH = 92;
const LETTERS = /^[\p{L} -]+$/u;

/** Does the keyword [start, end) stand as a word of its own? */
export function isWord(text: string, start: number, end: number): boolean {
  const before = text.charCodeAt(start - 1);
  if (isJoint(before) && !isWide(before) && !isWide(text.charCodeAt(start))) {
    const earlier = text.charCodeAt(start - 2);
    const dots = before === DOT && earlier === DOT;
    // \n, \r, \t
    const escape = earlier === BACKSLASH && (before === 110 || before === 114 || before === 116);
    if (!dots && !escape) return false;
  }
  if (isWide(text.charCodeAt(end - 1))) return true;
  const after = text.charCodeAt(end);
  if (isWordUnit(after)) return isWide(after);
  return !((after === DASH || after === DOT || after === AT) && isLetterOrDigit(text.charCodeAt(end + 1)));
}

function isJoint(code: number): boolean {
  return isWordUnit(code) || code === DOT || code === DASH || code === AT || code === DOLLAR;
}

/** Does an opening bracket follow, as behind the name of a function? */
export function isCalled(text: string, end: number): boolean {
  const after = text.charCodeAt(end);
  return (after === 40 || after === 123) && !isWide(text.charCodeAt(end - 1));
}

/** A name written as a word of running text, before a colon or a blank: what follows its value may go on. */
export function isSpoken(text: string, start: number, end: number): boolean {
  return (
    LETTERS.test(text.slice(start, end)) &&
    /[\s(]|^$/.test(text[start - 1] ?? '') &&
    /^(?: ?:| |\s?-)/.test(text.slice(end, end + 2)) &&
    !/^\s*[=|]/.test(text.slice(end, end + 3))
  );
}

// Further occurrences of recognised values in the same text: bare, in other case, percent-encoded. One pass for all values.
import { Finder } from './finder';
import { isWordUnit } from './units';

/** A value to look for. */
export interface Sought {
  readonly value: string;
  readonly kind: string;
  /** A plain word: only between word borders. */
  readonly word: boolean;
}

const MIN_LENGTH = 5;

/** Calls `found` for every occurrence. Linear in the text. */
export function findOccurrences(
  text: string,
  sought: readonly Sought[],
  found: (start: number, end: number, kind: string) => void,
): void {
  const forms = new Map<string, Sought[]>();
  for (const one of sought) {
    if (one.value.length < MIN_LENGTH) continue;
    const encoded = encodeForm(one.value);
    for (const form of new Set([one.value, encoded, encoded.replaceAll('%20', '+')])) {
      const pattern = form.toLowerCase();
      const same = forms.get(pattern);
      if (same === undefined) forms.set(pattern, [one]);
      else if (!same.some(({ kind, word }) => kind === one.kind && word === one.word)) same.push(one);
    }
  }
  if (forms.size === 0) return;
  const lowered = text.toLowerCase();
  new Finder(forms).search(lowered.length === text.length ? lowered : text, (start, end, told) => {
    for (const { kind, word } of told) if (!word || isApart(text, start, end)) found(start, end, kind);
  });
}

/** Does a word stand by itself? */
function isApart(text: string, start: number, end: number): boolean {
  const after = text.charCodeAt(end);
  return !(
    touches(text.charCodeAt(start - 1)) ||
    touches(after) ||
    (after === 46 && touches(text.charCodeAt(end + 1)))
  );
}

function touches(code: number): boolean {
  return code === 45 || code === 64 || isWordUnit(code);
}

function encodeForm(value: string): string {
  if (PLAIN.test(value)) return value;
  try {
    return encodeURIComponent(value);
  } catch (error) {
    // A lone surrogate has no percent form.
    if (error instanceof URIError) return value;
    throw error;
  }
}

const PLAIN = /^[\w.!~*'()-]*$/;

// Names of credentials with one slip of the keys: a letter left out, doubled, wrong or swapped with its neighbour.

/** Words this short allow for swapped and doubled letters only: one letter off is another word. */
const SHORT = 5;
const MAX_CACHE = 5000;

/** Is `written` the word with one slip? Both in lower case. */
export function isSlip(written: string, word: string): boolean {
  const shift = written.length - word.length;
  if (shift > 1 || shift < -1 || written === word) return false;
  let head = 0;
  while (head < word.length && written[head] === word[head]) head++;
  let tail = 0;
  while (tail < word.length - head && tail < written.length - head && written.at(-1 - tail) === word.at(-1 - tail))
    tail++;
  const [extra, left] = [written.length - head - tail, word.length - head - tail];
  if (extra === 2 && left === 2) return written[head] === word[head + 1] && written[head + 1] === word[head];
  // Another letter before the whole word is a prefix or an escape: "\npassword".
  if (head === 0 && left === 0 && written[0] !== word[0]) return false;
  if (word.length > SHORT) return extra <= 1 && left <= 1;
  return extra === 1 && left === 0 && written[head] === word[head - 1];
}

/** Knows the words and what a text must hold where one of them is misspelt. */
export class Slips {
  private readonly cache = new Map<string, string | undefined>();
  /** Literals of which one stands in every misspelt form. */
  readonly pieces: readonly string[];

  /** `isKnown`: a word in its own right, no slip. */
  constructor(
    private readonly words: readonly string[],
    private readonly isKnown: (word: string) => boolean,
  ) {
    const pieces = new Set<string>();
    for (const word of words) {
      const middle = word.length >> 1;
      const swap = (at: number): string =>
        word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
      if (word.length <= SHORT) {
        for (let at = 0; at < word.length; at++) {
          if (at + 1 < word.length) pieces.add(swap(at));
          pieces.add(word.slice(0, at + 1) + word.slice(at));
        }
      } else for (const piece of [word.slice(0, middle), word.slice(middle), swap(middle - 1)]) pieces.add(piece);
    }
    this.pieces = [...pieces];
  }

  /** The word that was meant, where this one (lower case) is misspelt. */
  meant(written: string): string | undefined {
    if (this.cache.has(written)) return this.cache.get(written);
    const meant =
      this.words.includes(written) || this.isKnown(written)
        ? undefined
        : this.words.find((word) => isSlip(written, word));
    if (this.cache.size > MAX_CACHE) this.cache.clear();
    this.cache.set(written, meant);
    return meant;
  }

  /** The word around a piece: letters, up to the hump of a compound name. */
  static wordAround(text: string, start: number, end: number): [number, number] {
    let from = start;
    let to = end;
    while (from > 0 && end - from < 16 && isLetter(text, from - 1) && !isHump(text, from)) from--;
    while (to < text.length && to - start < 16 && isLetter(text, to) && !isHump(text, to)) to++;
    return [from, to];
  }
}

const LETTER = /\p{L}/u;

function isLetter(text: string, at: number): boolean {
  const code = text.charCodeAt(at) | 32;
  return (code >= 97 && code <= 122) || (code > 127 && LETTER.test(text[at] ?? ''));
}

/** A capital behind a small letter. */
function isHump(text: string, at: number): boolean {
  const [before, here] = [text[at - 1] ?? '', text[at] ?? ''];
  return here !== here.toLowerCase() && before === before.toLowerCase();
}

// Cuts text into word and class tokens with offsets. Knows scripts and shapes, no language.

/** A token: a word (lower-cased, Latin diacritics removed) or a class such as `#ip`. Offsets in UTF-16 units. */
export interface Token {
  /** Normal form; `#url`, `#ip`, `#time`, `#hash`, `#secret`, `#email`, `#domain`, `#path`, `#num` for classes; numbers of at most three digits stay. */
  readonly norm: string;
  readonly start: number;
  readonly end: number;
  /** A sentence or clause ends between the previous token and this one. */
  readonly breaks: boolean;
  /** Zero-based number of the line the token starts on. */
  readonly line: number;
}

// Class shapes, most specific first. Each alternative is linear: bounded or single unbounded runs over disjoint classes.
const CLASSES =
  /(\[redacted:[a-z-]{1,40}\])|(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s"'<>`)\]}]+)|([\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6})|(\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?:\/\d{1,2})?\b|\b[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){3,8}(?:\/\d{1,3})?)|(\b\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:[.,]\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})?)?|\b\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,6})?\b)|(\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b|\b[0-9a-f]{24,128}\b)|(\b(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,6}(?:com|net|org|io|de|cn|shop|info|biz|dev|app|co|uk|eu|ru|vn|es|br|id|xyz|online|site|store|club|art|example)\b)|((?:\/[\w.@-]{1,64}){2,12}\/?)/gi;
export const CLASS_NAMES = ['#secret', '#url', '#email', '#ip', '#time', '#hash', '#domain', '#path'];

const WORD = /[\p{L}\p{M}]+(?:['’][\p{L}]{1,3}\b)?|\p{N}+/gu;
/** A Han character, or a run of other letters beside it. */
const HAN_OR_RUN = /[\u3400-\u9fff\uf900-\ufaff]|[^\u3400-\u9fff\uf900-\ufaff]+/g;
const HAN = /[\u3400-\u9fff\uf900-\ufaff]/;
const ASCII = /^[\x00-\x7f]*$/;
const ASCII_WORD = /^[a-zA-Z']+$/;
const CAMEL = /[a-z][A-Z]/;
const LATIN_MARKS = /[\u0300-\u036f]/g;
const LATIN = /[a-z\u00c0-\u024f\u1e00-\u1eff]/i;
const BREAK = /[.!?;:。！？；：…\n]|\s[-–—]\s|[,，、()（）"“”«»|]/;

/** Lower-cased, NFKC, diacritics removed from Latin letters (also đ), apostrophes unified. */
export function normaliseWord(word: string): string {
  if (ASCII.test(word)) return word.toLowerCase();
  const lower = word.normalize('NFKC').toLowerCase().replace(/’/g, "'");
  return LATIN.test(lower) && /[^a-z']/.test(lower)
    ? lower.normalize('NFD').replace(LATIN_MARKS, '').replace(/đ/g, 'd').replace(/ı/g, 'i').normalize('NFC')
    : lower;
}

/** Splits camelCase at lower-to-upper borders; returns offsets relative to the word. */
function splitCase(word: string): readonly [number, number][] {
  if (!CAMEL.test(word)) return [[0, word.length]];
  const parts: [number, number][] = [];
  let from = 0;
  for (let i = 1; i < word.length; i++) {
    if (/[a-z]/.test(word[i - 1] ?? '') && /[A-Z]/.test(word[i] ?? '')) {
      parts.push([from, i]);
      from = i;
    }
  }
  parts.push([from, word.length]);
  return parts;
}

/** Tokens of `text` in order. Linear; at most `limit` UTF-16 units are read. */
export function tokenise(text: string, limit = 65536): Token[] {
  const source = text.length > limit ? text.slice(0, limit) : text;
  const tokens: Token[] = [];
  let last = 0;
  let line = 0;
  let at = 0;
  const lineOf = (offset: number): number => {
    for (; at < offset; at++) if (source.charCodeAt(at) === 10) line++;
    return line;
  };
  const push = (norm: string, start: number, end: number): void => {
    // A single blank is what stands between most words.
    const apart = start - last !== 1 || source.charCodeAt(last) !== 32;
    const breaks = apart && tokens.length > 0 && BREAK.test(source.slice(last, start));
    tokens.push({ norm, start, end, breaks, line: lineOf(start) });
    last = end;
  };
  const words = (from: number, to: number): void => {
    if (from >= to) return;
    const part = source.slice(from, to);
    WORD.lastIndex = 0;
    for (let match = WORD.exec(part); match !== null; match = WORD.exec(part)) {
      const start = from + match.index;
      const word = match[0];
      if (ASCII_WORD.test(word)) {
        // Most words: no digit, no mark, no Han.
        if (!CAMEL.test(word)) push(word.toLowerCase(), start, start + word.length);
        else for (const [a, b] of splitCase(word)) push(word.slice(a, b).toLowerCase(), start + a, start + b);
      } else if (/^\p{N}/u.test(word)) {
        push(word.length <= 3 ? word : '#num', start, start + word.length);
      } else if (HAN.test(word)) {
        for (const part of word.matchAll(HAN_OR_RUN)) {
          const at = start + part.index;
          if (HAN.test(part[0])) push(part[0], at, at + part[0].length);
          else for (const [a, b] of splitCase(part[0])) push(normaliseWord(part[0].slice(a, b)), at + a, at + b);
        }
      } else {
        for (const [a, b] of splitCase(word)) push(normaliseWord(word.slice(a, b)), start + a, start + b);
      }
    }
  };
  let from = 0;
  for (const match of source.matchAll(CLASSES)) {
    words(from, match.index);
    const index = match.slice(1).findIndex((group) => group !== undefined);
    push(CLASS_NAMES[index] ?? '#other', match.index, match.index + match[0].length);
    from = match.index + match[0].length;
  }
  words(from, source.length);
  return tokens;
}

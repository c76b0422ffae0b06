// Compiles cue words (pack data, per language) into linear regular expressions over folded text.
// Grammar of a phrase: literal words; a blank stands for one to three blanks, `_` or `-` (` ?`: for none too); `(a|b)`, `[ab]` and `?` as in regular
// expressions; `*` and `+` behind a group for at most four times; `…` for up to forty characters of the same clause; `%` for digits;
// a leading or trailing `~` lifts the word boundary there; a backslash makes the next character literal.

import { fold } from './fold';

/** Phrases by language tag; `any` holds what is no human language (keys, commands, protocol words). */
export type Words = Readonly<Record<string, readonly string[]>>;

const LETTER = 'a-z0-9\u0400-\u04ff';
const NOT_BEFORE = `(?<![${LETTER}])`;
const NOT_AFTER = `(?![${LETTER}])`;
const EDGE = new RegExp(`[${LETTER}]`);

const SPECIAL = /\\(.)|\)[*+]|[*+.{}^$/]|\((?!\?)| \?| |%|…/g;
const MEANING: Readonly<Record<string, string>> = {
  ')*': '){0,4}',
  ')+': '){1,4}',
  '(': '(?:',
  ' ': '[\\s_-]{1,3}',
  ' ?': '[\\s_-]{0,3}',
  '%': '\\d{1,4}',
  '…': '[^\\n.;!?]{0,40}?',
};

function phraseSource(phrase: string): { source: string; open: boolean } {
  let p = fold(phrase);
  const open = p.startsWith('~');
  if (open) p = p.slice(1);
  const loose = p.endsWith('~');
  if (loose) p = p.slice(0, -1);
  const last = p.replace(/[)?]+$/, '').at(-1) ?? '';
  const source = p.replace(SPECIAL, (found, literal: string | undefined) => {
    if (literal !== undefined) return `\\${literal}`;
    return MEANING[found] ?? `\\${found}`;
  });
  const first = p.replace(/^[(]+/, '').at(0) ?? '';
  return { source: source + (loose || !EDGE.test(last) ? '' : NOT_AFTER), open: open || !EDGE.test(first) };
}

/** Letters at the beginning that are taken out of alternatives that share them. */
const MOST_SHARED = 6;
/** A letter that stands for itself once, before what is no alternation of its own. */
const LED = new RegExp(`^[${LETTER}](?![?*+{|])`);
const PART = /\\.|\[(?:\\.|[^\]\\])*\]|[()|]/g;

/** Whether a source has alternatives outside of its groups. */
function isOpenChoice(source: string): boolean {
  let depth = 0;
  for (const [part] of source.matchAll(PART)) {
    if (part === '(') depth++;
    else if (part === ')') depth--;
    else if (part === '|' && depth === 0) return true;
  }
  return false;
}

/**
 * An alternation of sources that matches as `sources.join('|')` does, with one try for all that begin with the same letter. Those that
 * begin with different letters never match at one place, so their order does not matter; it stays among those of one letter, and
 * around those that begin with anything else.
 */
function alternatives(sources: readonly string[], shared: number): string {
  const parts: string[] = [];
  let byLetter = new Map<string, string[]>();
  const close = (): void => {
    for (const [letter, list] of byLetter)
      parts.push(
        list.length === 1 || shared === 0
          ? list.map((rest) => letter + rest).join('|')
          : `${letter}(?:${alternatives(list, shared - 1)})`,
      );
    byLetter = new Map();
  };
  for (const source of sources) {
    if (LED.test(source) && !isOpenChoice(source)) {
      const list = byLetter.get(source.charAt(0));
      if (list === undefined) byLetter.set(source.charAt(0), [source.slice(1)]);
      else list.push(source.slice(1));
    } else {
      close();
      parts.push(source);
    }
  }
  close();
  return parts.join('|');
}

/** Source of an alternation of phrases with word boundaries, empty where there are none. */
export function phrasesSource(phrases: readonly string[]): string {
  const bound: string[] = [];
  const free: string[] = [];
  for (const phrase of phrases) {
    const { source, open } = phraseSource(phrase);
    (open ? free : bound).push(source);
  }
  const parts: string[] = [];
  if (bound.length > 0) parts.push(`${NOT_BEFORE}(?:${alternatives(bound, MOST_SHARED)})`);
  if (free.length > 0) parts.push(...free);
  return parts.length === 0 ? '' : `(?:${parts.join('|')})`;
}

/** Phrases of `any`, of English as the lingua franca of logs, and of the text's language; all where the pack lacks the language. */
export function phrasesFor(words: Words, language: string, base: string): readonly string[] {
  const tags = language in words || language === base ? new Set(['any', base, language]) : new Set(Object.keys(words));
  return [...tags].flatMap((tag) => words[tag] ?? []);
}

/** Never matches. */
export const NOTHING = /(?!)/;

/** An expression over folded text; `tail` is appended (for example an anchor). */
export function compileWords(words: Words | undefined, language: string, base: string, tail = '', flags = ''): RegExp {
  const source = words === undefined ? '' : phrasesSource(phrasesFor(words, language, base));
  return source === '' ? NOTHING : new RegExp(source + tail, flags);
}

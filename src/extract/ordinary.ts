// The ordinary words of the pack's languages: what they say, and no name of anybody.

import { fold } from './fold';

/** Endings that make further forms of a listed word. */
const FORMS = /(?:'s|s|es|d|ed|ing|ly)$/;

/** Whether a word in lower case is an ordinary one; all words of the phrases are. */
export function ordinaryWords(phrases: Iterable<string>): (word: string) => boolean {
  const words = new Set<string>();
  for (const phrase of phrases)
    // A part of a file's or host's name (`acme.sh`) says nothing of the word alone.
    for (const word of fold(phrase).match(/(?<![\p{L}\p{M}]\.)[\p{L}\p{M}]{2,40}(?![\p{L}\p{M}]|\.[\p{L}])/gu) ?? []) {
      words.add(word);
    }
  const known = (word: string): boolean => {
    if (words.has(word)) return true;
    const stem = word.replace(FORMS, '');
    return stem !== word && stem.length > 2 && (words.has(stem) || words.has(`${stem}e`));
  };
  return (word) => {
    // Digits at the end number a thing: `web1`, `php8`.
    const parts = word.split(/[-_.\d]+/).filter((part) => part !== '');
    return parts.every((part) => part.length < 3 || known(part)) && parts.some((part) => part.length > 2);
  };
}

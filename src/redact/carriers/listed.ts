// User and secret as a list without quotes: `%w[u s]`, `auth: [u, s]`, two items of a block list. The second is the secret.
import { matchAt, type Search } from '../finding';

const WORDS = /%[wW]([[({<|])[ \t]{0,4}(?=\S)/y;
const MAX_LIST = 300;
/** The list up to its second word; the user has no mark that would make it a setting. */
const FLOW = /\[[ \t]{0,4}([\p{L}\d_.@+-]{2,64})[ \t]{0,4},[ \t]{0,4}(?=[^\s,\]"'[{]{3,128}[ \t]{0,4}\])/uy;
const BLOCK =
  /(?:\r?\n[ \t]{0,20}-[ \t]{1,4})([\p{L}\d_.@+-]{2,64})[ \t]{0,4}\r?\n[ \t]{0,20}-[ \t]{1,4}(?=[^\s"'[{]{3,128}[ \t]{0,4}(?:\r?\n(?![ \t]{0,20}-[ \t])|$))/uy;
/** A member of an object. */
const MEMBER = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/;
const VALUE = /[^\s,\]]{3,128}/y;

/** Spans of the words of `%w[…]` that opens at `at`. */
export function wordList(text: string, at: number): [number, number][] {
  const open = matchAt(WORDS, text, at);
  if (open === null) return [];
  const from = at + open[0].length;
  const close = { '[': ']', '(': ')', '{': '}', '<': '>', '|': '|' }[open[1] as '['];
  const inside = text.slice(from, Math.min(text.length, from + MAX_LIST));
  const end = inside.indexOf(close);
  return end < 0
    ? []
    : [...inside.slice(0, end).matchAll(/\S+/g)].map((word) => [from + word.index, from + word.index + word[0].length]);
}

/** The secret of a list of two at `at`, or undefined where there is no such list. */
export function listedSecret({ text, pack }: Search, at: number): [number, number] | undefined {
  const words = wordList(text, at);
  if (words.length === 2) return words[1];
  for (const form of [FLOW, BLOCK]) {
    const head = matchAt(form, text, at);
    const value = head === null ? null : matchAt(VALUE, text, at + head[0].length);
    if (head === null || value === null) continue;
    if (
      pack.look.isPlaceholder(value[0]) ||
      pack.look.isInert(value[0]) ||
      pack.look.isCode(value[0]) ||
      MEMBER.test(value[0]) ||
      pack.lexicon.isOrdinary(value[0].toLowerCase())
    )
      return undefined;
    return [at + head[0].length, at + head[0].length + value[0].length];
  }
  return undefined;
}

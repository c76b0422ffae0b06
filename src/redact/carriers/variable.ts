// A variable whose name says nothing, but that is used as a secret: joined to a user by a colon, or put under a secret's name.
import { lineEndAt, matchAt, type Search } from '../finding';
import { bareEnd, quotedAt } from '../literal';
import type { NameMeaning } from '../names';
import { add, isSecret } from './secret';

/** How far from its use a variable is set. */
const BEFORE = 4000;
const BEHIND = 1500;
/** Lines behind a cue that still belong to its expression. */
const LINES = 3;
const MAX_LINE = 400;

const ID = String.raw`\$?[A-Za-z_]\w{0,30}`;
/** Ways of joining two variables by a colon; the second is the secret. */
const JOINS: readonly RegExp[] = [
  `${ID}\\)?\\s{0,3}(?:[.+&]|\\|\\|)\\s{0,3}(["'\`]):\\1\\s{0,3}(?:[.+&]|\\|\\|)\\s{0,3}(?:\\w{1,20}\\()?(${ID})\\b(?![([.])`,
  `(["'\`])[\\w :]{0,30}[#$]?\\{?${ID}\\}?:[#$]?\\{?(${ID})\\}?\\1`,
  `%s:%s(["'\`])\\s{0,3}[,%]\\s{0,3}\\(?\\s{0,3}${ID}\\s{0,3},\\s{0,3}(${ID})\\s{0,3}\\)`,
  `\\{\\d?\\}:\\{\\d?\\}(["'\`])(?:\\.format\\(|\\s{0,3}[,%-]f?\\s{0,3})\\s{0,3}${ID}\\s{0,3},\\s{0,3}(${ID})\\b`,
  `auth\\w{0,6}(\\s{0,3}[=:(]\\s{0,3})\\(?\\[?\\s{0,3}${ID}\\s{0,3},\\s{0,3}(${ID})\\s{0,3}[)\\]]`,
].map((source) => new RegExp(source, 'gi'));

/** Looks for joined variables on the lines of the cues, and takes what the second of each is set to. */
export function findJoined(search: Search, lines: readonly number[]): void {
  const { text } = search;
  for (const from of lines) {
    let to = lineEndAt(text, from);
    for (let i = 1; i < LINES && to < text.length && to - from < MAX_LINE; i++) to = lineEndAt(text, to + 1);
    const part = text.slice(from, Math.min(to, from + 3 * MAX_LINE));
    if (!part.includes(':') && !part.includes(',')) continue;
    for (const join of JOINS) {
      for (const match of part.matchAll(join)) {
        const variable = (match[2] ?? '').replace('$', '');
        takeVariable(search, from + match.index, variable, { kind: 'api-secret', strength: 'plain' });
      }
    }
  }
}

/** `password => $p`: what `$p` is set to, unless its name tells already. */
export function takeVariableValue(search: Search, place: number, token: string, meaning: NameMeaning): void {
  const variable = /^(\$)?\{?([A-Za-z_]\w{0,30})\}?[;,)\]}]*$/.exec(token);
  if (variable === null || (variable[1] === undefined && (variable[2] ?? '').length > 2)) return;
  takeVariable(search, place, variable[2] ?? '', meaning);
}

const USE = /[;,)]{0,2}\s{0,3}(?:=(?![=>])|\.[a-z]\w*\(|\[)/y;

/** Is the word a variable of this text: set, indexed or called somewhere near? `place` is where the word stands as a value. */
export function isVariable({ text }: Search, place: number, word: string): boolean {
  const name = /^[A-Za-z]\w*_\w+(?=[;,)]{0,2}$)/.exec(word)?.[0];
  if (name === undefined) return false;
  const base = Math.max(0, place - BEFORE);
  const near = text.slice(base, place + BEHIND);
  for (let found = near.indexOf(name); found >= 0; found = near.indexOf(name, found + 1)) {
    const at = base + found;
    if (at !== place && !/[\w.>$-]/.test(text[at - 1] ?? '') && matchAt(USE, text, at + name.length) !== null)
      return true;
  }
  return false;
}

function takeVariable(search: Search, place: number, variable: string, meaning: NameMeaning): void {
  const { text, pack } = search;
  if (meaning.strength === 'random' || pack.names.meaningOf(variable) !== null) return;
  const base = Math.max(0, place - BEFORE);
  const near = text.slice(base, place + BEHIND);
  for (let found = near.indexOf(variable); found >= 0; found = near.indexOf(variable, found + 1)) {
    const at = base + found;
    if (/[\w.>-]/.test(text[at - 1] ?? '')) continue;
    const set = matchAt(/(?:\s{0,3}:\s{0,3}\w{1,20})?\s{0,20}:?=\s{0,8}(?![=>\s])/y, text, at + variable.length);
    if (set === null) continue;
    const from = at + variable.length + set[0].length;
    const limit = lineEndAt(text, from);
    const literal = quotedAt(text, from, limit);
    const [start, end] =
      literal === undefined ? [from, bareEnd(text, from, limit, false)] : [literal.start, literal.end];
    const value = text.slice(start, end);
    // Without quotes only in a shell's form, and only what looks chosen.
    if (literal === undefined && (!set[0].startsWith('=') || set[0].length > 1 || pack.look.isCode(value))) continue;
    const looks = pack.look.strengthOf(value);
    if (looks === 'none' || (looks === 'word' && literal === undefined) || pack.lexicon.isOrdinary(value.toLowerCase()))
      continue;
    if (isSecret(search, value, meaning, literal !== undefined)) add(search, start, end, meaning, 'code', variable);
  }
}

// What a chosen-looking word may be instead of a credential: a known user, a part of a host, what a user noun behind it calls so.
import { isKnownName } from '../users';
import type { Line } from './line';
import type { Token } from './tokens';

/** Is the word something else than a credential? */
export function isExplained(line: Line, i: number): boolean {
  const { lexicon } = line.search.pack;
  const token = line.tokens[i] as Token;
  if (isKnownName(line.search, token.text)) return true;
  // A label or a user before a colon.
  if (/^:/.test(token.trail) || (line.tokens[i + 1]?.text === ':' && line.tokens[i + 2] !== undefined)) return true;
  // "X is my user name"
  if (/[,;.]/.test(token.trail) || !lexicon.has('link', line.tokens[i + 1]?.lower ?? '')) return false;
  for (let k = i + 2; k < line.tokens.length && k <= i + 4; k++) {
    const next = line.tokens[k] as Token;
    if (line.owner[k]?.noun.kind === 'user' || lexicon.has('user', next.lower)) return k > i + 2;
    if (!lexicon.has('filler', next.lower) && !lexicon.has('pronoun', next.lower)) return false;
  }
  return false;
}

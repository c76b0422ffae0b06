// Values that join user and secret by a mark: which part is the secret.
import type { Search } from '../finding';
import { chosenness } from '../speech/chosen';
import { isKnownName } from '../users';

const JOINED = /^([\p{L}\d_.@+-]{2,64})(\s?(?:[:;|/,#]|%3[Aa])\s?)(?=\S{3})/u;

/**
 * Where the secret begins in the value [start, end). `both`: the value's name says that it holds user and secret; otherwise the first part
 * must be a user that the text knows.
 */
export function secretStart(search: Search, start: number, end: number, both: boolean): number {
  const value = search.text.slice(start, Math.min(end, start + 200));
  const match = JOINED.exec(value);
  if (match === null) return start;
  const user = match[1] ?? '';
  const secret = value.slice(match[0].length);
  if (secret.startsWith('//')) return start;
  const colon = /:|%3a/i.test(match[2] ?? '');
  const plain = chosenness(user) < 3;
  if (both ? plain && (colon || chosenness(secret) >= 2) : colon && isKnownName(search, user))
    return start + match[0].length;
  return both && isKnownName(search, user) ? start + match[0].length : start;
}

// Is a value a credential under its name, and how it is reported.
import type { Finding, Search } from '../finding';
import { nameWords, type NameMeaning } from '../names';
import type { Carrier } from '../redacted';
import { secretStart } from './joined';

/** Is the value a credential, given what its name says? */
export function isSecret(search: Search, value: string, meaning: NameMeaning, quoted: boolean): boolean {
  const { look, lexicon } = search.pack;
  const text = value.trim();
  if (text.length < 2 || look.isPlaceholder(text)) return false;
  if (/^\d{1,2}$/.test(text) || look.isPlace(text)) return false;
  if (meaning.strength === 'random') return look.isRandom(text);
  if (quoted) {
    // A whole header line in quotes is read as such.
    if (/^[A-Z][\w-]{3,30}: \S/.test(text)) return false;
    if (/^\$\w+[^$\s]?\$\w+$/.test(text) && /^[$\w:. ]+$/.test(text) && text.includes(':')) return false;
    if (/\s/.test(text) && lexicon.isProse(text)) return false;
  }
  if (meaning.kind === 'token' && /^(?:bearer|basic)$/i.test(text)) return false;
  if (
    meaning.strength === 'plain' &&
    meaning.kind === 'token' &&
    look.strengthOf(text) === 'none' &&
    !/\d{4}/.test(text)
  )
    return false;
  return true;
}

export function add(
  search: Search,
  start: number,
  end: number,
  meaning: NameMeaning,
  carrier: Carrier,
  name: string,
): void {
  const finding: Finding = { start, end, kind: meaning.kind, carrier, name };
  search.findings.push(finding);
}

/** Adds the value; of `user:secret` only the secret where the name holds both or the user is known. */
export function addPair(
  search: Search,
  start: number,
  end: number,
  meaning: NameMeaning,
  carrier: Carrier,
  name: string,
): void {
  const whole = nameWords(name).join('');
  const both = search.pack.pairNames.some((ending) => whole.endsWith(ending));
  add(search, secretStart(search, start, end, both), end, meaning, carrier, name);
}

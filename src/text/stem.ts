// Stemmers of `natural`, by the name that a language file gives. The only importer of `natural`.
import { createRequire } from 'node:module';
import path from 'node:path';

export type Stem = (word: string) => string;

const load = createRequire(__filename);
const NAME = /^[a-z_]{3,40}$/;
/** Longer runs of letters are no words; stemmers may be slow on them. */
const LONGEST = 40;
const identity: Stem = (word) => word;

/**
 * The stemmer called `name` (a file of `natural/lib/natural/stemmers` without its ending), with a bounded cache; without a name, words stay.
 * Throws `Error` where there is no such stemmer.
 */
export function stemmer(name: string | undefined): Stem {
  if (name === undefined) return identity;
  if (!NAME.test(name)) throw new Error(`stemmer name "${name}": lower-case letters and _ expected`);
  const base = path.join(path.dirname(load.resolve('natural/package.json')), 'lib/natural/stemmers', `${name}.js`);
  const module = load(base) as { stem: Stem };
  const cache = new Map<string, string>();
  return (word) => {
    const known = cache.get(word);
    if (known !== undefined) return known;
    const result = word.startsWith('#') || word.length < 3 || word.length > LONGEST ? word : module.stem(word);
    if (cache.size > 20000) cache.clear();
    cache.set(word, result);
    return result;
  };
}

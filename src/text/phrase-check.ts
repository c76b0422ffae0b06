// Says of a phrase what keeps it, or a part of it, from ever matching. Syntax of a phrase: rules/README.md.
import { choicesOf, forms, GAPS, MOST_VARIANTS, type WordSets } from './lexicon';
import type { Stem } from './stem';
import { CLASS_NAMES } from './tokens';

/** A place in a language file and what is the matter there. */
export interface PhraseWarning {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

const CLASSES: ReadonlySet<string> = new Set([...CLASS_NAMES, '#num', '#other']);
const asWritten: Stem = (word) => word;

/** Why a choice can never match, null where it can. */
function faultOfChoice(choice: string): string | null {
  if (choice.startsWith('#')) return CLASSES.has(choice) ? null : 'is no class of words';
  const parts = forms(choice, asWritten);
  if (parts.length === 0) return 'holds no letter or digit';
  if (parts.includes('')) return 'holds a number of more than three digits, which texts do not keep';
  return null;
}

/** What is the matter with a phrase: parts that come to nothing, more sequences of words than are matched. */
export function warningsOfPhrase(phrase: string, sets: WordSets = {}): string[] {
  const warnings: string[] = [];
  let variants = 1;
  for (const part of phrase.trim().split(/\s+/)) {
    if (GAPS[part] !== undefined) continue;
    const bare = part.startsWith('?') ? part.slice(1) : part;
    for (const choice of bare.split('|'))
      if (choice.startsWith('@') && sets[choice.slice(1)] === undefined) warnings.push(`no set is called ${choice}`);
    const choices = choicesOf(bare, sets);
    for (const choice of choices) {
      const fault = faultOfChoice(choice);
      if (fault !== null) warnings.push(`"${choice}" never matches: it ${fault}`);
    }
    const lengths = choices.map((choice) => forms(choice, asWritten).length);
    const several = lengths.filter((length) => length > 1).length;
    variants *= Math.max(1, several + (lengths.includes(1) ? 1 : 0));
  }
  if (variants > MOST_VARIANTS)
    warnings.push(`gives ${variants} sequences of words, of which only ${MOST_VARIANTS} are matched; split it`);
  return warnings;
}

/** The same of all concepts of a language, each with its place in the file. */
export function warningsOfConcepts(
  concepts: Readonly<Record<string, readonly (string | number)[]>>,
  sets?: WordSets,
): PhraseWarning[] {
  return Object.entries(concepts).flatMap(([name, phrases]) =>
    phrases.flatMap((phrase, i) =>
      warningsOfPhrase(String(phrase), sets).map((message) => ({ path: ['concepts', name, i], message })),
    ),
  );
}

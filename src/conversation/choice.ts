// Which of a question's choices a message means: value, label, place in the list, yes or no, or other words of the pack.
import type { Choice } from '../types';
import { fold } from '../extract/fold';
import type { Intents, TalkWords } from './words';

const MOST_SHORT = 8;

/** The value of the choice that was meant, or null. `question`: field key or id of the diagnostic question. */
export function readChoice(
  question: string,
  choices: readonly Choice[],
  text: string,
  words: TalkWords,
  intents: Intents,
): string | null {
  const bare = tidy(text);
  const exact = choices.find(({ value, label }) => tidy(value) === bare || tidy(label) === bare);
  if (exact) return exact.value;
  const number = /^(?:#|no\.?\s?)?(\d{1,2})[.)]?$/.exec(bare)?.[1];
  const placed = number === undefined ? undefined : choices[Number(number) - 1];
  if (placed) return placed.value;
  const ordinal = intents.list.find((intent) => intent.name.startsWith('ordinal-') && !intent.negated);
  const nth = ordinal === undefined || intents.words > 8 ? undefined : choices[Number(ordinal.name.slice(8)) - 1];
  if (nth) return nth.value;
  // "I don't know" is no "nothing that I know of".
  if (intents.has('dont-know') && intents.words <= MOST_SHORT) return byYesNo(choices, words, intents);
  const named = [...words.choices(question, text)]
    .filter(([value]) => choices.some((choice) => choice.value === value))
    .sort(([, a], [, b]) => b - a);
  const labelled = byLabel(choices, text, words);
  const [best, next] = named;
  if (best && (next === undefined || best[1] > next[1] || labelled === best[0])) return best[0];
  if (best && next && labelled === null && intents.has('both') && choices.some(({ value }) => value === 'both'))
    return 'both';
  if (labelled !== null) return labelled;
  if (best && next) return null;
  if (intents.has('both')) return choices.find(({ label }) => words.intents(label).has('both'))?.value ?? null;
  return byYesNo(choices, words, intents);
}

function tidy(text: string): string {
  return fold(text).replace(/^[\s"'([]+|[\s"').!\]]+$/g, '');
}

/** The choice whose own words stand in the text, where one has clearly more of them than the rest. */
function byLabel(choices: readonly Choice[], text: string, words: TalkWords): string | null {
  const said = new Set(words.stems(text));
  const sets = choices.map(({ label }) => new Set(words.stems(label)));
  const scores = sets.map((set, i) => {
    const own = [...set].filter((stem) => sets.every((other, k) => k === i || !other.has(stem)));
    const hit = own.filter((stem) => said.has(stem)).length;
    return own.length === 0 ? 0 : hit / Math.sqrt(own.length);
  });
  const order = scores.map((score, i) => ({ score, i })).sort((a, b) => b.score - a.score);
  const [best, next] = order;
  if (!best || best.score < 0.6 || (next && next.score > best.score * 0.7)) return null;
  return choices[best.i]?.value ?? null;
}

/** "Yes" and "no" mean the choice whose label begins so; "no idea" the one that says so. */
function byYesNo(choices: readonly Choice[], words: TalkWords, intents: Intents): string | null {
  const begins = (label: string, name: string): boolean =>
    words.intents(label).list.some((intent) => intent.name === name && intent.start === 0);
  const of = (name: string): string | null => choices.find(({ label }) => begins(label, name))?.value ?? null;
  if (intents.has('dont-know')) {
    const unsure = choices.find(({ label }) => words.intents(label).has('dont-know'));
    return unsure?.value ?? null;
  }
  const first = intents.list.find((intent) => intent.name === 'yes' || intent.name === 'no');
  if (first === undefined || intents.words > 12 || first.start > 12) return null;
  // A label that begins with "no" answers a question of yes and no only where another begins with "yes".
  return of('yes') === null || of('no') === null ? null : of(first.name);
}

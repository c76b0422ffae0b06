// When a talk goes on in another language: on request, or because the person plainly writes in another one.
import type { Engine } from '../engine';
import { detectLanguage } from '../text/language';
import { lineZones } from '../text/lines';
import { normaliseWord } from '../text/tokens';
import type { Intents, TalkBook, TalkWords } from './words';

const MOST_NAMING_WORDS = 7;
/** Fewer where the name is in a language that the talk is not held in. */
const MOST_FOREIGN_WORDS = 4;
const LEAST_LETTERS = 6;
const LEAST_COMMON = 3;
const LETTERS = {
  han: /[\u3400-\u9fff]/g,
  cyrillic: /[\u0400-\u04ff]/g,
  latin: /[a-z\u00c0-\u024f\u1e00-\u1eff]/gi,
} as const;

/** The language that a short message asks for, or null: such a message is about the talk, and no answer. */
export function languageAsked(
  text: string,
  engine: Engine,
  book: TalkBook,
  words: TalkWords,
  intents: Intents,
): string | null {
  if (intents.words > MOST_NAMING_WORDS) return null;
  const named =
    words.languageNamed(text) ?? (intents.words <= MOST_FOREIGN_WORDS ? book.languageNamedAnywhere(text) : null);
  return named !== null && engine.languages.includes(named) ? named : null;
}

/** The language of the talk after this message. */
export function languageAfter(current: string, text: string, engine: Engine, asked: string | null): string {
  if (asked !== null) return asked;
  const zones = lineZones(text, 4000);
  const prose = text
    .slice(0, 4000)
    .split('\n')
    .filter((_, i) => zones[i] === 'prose')
    .join('\n');
  const { traits } = engine.readings;
  const found = detectLanguage(prose, traits, current);
  if (found === current) return current;
  const target = traits.find(({ language }) => language === found);
  const own = traits.find(({ language }) => language === current);
  if (target === undefined || (own === undefined && target.script === 'latin')) return current;
  const count = (script: keyof typeof LETTERS): number => prose.match(LETTERS[script])?.length ?? 0;
  if (target.script !== 'latin')
    return count(target.script) >= (target.script === 'han' ? LEAST_LETTERS / 2 : LEAST_LETTERS) ? found : current;
  if (own !== undefined && own.script !== 'latin' && count(own.script) > 0) return current;
  const said = [...prose.matchAll(/[\p{L}\p{M}'’]+/gu)].map(([word]) => normaliseWord(word));
  const common = (set: ReadonlySet<string> | undefined): number =>
    said.filter((word) => set?.has(word) === true).length;
  const hits = common(target.common);
  return hits >= LEAST_COMMON && hits >= 3 * common(own?.common) && hits >= said.length / 6 ? found : current;
}

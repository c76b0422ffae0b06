// Tells which of the pack's languages a text is written in, by script and by each language's frequent words.
import { normaliseWord } from './tokens';

/** What a language is known by. `common`: frequent words, normal forms as `normaliseWord` gives them. */
export interface LanguageTraits {
  readonly language: string;
  readonly script: 'latin' | 'cyrillic' | 'han';
  readonly common: ReadonlySet<string>;
}

const SCRIPTS = {
  latin: /[a-z\u00c0-\u024f\u1e00-\u1eff]/gi,
  cyrillic: /[\u0400-\u04ff]/g,
  han: /[\u3400-\u9fff]/g,
} as const;
const MOST = 6000;
/** Machine output is Latin nearly always: a letter of another script counts for so many Latin ones. */
const RARE_SCRIPT_FACTOR = { latin: 1, cyrillic: 60, han: 60 } as const;

/** The language of `text`; `fallback` where nothing tells. Prose decides: pass the lines that a person wrote where they are known. */
export function detectLanguage(text: string, languages: readonly LanguageTraits[], fallback: string): string {
  const sample = text.length > MOST ? text.slice(0, MOST) : text;
  const letters = (script: LanguageTraits['script']): number =>
    (sample.match(SCRIPTS[script])?.length ?? 0) * RARE_SCRIPT_FACTOR[script];
  const present = (['han', 'cyrillic', 'latin'] as const).map((script) => ({ script, count: letters(script) }));
  const main = present.reduce((a, b) => (b.count > a.count ? b : a));
  if (main.count === 0) return fallback;
  const candidates = languages.filter((language) => language.script === main.script);
  if (candidates.length <= 1) return candidates[0]?.language ?? fallback;
  const words = [...sample.matchAll(/[\p{L}\p{M}'’]+/gu)].map((match) => normaliseWord(match[0]));
  let best = fallback;
  let most = 0;
  for (const candidate of candidates) {
    const hits = words.filter((word) => candidate.common.has(word)).length;
    if (hits > most || (hits === most && hits > 0 && candidate.language === fallback))
      [best, most] = [candidate.language, hits];
  }
  return best;
}

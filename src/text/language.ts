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
const ORDER = ['han', 'cyrillic', 'latin'] as const;
const WORD = /[\p{L}\p{M}'’]+/gu;
const MOST = 6000;
/** Machine output is Latin nearly always: a letter of another script counts for so many Latin ones. */
const RARE_SCRIPT_FACTOR = { latin: 1, cyrillic: 60, han: 60 } as const;

const UNKNOWN = 255;
const OTHER = 3;
/** Place in `ORDER` of the script of each UTF-16 unit; found out when a unit is first met. */
const scriptOfUnit = new Uint8Array(65536).fill(UNKNOWN);

function scriptOf(unit: number): number {
  const known = scriptOfUnit[unit] ?? OTHER;
  if (known !== UNKNOWN) return known;
  const letter = String.fromCharCode(unit);
  const place = ORDER.findIndex((script) => letter.search(SCRIPTS[script]) === 0);
  return (scriptOfUnit[unit] = place < 0 ? OTHER : place);
}

/** The language of `text`; `fallback` where nothing tells. Prose decides: pass the lines that a person wrote where they are known. */
export function detectLanguage(text: string, languages: readonly LanguageTraits[], fallback: string): string {
  const sample = text.length > MOST ? text.slice(0, MOST) : text;
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < sample.length; i++) {
    const script = scriptOf(sample.charCodeAt(i));
    counts[script] = (counts[script] ?? 0) + 1;
  }
  const present = ORDER.map((script, place) => ({ script, count: (counts[place] ?? 0) * RARE_SCRIPT_FACTOR[script] }));
  const main = present.reduce((a, b) => (b.count > a.count ? b : a));
  if (main.count === 0) return fallback;
  const candidates = languages.filter((language) => language.script === main.script);
  if (candidates.length <= 1) return candidates[0]?.language ?? fallback;
  const words = (sample.match(WORD) ?? []).map(normaliseWord);
  let best = fallback;
  let most = 0;
  for (const candidate of candidates) {
    let hits = 0;
    for (const word of words) if (candidate.common.has(word)) hits++;
    if (hits > most || (hits === most && hits > 0 && candidate.language === fallback))
      [best, most] = [candidate.language, hits];
  }
  return best;
}

// Language files compiled to readings, made when a language is first met.
import type { LangData } from '../pack/schema/lang';
import type { LanguageTraits } from './language';
import { Lexicon } from './lexicon';
import type { Reading } from './mentions';
import { stemmer } from './stem';
import { type PhraseWarning, warningsOfConcepts } from './phrase-check';
import { normaliseWord } from './tokens';

/** All languages of a pack, ready to read with. */
export class Readings {
  private readonly made = new Map<string, Reading>();
  private readonly functions = new Map<string, ReadonlySet<string>>();
  readonly traits: readonly LanguageTraits[];

  constructor(
    private readonly data: readonly LangData[],
    private readonly fallback: string,
  ) {
    this.traits = data.map((lang) => ({
      language: lang.language,
      script: lang.script,
      common: new Set(lang.common.map((word) => normaliseWord(String(word)))),
    }));
  }

  /** The reading of `language` first, then that of the pack's default, whose words occur in texts of every language. */
  of(language: string): Reading[] {
    const tags = language === this.fallback ? [language] : [language, this.fallback];
    return tags.map((tag) => this.one(tag)).filter((reading) => reading !== undefined);
  }

  /** Words without content of `language` and of the default. */
  functionWords(language: string): ReadonlySet<string> {
    const known = this.functions.get(language);
    if (known) return known;
    const words = new Set(
      this.data
        .filter((lang) => lang.language === language || lang.language === this.fallback)
        .flatMap((lang) => lang.function.map((word) => normaliseWord(String(word)))),
    );
    this.functions.set(language, words);
    return words;
  }

  /** Phrases of each language that come to nothing, with their places in its file; for lint. */
  warnings(): { readonly language: string; readonly warnings: readonly PhraseWarning[] }[] {
    return this.data.map(({ language, concepts, sets }) => ({
      language,
      warnings: warningsOfConcepts(concepts, sets),
    }));
  }

  private one(tag: string): Reading | undefined {
    const known = this.made.get(tag);
    if (known) return known;
    const lang = this.data.find((candidate) => candidate.language === tag);
    if (!lang) return undefined;
    const stem = stemmer(lang.stemmer);
    const concepts = Object.fromEntries(
      Object.entries(lang.concepts).map(([name, phrases]) => [name, phrases.map(String)]),
    );
    const reading = { lexicon: new Lexicon(concepts, stem, lang.tolerateFrom ?? 6, lang.sets), stem };
    this.made.set(tag, reading);
    return reading;
  }
}

// The words by which people steer a talk, compiled per language: intents of a message, names of languages, choices, moments.
import { fold } from '../extract/fold';
import type { LangData } from '../pack/schema/lang';
import type { Phrases, TalkData } from '../pack/schema/talk';
import { Lexicon } from '../text/lexicon';
import { type CutText, cutText, type Passage, readCut, readPassage, type Reading } from '../text/mentions';
import { normaliseWord } from '../text/tokens';
import { type Stem, stemmer } from '../text/stem';
import { compileRelative, type RelativeWords } from './relative';

/** Something that a message says about the talk itself. Offsets in UTF-16 units. */
export interface Intent {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly negated: boolean;
  readonly asked: boolean;
}

export interface Intents {
  readonly list: readonly Intent[];
  readonly passage: Passage;
  /** Number of word tokens in the part that was read. */
  readonly words: number;
  /** Share of them that such words make up. */
  readonly covered: number;
  /** Said, in prose, and not denied. */
  has(...names: readonly string[]): boolean;
  /** A sentence asks something. */
  readonly asks: boolean;
}

/** Words of one language with those of the pack's default. */
export interface TalkWords {
  readonly language: string;
  /** `cut`: the text as it was cut before. */
  intents(text: string, cut?: CutText): Intents;
  /** Answers of a question or field that the text names by other words than a label: id to length of the longest match. */
  choices(question: string, text: string): ReadonlyMap<string, number>;
  /** Content stems of a text, for comparing it with labels. */
  stems(text: string): readonly string[];
  /** The tag of a language that the text names, or null. */
  languageNamed(text: string): string | null;
  readonly relative: RelativeWords;
}

/** Longest part of a message that is looked at for such words: steering is short. */
const MOST_UNITS = 3000;
const MOST_SHORT_UNITS = 120;
const MODIFIERS = ['mod-not', 'mod-but'];

export class TalkBook {
  private readonly made = new Map<string, TalkWords>();
  /** Intents of each language, shared by all that read them beside their own. */
  private readonly readings = new Map<string, Reading>();

  constructor(
    private readonly data: readonly TalkData[],
    private readonly languages: readonly LangData[],
    private readonly fallback: string,
  ) {}

  /** The language that a text of few words names in whatever language, or null. */
  languageNamedAnywhere(text: string): string | null {
    if (text.length > MOST_SHORT_UNITS) return null;
    return this.data.map(({ language }) => this.of(language).languageNamed(text)).find((tag) => tag !== null) ?? null;
  }

  /** Intents that any language's words say: for what must be honoured in whatever language it is said. Short texts only. */
  saidAnywhere(text: string): ReadonlySet<string> {
    if (text.length > MOST_SHORT_UNITS) return new Set();
    const cut = cutWords(text);
    const lists = this.data.map(({ language }) => this.of(language).intents(text, cut).list);
    return new Set(lists.flat().flatMap(({ name, negated }) => (negated ? [] : [name])));
  }

  /** The words of a language; those of the default alone where the pack has none for it. */
  of(language: string): TalkWords {
    const known = this.made.get(language);
    if (known) return known;
    const tags = language === this.fallback ? [language] : [language, this.fallback];
    const made = compileWords(
      language,
      tags.flatMap((tag) => this.data.find((data) => data.language === tag) ?? []),
      this.languages,
      this.readings,
    );
    this.made.set(language, made);
    return made;
  }
}

/** A message as it is read for what steers the talk. */
const cutWords = (text: string): CutText => cutText(withoutStamp(text), MOST_UNITS);

function compileWords(
  language: string,
  data: readonly TalkData[],
  languages: readonly LangData[],
  shared: Map<string, Reading>,
): TalkWords {
  const stemOf = (tag: string): Stem => stemmer(languages.find((lang) => lang.language === tag)?.stemmer);
  const readings = data.map((talk): Reading => {
    const known = shared.get(talk.language);
    if (known) return known;
    const stem = stemOf(talk.language);
    const made = { stem, lexicon: new Lexicon(texted(talk.intents), stem, 6, talk.sets ?? {}) };
    shared.set(talk.language, made);
    return made;
  });
  const choiceReadings = new Map<string, readonly Reading[]>();
  const readingsOf = (question: string): readonly Reading[] => {
    const known = choiceReadings.get(question);
    if (known) return known;
    const made = data.map((talk): Reading => {
      const stem = stemOf(talk.language);
      const modifiers = Object.fromEntries(
        MODIFIERS.flatMap((name) => (talk.intents[name] ? [[name, talk.intents[name]]] : [])),
      );
      return {
        stem,
        lexicon: new Lexicon(texted({ ...modifiers, ...talk.choices[question] }), stem, 6, talk.sets ?? {}),
      };
    });
    choiceReadings.set(question, made);
    return made;
  };
  const names = data.flatMap((talk) =>
    Object.entries(talk.names).flatMap(([tag, words]) =>
      words.map((word) => {
        const pattern = new RegExp(`(?<![a-z\\u0400-\\u04ff])${fold(word)}(?![a-z\\u0400-\\u04ff])`);
        return { tag, pattern };
      }),
    ),
  );
  const plain = new Set(
    languages.filter((lang) => data.some((talk) => talk.language === lang.language)).flatMap(plainWords),
  );
  return {
    language,
    relative: compileRelative(data),
    intents(text, cut = cutWords(text)) {
      const passage = readCut(cut, readings);
      const list = passage.mentions
        .filter((mention) => mention.zone !== 'artefact' && !MODIFIERS.includes(mention.concept))
        .map(({ concept, start, end, negated, asked }): Intent => ({ name: concept, start, end, negated, asked }))
        .map((intent, _, all) =>
          intent.name === 'still-fails' && intent.negated && isAnswered(intent, all, passage)
            ? { ...intent, negated: false }
            : intent,
        );
      return {
        list,
        passage,
        words: passage.tokens.length,
        covered:
          passage.tokens.filter((token) =>
            list.some((intent) => intent.start <= token.start && token.end <= intent.end),
          ).length / Math.max(1, passage.tokens.length),
        has: (...wanted) => list.some((intent) => !intent.negated && wanted.includes(intent.name)),
        asks: passage.asked.some(Boolean),
      };
    },
    choices(question, text) {
      const found = new Map<string, number>();
      for (const mention of readPassage(text, readingsOf(question), MOST_UNITS).mentions) {
        if (mention.negated || MODIFIERS.includes(mention.concept)) continue;
        found.set(mention.concept, Math.max(found.get(mention.concept) ?? 0, mention.to - mention.from + 1));
      }
      return found;
    },
    stems(text) {
      const { tokens, stems } = readPassage(text, readings, MOST_UNITS);
      return stems.filter((_, i) => !plain.has(tokens[i]?.norm ?? ''));
    },
    languageNamed(text) {
      const folded = fold(text);
      return names.find(({ pattern }) => pattern.test(folded))?.tag ?? null;
    },
  };
}

/** "No, it still fails": the first word answers what was asked, and negates nothing unless another word does too. */
function isAnswered(intent: Intent, all: readonly Intent[], { mentions }: Passage): boolean {
  const answer = all.find(({ name, start }) => name === 'no' && start === 0);
  return (
    answer !== undefined &&
    !mentions.some(({ concept, start }) => concept === 'mod-not' && start >= answer.end && start < intent.start)
  );
}

/** One line that begins with a moment is an answer here and no log. Of the same length, so that offsets stay. */
function withoutStamp(text: string): string {
  return text.includes('\n') || text.length > MOST_SHORT_UNITS
    ? text
    : text.replace(/^[\s\d:T./Z+-]{6,}(?=[\p{L}\s,;.])/u, (stamp) => ' '.repeat(stamp.length));
}

/** Words of a language that carry no content. */
export function plainWords(lang: LangData): string[] {
  const { function: more } = lang as { readonly function?: Phrases };
  return [...lang.common, ...(more ?? [])].map((word) => normaliseWord(String(word)));
}

function texted(concepts: Readonly<Record<string, Phrases>>): Record<string, readonly string[]> {
  return Object.fromEntries(Object.entries(concepts).map(([name, phrases]) => [name, phrases.map(String)]));
}

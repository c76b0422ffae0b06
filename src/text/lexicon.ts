// Phrases of a language matched over tokens: words mapped to language-free concepts. Syntax of a phrase: rules/README.md.
import { normaliseWord, type Token } from './tokens';
import type { Stem } from './stem';

/** A phrase that matched: `concept` at tokens `from` to `to` (inclusive). */
export interface PhraseMatch {
  readonly concept: string;
  readonly from: number;
  readonly to: number;
}

type Element =
  | { readonly kind: 'word'; readonly forms: ReadonlySet<string>; readonly optional: boolean }
  | { readonly kind: 'gap'; readonly most: number };

interface Phrase {
  readonly concept: string;
  readonly elements: readonly Element[];
  /** Numbers of the word sets that a text must hold for the phrase to match. */
  needs: readonly number[];
}

/** Words that take each other's place in phrases, by the name that stands for them: `@name`. */
export type WordSets = Readonly<Record<string, readonly (string | number)[]>>;

const GAPS: Readonly<Record<string, number>> = { '..': 3, '...': 6 };

const PART = /[\p{L}\p{M}]+(?:['’][\p{L}]{1,3}(?![\p{L}]))?|\p{N}+/gu;
const HAN = /[\u3400-\u9fff]/;
const LONGEST_NUMBER = 3;
const MOST_VARIANTS = 200;

/** The forms of one choice in order: stems, `=exact` forms, classes; several Han characters or a hyphenated word count as several. Longer numbers match nothing: texts keep none. */
function forms(written: string, stem: Stem): string[] {
  if (written.startsWith('#')) return [written];
  const exact = written.startsWith('=');
  return [...written.matchAll(PART)].flatMap(([part]) => {
    if (/^\p{N}/u.test(part)) return [part.length > LONGEST_NUMBER ? '' : part];
    if (HAN.test(part)) return [...part];
    const word = normaliseWord(part);
    return [exact ? `=${word}` : stem(word)];
  });
}

/** The choices of one part, `@name` replaced by the words of that set. */
function choicesOf(part: string, sets: WordSets): string[] {
  return part
    .split('|')
    .flatMap((choice) => (choice.startsWith('@') ? (sets[choice.slice(1)] ?? []).map(String) : [choice]));
}

/** A phrase as written may give several: a choice of more than one word becomes a phrase of its own. */
function parsePhrase(concept: string, text: string, stem: Stem, sets: WordSets): Phrase[] {
  let variants: Element[][] = [[]];
  for (const part of text.trim().split(/\s+/)) {
    const most = GAPS[part];
    if (most !== undefined) {
      for (const variant of variants) variant.push({ kind: 'gap', most });
      continue;
    }
    const optional = part.startsWith('?');
    const choices = choicesOf(optional ? part.slice(1) : part, sets).map((choice) => forms(choice, stem));
    const single = choices.filter((choice) => choice.length === 1).flat();
    const endings: Element[][] = choices
      .filter((choice) => choice.length > 1)
      .map((choice) => choice.map((form) => ({ kind: 'word', forms: new Set([form]), optional })));
    if (single.length > 0) endings.push([{ kind: 'word', forms: new Set(single), optional }]);
    variants = variants.flatMap((variant) => endings.map((ending) => [...variant, ...ending])).slice(0, MOST_VARIANTS);
  }
  return variants.map((elements) => ({ concept, elements, needs: [] }));
}

/** Numbers for sets of words, so that a text can say at once which of them it holds. */
class WordGroups {
  private readonly numbers = new Map<string, number>();
  private readonly byForm = new Map<string, number[]>();

  /** The number of the set `forms`. */
  numberOf(forms: ReadonlySet<string>): number {
    const key = [...forms].sort().join('|');
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const number = this.numbers.size;
    this.numbers.set(key, number);
    for (const form of forms) {
      const list = this.byForm.get(form);
      if (list) list.push(number);
      else this.byForm.set(form, [number]);
    }
    return number;
  }

  /** 1 for each set of which one of `forms` is a member. */
  present(forms: Iterable<string>): Uint8Array {
    const flags = new Uint8Array(this.numbers.size);
    for (const form of forms) for (const number of this.byForm.get(form) ?? []) flags[number] = 1;
    return flags;
  }
}

const NO_PHRASES: readonly Phrase[] = [];
const LONGEST_CORRECTED = 24;
const MOST_CORRECTIONS = 20_000;

/** A compiled lexicon of one language. */
export class Lexicon {
  private readonly index = new Map<string, Phrase[]>();
  /** Every stem and exact form that a phrase uses: the vocabulary for tolerant spelling. */
  readonly vocabulary = new Set<string>();
  private readonly deletes = new Map<string, string>();
  private readonly groups = new WordGroups();
  private readonly corrections = new Map<string, string>();

  /** `concepts`: concept name to phrases; `sets`: what `@name` stands for in them. `tolerateFrom`: least letters of a word in which one slip is forgiven; 0: none. */
  constructor(
    concepts: Readonly<Record<string, readonly string[]>>,
    stem: Stem,
    tolerateFrom = 6,
    sets: WordSets = {},
  ) {
    for (const [concept, phrases] of Object.entries(concepts)) {
      for (const phrase of phrases.flatMap((text) => parsePhrase(concept, String(text), stem, sets))) {
        const first = phrase.elements[0];
        if (first?.kind !== 'word' || first.optional) continue;
        for (const form of first.forms) {
          const list = this.index.get(form);
          if (list) list.push(phrase);
          else this.index.set(form, [phrase]);
        }
        for (const element of phrase.elements)
          if (element.kind === 'word') for (const f of element.forms) this.vocabulary.add(f);
        phrase.needs = phrase.elements
          .slice(1)
          .flatMap((e) => (e.kind === 'word' && !e.optional ? [this.groups.numberOf(e.forms)] : []));
      }
    }
    if (tolerateFrom > 0) {
      for (const word of this.vocabulary) {
        if (word.startsWith('=') || word.startsWith('#') || word.length < tolerateFrom) continue;
        for (const variant of deletions(word)) if (!this.deletes.has(variant)) this.deletes.set(variant, word);
      }
    }
  }

  /** The vocabulary's word for a stem with one slip (left out, doubled, swapped or wrong letter), or the stem itself. */
  correct(stem: string): string {
    if (stem.length < 6 || stem.length > LONGEST_CORRECTED || stem.startsWith('#') || this.vocabulary.has(stem))
      return stem;
    const known = this.corrections.get(stem);
    if (known !== undefined) return known;
    const result = this.findCorrection(stem);
    if (this.corrections.size >= MOST_CORRECTIONS) this.corrections.clear();
    this.corrections.set(stem, result);
    return result;
  }

  private findCorrection(stem: string): string {
    const direct = this.deletes.get(stem);
    if (direct !== undefined) return direct;
    for (const variant of deletions(stem)) {
      if (this.vocabulary.has(variant) && variant.length >= 6) return variant;
      const known = this.deletes.get(variant);
      if (known !== undefined && known.length >= 7 && Math.abs(known.length - stem.length) <= 1) return known;
    }
    return stem;
  }

  /** All phrases found; `stems[i]` belongs to `tokens[i]`. Bounded work per token. */
  match(tokens: readonly Token[], stems: readonly string[]): PhraseMatch[] {
    const found: PhraseMatch[] = [];
    const words = new Set<string>(stems);
    for (const token of tokens) words.add(`=${token.norm}`);
    const present = this.groups.present(words);
    const live = new Map<string, readonly Phrase[]>();
    const candidates = (key: string): readonly Phrase[] => {
      const known = live.get(key);
      if (known) return known;
      const phrases = (this.index.get(key) ?? NO_PHRASES).filter((phrase) =>
        phrase.needs.every((number) => present[number] === 1),
      );
      live.set(key, phrases);
      return phrases;
    };
    for (let i = 0; i < tokens.length; i++) {
      for (const key of [stems[i] ?? '', `=${tokens[i]?.norm ?? ''}`]) {
        for (const phrase of candidates(key)) {
          const end = phrase.elements.length === 1 ? i + 1 : this.matchFrom(phrase.elements, 1, i + 1, tokens, stems);
          if (end >= 0) found.push({ concept: phrase.concept, from: i, to: end - 1 });
        }
      }
    }
    return found;
  }

  private matchFrom(
    elements: readonly Element[],
    e: number,
    i: number,
    tokens: readonly Token[],
    stems: readonly string[],
  ): number {
    const element = elements[e];
    if (element === undefined) return i;
    if (element.kind === 'gap') {
      for (let skip = 0; skip <= element.most; skip++) {
        if (skip > 0 && tokens[i + skip - 1]?.breaks === true) return -1;
        const end = this.matchFrom(elements, e + 1, i + skip, tokens, stems);
        if (end >= 0) return end;
      }
      return -1;
    }
    const token = tokens[i];
    if (
      token !== undefined &&
      !token.breaks &&
      (element.forms.has(stems[i] ?? '') || element.forms.has(`=${token.norm}`))
    ) {
      const end = this.matchFrom(elements, e + 1, i + 1, tokens, stems);
      if (end >= 0) return end;
    }
    return element.optional ? this.matchFrom(elements, e + 1, i, tokens, stems) : -1;
  }
}

function deletions(word: string): string[] {
  const result: string[] = [];
  for (let i = 0; i < word.length; i++) result.push(word.slice(0, i) + word.slice(i + 1));
  return result;
}

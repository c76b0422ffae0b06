// Phrases of a language matched over tokens: words mapped to language-free concepts. Syntax of a phrase: rules/README.md.
import { normaliseWord, type Token } from './tokens';
import type { Stem } from './stem';

/** A phrase that matched: `concept` at tokens `from` to `to` (inclusive). */
export interface PhraseMatch {
  readonly concept: string;
  readonly from: number;
  readonly to: number;
}

type Written =
  | { readonly kind: 'word'; readonly forms: ReadonlySet<string>; readonly optional: boolean }
  | { readonly kind: 'gap'; readonly most: number };

/** Forms as the numbers that `FormNumbers` gives them. */
type Element =
  | { readonly kind: 'word'; readonly forms: ReadonlySet<number>; readonly optional: boolean }
  | { readonly kind: 'gap'; readonly most: number };

interface Phrase {
  readonly concept: string;
  readonly elements: readonly Element[];
  /** Numbers of the word sets that a text must hold for the phrase to match. */
  readonly needs: readonly number[];
}

/** Words that take each other's place in phrases, by the name that stands for them: `@name`. */
export type WordSets = Readonly<Record<string, readonly (string | number)[]>>;

export const GAPS: Readonly<Record<string, number>> = { '..': 3, '...': 6 };

const PART = /[\p{L}\p{M}]+(?:['’][\p{L}]{1,3}(?![\p{L}]))?|\p{N}+/gu;
const HAN = /[\u3400-\u9fff]/;
const LONGEST_NUMBER = 3;
/** A phrase gives no more sequences than this; what is beyond is not matched, and lint warns. */
export const MOST_VARIANTS = 200;

/** The forms of one choice in order: stems, `=exact` forms, classes; several Han characters or a hyphenated word count as several. Longer numbers match nothing: texts keep none. */
export function forms(written: string, stem: Stem): string[] {
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
export function choicesOf(part: string, sets: WordSets): string[] {
  return part
    .split('|')
    .flatMap((choice) => (choice.startsWith('@') ? (sets[choice.slice(1)] ?? []).map(String) : [choice]));
}

/** A phrase as written may give several: a choice of more than one word becomes a phrase of its own. */
function parsePhrase(text: string, stem: Stem, sets: WordSets): Written[][] {
  let variants: Written[][] = [[]];
  for (const part of text.trim().split(/\s+/)) {
    const most = GAPS[part];
    if (most !== undefined) {
      for (const variant of variants) variant.push({ kind: 'gap', most });
      continue;
    }
    const optional = part.startsWith('?');
    const choices = choicesOf(optional ? part.slice(1) : part, sets).map((choice) => forms(choice, stem));
    const single = choices.filter((choice) => choice.length === 1).flat();
    const endings: Written[][] = choices
      .filter((choice) => choice.length > 1)
      .map((choice) => choice.map((form) => ({ kind: 'word', forms: new Set([form]), optional })));
    if (single.length > 0) endings.push([{ kind: 'word', forms: new Set(single), optional }]);
    variants = variants.flatMap((variant) => endings.map((ending) => [...variant, ...ending])).slice(0, MOST_VARIANTS);
  }
  return variants;
}

/** A form that no phrase uses. */
const UNKNOWN = -1;

/** Numbers for stems and exact forms: texts are matched by numbers, not by strings. */
class FormNumbers {
  private readonly stems = new Map<string, number>();
  private readonly exact = new Map<string, number>();
  private count = 0;

  /** The number of a form of a phrase; `=word` is an exact one. */
  take(form: string): number {
    const exact = form.startsWith('=');
    const [map, word] = exact ? [this.exact, form.slice(1)] : [this.stems, form];
    const known = map.get(word);
    if (known !== undefined) return known;
    map.set(word, this.count);
    return this.count++;
  }

  ofStem(stem: string): number {
    return this.stems.get(stem) ?? UNKNOWN;
  }

  ofWord(word: string): number {
    return this.exact.get(word) ?? UNKNOWN;
  }
}

/** Numbers for sets of words, so that a text can say at once which of them it holds. */
class WordGroups {
  private readonly numbers = new Map<string, number>();
  private readonly byForm: number[][] = [];

  /** The number of the set `forms`. */
  numberOf(forms: ReadonlySet<number>): number {
    const key = [...forms].sort((a, b) => a - b).join();
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const number = this.numbers.size;
    this.numbers.set(key, number);
    for (const form of forms) (this.byForm[form] ??= []).push(number);
    return number;
  }

  /** 1 for each set of which one of `forms` is a member. */
  present(forms: Int32Array): Uint8Array {
    const flags = new Uint8Array(this.numbers.size);
    for (const form of forms) {
      const groups = form === UNKNOWN ? undefined : this.byForm[form];
      if (groups !== undefined) for (const number of groups) flags[number] = 1;
    }
    return flags;
  }
}

const NO_PHRASES: readonly Phrase[] = [];
const LONGEST_CORRECTED = 24;
const MOST_CORRECTIONS = 20_000;

/** A compiled lexicon of one language. */
export class Lexicon {
  /** Phrases by the number of their first form. */
  private readonly index: Phrase[][] = [];
  private readonly numbers = new FormNumbers();
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
      for (const written of phrases.flatMap((text) => parsePhrase(String(text), stem, sets))) {
        const lead = written[0];
        if (lead?.kind !== 'word' || lead.optional) continue;
        for (const part of written) if (part.kind === 'word') for (const form of part.forms) this.vocabulary.add(form);
        const elements = written.map((part): Element =>
          part.kind === 'gap'
            ? part
            : { ...part, forms: new Set([...part.forms].map((form) => this.numbers.take(form))) },
        );
        const needs = elements
          .slice(1)
          .flatMap((e) => (e.kind === 'word' && !e.optional ? [this.groups.numberOf(e.forms)] : []));
        const phrase: Phrase = { concept, elements, needs };
        for (const form of lead.forms) (this.index[this.numbers.take(form)] ??= []).push(phrase);
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
    const { length } = tokens;
    // Number of the stem, then of the exact form, of each token.
    const forms = new Int32Array(2 * length);
    for (let i = 0; i < length; i++) {
      forms[2 * i] = this.numbers.ofStem(stems[i] ?? '');
      forms[2 * i + 1] = this.numbers.ofWord(tokens[i]?.norm ?? '');
    }
    const present = this.groups.present(forms);
    const live = new Map<number, readonly Phrase[]>();
    for (let at = 0; at < forms.length; at++) {
      const form = forms[at] ?? UNKNOWN;
      if (form === UNKNOWN) continue;
      let phrases = live.get(form);
      if (phrases === undefined) live.set(form, (phrases = this.possible(form, present)));
      const i = at >> 1;
      for (const phrase of phrases) {
        const end = phrase.elements.length === 1 ? i + 1 : matchFrom(phrase.elements, 1, i + 1, tokens, forms);
        if (end >= 0) found.push({ concept: phrase.concept, from: i, to: end - 1 });
      }
    }
    return found;
  }

  /** Phrases that begin with a form, of whose other words the text holds one each. */
  private possible(form: number, present: Uint8Array): readonly Phrase[] {
    const phrases = this.index[form];
    if (phrases === undefined) return NO_PHRASES;
    return phrases.filter(({ needs }) => {
      for (const number of needs) if (present[number] !== 1) return false;
      return true;
    });
  }
}

/** Index of the token behind the match of the elements from `e` on at token `i`; -1 where they do not match. `forms`: two numbers a token. */
function matchFrom(
  elements: readonly Element[],
  e: number,
  i: number,
  tokens: readonly Token[],
  forms: Int32Array,
): number {
  const element = elements[e];
  if (element === undefined) return i;
  if (element.kind === 'gap') {
    for (let skip = 0; skip <= element.most; skip++) {
      if (skip > 0 && tokens[i + skip - 1]?.breaks === true) return -1;
      const end = matchFrom(elements, e + 1, i + skip, tokens, forms);
      if (end >= 0) return end;
    }
    return -1;
  }
  const token = tokens[i];
  if (
    token !== undefined &&
    !token.breaks &&
    (element.forms.has(forms[2 * i] ?? UNKNOWN) || element.forms.has(forms[2 * i + 1] ?? UNKNOWN))
  ) {
    const end = matchFrom(elements, e + 1, i + 1, tokens, forms);
    if (end >= 0) return end;
  }
  return element.optional ? matchFrom(elements, e + 1, i, tokens, forms) : -1;
}

function deletions(word: string): string[] {
  const result: string[] = [];
  for (let i = 0; i < word.length; i++) result.push(word.slice(0, i) + word.slice(i + 1));
  return result;
}

// Phrases of a language matched over tokens: words mapped to language-free concepts. Syntax of a phrase: rules/README.md.
import { type Token, tokenise } from './tokens';
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
}

const GAPS: Readonly<Record<string, number>> = { '..': 3, '...': 6 };

/** One word of a phrase: `stem`, `=exact`, `#class`; several Han characters count as several words. */
function forms(written: string, stem: Stem): string[] {
  if (written.startsWith('#') || /^\d+$/.test(written)) return [written];
  if (written.startsWith('=')) return [`=${tokenise(written.slice(1))[0]?.norm ?? written.slice(1)}`];
  const tokens = tokenise(written);
  return tokens.map((token) => stem(token.norm));
}

function parsePhrase(concept: string, text: string, stem: Stem): Phrase {
  const elements: Element[] = [];
  for (const part of text.trim().split(/\s+/)) {
    const most = GAPS[part];
    if (most !== undefined) {
      elements.push({ kind: 'gap', most });
      continue;
    }
    const optional = part.startsWith('?');
    const choices = (optional ? part.slice(1) : part).split('|').map((choice) => forms(choice, stem));
    const longest = Math.max(...choices.map((choice) => choice.length));
    if (longest > 1 && choices.length === 1) {
      for (const form of choices[0] ?? []) elements.push({ kind: 'word', forms: new Set([form]), optional });
    } else {
      elements.push({ kind: 'word', forms: new Set(choices.flatMap((choice) => choice.slice(0, 1))), optional });
    }
  }
  return { concept, elements };
}

/** A compiled lexicon of one language. */
export class Lexicon {
  private readonly index = new Map<string, Phrase[]>();
  /** Every stem and exact form that a phrase uses: the vocabulary for tolerant spelling. */
  readonly vocabulary = new Set<string>();
  private readonly deletes = new Map<string, string>();

  /** `concepts`: concept name to phrases. `tolerateFrom`: least letters of a word in which one slip is forgiven; 0: none. */
  constructor(
    concepts: Readonly<Record<string, readonly string[]>>,
    stem: Stem,
    tolerateFrom = 6,
  ) {
    for (const [concept, phrases] of Object.entries(concepts)) {
      for (const text of phrases.map(String)) {
        const phrase = parsePhrase(concept, text, stem);
        const first = phrase.elements[0];
        if (first?.kind !== 'word' || first.optional) continue;
        for (const form of first.forms) {
          const list = this.index.get(form);
          if (list) list.push(phrase);
          else this.index.set(form, [phrase]);
        }
        for (const element of phrase.elements) if (element.kind === 'word') for (const f of element.forms) this.vocabulary.add(f);
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
    if (stem.length < 6 || this.vocabulary.has(stem) || stem.startsWith('#')) return stem;
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
    for (let i = 0; i < tokens.length; i++) {
      const stem = stems[i] ?? '';
      const exact = `=${tokens[i]?.norm ?? ''}`;
      for (const key of [stem, exact]) {
        for (const phrase of this.index.get(key) ?? []) {
          const end = this.matchFrom(phrase.elements, 1, i + 1, tokens, stems);
          if (end >= 0) found.push({ concept: phrase.concept, from: i, to: end - 1 });
        }
      }
    }
    return found;
  }

  private matchFrom(elements: readonly Element[], e: number, i: number, tokens: readonly Token[], stems: readonly string[]): number {
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
    if (token !== undefined && !token.breaks && (element.forms.has(stems[i] ?? '') || element.forms.has(`=${token.norm}`))) {
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

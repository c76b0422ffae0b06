// Decides from a name (of a field, variable, flag, column) whether its value is a credential, and of which kind.
import type { NamesData } from './pack';
import type { Slips } from './slips';

/** How sure the name alone makes it: any value, a value unless ordinary, only a value that looks generated. */
export type NameStrength = 'strong' | 'plain' | 'random';

export interface NameMeaning {
  readonly kind: string;
  readonly strength: NameStrength;
}

const SPLIT = /[\s_\-.:$@/\\[\]'"()#!?]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/;

/** Words of a name in lower case: `dbApiSecret_2` gives db, api, secret. */
export function nameWords(name: string): string[] {
  const words: string[] = [];
  for (const part of name.split(SPLIT)) {
    const word = part.toLowerCase().replace(/\d+$/, '');
    if (word !== '') words.push(word);
  }
  return words;
}

/** The compiled name rules. */
export class Names {
  private readonly exact = new Map<string, NameMeaning>();
  private readonly glued: { text: string; meaning: NameMeaning }[] = [];
  private readonly tails: ReadonlySet<string>;
  private readonly endings: ReadonlySet<string>;
  private readonly harmless: ReadonlySet<string>;
  private readonly cache = new Map<string, NameMeaning | null>();
  /** Literals at which a name may be found in text. */
  readonly stems: readonly string[];

  constructor(
    data: NamesData,
    private readonly slips: Slips,
  ) {
    const stems = new Set<string>();
    for (const rule of data.names) {
      for (const strength of ['strong', 'plain', 'random'] as const) {
        for (const written of rule[strength] ?? []) {
          const words = written.toLowerCase();
          const meaning = { kind: rule.kind, strength };
          const key = words.replaceAll(' ', '');
          if (!this.exact.has(key)) this.exact.set(key, meaning);
          if (key.length >= 5 || /[^\x00-\x7f]/.test(key)) this.glued.push({ text: key, meaning });
          for (const join of [' ', '_', '-', '.', '']) stems.add(words.replaceAll(' ', join));
        }
      }
    }
    this.glued.sort((a, b) => b.text.length - a.text.length);
    this.tails = new Set(data.tails);
    this.endings = new Set(data.harmlessEndings);
    this.harmless = new Set(data.harmlessWords);
    this.stems = [...stems];
  }

  /** What a name says about its value, or null. Case style and separators do not matter. */
  meaningOf(name: string): NameMeaning | null {
    if (name.length > 80) return null;
    const known = this.cache.get(name);
    if (known !== undefined) return known;
    const meaning = this.judge(nameWords(name));
    if (this.cache.size > 5000) this.cache.clear();
    this.cache.set(name, meaning);
    return meaning;
  }

  private judge(words: readonly string[]): NameMeaning | null {
    const last = words.at(-1);
    if (last === undefined) return null;
    const whole = words.join('');
    const direct = this.exact.get(whole);
    if (direct !== undefined) return direct;
    if (words.length > 1 && words.some((word) => this.harmless.has(word))) return null;
    // The credential word, as one to four neighbouring words; what follows it decides.
    let end = words.length;
    for (; end > 0; end--) {
      for (let start = Math.max(0, end - 4); start < end; start++) {
        const meaning = this.wordMeaning(words.slice(start, end).join(''), end - start === 1);
        if (meaning === null) continue;
        const rest = words.slice(end);
        if (rest.length === 0 || rest.every((word) => this.tails.has(word))) return meaning;
        if (rest.some((word) => this.endings.has(word))) return null;
        if (meaning.strength === 'strong') return meaning;
        return null;
      }
      if (this.endings.has(words[end - 1] ?? '')) {
        if (end === words.length) return null;
      }
    }
    return null;
  }

  private wordMeaning(word: string, single: boolean): NameMeaning | null {
    const exact = this.exact.get(word);
    if (exact !== undefined) return exact;
    if (!single) return null;
    for (const { text, meaning } of this.glued) {
      if (meaning.strength !== 'random' && word.length > text.length && word.endsWith(text)) return meaning;
    }
    if (word.length > 9 && word.endsWith('s')) {
      const meaning = this.exact.get(word.slice(0, -1));
      if (meaning !== undefined) return meaning;
    }
    const meant = this.slips.meant(word);
    return meant === undefined ? null : (this.exact.get(meant) ?? null);
  }
}

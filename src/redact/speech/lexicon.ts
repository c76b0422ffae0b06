// The words of all languages of the pack, joined: credential nouns, links, pronouns, verbs, ordinary words. Knows no language itself.
import type { SpeechData } from '../pack';

/** What a credential noun says. */
export interface Noun {
  /** Kind of the credential; `user` for nouns of several words whose value is no secret. */
  readonly kind: string;
  readonly strong: boolean;
}

/** Roles of a word; one word may have several. */
export type Role = 'copula' | 'link' | 'pronoun' | 'verb' | 'from' | 'to' | 'and' | 'filler' | 'user' | 'label';

const ROLES: readonly [Role, keyof SpeechData][] = [
  ['copula', 'copulas'],
  ['link', 'links'],
  ['pronoun', 'pronouns'],
  ['verb', 'verbs'],
  ['from', 'from'],
  ['to', 'to'],
  ['and', 'and'],
  ['filler', 'fillers'],
  ['user', 'userNouns'],
];

const MARKS = /[\u0300-\u036f]/g;
const WIDE = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;

/** Letters without diacritics, as people type them in haste. */
export function plainLetters(word: string): string {
  return word.normalize('NFD').replace(MARKS, '').replaceAll('đ', 'd').replaceAll('ё', 'е').normalize('NFC');
}

const MAX_PHRASE = 2000;
const MAX_JUDGED = 4000;
const PLAIN = /^\p{L}\p{Ll}*$/u;

/** The compiled words. */
export class Lexicon {
  private readonly nouns = new Map<string, Noun>();
  private readonly roles: Record<Role, Set<string>> = {
    copula: new Set(),
    link: new Set(),
    pronoun: new Set(),
    verb: new Set(),
    from: new Set(),
    to: new Set(),
    and: new Set(),
    filler: new Set(),
    user: new Set(),
    label: new Set(),
  };
  private readonly ordinary = new Set<string>();
  /** Words whose judgement is known without a look at their letters. */
  private readonly quick: ReadonlySet<string>;
  /** Judgements of the words of the text at hand. */
  private readonly judged = new Map<string, boolean>();
  private readonly garbles: readonly string[];
  private readonly endings: ReadonlySet<string>;
  private readonly endingLengths: readonly number[];
  private readonly wideUsers: readonly string[];
  private readonly wideLinks: readonly string[];
  private readonly wideVerbs: readonly string[];
  private readonly copulas: readonly string[];
  private readonly asking: readonly string[];
  private readonly compounds: ReadonlySet<string>;
  /** Phrases of credential talk as words, by their first word. */
  private readonly talkByWord = new Map<string, (readonly string[])[]>();
  private readonly wideTalk: readonly string[];
  /** Words of user names and accounts, longest first. */
  readonly userWords: readonly string[];
  readonly announce: readonly string[];
  readonly asks: readonly string[];
  readonly labels: ReadonlySet<string>;
  /** Words at which the scanner should call the speech detector. */
  readonly cueWords: readonly string[];

  constructor(languages: readonly SpeechData[], labels: readonly string[]) {
    const endings = new Set<string>();
    const announce: string[] = [];
    const asks: string[] = [];
    const talk: string[] = [];
    for (const data of languages) {
      for (const group of data.nouns) {
        for (const word of group.strong ?? []) this.addNoun(word, { kind: group.kind, strong: true });
        for (const word of group.weak ?? []) this.addNoun(word, { kind: group.kind, strong: false });
      }
      for (const [role, key] of ROLES) {
        for (const word of (data[key] ?? []) as readonly string[]) {
          for (const form of forms(word)) {
            // "é" without its mark is another word.
            if (form.length === 1 && form !== word.toLowerCase()) continue;
            this.roles[role].add(form);
            this.ordinary.add(form);
          }
        }
      }
      for (const word of data.userNouns) if (word.includes(' ')) this.addNoun(word, { kind: 'user', strong: true });
      for (const word of data.prose) for (const form of forms(word)) this.ordinary.add(form);
      for (const ending of data.proseEndings) endings.add(ending);
      for (const phrase of data.announce) announce.push(...forms(phrase));
      for (const phrase of data.talk) talk.push(...forms(phrase));
      for (const phrase of data.asks) asks.push(...forms(phrase));
    }
    for (const noun of this.nouns.keys()) if (!noun.includes(' ')) this.ordinary.add(noun);
    this.endings = endings;
    this.endingLengths = [...new Set([...endings].map((ending) => ending.length))];
    this.garbles = languages.flatMap((data) => data.garbles ?? []);
    this.announce = announce;
    this.asks = asks;
    this.labels = new Set(labels.map((label) => label.toLowerCase()));
    this.wideUsers = [...this.roles.user].filter((word) => WIDE.test(word));
    this.copulas = [...this.roles.copula].filter((word) => WIDE.test(word));
    this.asking = languages.flatMap((data) => data.asking ?? []);
    this.wideVerbs = [...this.roles.verb].filter((word) => WIDE.test(word));
    this.compounds = new Set(languages.flatMap((data) => (data.compounds ?? []).flatMap(forms)));
    this.wideLinks = [...this.roles.link].filter((word) => WIDE.test(word));
    const phrases = [...new Set(talk)];
    this.wideTalk = phrases.filter((phrase) => WIDE.test(phrase));
    for (const phrase of phrases) {
      if (WIDE.test(phrase)) continue;
      const parts = phrase.split(' ');
      const first = parts[0] as string;
      this.talkByWord.set(first, [...(this.talkByWord.get(first) ?? []), parts]);
    }
    this.quick = new Set();
    this.quick = new Set([...this.ordinary].filter((word) => this.judge(word)));
    this.userWords = [...new Set(languages.flatMap((data) => data.userNouns.flatMap(forms)))].sort(
      (a, b) => b.length - a.length,
    );
    this.cueWords = [
      ...new Set(talk),
      ...this.nouns.keys(),
      ...[...this.roles.verb].filter((word) => word.length >= 3),
      ' / ',
    ];
  }

  private addNoun(written: string, noun: Noun): void {
    for (const form of forms(written)) if (!this.nouns.has(form)) this.nouns.set(form, noun);
  }

  /** The noun that is spelled exactly so (lower case), if it names a credential. */
  nounOf(words: string): Noun | undefined {
    return this.nouns.get(words);
  }

  /** Does a run of a script without blanks hold a word that links (a copula) or one that asks? */
  wideHas(role: 'copula' | 'asking', run: string): boolean {
    return (role === 'copula' ? this.copulas : this.asking).some((word) => run.includes(word));
  }

  /** Does this word (lower case), right behind a credential noun, make another thing of it: "password manager"? */
  isCompound(word: string): boolean {
    return this.compounds.has(word);
  }

  has(role: Role, word: string): boolean {
    return this.roles[role].has(word);
  }

  /** Is there a run of a script without blanks in the text? */
  hasWide(text: string): boolean {
    return WIDE.test(text);
  }

  /** How many phrases of credential talk stand in a row of lower-case words. `wide`: some may be of a script without blanks. */
  talkIn(words: readonly string[], wide: boolean): number {
    let seen: (readonly string[])[] | undefined;
    for (let i = 0; i < words.length; i++) {
      const phrases = this.talkByWord.get(words[i] as string);
      if (phrases === undefined) continue;
      for (const phrase of phrases)
        if (phrase.every((part, k) => words[i + k] === part) && seen?.includes(phrase) !== true)
          (seen ??= []).push(phrase);
    }
    let count = seen?.length ?? 0;
    if (wide) {
      const text = ` ${words.join(' ')} `;
      for (const phrase of this.wideTalk) if (text.includes(phrase)) count++;
    }
    return count;
  }

  /** Does a run of a script without blanks end in a word of this role? */
  wideEnds(role: 'user' | 'link' | 'verb', run: string): boolean {
    if (!WIDE.test(run)) return false;
    return (role === 'user' ? this.wideUsers : role === 'link' ? this.wideLinks : this.wideVerbs).some((word) =>
      run.endsWith(word),
    );
  }

  wideHasUser(run: string): boolean {
    return this.wideUsers.some((word) => run.includes(word));
  }

  /** An ordinary word (lower case): listed, or with an ordinary ending, or written in a script without blanks. */
  isOrdinary(word: string): boolean {
    if (this.quick.has(word)) return true;
    let judged = this.judged.get(word);
    if (judged === undefined) {
      judged = this.judge(word);
      if (this.judged.size < MAX_JUDGED) this.judged.set(word, judged);
    }
    return judged;
  }

  /** A listed word of letters alone: nothing that any cue makes a value. Quicker than a full look. */
  isPlain(token: string, lower: string): boolean {
    return this.quick.has(lower) && PLAIN.test(token);
  }

  /** Drops what was kept of the words of a text: they may hold credentials. */
  forget(): void {
    this.judged.clear();
  }

  private judge(word: string): boolean {
    const bare = word.replace(/^[^\p{L}\d]+|[^\p{L}\d]+$/gu, '');
    if (bare === '' || this.ordinary.has(bare)) return true;
    if (/[\d_@#$%^&*+=~]/.test(bare)) return false;
    if (WIDE.test(bare)) return !/[a-z]{3}/i.test(bare);
    if (bare.includes("'") && this.ordinary.has(bare.slice(0, bare.indexOf("'")))) return true;
    if (bare.includes('-')) return bare.split('-').every((part) => part.length < 3 || this.isOrdinary(part));
    if (bare.includes('/')) return bare.split('/').every((part) => this.isOrdinary(part));
    // Tone marks of a word: people do not put them into passwords.
    if (/[\u1ea0-\u1ef9ăđơư]/.test(bare)) return true;
    for (const garble of this.garbles) {
      const at = garble.length > 1 && bare.length > garble.length + 2 ? bare.indexOf(garble) : -1;
      if (at >= 0 && this.ordinary.has(`${bare.slice(0, at)}or${bare.slice(at + garble.length)}`)) return true;
    }
    return this.endingLengths.some((length) => bare.length > length + 2 && this.endings.has(bare.slice(-length)));
  }

  /** Are these words running text rather than a passphrase? */
  isProse(text: string): boolean {
    const words = text
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
    if (words.length === 0) return true;
    let ordinary = 0;
    for (const word of words) {
      if (this.isOrdinary(word)) ordinary++;
      else if (/\d/.test(word) && /\p{L}/u.test(word) && word.length > 4) return false;
    }
    if (words.length === 1) return ordinary === 1;
    if (ordinary < 5 && words.some((word) => /\d/.test(word))) return false;
    return ordinary === words.length || (words.length >= 4 && ordinary / words.length >= 0.6);
  }

  /**
   * Where a bare value that begins at `at` and whose first word ends at `end` really ends: the word, or a passphrase of several
   * words up to the line's end. -1 where the words are prose.
   */
  phraseEnd(text: string, at: number, end: number, limit: number, opensLine: boolean, explicit: boolean): number {
    const first = text.slice(at, end);
    const firstOrdinary = this.isOrdinary(first.toLowerCase());
    // So much text is more than a few words.
    if (limit - end > MAX_PHRASE) return firstOrdinary ? -1 : end;
    const rest = text.slice(end, limit);
    const restWords = rest.trim() === '' ? [] : rest.trim().split(/\s+/);
    if (restWords.length === 0) return firstOrdinary && !opensLine ? -1 : end;
    const closed = /^[,.;!?)(#|]/.test(rest.trim()) || /[,.;!?]$/.test(text.slice(at, end + 1));
    if (firstOrdinary) {
      // "correct horse battery staple" on a line of its own.
      const others = restWords.filter((word) => !this.isOrdinary(word.toLowerCase()));
      return opensLine &&
        explicit &&
        restWords.length <= 5 &&
        others.length / restWords.length > 0.6 &&
        !/[,.;:?()]/.test(rest)
        ? limit
        : -1;
    }
    if (!opensLine || closed || !explicit || restWords.length > 6) return end;
    const ordinary = restWords.filter((word) => this.isOrdinary(word.toLowerCase()) || /^[#(/;[|<-]/.test(word)).length;
    const whole = ordinary === 0 || (ordinary / restWords.length < 0.5 && !/^[\s]*[#(/;[|<-]/.test(rest));
    return whole && !/[?:]/.test(rest) ? text.slice(0, limit).trimEnd().length : end;
  }
}

function forms(written: string): string[] {
  const word = written.toLowerCase();
  const plain = plainLetters(word);
  return plain === word ? [word] : [word, plain];
}

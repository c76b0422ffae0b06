// One line of running text cut into words, with what is known of each: its looks, its noun, its sentence.
import type { Finding, Search } from '../finding';
import type { Strength as Looks } from '../look';
import { CODE, chosenness, isIdentifier, isNoUser, isNoValue, isOther, isPhrase } from './chosen';
import type { Lexicon, Noun } from './lexicon';
import type { Token } from './tokens';

/** A credential noun at its place in the text. */
export interface Mention {
  readonly start: number;
  readonly end: number;
  readonly noun: Noun;
}

/** What the lines around a line speak of. */
export interface Around {
  /** 0 nothing; 1 a credential noun within some lines; 1.5 in a neighbouring line. */
  readonly nouns: number;
  /** Words of credential talk in the lines around. */
  readonly talk: number;
  /** Kind of the nearest noun. */
  readonly kind: string | undefined;
  /** What the carriers found, by place. */
  readonly found: readonly Finding[];
}

/** What earlier lines leave behind for this one. */
export interface Context {
  /** Kind named in one of the last lines. */
  readonly near: string | undefined;
  /** The line before ended in a cue that waits for its value. */
  readonly waiting: string | undefined;
  /** The cue named no credential. */
  readonly doubtful: boolean;
  readonly around: Around;
}

export const HARD_LINK = /^(?:[:=]|->|=>|-+>?|→|\||::)$/;
export const PAIR = /^([\p{L}\d_.@+-]{2,40})([:/|;])(\S{4,})$/u;

const LOG_PREFIX =
  /^(?:[[(]?(?:\d{4}-\d\d-\d\d[T ]|\p{Lu}\p{Ll}{2} {1,2}\d{1,2} )?\d\d:\d\d:\d\d[^\s\]]*\]?(?:\s\S{1,40}){0,3}?[:\]]\s|\S{1,40}\s+\|\s)/u;

const MAX_MEMO = 20_000;
/** Letters of one case: a word of some language. */
const WORD = /^\p{Lu}?\p{Ll}+$/u;

/** The words of a line. */
export class Line {
  readonly owner: (Mention | undefined)[];
  private readonly looks: (Looks | undefined)[];
  readonly taken = new Set<number>();
  private running: boolean | undefined;
  readonly sentence: number[] = [];
  /** Where the words begin behind a log's time, host and process. */
  private readonly bodyStart: number;

  constructor(
    readonly search: Search,
    readonly tokens: readonly Token[],
    readonly mentions: readonly Mention[],
  ) {
    let m = 0;
    let sentence = 0;
    this.owner = tokens.map((token) => {
      while (m < mentions.length && (mentions[m] as Mention).end <= token.start) m++;
      const mention = mentions[m];
      this.sentence.push(sentence);
      if (token.last || (token.quoted && /[,:]/.test(search.text[token.end + 1] ?? ''))) sentence++;
      return mention !== undefined && mention.start < token.end && mention.end > token.start ? mention : undefined;
    });
    this.looks = new Array<Looks | undefined>(tokens.length).fill(undefined);
    const head = search.text.slice(tokens[0]?.start ?? 0, (tokens[0]?.start ?? 0) + 120);
    this.bodyStart = (tokens[0]?.start ?? 0) + (LOG_PREFIX.exec(head)?.[0].length ?? 0);
  }

  /** Words of a language rather than of a machine. */
  isRunningText(): boolean {
    return (this.running ??= this.judgeRunning());
  }

  private judgeRunning(): boolean {
    const { lexicon } = this.search.pack;
    let ordinary = 0;
    for (const token of this.tokens) if (lexicon.isOrdinary(token.lower)) ordinary++;
    const words = this.tokens.filter((token) => WORD.test(token.text)).length;
    return (
      ordinary >= (words > 3 ? 1 : 2) &&
      Math.max(ordinary, words / 2) / this.tokens.length >= 0.4 &&
      !/^[\s]*["'[{<$]/.test(this.tokens[0]?.lead ?? '')
    );
  }

  kindOf(near: string | undefined): string {
    return near ?? this.mentions.find((mention) => mention.noun.kind !== 'user')?.noun.kind ?? 'password';
  }

  /** Up to `count` words before `i`, of the same sentence. */
  before(i: number, count: number): Token[] {
    return this.tokens
      .slice(Math.max(0, i - count), i)
      .filter((_, k, list) => this.sentence[i - list.length + k] === this.sentence[i]);
  }

  /** How much a word looks chosen; hardly where it counts a thing of the trade: "app_web_22". */
  worth(text: string): number {
    const worth = chosenness(text);
    const { lexicon } = this.search.pack;
    return worth === 1.5 && /_\d+$/.test(text) && text.split(/[_\d]+/).every((part) => lexicon.isOrdinary(part))
      ? 0.75
      : worth;
  }

  /** Alone on its line, or behind nothing but a short label with a colon or sign. */
  isLabelled(i: number): boolean {
    if (i !== this.tokens.length - 1 || i > 3 || (this.tokens[i] as Token).text.length > 40) return false;
    if (i === 0) return !/[<>{}]/.test((this.tokens[0] as Token).lead);
    const label = this.tokens.slice(0, i);
    return (
      (/^(?:[:=-]|->|=>)$/.test((label.at(-1) as Token).text) || /[:=]$/.test((label.at(-1) as Token).trail)) &&
      label.every((token) => /^[\p{L}:=>-]+$/u.test(token.text))
    );
  }

  /** A noun in angle brackets: the place of a value, none of its names. */
  isPlaceholder(i: number): boolean {
    const { start, end } = this.tokens[i] as Token;
    return this.search.text[end] === '>' && this.search.text.slice(Math.max(0, start - 20), start).includes('<');
  }

  lineText(): string {
    return this.tokens.map((token) => token.lower).join(' ');
  }

  /** Did a carrier find something in this word already? */
  isFound(i: number, found: readonly Finding[]): boolean {
    const token = this.tokens[i] as Token;
    let low = 0;
    let high = found.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((found[middle] as Finding).end <= token.start) low = middle + 1;
      else high = middle;
    }
    return low < found.length && (found[low] as Finding).start < token.end;
  }

  look(i: number, linked = false): Looks {
    const token = this.tokens[i];
    if (token === undefined || this.owner[i] !== undefined) return 'none';
    const known = this.looks[i];
    if (known !== undefined && !(linked && known === 'none')) return known;
    const looks = this.judgeOnce(token, linked);
    if (!linked) this.looks[i] = looks;
    return looks;
  }

  /**
   * Right behind an unmistakable cue any word that is none of the language is the value, also one that looks like an id or a
   * version; with `constant` one that looks like a constant too.
   */
  isTold(i: number, constant = false): boolean {
    const { look, lexicon } = this.search.pack;
    const token = this.tokens[i] as Token;
    const { text } = token;
    if (token.start < this.bodyStart || token.lead.includes('<') || text.includes('redacted:') || /\s/.test(text))
      return false;
    if (!/\d/.test(text) || !look.isTold(text) || (!constant && isNoValue(text)) || lexicon.isOrdinary(token.lower))
      return false;
    // A member of a structure: "Timeout:30".
    if (isAssignment(text, lexicon) || text.includes(':')) return false;
    // "16chars", "2nd": a count.
    const counted = /^\d{1,3}-?(\p{L}+)$/u.exec(text)?.[1]?.toLowerCase();
    if (counted !== undefined && (counted.length < 3 || lexicon.isOrdinary(counted))) return false;
    return !/["'][:,]|[{[,:]["']|["']\s?=>|=>\s?["']|[{}<>;]/.test(text);
  }

  /** A word looks the same wherever it stands in a text, but for quotes, tags and the head of a log's line. */
  private judgeOnce(token: Token, linked: boolean): Looks {
    const { lexicon, looks } = this.search.pack;
    if (lexicon.isPlain(token.text, token.lower)) return 'none';
    if (token.quoted || token.start < this.bodyStart || token.lead.includes('<')) return this.judge(token, linked);
    const memo = linked ? looks.linked : looks.free;
    let judged = memo.get(token.text);
    if (judged === undefined) {
      judged = this.judge(token, linked);
      if (memo.size < MAX_MEMO) memo.set(token.text, judged);
    }
    return judged;
  }

  private judge(token: Token, linked: boolean): Looks {
    const { look, lexicon } = this.search.pack;
    if (token.start < this.bodyStart || isOther(token.text)) return 'none';
    if (!linked && isIdentifier(token.text)) return 'none';
    if (token.text.includes('redacted:') || /^[\w.-]*[-_]$/.test(token.text)) return 'none';
    if (token.quoted) {
      if (look.isPlaceholder(token.text) || look.isPlace(token.text)) return 'none';
      if (/\s/.test(token.text))
        return isPhrase(linked ? token.text.replaceAll(',', '') : token.text) && !lexicon.isProse(token.text)
          ? 'medium'
          : 'none';
    }
    // Several members of a structure in one word.
    if (/["'][:,]|[{[,:]["']|["']\s?=>|=>\s?["']/.test(token.text)) return 'none';
    // An index or argument of code.
    if (token.quoted && /[\w)\]][([]$/.test(this.search.text.slice(Math.max(0, token.start - 3), token.start - 1)))
      return 'none';
    if (token.quoted && /^[\w.[\]-]{1,40}=\S/.test(token.text)) return 'none';
    // Names of fields and actions: words of the trade joined by marks.
    if (
      /^\p{Ll}+(?:[_.-]\p{Ll}+)+$/u.test(token.text) &&
      token.text.split(/[_.-]/).every((part) => lexicon.isOrdinary(part))
    )
      return 'none';
    const plain = look.strengthOf(token.text);
    // "4ever-Juniper", "Caju-Doce/19": no count and no product, for their letters are mixed.
    const strength =
      plain === 'none' &&
      /^(?:\d\p{L}|\p{L}[\p{L}.-]*\/\d)/u.test(token.text) &&
      !/^0x/i.test(token.text) &&
      chosenness(token.text) >= 3
        ? 'strong'
        : plain === 'word' && chosenness(token.text) >= 2
          ? 'medium'
          : plain;
    if (strength === 'none') {
      if (linked && /^\d{4,12}$/.test(token.text) && !look.isPlaceholder(token.text)) return 'medium';
      if (
        linked &&
        look.isDomain(token.text) &&
        !/\.(?:com|net|org|io|php|info|biz)(?:[:/]|$)/i.test(token.text) &&
        /[A-Z\d]/.test(token.text)
      )
        return 'medium';
      return 'none';
    }
    if (token.lead.includes('<') || (!token.quoted && look.isCode(token.text))) return 'none';
    const pair = token.quoted ? null : PAIR.exec(token.text);
    if (pair?.[2] === ':' && look.isPlaceholder((pair[3] ?? '').replace(/\\?["'`].*$/, ''))) return 'none';
    if (pair?.[2] === ':' && look.strengthOf(pair[3] ?? '') === 'none' && !/:/.test(pair[3] ?? '')) return 'none';
    if (!token.quoted && /^[\p{L}][\w.-]*:\d{1,5}\p{Ll}{0,2}$/u.test(token.text)) return 'none';
    if (
      !token.quoted &&
      ((!linked && CODE.test(token.text.replace(/^\p{Lu}\p{Ll}{3,}=/u, ''))) || isAssignment(token.text, lexicon))
    )
      return 'none';
    if (!token.quoted && CODE.test(token.text) && look.isCode(token.text)) return 'none';
    if (strength !== 'strong' && lexicon.isOrdinary(token.lower)) return 'none';
    return strength;
  }

  take(i: number, kind: string, weak = false): void {
    const token = this.tokens[i] as Token;
    if (this.taken.has(i)) return;
    this.taken.add(i);
    const pair = PAIR.exec(token.text);
    let { start } = token;
    if (
      pair !== null &&
      this.isUserPart(pair[1] ?? '') &&
      !/\/.*\//.test(token.text) &&
      (pair[2] === ':' || chosenness(pair[3] ?? '') >= 2 || this.search.pack.look.strengthOf(pair[3] ?? '') !== 'none')
    )
      start += (pair[1] ?? '').length + 1;
    this.search.findings.push({ start, end: token.end, kind, carrier: 'speech', ...(weak ? { weak } : {}) });
  }

  isUserPart(text: string): boolean {
    return /^[\p{L}][\p{L}\d_.@+-]*$/u.test(text) && this.search.pack.look.strengthOf(text) !== 'strong';
  }

  /** Behind a user noun or the label of an identifier. */
  isProtected(i: number): boolean {
    const { lexicon } = this.search.pack;
    const chosen = chosenness(this.tokens[i]?.text ?? '') >= 3;
    const bracket = /[([]/.test(this.tokens[i]?.lead ?? '');
    const noUser = isNoUser(this.tokens[i]?.text ?? '');
    let link = false;
    for (let k = i - 1, steps = 0; k >= 0 && steps < (bracket ? 1 : 3); k--, steps++) {
      const token = this.tokens[k] as Token;
      const user =
        !noUser &&
        (this.owner[k]?.noun.kind === 'user' ||
          lexicon.has('user', token.lower.replace(/'s$/, '')) ||
          lexicon.wideEnds('user', token.text) ||
          (steps === 0 && lexicon.wideEnds('link', token.text) && lexicon.wideHasUser(token.text)));
      if (steps === 0 && /[:=]$/.test(token.trail)) link = true;
      // "the password of the account X is Y", "secret for account B: Y"
      if (
        user &&
        this.owner[k]?.noun.kind !== 'user' &&
        // "the secret of our test account (X)", "password account web X"
        (link || (bracket && chosen) || (steps > 0 && this.owner[k - 1] !== undefined)) &&
        this.hasNounBefore(k)
      )
        return false;
      if (!noUser && this.owner[k]?.noun.kind === 'user') return true;
      if (token.last || this.owner[k] !== undefined || /[,;]/.test(token.trail)) return false;
      if (user) return true;
      if (lexicon.has('and', token.lower) || /^[+&]$/.test(token.text)) return false;
      // "secret and login both X"
      if (chosen && !link && lexicon.has('pronoun', token.lower)) return false;
      const label = lexicon.labels;
      if (steps > 1 && chosenness(this.tokens[i]?.text ?? '') === 4) continue;
      if (label.has(token.lower) || label.has(`${this.tokens[k - 1]?.lower ?? ''} ${token.lower}`)) return true;
      if (lexicon.has('link', token.lower) || HARD_LINK.test(token.text)) link = true;
      else if (!lexicon.has('filler', token.lower) && (steps > 0 || chosen)) return false;
    }
    return false;
  }

  /** Right behind the label of an identifier: "commit X", "request id X". */
  isIdentified(i: number): boolean {
    const { labels } = this.search.pack.lexicon;
    const before = this.tokens[i - 1]?.lower ?? '';
    return labels.has(before) || labels.has(`${this.tokens[i - 2]?.lower ?? ''} ${before}`);
  }

  /** Does a credential noun stand up to four words before `k`, in the same phrase? */
  private hasNounBefore(k: number): boolean {
    for (let n = k - 1; n >= 0 && k - n <= 4; n--) {
      const token = this.tokens[n] as Token;
      if (token.last || /[,;:]/.test(token.trail)) return false;
      if (this.owner[n] !== undefined) return this.owner[n]?.noun.kind !== 'user';
    }
    return false;
  }
}

/** `name=value`: no word of speech, unless the name is no name at all ("Serrana=Nova9"). */
function isAssignment(text: string, lexicon: Lexicon): boolean {
  const name = /^([\w.[\]-]{1,40})=/.exec(text)?.[1];
  return name !== undefined && !(/^\p{Lu}\p{Ll}{3,}$/u.test(name) && !lexicon.isOrdinary(name.toLowerCase()));
}

// Credentials told in running text: weighs each word by its looks and by how it is tied to a credential noun.
import type { Search } from '../finding';
import type { Noun } from './lexicon';
import { tokenise, type Token } from './tokens';

/** A credential noun at its place in the text. */
export interface Mention {
  readonly start: number;
  readonly end: number;
  readonly noun: Noun;
}

/** What earlier lines leave behind for this one. */
export interface Context {
  /** Kind named in one of the last lines. */
  readonly near: string | undefined;
  /** The line before ended in a cue that waits for its value. */
  readonly waiting: string | undefined;
}

type Looks = 'none' | 'word' | 'medium' | 'strong';

const HARD_LINK = /^(?:[:=]|->|=>|-+>?|→|\||::)$/;
const LINK_TRAIL = /[:=]$/;
const PAIR = /^([\p{L}\d_.@+-]{2,40})([:/])(\S{4,})$/u;
const CODE = /[(){}<>;[\]]|->|::|=>|^[\w.[\]-]+=|^[\w.+-]+@[\w.-]+|^\$/;
const MAX_AHEAD = 9;

/** Finds what the line [from, to) tells. Returns the kind of the last noun and whether the line waits for a value on the next. */
export function findSpeech(
  search: Search,
  from: number,
  to: number,
  mentions: readonly Mention[],
  context: Context,
): { noun?: string; waits?: string } {
  const line = new SpeechLine(search, tokenise(search.text, from, to), mentions);
  if (context.waiting !== undefined && line.takeAlone(context.waiting)) return {};
  line.run(context.near);
  return line.outcome();
}

class SpeechLine {
  private readonly owner: (Mention | undefined)[];
  private readonly looks: (Looks | undefined)[];
  private readonly taken = new Set<number>();
  private readonly sentence: number[] = [];

  constructor(
    private readonly search: Search,
    private readonly tokens: readonly Token[],
    private readonly mentions: readonly Mention[],
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
  }

  run(near: string | undefined): void {
    for (let i = 0; i < this.tokens.length; i++) {
      const mention = this.owner[i];
      if (mention === undefined || mention.noun.kind === 'user' || this.owner[i + 1] === mention) continue;
      let first = i;
      while (first > 0 && this.owner[first - 1] === mention) first--;
      this.ahead(i, mention);
      this.behind(first, i, mention);
    }
    this.unlinked();
    this.changed(near);
    this.pairs(near);
    if ((near !== undefined || this.mentions.some((mention) => mention.noun.kind !== 'user')) && this.isRunningText())
      this.pointed(this.kindOf(near));
  }

  outcome(): { noun?: string; waits?: string } {
    const last = this.mentions.filter((mention) => mention.noun.kind !== 'user').at(-1);
    if (last === undefined) return {};
    const noun = last.noun.kind;
    const final = this.tokens.at(-1);
    if (this.taken.size > 0 || final === undefined || this.tokens.some((token) => token.text.includes('redacted:')))
      return { noun };
    const lastOwner = this.owner.lastIndexOf(last);
    // A run without blanks goes on behind the noun: a statement, no heading.
    if (lastOwner === this.tokens.length - 1 && last.end < final.end) return { noun };
    const colon = /[:=：]$/.test(final.text + final.trail) || HARD_LINK.test(final.text);
    const short =
      this.tokens.length <= 5 &&
      this.tokens.slice(lastOwner + 1).every((token) => this.search.pack.lexicon.has('link', token.lower)) &&
      !/[.?!]/.test(final.trail);
    if (colon || (short && last.noun.strong && this.tokens.length <= 3)) return { noun, waits: noun };
    if (!this.isRunningText()) return {};
    const line = this.tokens.length > 40 ? '' : this.lineText();
    const announced = line !== '' && this.search.pack.lexicon.announce.some((phrase) => line.includes(phrase));
    return announced ? { noun, waits: noun } : { noun };
  }

  /** Words of a language rather than of a machine. */
  private isRunningText(): boolean {
    const { lexicon } = this.search.pack;
    const ordinary = this.tokens.filter((token) => lexicon.isOrdinary(token.lower)).length;
    return ordinary >= 2 && ordinary / this.tokens.length >= 0.4 && !/^[\s]*["'[{<$]/.test(this.tokens[0]?.lead ?? '');
  }

  private kindOf(near: string | undefined): string {
    return near ?? this.mentions.find((mention) => mention.noun.kind !== 'user')?.noun.kind ?? 'password';
  }

  private lineText(): string {
    return this.tokens.map((token) => token.lower).join(' ');
  }

  /** A line that is nothing but a value, after a line that asked for it. */
  takeAlone(kind: string): boolean {
    const { tokens } = this;
    if (tokens.length === 0 || tokens.length > 4 || this.mentions.length > 0) return false;
    if (/[:=]$/.test(tokens[0]?.trail ?? '') || /^[\w-]+:$/.test(tokens[0]?.text ?? '')) return false;
    const strong = tokens.findIndex((_, i) => this.look(i, true) === 'strong' || this.look(i, true) === 'medium');
    if (strong >= 0) {
      this.take(strong, kind);
      return true;
    }
    const first = tokens[0] as Token;
    if (tokens.length === 1 && this.look(0, true) === 'word' && first.text.length >= 4 && !/:$/.test(first.trail)) {
      this.take(0, kind);
      return true;
    }
    return false;
  }

  private look(i: number, linked = false): Looks {
    const token = this.tokens[i];
    if (token === undefined || this.owner[i] !== undefined) return 'none';
    const known = this.looks[i];
    if (known !== undefined && !(linked && known === 'none')) return known;
    const looks = this.judge(token, linked);
    if (!linked) this.looks[i] = looks;
    return looks;
  }

  private judge(token: Token, linked: boolean): Looks {
    const { look, lexicon } = this.search.pack;
    if (token.text.includes('redacted:') || /^[\w.-]*[-_]$/.test(token.text)) return 'none';
    if (token.quoted) {
      if (look.isPlaceholder(token.text) || look.isPlace(token.text)) return 'none';
      if (/\s/.test(token.text)) return lexicon.isProse(token.text) ? 'none' : 'medium';
    }
    // Several members of a structure in one word.
    if (!token.quoted && /["'][:,]|[{[,:]["']/.test(token.text)) return 'none';
    const strength = look.strengthOf(token.text);
    if (strength === 'none') {
      if (linked && /^\d{4,12}$/.test(token.text) && !look.isPlaceholder(token.text)) return 'medium';
      if (
        linked &&
        look.isDomain(token.text) &&
        !/\.(?:com|net|org|io|php|info|biz)$/i.test(token.text) &&
        /[A-Z\d]/.test(token.text)
      )
        return 'medium';
      return 'none';
    }
    if (token.lead.includes('<') || (!token.quoted && look.isCode(token.text))) return 'none';
    const pair = token.quoted ? null : PAIR.exec(token.text);
    if (pair?.[2] === ':' && look.strengthOf(pair[3] ?? '') === 'none' && !/:/.test(pair[3] ?? '')) return 'none';
    if (!token.quoted && /^[\p{L}][\w.-]*:\d{1,5}$/u.test(token.text)) return 'none';
    if (!token.quoted && ((!linked && CODE.test(token.text)) || /^[\w.[\]-]{1,40}=/.test(token.text))) return 'none';
    if (!token.quoted && CODE.test(token.text) && look.isCode(token.text)) return 'none';
    if (strength !== 'strong' && lexicon.isOrdinary(token.lower)) return 'none';
    return strength;
  }

  private take(i: number, kind: string): void {
    const token = this.tokens[i] as Token;
    if (this.taken.has(i)) return;
    this.taken.add(i);
    const pair = PAIR.exec(token.text);
    let { start } = token;
    if (pair !== null && this.isUserPart(pair[1] ?? '') && this.search.pack.look.strengthOf(pair[3] ?? '') !== 'none')
      start += (pair[1] ?? '').length + 1;
    this.search.findings.push({ start, end: token.end, kind, carrier: 'speech' });
  }

  private isUserPart(text: string): boolean {
    return /^[\p{L}][\p{L}\d_.@+-]*$/u.test(text) && this.search.pack.look.strengthOf(text) !== 'strong';
  }

  /** Words behind the noun: links, fillers, then the value. */
  private ahead(at: number, mention: Mention): void {
    const { lexicon } = this.search.pack;
    const { kind, strong } = mention.noun;
    const head = this.tokens[at] as Token;
    let link: 'none' | 'soft' | 'hard' = LINK_TRAIL.test(head.trail) || /[:=]$/.test(head.text) ? 'hard' : 'none';
    if (/^[:=]/.test(this.search.text.slice(mention.end, mention.end + 1))) link = 'hard';
    const wideTail = this.search.text.slice(mention.end, head.end);
    if (wideTail !== '' && lexicon.wideEnds('link', wideTail)) link = 'soft';
    if (wideTail !== '' && lexicon.wideHasUser(wideTail)) return;
    // "user X / pass Y": the frame ties as a link does.
    if (link === 'none' && head.trail === '' && this.inFrame(at)) link = 'soft';
    // Closing a sentence ends the noun's reach.
    if (head.last && link === 'none') return;
    let ordinary = 0;
    let linkDistance = 0;
    for (let i = at + 1; i < this.tokens.length && i <= at + MAX_AHEAD; i++) {
      const token = this.tokens[i] as Token;
      // The string in which the noun stands is over.
      if (head.quoted && this.search.text.slice(head.end, Math.min(token.start, head.end + 4)).includes(',')) return;
      if (
        !/["']/.test(head.lead) &&
        !head.quoted &&
        /["'][,:;]?/.test(this.tokens[i - 1]?.trail ?? '') &&
        this.tokens[i - 1]?.quoted !== true
      )
        return;
      if (this.owner[i] !== undefined) {
        // A second noun of the same phrase ("API password"), or its own turn.
        if (link === 'none' && this.owner[i] !== mention && !/[,;]/.test(this.tokens[i - 1]?.trail ?? '')) return;
        return;
      }
      if (HARD_LINK.test(token.text)) {
        link = token.text === '|' ? link : 'hard';
        linkDistance = 0;
        continue;
      }
      if (token.text.includes('redacted:')) return;
      if (lexicon.has('user', token.lower) && !token.quoted) return;
      if (/[\u3400-\u9fff]/.test(token.text) && !/[a-z\d]/i.test(token.text)) {
        if (/^[，；、。]/.test(token.text) && link === 'none') return;
        if (lexicon.wideHasUser(token.text)) return;
        if (lexicon.wideEnds('link', token.text)) {
          link = 'soft';
          continue;
        }
        if (/[吗呢？。]/.test(token.text)) return;
        if (++ordinary > 3) return;
        continue;
      }
      const code = (kind === 'one-time-code' || kind === 'epp-code') && i === at + 1;
      const looks = this.look(i, link !== 'none' || code);
      const bracket = /[("]/.test(token.lead);
      if (looks === 'strong' && (link !== 'none' || ordinary <= 3 || bracket)) return this.takeRun(i, kind);
      if (looks === 'medium') {
        const numeric = /^\d+$/.test(token.text);
        if (
          link !== 'none'
            ? linkDistance <= 3
            : !numeric &&
              (token.quoted || bracket || (ordinary === 0 && i === at + 1 && strong && !/^\p{Lu}/u.test(token.text)))
        )
          return this.takeRun(i, kind);
        if (
          link === 'none' &&
          i === at + 1 &&
          (kind === 'one-time-code' || kind === 'epp-code') &&
          (numeric || /\d/.test(token.text))
        )
          return this.takeRun(i, kind);
      }
      if (
        kind === 'one-time-code' &&
        /^\d{2,4}$/.test(token.text) &&
        /^\d{2,4}$/.test(this.tokens[i + 1]?.text ?? '') &&
        (link !== 'none' || i === at + 1)
      ) {
        this.take(i, kind);
        this.take(i + 1, kind);
        return;
      }
      if (
        looks === 'word' &&
        link !== 'none' &&
        linkDistance <= 2 &&
        strong &&
        token.text.length >= 4 &&
        this.mayBeWord(i, link)
      )
        return this.takeRun(i, kind);
      if (looks === 'word' && token.quoted && (link !== 'none' || (strong && i === at + 1)))
        return this.takeRun(i, kind);
      if (token.trail.endsWith(':') || token.trail.endsWith('=') || /[:=]$/.test(token.text)) {
        link = 'hard';
        linkDistance = 0;
      } else if (lexicon.has('link', token.lower)) {
        if (link !== 'hard') link = 'soft';
        linkDistance = 0;
      } else if (link !== 'none') {
        if (
          !lexicon.has('filler', token.lower) &&
          !lexicon.has('to', token.lower) &&
          !lexicon.has('from', token.lower)
        ) {
          // "password is wrong": said about the credential.
          if (looks === 'none' || looks === 'word') {
            linkDistance += 2;
            if (linkDistance > 4) return;
          }
        }
        linkDistance++;
      } else ordinary++;
      if (token.last && !token.trail.endsWith(':')) return;
      if (/[,;]/.test(token.trail) && link === 'none' && ordinary > 4) return;
    }
  }

  /** Does a user noun stand before this noun, with only its value and a joint between? */
  private inFrame(at: number): boolean {
    const { lexicon } = this.search.pack;
    const joint = this.tokens[at - 1];
    if (
      joint === undefined ||
      !(
        /^[/|,;&+-]$/.test(joint.text) ||
        /[,;/|]$/.test(joint.trail) ||
        lexicon.has('and', joint.lower) ||
        !lexicon.isOrdinary(joint.lower)
      )
    )
      return false;
    for (let i = at - 1; i >= 0 && at - i <= 4; i--) {
      if (lexicon.has('user', (this.tokens[i] as Token).lower) || this.owner[i]?.noun.kind === 'user') return true;
    }
    return false;
  }

  /** A plain word as a value: not in the middle of a claim. */
  private mayBeWord(i: number, link: 'soft' | 'hard'): boolean {
    const token = this.tokens[i] as Token;
    const { lexicon } = this.search.pack;
    const next = this.tokens[i + 1];
    if (/^\p{Lu}{2,}$/u.test(token.text) && token.text.length < 6) return false;
    if (token.trail.includes('?')) return false;
    const before = this.tokens[i - 1];
    // "my password is the plum": a determiner makes a common noun of it.
    if (
      before !== undefined &&
      link === 'soft' &&
      lexicon.has('pronoun', before.lower) &&
      !lexicon.has('link', before.lower)
    )
      return false;
    if (next === undefined || token.last || /[,;.!)]/.test(token.trail)) return true;
    return lexicon.isOrdinary(next.lower) || this.owner[i + 1] !== undefined || /^[(,;/|-]/.test(next.lead + next.text);
  }

  /** The value and others that are joined to it: "A and B", "A, B", "A (old), B (new)". */
  private takeRun(i: number, kind: string): void {
    this.take(i, kind);
    const { lexicon } = this.search.pack;
    let gap = 0;
    for (let k = i + 1; k < this.tokens.length && gap <= 3; k++) {
      const token = this.tokens[k] as Token;
      if (this.tokens[k - 1]?.last === true || this.owner[k] !== undefined || lexicon.has('user', token.lower)) return;
      const looks = this.look(k);
      if (looks === 'strong' || (looks === 'medium' && (token.quoted || similar(this.tokens[i] as Token, token)))) {
        this.take(k, kind);
        gap = 0;
        continue;
      }
      if (
        lexicon.has('and', token.lower) ||
        lexicon.has('to', token.lower) ||
        lexicon.has('filler', token.lower) ||
        /^[/|&,+-]$/.test(token.text)
      )
        gap++;
      else return;
    }
  }

  /** "X is my password", "typed X (the panel password)", "use X as the password". */
  private behind(first: number, last: number, mention: Mention): void {
    const { lexicon } = this.search.pack;
    const { kind, strong } = mention.noun;
    let link: 'none' | 'soft' | 'bracket' = /[(-]/.test(this.tokens[first]?.lead ?? '') ? 'bracket' : 'none';
    const head = this.search.text.slice((this.tokens[first] as Token).start, mention.start);
    if (head !== '' && /[是为]/.test(head)) link = 'soft';
    for (let i = first - 1; i >= 0 && first - i <= 6; i--) {
      const token = this.tokens[i] as Token;
      if (token.last || this.owner[i] !== undefined) return;
      if (HARD_LINK.test(token.text)) {
        link = 'bracket';
        continue;
      }
      if (/[,;，；]/.test(token.trail) && link === 'none') return;
      const looks = this.look(i, link !== 'none');
      if (looks === 'strong' || looks === 'medium') {
        if (this.isProtected(i)) return;
        const numeric = /^\d+$/.test(token.text);
        if (link !== 'none' && (!numeric || kind === 'one-time-code' || strong)) return this.takeBack(i, kind);
        if (looks === 'strong' && first - i <= 3) return this.take(i, kind);
        return;
      }
      if (
        looks === 'word' &&
        link === 'soft' &&
        strong &&
        token.text.length >= 4 &&
        !token.trail.includes(',') &&
        (i === 0 || this.tokens[i - 1]?.last === true || lexicon.has('verb', this.tokens[i - 1]?.lower ?? '')) &&
        !this.linksOn(last)
      )
        return this.take(i, kind);
      if (/[\u3400-\u9fff]/.test(token.text)) {
        if (/[是为]/.test(token.text)) link = 'soft';
        continue;
      }
      if (lexicon.has('link', token.lower) && !(lexicon.has('to', token.lower) && strong))
        link = link === 'none' ? 'soft' : link;
      else if (/\(/.test(token.lead)) link = 'bracket';
      else if (looks === 'word') return;
    }
  }

  /** Does the noun go on to a link of its own ("the X password is …")? */
  private linksOn(last: number): boolean {
    const next = this.tokens[last + 1];
    return (
      next !== undefined &&
      !/[,;.?!]/.test(this.tokens[last]?.trail ?? '') &&
      this.search.pack.lexicon.has('link', next.lower)
    );
  }

  private takeBack(i: number, kind: string): void {
    this.take(i, kind);
    const { lexicon } = this.search.pack;
    for (let k = i - 1; k >= 0 && i - k <= 3; k--) {
      const token = this.tokens[k] as Token;
      if (token.last) return;
      if (this.look(k) === 'strong' && !this.isProtected(k)) this.take(k, kind);
      else if (!lexicon.has('and', token.lower)) return;
    }
  }

  /** Behind a user noun or the label of an identifier. */
  private isProtected(i: number): boolean {
    const { lexicon } = this.search.pack;
    for (let k = i - 1, steps = 0; k >= 0 && steps < 3; k--, steps++) {
      const token = this.tokens[k] as Token;
      if (this.owner[k]?.noun.kind === 'user') return true;
      if (token.last || this.owner[k] !== undefined || /[,;]/.test(token.trail)) return false;
      if (lexicon.has('user', token.lower) || lexicon.wideEnds('user', token.text)) return true;
      if (
        lexicon.labels.includes(token.lower) ||
        lexicon.labels.includes(`${this.tokens[k - 1]?.lower ?? ''} ${token.lower}`)
      )
        return true;
      if (
        !lexicon.has('link', token.lower) &&
        !lexicon.has('filler', token.lower) &&
        !HARD_LINK.test(token.text) &&
        steps > 0
      )
        return false;
    }
    return false;
  }

  /** Somewhere in a sentence with a noun: only what plainly was made up as a password. */
  private unlinked(): void {
    const kinds = new Map<number, Noun>();
    this.tokens.forEach((_, i) => {
      const mention = this.owner[i];
      const sentence = this.sentence[i] ?? 0;
      if (mention !== undefined && mention.noun.kind !== 'user' && kinds.get(sentence)?.strong !== true)
        kinds.set(sentence, mention.noun);
    });
    if (kinds.size === 0) return;
    for (let i = 0; i < this.tokens.length; i++) {
      const noun = kinds.get(this.sentence[i] ?? -1);
      if (noun === undefined || this.look(i) !== 'strong' || !isChosen((this.tokens[i] as Token).text)) continue;
      if (!this.isProtected(i)) this.take(i, noun.kind);
    }
  }

  /** "changed it from A to B", "was A, now B". */
  private changed(near: string | undefined): void {
    const { lexicon } = this.search.pack;
    for (let i = 0; i < this.tokens.length; i++) {
      if (
        !lexicon.has('verb', (this.tokens[i] as Token).lower) &&
        !lexicon.has('from', (this.tokens[i] as Token).lower)
      )
        continue;
      const sentence = this.sentence[i];
      const values: number[] = [];
      let from = lexicon.has('from', (this.tokens[i] as Token).lower);
      let to = false;
      let paired = false;
      for (let k = i + 1; k < this.tokens.length && k <= i + 12 && this.sentence[k] === sentence; k++) {
        const token = this.tokens[k] as Token;
        if (lexicon.has('from', token.lower)) from = true;
        if (lexicon.has('to', token.lower) || lexicon.has('and', token.lower)) to = true;
        if (lexicon.has('pronoun', token.lower) && values.length === 0) paired = true;
        const looks = this.look(k);
        if ((looks === 'strong' || looks === 'medium') && !this.isProtected(k)) values.push(k);
      }
      if (values.length < 2 || !(from || paired) || !to) continue;
      const [a, b] = [this.tokens[values[0] as number] as Token, this.tokens[values[1] as number] as Token];
      const known = from && (near !== undefined || this.mentions.length > 0);
      if (
        known
          ? similar(a, b) || (isChosen(a.text) && isChosen(b.text))
          : isChosen(a.text) && isChosen(b.text) && (from || similar(a, b))
      ) {
        for (const value of values.slice(0, 2)) this.take(value, this.kindOf(near));
      }
    }
  }

  /** "use ilse / Gate#Moor5", "user ilse pass …", "(paige@low.example / Larder!8)". */
  private pairs(near: string | undefined): void {
    const { lexicon } = this.search.pack;
    for (let i = 1; i + 1 < this.tokens.length; i++) {
      const token = this.tokens[i] as Token;
      if (!/^[/|]$/.test(token.text)) continue;
      const left = this.tokens[i - 1] as Token;
      const right = this.tokens[i + 1] as Token;
      const looks = this.look(i + 1, true);
      if (looks === 'none' || this.owner[i + 1] !== undefined || lexicon.has('user', right.lower)) continue;
      if (this.search.pack.look.isInert(right.text) || /\s/.test(left.text)) continue;
      const cued =
        near !== undefined ||
        this.mentions.length > 0 ||
        this.tokens
          .slice(Math.max(0, i - 7), i)
          .some((before) => lexicon.has('verb', before.lower) || lexicon.has('user', before.lower));
      if (looks === 'strong' ? cued || isChosen(right.text) : looks === 'medium' && cued && !/^\d+$/.test(right.text))
        this.take(i + 1, this.kindOf(near));
    }
    // One word: user/secret or user:secret behind a verb of use.
    for (let i = 0; i < this.tokens.length; i++) {
      const token = this.tokens[i] as Token;
      const pair = PAIR.exec(token.text);
      if (
        pair === null ||
        this.owner[i] !== undefined ||
        CODE.test(token.text) ||
        this.search.pack.look.isInert(token.text) ||
        /:\/\//.test(token.text)
      )
        continue;
      const value = pair[3] ?? '';
      if (
        !isChosen(value) ||
        !this.isUserPart(pair[1] ?? '') ||
        this.search.pack.look.isInert(value) ||
        this.search.pack.look.isInert(pair[1] ?? '') ||
        /[/\\]/.test(value)
      )
        continue;
      const cued =
        near !== undefined ||
        this.mentions.length > 0 ||
        this.tokens
          .slice(Math.max(0, i - 6), i)
          .some((before) => lexicon.has('verb', before.lower) || lexicon.has('user', before.lower));
      if (cued) this.take(i, this.kindOf(near));
    }
  }

  /** A sentence that points back: "It was X and is now Y", "(now: X)". */
  private pointed(kind: string): void {
    const { lexicon } = this.search.pack;
    for (let i = 0; i < this.tokens.length; i++) {
      const looks = this.look(i);
      const token = this.tokens[i] as Token;
      if (looks !== 'strong' && !(looks === 'medium' && token.quoted) && looks !== 'medium') continue;
      if (this.isProtected(i)) continue;
      const before = this.tokens
        .slice(Math.max(0, i - 3), i)
        .filter((_, k, list) => this.sentence[i - list.length + k] === this.sentence[i]);
      const tied =
        before.some((other) => lexicon.has('link', other.lower) || /[:=]$/.test(other.trail)) ||
        token.quoted ||
        /\(/.test(token.lead);
      const pronoun = before.some((other) => lexicon.has('pronoun', other.lower) || lexicon.has('verb', other.lower));
      if (looks === 'strong' && isChosen(token.text) && (tied || pronoun)) this.take(i, kind);
      else if (looks !== 'strong' && tied && pronoun && !/^\d+$/.test(token.text)) this.take(i, kind);
    }
  }
}

/** Two tokens made in the same way: same separators or a common beginning. */
function similar(a: Token, b: Token): boolean {
  if (a.text.slice(0, 3).toLowerCase() === b.text.slice(0, 3).toLowerCase()) return true;
  const form = (text: string): string => text.replace(/\p{L}+/gu, 'a').replace(/\d+/g, '0');
  return form(a.text) === form(b.text) && form(a.text).length > 1;
}

/** Plainly made up: digits or symbols mixed with letters in a way that names and versions are not. */
export function isChosen(text: string): boolean {
  if (text.length < 6 || CODE.test(text)) return false;
  const lower = /\p{Ll}/u.test(text);
  const upper = /\p{Lu}/u.test(text);
  const digit = /\d/.test(text);
  if (/[!#$%^&*+=~@?]/.test(text.slice(0, -1)) && (digit || (lower && upper)) && /\p{L}/u.test(text)) return true;
  if (digit && lower && upper) return true;
  if (digit && (lower || upper)) {
    const parts = text.split(/[-_.]/);
    if (parts.length >= 3 && parts.some((part) => /^\p{L}+$/u.test(part))) return true;
    return /\d\p{L}+\d|\p{L}\d+\p{L}/u.test(text) && text.length >= 8;
  }
  return false;
}

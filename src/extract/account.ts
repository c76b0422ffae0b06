// Reads the account name or reseller identifier: from the pair before a removed secret, keys of configuration and logs, and what people say.

import { brandsOf } from './brand';
import { after, before, lineOf, type Context } from './context';
import type { Candidate } from './candidate';
import { isBadLine, isGoodLine, isLogLike } from './outcome';
import type { Focus } from './reply';
import { lineSpan } from './view';

const NAME = '[A-Za-z0-9][A-Za-z0-9._@+-]{1,62}[A-Za-z0-9_]';
const SECRET = '(?:\\[redacted|\\[REDACTED|\\*{3,}|•{3,}|x{4,}\\b|\\{\\{|\\$[A-Za-z_{]|#\\{|<[a-z0-9_ -]{2,30}>|…)';
/** `name:[redacted…]` in a header, flag or value; blanks around the colon are a fault that the name survives. */
const PAIR = new RegExp(`(?<![\\p{L}\\p{N}._@+-])(${NAME})["']?([ \\t]{0,4}(?:[:;\uff1a]|%3A)[ \\t]{0,4})(?=${SECRET})`, 'g');
const JOINED = new RegExp(`["'](?:[Aa]uthorization: ?)?(${NAME})\\s?[:;]\\s?["']\\s{0,2}[.+&]\\s{0,2}[$\\w]`, 'gu');
const TALKED_PAIR = new RegExp(`(?<![\\p{L}\\p{N}._@+/:-])(${NAME})\\s?/\\s?(?=\\[redacted)`, 'gu');
/** `(name, [redacted…])` in a sentence. */
const BRACKETED = new RegExp(`[(](${NAME}), (?=\\[redacted)`, 'g');
const TUPLE = new RegExp(`[(=]\\s?["'](${NAME})["']\\s?,\\s?["']?(?=\\[redacted)`, 'gu');
const FLAG = new RegExp(`--user(?:name)?[ =](${NAME})(?![\\w:.])`, 'g');
/** Names of constants and variables, which stand for a value. */
const CONSTANT = /^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/;
const VALUE = new RegExp(`^[["'“«\`]?(${NAME})`, 'u');
/** A name between the ends of two sentences. */
const ALONE = /(?:^|[.!?"”] |\n)([a-z][a-z0-9_-]{3,30})(?=[.!](?:\s|$)|\n|$)/g;
const AUTHORIZATION = /auth[a-z?о]*["'\]]?\s{0,3}(?:=>|[:=,])\s{0,3}[["']{0,2}(?:basic |bearer |token )?["']?$/;

function isName(ctx: Context, words: string, numeric = false): boolean {
  const folded = words.toLowerCase();
  if (
    (/^\d{1,5}$/.test(words) && !(numeric && words.length > 3)) ||
    /^\d{1,3}(?:\.\d{1,3}){3}$/.test(words) ||
    words.length < 3
  )
    return false;
  if (/^(?:process|os|config|self|this|env|settings|options|args)\./.test(words)) return false;
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-|^[0-9a-f]{20,}$|^\d{4}-\d\d-\d\d/i.test(words)) return false;
  if (CONSTANT.test(words) || /^\w{1,30}\.(?:php|env|py|js|json|ya?ml)$/.test(folded)) return false;
  const sample = ctx.lexicon.cue('account', 'placeholder').exec(folded);
  if (sample?.index === 0) return false;
  if (/^(?:true|false|null|none|nil|undefined|array|string|object)$/.test(folded)) return false;
  const re = ctx.lexicon.cue('account', 'not-a-name', '$');
  re.lastIndex = 0;
  const m = re.exec(folded);
  return m?.index !== 0;
}

/** Credentials of other things: databases, mail, shells. */
function isForeign(ctx: Context, at: number): boolean {
  return ctx.lexicon.cue('account', 'foreign').test(lineOf(ctx, at, 80));
}

function fromPairs(ctx: Context, out: Candidate[]): void {
  const { text, folded } = ctx.view;
  const add = (m: RegExpMatchArray, score: number): void => {
    const value = m[1] ?? '';
    const start = (m.index ?? 0) + m[0].indexOf(value);
    const key = ctx.lexicon.cue('account', 'secret-key', '$');
    const ending = ctx.lexicon.cue('account', 'secret-ending', '$');
    const lower = value.toLowerCase();
    if (!isName(ctx, value) || key.exec(lower)?.index === 0 || ending.test(lower) || isForeign(ctx, start)) return;
    const pre = folded.slice(Math.max(0, start - 30), start);
    if (/[$%{]$/.test(pre)) return;
    // In a URL's user info it is the account only where the host is the service's.
    const host = /^[^\s@]{0,80}@([^\s/:"']{1,100})/.exec(folded.slice(start + value.length + 1))?.[1];
    if (/:\/\/$/.test(pre)) {
      if (host === undefined || !brandsOf(ctx).some((b) => host.includes(b))) return;
      score -= 1.5;
    }
    // A word, blanks and a colon before a secret are a label, unless a header or quotes frame them.
    const inner = /^\s+\S\s+$/.test(m[2] ?? '') && !/(?:^|\n)[\s>*-]*$/.test(pre);
    if (/\s/.test(m[2] ?? '') && !inner && !AUTHORIZATION.test(pre) && !/["'`]$/.test(pre)) return;
    out.push({ value, start, end: start + value.length, score: AUTHORIZATION.test(pre) ? score + 0.5 : score });
  };
  {
    for (const m of text.matchAll(PAIR)) add(m, 4);
    for (const m of text.matchAll(JOINED)) add(m, 3.5);
    for (const m of text.matchAll(TALKED_PAIR)) add(m, 3);
    for (const m of text.matchAll(TUPLE)) add(m, 3.5);
    for (const m of text.matchAll(BRACKETED)) add(m, 3);
    for (const m of text.matchAll(FLAG)) add(m, 3);
  }
}

/** `user: name`, `API_USER=name`, `[username] => name`, `"account": "name"`, `| Username | name |` */
function fromKeys(ctx: Context, out: Candidate[]): void {
  const { lexicon, view } = ctx;
  const re = lexicon.once(
    'account keys',
    () =>
      new RegExp(
        `(?:(?<![a-z0-9])|[_.-])${lexicon.labels('account')}\\**["'\`\\])”»]{0,2}\\s{0,3}(?:\\([^)\\n]{0,30}\\)\\s{0,2}|from [a-z]{2,8} )?(?:=>|->|[:=|,;]|\\.{3,}|(?<=(?:^|\\n)[^\\n]{0,24}) {2,}|\\bis\\b:?)\\s{0,12}\\**(?:string\\(\\d{1,3}\\)\\s)?`,
        'g',
      ),
  );
  re.lastIndex = 0;
  for (let m = re.exec(view.folded); m !== null; m = re.exec(view.folded)) {
    const at = m.index + m[0].length;
    if (/\n/.test(m[0])) continue;
    // A cell of a wide table is named by the head of its column.
    if (/\|\s*$/.test(m[0]) && lineOf(ctx, m.index, 200).split('|').length > 4) continue;
    const found = VALUE.exec(view.text.slice(at, at + 70));
    const value = found?.[1];
    if (value === undefined) continue;
    const start = at + (found?.[0].length ?? 0) - value.length;
    const end = start + value.length;
    const quote = found?.[0].length !== value.length;
    if (m[0].includes(',') && !quote) continue;
    if (!isName(ctx, value, /[a-z][ _-]?id["'\]]{0,2}\s?[=:]/.test(m[0])) || isForeign(ctx, m.index)) continue;
    const next = view.text.slice(end, end + 24);
    if (/^\/\d/.test(next)) continue;
    // A quoted value with blanks in it is something else than a name; a word that goes on as a sentence too.
    if (quote && !/^\s?["'”»`\]]/.test(next)) continue;
    if (/^[({[$=]|^\p{L}/u.test(next) || /^\s?=>?\s/.test(next) || inMessage(ctx, start)) continue;
    if (/[a-z][A-Z][a-z]+[A-Z]/.test(value)) continue;
    const removed = /^- /.test(lineOf(ctx, m.index, 60)) && view.text.includes('\n+ ');
    if (/\bis:?\s*$/.test(m[0]) && !shaped(ctx, value) && !quote && (isWord(ctx, value) || !ends(ctx, end))) continue;
    if (/[,|]\s*$/.test(m[0]) && !quote && !shaped(ctx, value) && isWord(ctx, value)) continue;
    out.push({ value, start, end, score: removed ? 1.5 : 3 });
  }
}

/** Digits, an underscore, a hyphen or a sign make a word a name, and so does a part that names of companies have. */
function shaped(ctx: Context, words: string): boolean {
  return (
    /[\d_@+-]/.test(words) ||
    /\p{L}\.\p{L}/u.test(words) ||
    hasPart(ctx, words.toLowerCase())
  );
}

function hasPart(ctx: Context, words: string): boolean {
  const part = ctx.lexicon.cue('account', 'name-part').exec(words);
  return part !== null && words.length - part[0].length >= 3;
}

/** Tables whose head names the column. */
function fromTables(ctx: Context, out: Candidate[]): void {
  const { lexicon, view } = ctx;
  if (!view.text.includes('|') || view.lines.length > 2_000) return;
  const label = lexicon.once('account head', () => new RegExp(`^\\W{0,3}${lexicon.labels('account')}\\W{0,3}$`));
  let column = -1;
  let width = 0;
  for (let i = 0; i < view.lines.length; i++) {
    const { start, end } = lineSpan(view, i);
    const cells = view.text.slice(start, end).split('|');
    if (cells.length < 5) {
      if (cells.length < 2) column = -1;
      continue;
    }
    if (column < 0 || cells.length !== width) {
      column = cells.findIndex((c) => label.test(c.trim().toLowerCase()));
      width = cells.length;
      continue;
    }
    const cell = cells[column] ?? '';
    const value = VALUE.exec(cell.trim())?.[1];
    if (value === undefined || value !== cell.trim() || !isName(ctx, value)) continue;
    const at = start + cells.slice(0, column).join('|').length + 1 + cell.indexOf(value);
    out.push({ value, start: at, end: at + value.length, score: 3 });
  }
}

/** A word as sentences have them rather than a name. */
function isWord(ctx: Context, words: string): boolean {
  return ctx.lexicon.cue('account', 'word-ending', '$').test(words.toLowerCase());
}

/** A preposition or verb behind a word that is not said to be a name: the word is a verb or noun of the sentence. */
function goesOn(ctx: Context, end: number): boolean {
  return ctx.lexicon
    .once('account sentence', () => new RegExp(`^ ${ctx.lexicon.source('account', 'sentence-after')}`))
    .test(ctx.view.folded.slice(end, end + 24));
}

/** A clause ends behind the name, or goes on as one does behind a name. */
function ends(ctx: Context, end: number): boolean {
  const { view, lexicon } = ctx;
  if (/^(?:["'”»`]?\s?[.,;:!?()\n|/–—→{]|\s*$|\s(?:-|–|—)\s)/.test(view.text.slice(end, end + 16))) return true;
  return lexicon
    .once('account ends', () => new RegExp(`^ ${lexicon.source('account', 'goes-on')}`))
    .test(view.folded.slice(end, end + 24));
}

/** Inside the service's own words a name is no proposal. */
function inMessage(ctx: Context, at: number): boolean {
  return ctx.replies.some((r) => r.messageSpan !== null && r.messageSpan.start <= at && at < r.messageSpan.end);
}

/** What people say: `account northgate`, `our username is x`, `reseller id RS-1`. */
function fromSpeech(ctx: Context, out: Candidate[]): void {
  const { lexicon, view } = ctx;
  const copula = lexicon.cue('account', 'copula', '[\\s:]{0,3}["\']?$');
  for (const [group, base] of [
    ['says-strong', 4.6],
    ['says', 2],
    ['intro', 1.9],
  ] as const) {
    const re = lexicon.cue('account', group, '[ \\t:：(]{0,3}["\'“”«`„]?', 'g');
    re.lastIndex = 0;
    for (let m = re.exec(view.folded); m !== null; m = re.exec(view.folded)) {
      const at = m.index + m[0].length;
      re.lastIndex = Math.max(m.index + 1, at - 1);
      const found = VALUE.exec(view.text.slice(at, at + 70));
      const value = found?.[1];
      if (value === undefined) continue;
      const start = at + (found?.[0].length ?? 0) - value.length;
      const end = start + value.length;
      if (
        !isName(ctx, value) ||
        isForeign(ctx, start) ||
        inMessage(ctx, start) ||
        /^\p{L}/u.test(view.text.slice(end, end + 1))
      )
        continue;
      const next = view.text.slice(end, end + 16);
      const quoted = /["'“”«`„]$/.test(m[0]) && /^\s?["'”»`“]/.test(next);
      const closes = ends(ctx, end);
      if (base < 3 && /["'_.-]/.test(view.text[m.index - 1] ?? '')) continue;
      let score: number = base;
      if (group === 'intro' && !shaped(ctx, value)) continue;
      if (!shaped(ctx, value) && !quoted) {
        const said = copula.test(view.folded.slice(m.index, at));
        if (!closes) {
          if (base < 3 || !said) continue;
          score -= 2;
        }
        if (isWord(ctx, value) || (!said && goesOn(ctx, end))) continue;
        if (base < 3 && !/^[a-z\d]+$/.test(value)) continue;
        if (base < 3) score -= 0.5;
      }
      if (lexicon.cue('account', 'denied', '\\W{0,3}$').test(before(ctx, m.index, 30))) score -= 2;
      if (score > 0) out.push({ value, start, end, score });
    }
  }
  const behind = lexicon.once(
    'account said behind',
    () =>
      new RegExp(`(?<![a-z0-9._@-])([a-z0-9][a-z0-9._-]{2,40})["'”]? ${lexicon.source('account', 'says-behind')}`, 'g'),
  );
  for (const m of view.folded.matchAll(behind)) {
    const words = m[1] ?? '';
    const start = m.index;
    const value = view.text.slice(start, start + words.length).replace(/[.-]+$/, '');
    if (isName(ctx, value) && (shaped(ctx, value) || !/^[A-Z]?[a-z]{1,3}$/.test(value)) && !isForeign(ctx, start))
      out.push({ value, start, end: start + value.length, score: 2.2 });
  }
}

/** Who acts or writes under a name: `… as name` in a log, `name here`, a name that is a sentence of its own. */
function fromActing(ctx: Context, out: Candidate[]): void {
  const { lexicon, view } = ctx;
  const add = (start: number, value: string, score: number): void => {
    if (isName(ctx, value) && !isForeign(ctx, start) && !inMessage(ctx, start))
      out.push({ value, start, end: start + value.length, score });
  };
  const acting = lexicon.cue('account', 'acting', '[ \\t]["\'“`]?', 'g');
  acting.lastIndex = 0;
  let count = 0;
  for (let m = acting.exec(view.folded); m !== null && count++ < 100; m = acting.exec(view.folded)) {
    const at = m.index + m[0].length;
    const value = VALUE.exec(view.text.slice(at, at + 70))?.[1];
    if (value === undefined || /^[A-Z]/.test(value) || !/^[.,;:!)\]}"'”`]{0,2}(?:\s|$)/.test(view.text.slice(at + value.length))) continue;
    if (value.includes('.')) continue;
    if (/^as\b/.test(m[0]) && !/(?:[)}\]"']|\.[a-z]{2,6}) $/.test(view.folded.slice(Math.max(0, m.index - 9), m.index))) continue;
    if (shaped(ctx, value) || isLogLike(ctx, at)) add(at, value, 1.8);
  }
  const here = lexicon.once('account here', () => new RegExp(`(?:^|[\\n.!] ?)["']?([a-z][a-z0-9._-]{2,40}) ${lexicon.source('account', 'here')}`, 'g'));
  for (const m of view.folded.slice(0, 400).matchAll(here)) {
    const start = m.index + m[0].indexOf(m[1] ?? '');
    const value = view.text.slice(start, start + (m[1] ?? '').length);
    if (/^[a-z]/.test(value)) add(start, value, 1.9);
  }
  for (const m of view.text.matchAll(ALONE)) {
    const value = m[1] ?? '';
    if (/[\d_-]/.test(value) && /[a-z]{3}/.test(value)) add(m.index + m[0].indexOf(value), value, 1.2);
  }
}

/** All proposals for the account. A name that is said to be right outweighs one that was merely sent. */
export function readAccounts(ctx: Context, focus: Focus | null): Candidate[] {
  const out: Candidate[] = [];
  fromPairs(ctx, out);
  fromKeys(ctx, out);
  fromTables(ctx, out);
  fromSpeech(ctx, out);
  fromActing(ctx, out);
  const several = new Set(out.map((c) => c.value)).size > 1;
  const wrong = ctx.lexicon.once(
    'account wrong behind',
    () => new RegExp(`^["'”\\s]{0,2}${ctx.lexicon.source('account', 'wrong-after')}`),
  );
  return out
    .map((c) => {
      let { score } = c;
      if (wrong.test(after(ctx, c.end, 30))) score -= 2.5;
      if (several && focus?.failing === true && isGoodLine(ctx, c.start)) score -= 1;
      else if (several && isBadLine(ctx, c.start)) score += 0.3;
      return { ...c, score };
    })
    .filter((c) => c.score > 0);
}

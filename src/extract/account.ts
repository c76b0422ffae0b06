// Reads the account name or reseller identifier: from the pair before a removed secret, keys of configuration and logs, and what people say.

import { after, before, lineOf, type Context } from './context';
import type { Candidate } from './candidate';

const NAME = '[\\p{L}\\p{N}][\\p{L}\\p{N}._@+-]{0,62}[\\p{L}\\p{N}_]';
const SECRET = '(?:\\[redacted|\\[REDACTED|\\*{3,}|•{3,}|x{4,}\\b|\\{\\{|\\$\\{|<[a-z_ -]{2,30}>)';
/** `name:[redacted…]` in a header, flag or value; blanks around the colon are a fault that the name survives. */
const PAIR = new RegExp(`(?<![\\p{L}\\p{N}._@+/-])(${NAME})["']?\\s{0,4}[:;]\\s{0,4}(?=${SECRET})`, 'gu');
const JOINED = new RegExp(`["'](${NAME})\\s?:\\s?["']\\s{0,2}[.+&]\\s{0,2}[$\\w]`, 'gu');
const TALKED_PAIR = new RegExp(`(?<![\\p{L}\\p{N}._@+/:-])(${NAME})\\s?/\\s?(?=\\[redacted)`, 'gu');
const TUPLE = new RegExp(`\\(\\s?["'](${NAME})["']\\s?,\\s?["']?(?=\\[redacted)`, 'gu');
const VALUE = new RegExp(`^["'“«\`]?(${NAME})`, 'u');
const AUTHORIZATION = /auth[a-z?о]*["'\]]?\s{0,3}(?:=>|[:=,])\s{0,3}[["']{0,2}(?:basic |bearer |token )?["']?$/;

function isName(ctx: Context, words: string): boolean {
  const folded = words.toLowerCase();
  if (/^\d{1,5}$/.test(words) || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(words) || words.length < 3) return false;
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
    if (!isName(ctx, value) || key.test(value.toLowerCase()) || isForeign(ctx, start)) return;
    const pre = folded.slice(Math.max(0, start - 30), start);
    if (/:\/\/$/.test(pre)) score -= 1.5;
    out.push({ value, start, end: start + value.length, score: AUTHORIZATION.test(pre) ? score + 0.5 : score });
  };
  if (text.includes('[redacted') || text.includes('***') || text.includes('{{') || text.includes('${') || /auth/i.test(text)) {
    for (const m of text.matchAll(PAIR)) add(m, 4);
    for (const m of text.matchAll(JOINED)) add(m, 3.5);
    for (const m of text.matchAll(TALKED_PAIR)) add(m, 3);
    for (const m of text.matchAll(TUPLE)) add(m, 3.5);
  }
}

/** `user: name`, `API_USER=name`, `[username] => name`, `"account": "name"`, `| Username | name |` */
function fromKeys(ctx: Context, out: Candidate[]): void {
  const { lexicon, view } = ctx;
  const re = lexicon.once('account keys', () => new RegExp(`(?:(?<![a-z0-9])|[_.-])${lexicon.labels('account')}\\**["'\`\\])”»]{0,2}\\s{0,3}(?:\\([^)\\n]{0,30}\\)\\s{0,2})?(?:=>|->|[:=|,]|\\bis\\b:?)\\s{0,12}\\**(?:string\\(\\d{1,3}\\)\\s)?`, 'g'));
  re.lastIndex = 0;
  for (let m = re.exec(view.folded); m !== null; m = re.exec(view.folded)) {
    const at = m.index + m[0].length;
    if (/\n/.test(m[0])) continue;
    const found = VALUE.exec(view.text.slice(at, at + 70));
    const value = found?.[1];
    if (value === undefined) continue;
    const start = at + (found?.[0].length ?? 0) - value.length;
    const end = start + value.length;
    const quote = found?.[0].length !== value.length;
    if (m[0].includes(',') && !quote) continue;
    if (!isName(ctx, value) || isForeign(ctx, m.index)) continue;
    const next = view.text.slice(end, end + 24);
    // A quoted value with blanks in it is something else than a name; a word that goes on as a sentence too.
    if (quote && !/^\s?["'”»`]/.test(next)) continue;
    if (/^[({[$]/.test(next) || /^\s?=>?\s/.test(next)) continue;
    if (/[a-z][A-Z][a-z]+[A-Z]/.test(value)) continue;
    const wordy = /^\p{Ll}+$/u.test(value) && /^\s\p{Ll}+\s\p{Ll}/u.test(next) && !quote && /:\s*$/.test(m[0]) === false && /\bis\b/.test(m[0]);
    if (wordy && !shaped(value)) continue;
    out.push({ value, start, end, score: 3 });
  }
}

/** Digits, an underscore, a hyphen or a sign make a word a name. */
function shaped(words: string): boolean {
  return /[\d_@+-]/.test(words) || /\p{L}\.\p{L}/u.test(words);
}

/** What people say: `account northgate`, `our username is x`, `reseller id RS-1`. */
function fromSpeech(ctx: Context, out: Candidate[]): void {
  const { lexicon, view } = ctx;
  for (const [group, base] of [['says-strong', 3.2], ['says', 2]] as const) {
    const re = lexicon.cue('account', group, '[\\s:：(]{0,3}["\'“”«`„]?', 'g');
    re.lastIndex = 0;
    for (let m = re.exec(view.folded); m !== null; m = re.exec(view.folded)) {
      const at = m.index + m[0].length;
      re.lastIndex = Math.max(m.index + 1, at - 1);
      const found = VALUE.exec(view.text.slice(at, at + 70));
      const value = found?.[1];
      if (value === undefined) continue;
      const start = at + (found?.[0].length ?? 0) - value.length;
      const end = start + value.length;
      if (!isName(ctx, value) || isForeign(ctx, start)) continue;
      const next = view.text.slice(end, end + 16);
      const quoted = /["'“”«`„]$/.test(m[0]) && /^\s?["'”»`“]/.test(next);
      const closes = /^(?:["'”»`]?\s?[.,;:!?)\n|/–—]|\s*$|\s(?:-|–|—)\s)/.test(next) || lexicon.once('account ends', () => new RegExp(`^ ${lexicon.source('account', 'goes-on')}`)).test(view.folded.slice(end, end + 24));
      let score: number = base;
      if (!shaped(value) && !quoted) {
        if (!closes) {
          if (base < 3) continue;
          score -= 1;
        }
        if (base < 3 && !/^[\p{Ll}\d]+$/u.test(value)) continue;
        if (base < 3) score -= 0.5;
      }
      if (lexicon.cue('account', 'denied', '\\W{0,3}$').test(before(ctx, m.index, 30))) score -= 2;
      if (score > 0) out.push({ value, start, end, score });
    }
  }
  const behind = lexicon.once('account said behind', () => new RegExp(`(?<![a-z0-9._@-])([a-z0-9][a-z0-9._-]{2,40})["'”]? ${lexicon.source('account', 'says-behind')}`, 'g'));
  for (const m of view.folded.matchAll(behind)) {
    const words = m[1] ?? '';
    const start = m.index;
    const value = view.text.slice(start, start + words.length).replace(/[.-]+$/, '');
    if (isName(ctx, value) && (shaped(value) || !/^[A-Z]?[a-z]{1,3}$/.test(value)) && !isForeign(ctx, start)) out.push({ value, start, end: start + value.length, score: 2.2 });
  }
}

/** All proposals for the account. A name that is said to be right outweighs one that was merely sent. */
export function readAccounts(ctx: Context): Candidate[] {
  const out: Candidate[] = [];
  fromPairs(ctx, out);
  fromKeys(ctx, out);
  fromSpeech(ctx, out);
  const wrong = ctx.lexicon.once('account wrong behind', () => new RegExp(`^["'”\\s]{0,2}${ctx.lexicon.source('account', 'wrong-after')}`));
  return out.map((c) => (wrong.test(after(ctx, c.end, 30)) ? { ...c, score: c.score - 2.5 } : c)).filter((c) => c.score > 0);
}

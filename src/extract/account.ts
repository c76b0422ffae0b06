// Reads the account name or reseller identifier: from the pair before a removed secret, keys of configuration and logs, and what people say.

import { inMessage, isForeign, isName, isWord, NAME, ends, shaped, VALUE } from './account-name';
import { fromCues } from './account-cue';
import { fromActing, fromSpeech } from './account-speech';
import { brandsOf } from './brand';
import { after, lineOf, type Context } from './context';
import type { Candidate } from './candidate';
import { isBadLine, isGoodLine } from './outcome';
import type { Focus } from './focus';
import { lineSpan } from './view';

const SECRET =
  '(?:\\[redacted|\\[REDACTED|\\*{3,}|•{3,}|x{4,}\\b|\\{\\{|\\$[A-Za-z_{]|#\\{|<[A-Za-z0-9_][^<>\\n]{1,40}>|…)';
/** `name:[redacted…]` in a header, flag or value; blanks around the colon are a fault that the name survives. */
const PAIR = new RegExp(
  `(?<![\\p{L}\\p{N}._@+-])(${NAME})["']?([ \\t]{0,4}(?:[:;|\uff1a]|%3A)[ \\t]{0,4})(?=${SECRET})`,
  'g',
);
const JOINED = new RegExp(`["'](?:[Aa]uthorization: ?)?(${NAME})\\s?[:;]\\s?["']\\s{0,2}[.+&]\\s{0,2}[$\\w]`, 'gu');
const TALKED_PAIR = new RegExp(`(?<![\\p{L}\\p{N}._@+/:-])(${NAME})\\s?/\\s?(?=\\[redacted)`, 'gu');
/** `(name, [redacted…])` in a sentence. */
const BRACKETED = new RegExp(`[(](${NAME}), (?=\\[redacted)`, 'g');
const TUPLE = new RegExp(`[(=]\\s?["'](${NAME})["']\\s?,\\s?["']?(?=\\[redacted)`, 'gu');
/** `New("name", os.Getenv("SECRET"))`: a name and where its secret is read from. */
const MADE = new RegExp(
  `[A-Za-z_\\]]\\(\\s{0,3}["'](${NAME})["']\\s{0,2},\\s{0,3}(?:[A-Za-z_$][\\w.]{0,40}[([]{0,2}["']?)?\\w{0,20}(?:secret|SECRET|Secret|passw|PASSW|Passw|PWD|_KEY|_PW|_PASS|apiKey|ApiKey|api_key)`,
  'gu',
);
const FLAG = new RegExp(`--user(?:name)?[ =](${NAME})(?![\\w:.])`, 'g');
const AUTHORIZATION = /auth[a-z?о]*["'\]]?\s{0,3}(?:=>|[:=,])\s{0,3}[["']{0,2}(?:basic |bearer |token )?["']?$/;

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
    for (const m of text.matchAll(MADE)) add(m, 3);
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
        `(?:(?<![a-z0-9])|[_.-])${lexicon.labels('account')}\\**["'\`\\])”»]{0,2}\\s{0,3}(?:\\([^)\\n]{0,30}\\)\\s{0,2}|from [a-z]{2,8} )?(?:\\s{0,12}=>|->|\\s{0,12}=|[:|,;]|\\.{3,}|(?<=(?:^|\\n)[^\\n]{0,60}) {2,}|\\bis\\b:?)\\s{0,12}\\**(?:string\\(\\d{1,3}\\)\\s)?`,
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
/** `… for user name`: the service itself names whom it refuses. Least of all proposals, since it repeats what was sent. */
function fromReplies(ctx: Context, out: Candidate[]): void {
  const re = ctx.lexicon.cue('account', 'in-reply', '[ :]{1,2}["\'`]?', 'g');
  for (const { messageSpan } of ctx.replies) {
    if (messageSpan === null) continue;
    const words = ctx.view.folded.slice(messageSpan.start, Math.min(messageSpan.end, messageSpan.start + 300));
    for (const m of words.matchAll(re)) {
      const start = messageSpan.start + m.index + m[0].length;
      const value = VALUE.exec(ctx.view.text.slice(start, Math.min(start + 70, messageSpan.end)))?.[1];
      if (value === undefined || !isName(ctx, value)) continue;
      if (shaped(ctx, value) || (!ctx.ordinary(value.toLowerCase()) && /^[a-z]{5,}$/.test(value)))
        out.push({ value, start, end: start + value.length, score: 0.6 });
    }
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
  fromCues(ctx, out);
  fromReplies(ctx, out);
  const several = new Set(out.map((c) => c.value)).size > 1;
  const wrong = ctx.lexicon.once(
    'account wrong behind',
    () => new RegExp(`^["'”\\s]{0,2}\\(?${ctx.lexicon.source('account', 'wrong-after')}`),
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

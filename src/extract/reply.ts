// Chooses the one reply that the ticket is about, and its code, among those that the text shows and those that it only tells of.

import { brandsOf, kinship } from './brand';
import { findCodedWords } from './coded-words';
import { after, before, sentenceEnd, sentenceStart, type Context } from './context';
import { isBad, isGood } from './outcome';
import type { Candidate } from './candidate';
import type { Focus } from './focus';
import type { Reply } from '../request/responses';

const NUMBER = /(?<![\w.:,/#$€+-])(-?\d{1,6})(?:s|'s|er)?(?![\w:/%-]|[.,]\d)/g;
/** Statuses that occur (RFC 9110, and those of usual gateways). */
const STATUSES = /^(?:20[01]|30[12378]|40\d|41[0-8]|42[1-9]|431|451|499|50[0-8]|51[01]|52[0-7]|530)$/;
const CODED =
  /(?<![\w.])["']?(?:code|errcode|error_code)["']?\s{0,3}(?:=>|[:=])\s{0,3}["']([A-Z]{1,8}[-_]?\d{1,6})["']/gi;

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}

/** Proxy Authentication Required: a proxy on the way answers, not the service. */
export const PROXY = 407;

/** How far a mention of another company reaches, in UTF-16 units. */
const FOREIGN_REACH = 260;

/** A reply that another service gave: its name stands in the sentence, or before it with no word of this service between. */
export function isForeign(ctx: Context, at: number): boolean {
  const { lexicon, view } = ctx;
  const near = view.folded.slice(sentenceStart(view.folded, at, 90), sentenceEnd(view.folded, at, 50));
  if (isForeignText(ctx)) return true;
  if (lastNamed(near, lexicon.cue('code', 'foreign', '', 'g')) >= 0) return true;
  const far = view.folded.slice(Math.max(0, at - FOREIGN_REACH), at + 20);
  const last = lastNamed(far, lexicon.cue('code', 'foreign-company', '', 'g'));
  return last >= 0 && !brandsOf(ctx).some((b) => far.indexOf(b, last) >= 0);
}

/** The whole text is about another company's interface: it is named, and neither this service nor its envelope shows. */
function isForeignText(ctx: Context): boolean {
  const { lexicon, view, replies } = ctx;
  if (view.text.length > 6_000 || replies.some((r) => r.code !== null && !r.client)) return false;
  if (lastNamed(view.folded, lexicon.cue('code', 'foreign-company', '', 'g')) < 0) return false;
  // Within a host other than the API's the brand may be anybody's.
  return !brandsOf(ctx).some((b) =>
    lexicon.once(`brand named ${b}`, () => new RegExp(`(?<![\\w.@/-]|//)${b}|api\\.${b}`)).test(view.folded),
  );
}

/** Where a name stands last, -1 for nowhere. A part of a longer name (`x-example.com`) is another name. */
function lastNamed(words: string, re: RegExp): number {
  let last = -1;
  re.lastIndex = 0;
  for (let m = re.exec(words); m !== null; m = re.exec(words)) {
    const end = m.index + m[0].length;
    if (!/[\w-]$/.test(words.slice(0, m.index)) && !/^(?:-[a-z0-9]|_)/.test(words.slice(end, end + 2))) last = m.index;
  }
  return last;
}

/** The URL right above a bare status leads to another service. */
function isElsewhere(ctx: Context, at: number): boolean {
  const from = Math.max(0, at - 300);
  const words = ctx.view.text.slice(from, at + 60);
  let last: string | null = null;
  for (const m of words.matchAll(/\bhttps?:\/\/[^\s"'`<>)]+/g)) {
    if (from + m.index <= at || last === null) last = m[0];
  }
  return last !== null && !/[*{$]/.test(last) && kinship(ctx, last) === 'none';
}

function fails(ctx: Context, r: Reply): boolean {
  if (r.code !== null) return !ctx.api.successCodes.includes(r.code);
  return (r.status ?? 0) >= 400;
}

function rank(ctx: Context, r: Reply): number {
  const failing = fails(ctx, r);
  if (failing) return r.code !== null ? 6 : 5;
  if (r.code !== null) return 3;
  return isRedirect(r.status ?? 0) ? 2 : 1;
}

/** Codes that the service writes with letters. */
function lettered(ctx: Context): Candidate | null {
  let last: Candidate | null = null;
  for (const m of ctx.view.text.matchAll(CODED)) {
    const value = m[1] ?? '';
    const start = m.index + m[0].length - value.length - 1;
    if (!isForeign(ctx, start)) last = { value, start, end: start + value.length, score: 5 };
  }
  return last;
}

/** Numbers that sentences call a code or an answer. */
function spoken(ctx: Context): Candidate | null {
  const { lexicon, view } = ctx;
  const tail = '[\\s:="\'`(#*,]{0,6}$';
  const strong = lexicon.cue('code', 'number-strong', tail);
  const cue = lexicon.cue('code', 'number-before', tail);
  const never = lexicon.cue('code', 'number-never', tail);
  const behind = lexicon.once(
    'code behind',
    () => new RegExp(`^[\\s"'\`)*]{0,4}${lexicon.source('code', 'number-after')}`),
  );
  const unit = lexicon.once('code unit', () => new RegExp(`^ ?${lexicon.source('code', 'unit-after')}`));
  let best: Candidate | null = null;
  const offer = (c: Candidate): void => {
    if (!isForeign(ctx, c.start) && (best === null || c.score >= best.score)) best = c;
  };
  for (const pair of findCodedWords(ctx)) {
    const value = view.text.slice(pair.code.start, pair.code.end);
    if (
      value === String(PROXY) ||
      inClientError(ctx, pair.code.start) ||
      isElsewhere(ctx, pair.code.start) ||
      never.test(before(ctx, pair.code.start, 40))
    )
      continue;
    offer({ value, ...pair.code, score: 3.2 });
  }
  for (const m of view.text.matchAll(NUMBER)) {
    const words = m[1] ?? '';
    const number = Number(words);
    const start = m.index;
    const end = start + words.length;
    const status = words.length === 3 && STATUSES.test(words);
    const pre = before(ctx, start, 60);
    const post = after(ctx, start + m[0].length, 40);
    if (number === PROXY || inClientError(ctx, start) || never.test(pre)) continue;
    let score = 0;
    if (strong.test(pre)) score = ctx.api.successCodes.includes(words) ? 0 : 3;
    else if (!status || (m[0] === words && unit.test(post))) continue;
    else if (cue.test(pre) || behind.test(post)) score = number < 300 ? 0.4 : 2;
    else if (number >= 400) score = number === 500 ? 0 : 1;
    if (/^ \.[a-z]/.test(post)) continue;
    if (score === 0 || (m[0] === words && unit.test(post) && score < 3)) continue;
    if (number < 400 && number >= 300 && status) score = Math.min(score, 0.5);
    if (score < 3 && isGood(ctx, post.slice(0, 20)) && !isBad(ctx, post.slice(0, 20))) score -= 0.5;
    offer({ value: words, start, end, score });
  }
  return best;
}

function inClientError(ctx: Context, at: number): boolean {
  return ctx.replies.some((r) => r.client && r.start <= at && at <= r.end + 2);
}

/** Reads which exchange the text is about and its code. */
export function readFocus(ctx: Context): Focus | null {
  let best: Reply | null = null;
  let bestRank = 0;
  for (const r of ctx.replies) {
    if (r.client || r.status === PROXY) continue;
    const at = r.codeSpan?.start ?? r.statusSpan?.start ?? r.start;
    if (isForeign(ctx, at) || (r.code === null && inClientError(ctx, at))) continue;
    if (r.code === null && isElsewhere(ctx, at)) continue;
    const value = rank(ctx, r);
    if (value >= bestRank) {
      best = r;
      bestRank = value;
    }
  }
  const letters = bestRank >= 6 ? null : lettered(ctx);
  if (letters !== null) return { ...letters, reply: null, code: letters, failing: true };
  const all = bestRank >= 6 ? null : spoken(ctx);
  // A bare status gives way to a number with words of refusal further down.
  const told = bestRank < 5 || (all !== null && all.score > 3 && best !== null && all.start > best.end) ? all : null;
  if (told !== null && (bestRank < 3 || told.score >= 1)) {
    if (best === null || bestRank < 2 || told.score >= 1) {
      return { start: told.start, end: told.end, reply: null, code: told, failing: told.score > 0.4 };
    }
  }
  if (best === null) return null;
  const span = best.codeSpan ?? best.statusSpan ?? best;
  const value = best.code ?? String(best.status ?? '');
  return {
    start: best.start,
    end: best.end,
    reply: best,
    code: value === '' ? null : { value, start: span.start, end: span.end, score: 6 },
    failing: bestRank >= 5,
  };
}

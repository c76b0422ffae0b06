// Reads the service's message: the envelope's, words behind a status, quoted words said to be the reply, plain words after a verb of saying.

import { after, before, sentenceEnd, type Context } from './context';
import { findCodedWords } from './coded-words';
import { isForeign, type Focus } from './reply';
import type { Candidate } from './candidate';
import { lineAt, lineSpan } from './view';

const QUOTES: readonly (readonly [string, string])[] = [
  ['"', '"'],
  ['“', '”'],
  ['”', '”'],
  ['„', '“'],
  ['«', '»'],
  ['「', '」'],
  ['『', '』'],
  ['`', '`'],
  ['‘', '’'],
  ["'", "'"],
];
const MAX_MESSAGE = 240;

const ADDRESS = /\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]:[0-9a-f]{0,4}:/;

/** Letters enough, no structure: words that a person could read. */
function isSentence(words: string): boolean {
  if (words.length < 3 || words.length > MAX_MESSAGE) return false;
  if (/^[\s{[(<]*["']?(?:code|msg)["']?\s*[:=]/.test(words) || /^(?:https?:|\/|\$|--?\w|<)/.test(words) || /[{}<>\\$]|=>|\w=\w| \| /.test(words)) return false;
  return /\p{L}{2}/u.test(words);
}

/** Spans of quoted words, shortest first come. Linear: every opening looks on at most `MAX_MESSAGE` units. */
function* quoted(text: string): Generator<{ start: number; end: number; mark: string }> {
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? '';
    const pair = QUOTES.find(([open]) => open === c);
    if (pair === undefined) continue;
    // An apostrophe within a word opens nothing.
    if ((c === "'" || c === '’' || c === '‘') && /[\p{L}\p{N}]/u.test(text[i - 1] ?? '')) continue;
    let end = -1;
    for (let j = i + 1; j < text.length && j - i < MAX_MESSAGE; j++) {
      const d = text[j] ?? '';
      if (d === '\n') break;
      if (d !== pair[1]) continue;
      if (d === "'" && /[\p{L}]/u.test(text[j + 1] ?? '')) continue;
      end = j;
      break;
    }
    if (end < 0) continue;
    yield { start: i + 1, end, mark: c };
    i = end;
  }
}

function inClientError(ctx: Context, start: number, end: number): boolean {
  return ctx.replies.some(
    (r) => r.client && r.clientKind !== 'header' && r.start < end + 200 && r.end > start - 200 && lineAt(ctx.view, r.start) === lineAt(ctx.view, start),
  );
}

function distance(focus: Focus | null, at: number): number {
  return focus === null ? 1e6 : Math.abs(at - focus.start);
}

/** Quoted words with a verb or noun of saying right before, or such words right behind. */
function fromQuotes(ctx: Context, focus: Focus | null, out: Candidate[]): void {
  const { lexicon, view } = ctx;
  const say = lexicon.cue('message', 'say-before', '[\\s:,=>(*–—-]{0,6}["\'`“”„«‘「『]?$');
  const loose = lexicon.cue('message', 'say-loose', '[\\s:,=>(*–—-]{0,6}["\'`“”„«‘「『]?$');
  const label = lexicon.once('message label end', () => new RegExp(`${lexicon.labels('message')}[\\s:=>*-]{1,5}["'\`“”„«‘「『]?$`));
  const behind = lexicon.once('message behind', () => new RegExp(`^["'\`“”»’」』]?[\\s,;.–—-]{0,4}${lexicon.source('message', 'say-after')}`));
  const speaker = lexicon.cue('message', 'speaker');
  const machine = lexicon.cue('message', 'machine', '', 'g');
  const like = lexicon.cue('message', 'like-message');
  const never = lexicon.cue('message', 'not-message');
  for (const q of quoted(view.text)) {
    const words = view.text.slice(q.start, q.end);
    if (!isSentence(words)) continue;
    const folded = view.folded.slice(q.start, q.end);
    if (never.test(folded) || inClientError(ctx, q.start, q.end)) continue;
    const pre = before(ctx, q.start, 90);
    const looks = like.test(folded);
    // One plain word is a name or a label; a capital or a sign that it refuses makes it a reply.
    if (!/[\s\u4e00-\u9fff]/.test(words) && !(looks && /^[A-Z\u0410-\u042f]|[_-]/.test(words))) continue;
    if (EMPTY.test(folded)) continue;
    let score = 0;
    if (label.test(pre)) score = looks ? 3 : 2.2;
    else if (say.test(pre)) score = looks ? 3 : /\s/.test(words) || words.length > 12 || /[^\x00-\x7f]/.test(words) ? 1.6 : 0.4; // eslint-disable-line no-control-regex
    else if (behind.test(after(ctx, q.end, 60))) score = looks ? 2.6 : 1.2;
    else if (looks && loose.test(pre)) score = 1.3;
    else if (looks && (distance(focus, q.start) < 40 || /^\W{0,4}$/.test(pre) || ADDRESS.test(words))) score = 1.2;
    if (score === 0) continue;
    // The last speaker named before the words is the one who says them.
    const who = lastMatch(pre, speaker);
    if (who >= 0 && lastMatch(pre, machine) < who) score -= 3;
    if (focus !== null && distance(focus, q.start) < 40) score += 0.8;
    if (isForeign(ctx, q.start)) continue;
    if (score > 0) out.push({ value: words, start: q.start, end: q.end, score });
  }
}

function lastMatch(words: string, re: RegExp): number {
  const all = re.global ? re : new RegExp(re.source, 'g');
  let last = -1;
  all.lastIndex = 0;
  for (let m = all.exec(words); m !== null; m = all.exec(words)) {
    last = m.index;
    if (m[0] === '') all.lastIndex++;
  }
  return last;
}

/** Words that stand where a message would and say nothing. */
const EMPTY = /^(?:(?:client|server|registrar|module|api|unknown|http)?\s?error|success|failed|fatal error|\[redacted:[a-z-]+\]|e[a-z]{4,14}|err_[a-z_]+)$/;

const TRAIL = /(?:\s*[([](?:[^()[\]]{0,40})[)\]])?[\s.,;:!?"'`*|–—-]*$/;
const METRIC = /^(?:try|in|after|giving|attempt|ms|s|sec|bytes?|from|on|for|because|times?|retr\w+|req|id|via|inside|and|or|with)\b/i;

/** Ends at the line's or the clause's end and loses trailing remarks. */
function trimmed(ctx: Context, start: number, end: number, clause: boolean): { start: number; end: number } | null {
  const { view, lexicon } = ctx;
  let stop = Math.min(end, start + MAX_MESSAGE);
  const column = view.text.slice(start, stop).search(/\s\|\s|\s{3,}|\t|\s[a-z_]{2,20}=|\s(?:in|at) \/|\s(?:for|in|at) (?:url|https?:)|\r/);
  if (column > 0) stop = start + column;
  if (clause) {
    const cut = lexicon.cue('message', 'clause').exec(view.folded.slice(start, stop));
    if (cut !== null) stop = start + cut.index;
  }
  const words = view.text.slice(start, stop);
  const kept = words.replace(TRAIL, '');
  return kept.length < 3 ? null : { start, end: start + kept.length };
}

/** `Label: words` to the end of the line, where the words read like a refusal. */
function fromLabels(ctx: Context, focus: Focus | null, out: Candidate[]): void {
  const { lexicon, view } = ctx;
  const re = lexicon.once('message labels', () => new RegExp(`${lexicon.labels('message')}\\**["'\\])]{0,2}\\s{0,2}(?::|=>|=|->|>>)\\s{0,3}\\**`, 'g'));
  const like = lexicon.cue('message', 'like-message');
  re.lastIndex = 0;
  for (let m = re.exec(view.folded); m !== null; m = re.exec(view.folded)) {
    const start = m.index + m[0].length;
    const line = lineSpan(view, lineAt(view, start));
    const quote = /^["'“«`]/.exec(view.text.slice(start, start + 1));
    if (quote !== null) continue;
    const prose = sentenceEnd(view.folded, start, MAX_MESSAGE);
    let from = start;
    const code = /^(?:http\s?)?-?\d{1,6}\b[\s,:–—-]{0,3}(?:"|“|«)?/i.exec(view.text.slice(start, line.end));
    if (code !== null) from = start + code[0].length;
    const span = trimmed(ctx, from, Math.min(line.end, prose), false);
    if (span === null) continue;
    const words = view.text.slice(span.start, span.end);
    if (!isSentence(words) || /^["'“«`]/.test(words)) continue;
    const folded = view.folded.slice(span.start, span.end);
    if (!like.test(folded) || lexicon.cue('message', 'not-message').test(folded)) continue;
    if (inClientError(ctx, m.index, span.end) || isForeign(ctx, m.index)) continue;
    if (/\bat |Exception|\.php|\.java|\.py\b/.test(words)) continue;
    out.push({ value: words, ...span, score: 2 + (distance(focus, span.start) < 60 ? 0.5 : 0) });
  }
}

/** A line of its own that sounds like a refusal, below one that ends in a verb of saying or a colon. */
function fromOwnLines(ctx: Context, out: Candidate[]): void {
  const { lexicon, view } = ctx;
  if (view.lines.length > 400) return;
  const say = lexicon.cue('message', 'say-before', '[\\s:–—-]{0,4}$');
  const like = lexicon.cue('message', 'like-message');
  let above = '';
  for (let i = 0; i < view.lines.length; i++) {
    const { start, end } = lineSpan(view, i);
    const folded = view.folded.slice(start, end).trim();
    if (folded === '') continue;
    const previous = above;
    above = folded.slice(-90);
    if (folded.length < 6 || folded.length > 90 || !(say.test(previous) || (previous.endsWith(':') && lexicon.cue('message', 'machine').test(previous)))) continue;
    if (!like.test(folded) || lexicon.cue('message', 'not-message').test(folded) || /[{}[\]=;$]|^["'`“«]|^(?:i|we|you|but|and|so)\b|:\s|\?$|\. \w/.test(folded)) continue;
    const from = view.text.indexOf(view.text.slice(start, end).trim(), start);
    const span = trimmed(ctx, from, end, false);
    if (span === null || inClientError(ctx, span.start, span.end) || isForeign(ctx, span.start)) continue;
    const words = view.text.slice(span.start, span.end);
    if (isSentence(words) && words.split(/\s+/).length <= 12) out.push({ value: words, ...span, score: 1.6 });
  }
}

/** `the API says no such user` */
function fromVerbs(ctx: Context, out: Candidate[]): void {
  const { lexicon, view } = ctx;
  const re = lexicon.cue('message', 'say-plain', '[\\s:]{1,3}(?:-?\\d{1,5}[\\s,:]{1,3})?', 'g');
  const like = lexicon.cue('message', 'like-message');
  const speaker = lexicon.cue('message', 'speaker');
  const exact = lexicon.cue('message', 'say-exact', '[\\s:]{0,3}(?:-?\\d{1,5})?$');
  re.lastIndex = 0;
  for (let m = re.exec(view.folded); m !== null; m = re.exec(view.folded)) {
    const start = m.index + m[0].length;
    re.lastIndex = Math.max(m.index + 1, start - 1);
    if (/["'“«`„「]/.test(view.text[start] ?? '')) continue;
    const span = trimmed(ctx, start, sentenceEnd(view.folded, start, 100), true);
    if (span === null) continue;
    const folded = view.folded.slice(span.start, span.end);
    const words = view.text.slice(span.start, span.end);
    const found = like.exec(folded);
    if (found === null || !isSentence(words) || words.split(/\s+/).length > 9) continue;
    if (/[\d:/_]/.test(words) && !/\s/.test(words)) continue;
    if (lexicon.cue('message', 'not-message').test(folded)) continue;
    if (inClientError(ctx, span.start, span.end) || isForeign(ctx, span.start)) continue;
    if (/^(?:an?|the|that|to|my|our|in|on|it|this|for|with|not|no)\b(?! (?:such|access|permission|credentials))/.test(folded) && !/[A-Z]/.test(words[0] ?? '')) continue;
    const pre = before(ctx, m.index + 1, 60);
    if (speaker.test(pre.slice(-24))) continue;
    const capital = /^[A-Z]/.test(words) || /[^\x00-\x7f]/.test(words); // eslint-disable-line no-control-regex
    if (EMPTY.test(folded) || /^(?:i|we|you|they|he)\b/.test(folded)) continue;
    // Fewer than three plain words are the person's own way of telling it.
    if (!capital && (words.split(/\s+/).length < 3 || !exact.test(m[0].trimEnd()))) continue;
    out.push({ value: words, ...span, score: capital ? 1.8 : 1.1 });
  }
}

/** Refusals beside a number that was read as a code. */
function fromCodedWords(ctx: Context, focus: Focus | null, out: Candidate[]): void {
  for (const { code, words } of findCodedWords(ctx)) {
    if (inClientError(ctx, code.start, words.end) || isForeign(ctx, code.start)) continue;
    const chosen = focus?.code?.start === code.start;
    out.push({ value: ctx.view.text.slice(words.start, words.end), ...words, score: chosen ? 4 : 1.5 });
  }
}

/** Failure messages that the documentation prints, wherever they stand. */
function fromDocumented(ctx: Context, out: Candidate[]): void {
  for (const message of ctx.api.messages) {
    const at = ctx.view.folded.lastIndexOf(message.toLowerCase());
    if (at >= 0) out.push({ value: ctx.view.text.slice(at, at + message.length), start: at, end: at + message.length, score: 2.5 });
  }
}

/** Words right behind a status on its line: `-> 401 unknown key`, `403 "…"`, `HTTP 403 - …`. */
function fromStatus(ctx: Context, focus: Focus | null, out: Candidate[]): void {
  const { view } = ctx;
  const span = focus?.code ?? null;
  if (span === null || focus?.reply?.code != null) return;
  const line = lineSpan(view, lineAt(view, span.end));
  const lead = /^(?:s\b)?[\s,:;\])"'=>–—-]{1,5}(?:[Bb]ody\s?[:=]\s?)?(?=[\p{L}])/u.exec(view.text.slice(span.end, line.end));
  if (lead === null) return;
  const start = span.end + lead[0].length;
  const reason = focus?.reply?.reason ?? null;
  const artefact = focus?.reply !== null;
  const cut = trimmed(ctx, start, artefact ? line.end : sentenceEnd(view.folded, start, 100), !artefact);
  if (cut === null) return;
  const words = view.text.slice(cut.start, cut.end);
  const isReason = reason !== null && words.toLowerCase().startsWith(reason.toLowerCase());
  if (isReason) {
    out.push({ value: words.slice(0, reason.length), start: cut.start, end: cut.start + reason.length, score: 0.3 });
    const rest = /^[\s:–—-]{1,4}(?=\p{L})/u.exec(view.text.slice(cut.start + reason.length, cut.end));
    if (rest === null || rest[0].trim() === '') return;
    const from = cut.start + reason.length + rest[0].length;
    const more = view.text.slice(from, cut.end);
    if (isSentence(more) && ctx.lexicon.cue('message', 'like-message').test(view.folded.slice(from, cut.end)) && !/https?:|url/.test(more)) {
      out.push({ value: more, start: from, end: cut.end, score: 1.5 });
    }
    return;
  }
  if (!isSentence(words) || METRIC.test(words) || words.split(/\s+/).length > 12) return;
  const like = ctx.lexicon.cue('message', 'like-message').test(view.folded.slice(cut.start, cut.end));
  if (ctx.lexicon.cue('message', 'not-message').test(view.folded.slice(cut.start, cut.end))) return;
  if (!like && !artefact) return;
  out.push({ value: words, ...cut, score: like ? (artefact ? 2 : 1.2) : 0.8 });
}

const ERROR_KEY = /["'](?:msg|error|error_description|error_message|errmsg|message|detail|reason|title)["']\s{0,2}(?::|=>)\s{0,2}["']([^"'\n]{3,240})["']/g;

/** Messages under another key than the envelope's. */
function fromKeys(ctx: Context, out: Candidate[]): void {
  for (const m of ctx.view.text.matchAll(ERROR_KEY)) {
    const value = m[1] ?? '';
    const start = m.index + m[0].length - value.length - 1;
    if (!/\p{L}{3}/u.test(value) || EMPTY.test(value.toLowerCase()) || inClientError(ctx, start, start + value.length) || isForeign(ctx, start)) continue;
    out.push({ value, start, end: start + value.length, score: 2.8 });
  }
}

/** A message without quotes goes on to the line's end where a bracket interrupted it. */
function extended(ctx: Context, span: { readonly start: number; readonly end: number }): { start: number; end: number } {
  const { text } = ctx.view;
  if (/["'`]/.test(text[span.start - 1] ?? '') || !/^ \(/.test(text.slice(span.end, span.end + 2))) return { ...span };
  const line = lineSpan(ctx.view, lineAt(ctx.view, span.start));
  return trimmed(ctx, span.start, line.end, false) ?? { ...span };
}

/** Between the two a new record of a log begins. */
function isNextRecord(ctx: Context, from: number, to: number): boolean {
  return to > from && /\n[[({"]{0,2}(?:\d{4}[-/]\d\d|\d\d:\d\d|[A-Z][a-z]{2} {1,2}\d)/.test(ctx.view.text.slice(from, to));
}

/** All proposals for the message; the envelope's own outweighs the rest. */
export function readMessage(ctx: Context, focus: Focus | null): Candidate[] {
  const out: Candidate[] = [];
  const reply = focus?.reply ?? null;
  if (reply?.message != null && reply.messageSpan !== null) {
    const whole = reply.reason !== null && reply.message === reply.reason;
    const span = extended(ctx, reply.messageSpan);
    const own = span.end !== reply.messageSpan.end ? ctx.view.text.slice(span.start, span.end) : reply.message;
    const apart = isNextRecord(ctx, reply.codeSpan?.end ?? span.start, span.start);
    out.push({ value: own, ...span, score: whole ? 0.3 : apart ? 1 : 9 });
    if (!whole && !apart) return out;
  }
  if (reply?.reason != null) {
    const at = ctx.view.text.indexOf(reply.reason, reply.start);
    if (at >= 0) out.push({ value: reply.reason, start: at, end: at + reply.reason.length, score: 0.3 });
  }
  fromStatus(ctx, focus, out);
  fromKeys(ctx, out);
  fromCodedWords(ctx, focus, out);
  fromQuotes(ctx, focus, out);
  fromLabels(ctx, focus, out);
  fromOwnLines(ctx, out);
  fromVerbs(ctx, out);
  fromDocumented(ctx, out);
  return out;
}

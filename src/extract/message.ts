// Reads the service's message: the envelope's, words behind a status, and all that the text says it replied.

import { sentenceEnd, type Context } from './context';
import { findCodedWords } from './coded-words';
import { fromQuotes } from './message-quotes';
import { EMPTY, inClientError, isSentence, METRIC, trimmed } from './message-shape';
import { isNoMessage } from './no-message';
import { fromLabels, fromOwnLines, fromVerbs } from './message-spoken';
import { fromServiceWords } from './message-service';
import type { Focus } from './focus';
import { isForeign, PROXY } from './reply';
import type { Candidate } from './candidate';
import { lineAt, lineSpan } from './view';

/** Refusals beside a number that was read as a code. */
function fromCodedWords(ctx: Context, focus: Focus | null, out: Candidate[]): void {
  for (const { code, words } of findCodedWords(ctx)) {
    if (inClientError(ctx, code.start, words.end) || isForeign(ctx, code.start)) continue;
    const folded = ctx.view.folded.slice(words.start, words.end);
    if (EMPTY.test(folded) || isNoMessage(ctx, folded)) continue;
    if (ctx.view.text.slice(code.start, code.end) === String(PROXY)) continue;
    const chosen = focus?.code?.start === code.start;
    out.push({ value: ctx.view.text.slice(words.start, words.end), ...words, score: chosen ? 4 : 1.5 });
  }
}

/** Failure messages that the documentation prints, wherever they stand. */
function fromDocumented(ctx: Context, out: Candidate[]): void {
  for (const message of ctx.api.messages) {
    const at = ctx.view.folded.lastIndexOf(message.toLowerCase());
    if (at >= 0)
      out.push({ value: ctx.view.text.slice(at, at + message.length), start: at, end: at + message.length, score: 5 });
  }
}

/** Words right behind a status on its line: `-> 401 unknown key`, `403 "…"`, `HTTP 403 - …`. */
function fromStatus(ctx: Context, focus: Focus | null, out: Candidate[]): void {
  const { view } = ctx;
  const span = focus?.code ?? null;
  if (span === null || focus?.reply?.code != null) return;
  const line = lineSpan(view, lineAt(view, span.end));
  const lead = /^(?:s\b)?[\s,:;(\])"'=>–—-]{1,5}(?:[Bb]ody\s?[:=]\s?)?(?=[\p{L}])/u.exec(
    view.text.slice(span.end, line.end),
  );
  if (lead === null) return;
  const start = span.end + lead[0].length;
  const reason = focus?.reply?.reason ?? null;
  const artefact = focus?.reply !== null;
  const cut = trimmed(ctx, start, artefact ? line.end : sentenceEnd(view.folded, start, 100), !artefact);
  if (cut === null) return;
  const words = view.text.slice(cut.start, cut.end);
  const isReason = reason !== null && words.toLowerCase().startsWith(reason.toLowerCase());
  if (isReason) {
    if ((focus?.reply?.status ?? 400) < 400 || focus?.reply?.status === PROXY) return;
    out.push({ value: words.slice(0, reason.length), start: cut.start, end: cut.start + reason.length, score: 0.3 });
    const rest = /^[\s:–—-]{1,4}(?=\p{L})/u.exec(view.text.slice(cut.start + reason.length, cut.end));
    if (rest === null || rest[0].trim() === '') return;
    const from = cut.start + reason.length + rest[0].length;
    const more = view.text.slice(from, cut.end);
    if (
      isSentence(more) &&
      ctx.lexicon.cue('message', 'like-message').test(view.folded.slice(from, cut.end)) &&
      !/https?:|url/.test(more)
    ) {
      out.push({ value: more, start: from, end: cut.end, score: 1.5 });
    }
    return;
  }
  if (!isSentence(words) || METRIC.test(words) || words.split(/\s+/).length > 12) return;
  const like = ctx.lexicon.cue('message', 'like-message').test(view.folded.slice(cut.start, cut.end));
  if (isNoMessage(ctx, view.folded.slice(cut.start, cut.end))) return;
  if (!like || EMPTY.test(words.toLowerCase())) return;
  // In another language than the service's, words behind a number are the person's own unless a log prints them.
  if (
    !artefact &&
    ctx.lexicon !== ctx.service &&
    !ctx.service.cue('message', 'like-message').test(view.folded.slice(cut.start, cut.end))
  )
    return;
  out.push({ value: words, ...cut, score: artefact ? 2 : 1.2 });
}

const REQUEST = /^(?:GET|POST|PUT|DELETE|HEAD) \S/;
const LOG_KEY = /\b(?:reply|answer|error|body|resp|response|reason)="([^"\n]{3,240})"/g;
const ERROR_KEY =
  /["'](?:msg|reply|error|error_description|error_message|errmsg|message|detail|reason|title)["']\s{0,2}(?::|=>)\s{0,2}["']([^"'\n]{3,240})["']/g;

/** Messages under another key than the envelope's. */
function fromKeys(ctx: Context, out: Candidate[]): void {
  for (const m of [...ctx.view.text.matchAll(ERROR_KEY), ...ctx.view.text.matchAll(LOG_KEY)]) {
    const value = m[1] ?? '';
    const start = m.index + m[0].length - value.length - 1;
    if (
      !/\p{L}{3}/u.test(value) ||
      /[<>{]/.test(value) ||
      REQUEST.test(value) ||
      EMPTY.test(value.toLowerCase()) ||
      inClientError(ctx, start, start + value.length) ||
      isForeign(ctx, start)
    )
      continue;
    out.push({ value, start, end: start + value.length, score: 2.8 });
  }
}

/** A message without quotes goes on to the line's end where a bracket interrupted it. */
function extended(
  ctx: Context,
  span: { readonly start: number; readonly end: number },
): { start: number; end: number } {
  const { text } = ctx.view;
  if (/["'`]/.test(text[span.start - 1] ?? '') || !/^ \(/.test(text.slice(span.end, span.end + 2))) return { ...span };
  const line = lineSpan(ctx.view, lineAt(ctx.view, span.start));
  return trimmed(ctx, span.start, line.end, false) ?? { ...span };
}

/** Between the two a new record of a log begins. */
function isNextRecord(ctx: Context, from: number, to: number): boolean {
  return (
    to > from && /\n[[({"]{0,2}(?:\d{4}[-/]\d\d|\d\d:\d\d|[A-Z][a-z]{2} {1,2}\d)/.test(ctx.view.text.slice(from, to))
  );
}

/** The text is one line that is worded as a reply. */
function fromWhole(ctx: Context, out: Candidate[]): void {
  const { text, folded } = ctx.view;
  if (text.length > 90 || !/^\s*\S[^\n?]*\s*$/.test(text) || isForeign(ctx, 0)) return;
  const start = text.length - text.trimStart().length;
  const cue = ctx.lexicon.once('message whole', () => new RegExp(`^${ctx.lexicon.source('message', 'whole-text')}`));
  const cut = cue.test(folded.slice(start)) ? trimmed(ctx, start, text.length, true) : null;
  if (cut !== null && isSentence(text.slice(cut.start, cut.end)))
    out.push({ value: text.slice(cut.start, cut.end), ...cut, score: 1 });
}

/** All proposals for the message; the envelope's own outweighs the rest. */
export function readMessage(ctx: Context, focus: Focus | null): Candidate[] {
  const out: Candidate[] = [];
  const reply = focus?.reply ?? null;
  if (reply?.message != null && reply.messageSpan !== null && !REQUEST.test(reply.message)) {
    const whole = reply.reason !== null && reply.message === reply.reason;
    const span = extended(ctx, reply.messageSpan);
    const next = /\s\[\w{1,20}\] =>/.exec(reply.message)?.index;
    if (next !== undefined) span.end = span.start + next;
    const kept = span.end !== reply.messageSpan.end ? ctx.view.text.slice(span.start, span.end) : reply.message;
    const apart = isNextRecord(ctx, reply.codeSpan?.end ?? span.start, span.start);
    if (!apart) out.push({ value: kept, ...span, score: whole ? 0.3 : 9 });
    if (!whole && !apart) return out;
  }
  // A redirect and a proxy on the way are not the service's answer.
  const own = reply !== null && (reply.status ?? 400) >= 400 && reply.status !== PROXY;
  if (reply?.reason != null && own) {
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
  fromWhole(ctx, out);
  fromServiceWords(ctx, out);
  fromDocumented(ctx, out);
  return out;
}

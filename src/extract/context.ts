// The text as the readers see it: view, lexicon, replies in view offsets, and windows of words around a place.

import type { Redacted } from '../redact/redacted';
import type { ParsedRequest } from '../request/model';
import type { Reply } from '../request/responses';
import type { ApiFacts, CompiledFields, Lexicon } from './fields';
import { createView, lineAt, lineSpan, type View } from './view';

export interface ExtractInput {
  readonly text: Redacted;
  /** BCP 47 tag of the person's language. */
  readonly language: string;
  readonly requests: readonly ParsedRequest[];
  readonly replies: readonly Reply[];
}

export interface Context {
  readonly view: View;
  readonly lexicon: Lexicon;
  /** Words of the language that services write in; the same as `lexicon` where the person writes it too. */
  readonly service: Lexicon;
  readonly api: ApiFacts;
  /** Whether a word in lower case is one of the languages' own. */
  readonly ordinary: (word: string) => boolean;
  readonly requests: readonly ParsedRequest[];
  /** Replies whose place is read, in view offsets, in order. */
  readonly replies: readonly Reply[];
}

function shift(view: View, span: { readonly start: number; readonly end: number } | null) {
  if (span === null) return null;
  const start = view.fromWhole(span.start);
  return start < 0 ? null : { start, end: start + (span.end - span.start) };
}

export function createContext(input: ExtractInput, fields: CompiledFields): Context {
  const view = createView(input.text);
  const long = view.text.length !== input.text.length;
  const replies: Reply[] = [];
  for (const r of input.replies) {
    if (!long) replies.push(r);
    else {
      const span = shift(view, r);
      if (span === null) continue;
      replies.push({
        ...r,
        ...span,
        statusSpan: shift(view, r.statusSpan),
        codeSpan: shift(view, r.codeSpan),
        messageSpan: shift(view, r.messageSpan),
      });
    }
  }
  return {
    view,
    lexicon: fields.lexicon(input.language),
    service: fields.lexicon(fields.base),
    api: fields.api,
    ordinary: (word) => fields.ordinary(word),
    requests: input.requests,
    replies,
  };
}

/** Start of the sentence that holds `at`, at most `reach` units back. A line end is a border. */
export function sentenceStart(folded: string, at: number, reach = 120): number {
  const from = Math.max(0, at - reach);
  for (let i = at - 1; i >= from; i--) {
    const c = folded.charCodeAt(i);
    if (c === 10) return i + 1;
    if ((c === 46 || c === 33 || c === 63 || c === 59) && isBreak(folded, i)) return i + 1;
  }
  return from;
}

/** End of the sentence that holds `at`, at most `reach` units on. */
export function sentenceEnd(folded: string, at: number, reach = 120): number {
  const to = Math.min(folded.length, at + reach);
  for (let i = at; i < to; i++) {
    const c = folded.charCodeAt(i);
    if (c === 10) return i;
    if ((c === 46 || c === 33 || c === 63 || c === 59) && isBreak(folded, i)) return i;
  }
  return to;
}

/** A full stop ends a sentence before a blank, the end, or a letter outside ASCII (scripts without blanks). */
function isBreak(folded: string, i: number): boolean {
  const next = folded.charCodeAt(i + 1);
  return Number.isNaN(next) || next <= 32 || next > 0x2e80;
}

/** Words before `at` in its sentence, from `floor` on. */
export function before(ctx: Context, at: number, reach = 100, floor = 0): string {
  return ctx.view.folded.slice(Math.max(floor, sentenceStart(ctx.view.folded, at, reach)), at);
}

/** Words after `at` in its sentence, up to `ceiling`. */
export function after(ctx: Context, at: number, reach = 80, ceiling = Infinity): string {
  return ctx.view.folded.slice(at, Math.min(ceiling, sentenceEnd(ctx.view.folded, at, reach)));
}

/** The whole line around `at`, at most `reach` units to each side. */
export function lineOf(ctx: Context, at: number, reach = 300): string {
  const { start, end } = lineSpan(ctx.view, lineAt(ctx.view, at));
  return ctx.view.folded.slice(Math.max(start, at - reach), Math.min(end, at + reach));
}

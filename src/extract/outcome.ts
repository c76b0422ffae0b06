// Whether a line or clause tells of a failure or of a success. Words are pack data; codes are the API's.

import type { Context } from './context';
import { lineAt, lineSpan } from './view';

/** A line of a log, a command or a table rather than a sentence: it holds a clock, an arrow, structure or a prompt. */
export function isLogLike(ctx: Context, at: number): boolean {
  const { start, end } = lineSpan(ctx.view, lineAt(ctx.view, at));
  const words = ctx.view.folded.slice(Math.max(start, at - 200), Math.min(end, at + 200));
  if (/\d{1,2}:\d{2}:\d{2}|^\s{0,4}\[|^[$>#]\s|[a-z]\[\d+\]:?\s|\{["']|\w=\S+ \w+=/.test(words)) return true;
  return /(?:->|=>|<-|→|\|)/.test(words) && words.length < 160;
}

/** A line of machine output that reports success and no failure. */
export function isGoodLine(ctx: Context, at: number): boolean {
  if (!isLogLike(ctx, at)) return false;
  const { start, end } = lineSpan(ctx.view, lineAt(ctx.view, at));
  const words = ctx.view.folded.slice(Math.max(start, at - 400), Math.min(end, at + 400));
  return isGood(ctx, words) && !isBad(ctx, words);
}

/** A line that reports a failure. */
export function isBadLine(ctx: Context, at: number): boolean {
  if (!isLogLike(ctx, at)) return false;
  const { start, end } = lineSpan(ctx.view, lineAt(ctx.view, at));
  return isBad(ctx, ctx.view.folded.slice(Math.max(start, at - 400), Math.min(end, at + 400)));
}

export function isGood(ctx: Context, words: string): boolean {
  return ctx.lexicon.cue('code', 'good').test(words);
}

export function isBad(ctx: Context, words: string): boolean {
  const code = /\bcode\W{1,4}(-?\d{1,6})\b/.exec(words)?.[1];
  if (code !== undefined && !ctx.api.successCodes.includes(code)) return true;
  return ctx.lexicon.cue('code', 'bad').test(words);
}

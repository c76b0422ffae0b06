// What words must look like to be a service's message, and where they end. Knows no place to look for them.

import type { Context } from './context';
import type { Focus } from './focus';
import { lineAt } from './view';

export const MAX_MESSAGE = 240;

/** Letters enough, no structure: words that a person could read. */
export function isSentence(words: string): boolean {
  if (words.length < 3 || words.length > MAX_MESSAGE) return false;
  if (
    /^[\s{[(<]*["']?(?:code|msg)["']?\s*[:=]/.test(words) ||
    /^(?:https?:|\/|\$|--?\w|<)/.test(words) ||
    /[{}<>\\$]|=>|\w=\w| \| |https?:\/\//.test(words) ||
    /^(?:[1-5]\d\d \p{Lu}|\S{1,20}: ?\d{3}$|\d{4}-\d\d-\d\d)/u.test(words)
  )
    return false;
  return /\p{L}{2}/u.test(words);
}

export function inClientError(ctx: Context, start: number, end: number): boolean {
  return ctx.replies.some(
    (r) =>
      r.client &&
      r.clientKind !== 'header' &&
      r.start < end + 200 &&
      r.end > start - 200 &&
      lineAt(ctx.view, r.start) === lineAt(ctx.view, start),
  );
}

export function distance(focus: Focus | null, at: number): number {
  return focus === null ? 1e6 : Math.abs(at - focus.start);
}

/** Words that stand where a message would and say nothing. */
export const EMPTY =
  /^(?:ok|null|none|undefined|(?:client|server|registrar|module|api|unknown|http)?\s?error|success|failed|fatal error|\[redacted:[a-z-]+\]|e[a-z]{4,14}|err_[a-z_]+)$/;

const TRAIL = /(?:\s*[([](?:[^()[\]]{0,40})[)\]])?[\s.,;:!?"'`*|–—-]*$/;
/** Words that begin as a part of a sentence rather than as a message. */
export const PARTIAL = /^(?:to|from|in|on|at|for|by|as|about|of|with)\b/;
export const METRIC =
  /^(?:try|in|after|giving|attempt|ms|s|sec|bytes?|from|on|for|because|times?|retr\w+|req|id|via|inside|and|or|with)\b/i;

/** Ends at the line's or the clause's end and loses trailing remarks. */
export function trimmed(
  ctx: Context,
  start: number,
  end: number,
  clause: boolean,
): { start: number; end: number } | null {
  const { view, lexicon } = ctx;
  let stop = Math.min(end, start + MAX_MESSAGE);
  const column = view.text
    .slice(start, stop)
    .search(/\s\|\s|\s{3,}|\t|\s[a-z_]{2,20}=|\s(?:in|at) \/|\s(?:for|in|at) (?:url|https?:)|\r/);
  if (column > 0) stop = start + column;
  if (clause) {
    const cut = lexicon.cue('message', 'clause').exec(view.folded.slice(start, stop));
    if (cut !== null) stop = start + cut.index;
  }
  if (/^[A-Za-z]/.test(view.text.slice(start, start + 1))) {
    const han = view.text.slice(start, stop).search(/\s?[\u4e00-\u9fff\u3001\u3002\uff0c]/);
    if (han > 5) stop = start + han;
  }
  const words = view.text.slice(start, stop);
  const kept = words.replace(TRAIL, '');
  return kept.length < 3 ? null : { start, end: start + kept.length };
}

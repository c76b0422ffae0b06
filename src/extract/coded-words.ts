// Replies written by hand or by terse tools: a number and a refusal beside each other (`1003 wrong secret`, `"no such tier", 2007`).

import { before, type Context } from './context';
import { isNoMessage } from './no-message';

export interface CodedWords {
  readonly code: { readonly start: number; readonly end: number };
  readonly words: { readonly start: number; readonly end: number };
}

const NUMBER_FIRST =
  /(?:(?:^|\n)[\s>*|-]{0,6}|(?<![A-Za-z])[`"'“«(]|：\s?|[a-z\u00e0-\u024f\u0400-\u04ff\u4e00-\u9fff]\s(?=\d{2,6}[,:]? ["“«])|(?:->|=>|→|<-|<<|>>|[:=<|-])\s{1,2}|(?:[Ee]rror|ERROR|code|Code)\s)(-?\d{1,6}|[A-Z]{1,3}_?[A-Z]{0,8}\d{0,4})(?:[ \t]?[:|/–—-][ \t]|,[ \t]|:?[ \t]|[|;])(?=["“«]?\p{L})/gu;
const WORDS_FIRST = /["”»`](?:,?\s?\(?|\s?[–—-]\s)(?:code:?\s)?(-?\d{1,6})\)?(?=[\s.,;:)?!]|$)/g;
/** A number that is no HTTP status, and words right behind it. */
const TOLD = /(?<![\w.:,/#$€+-])(\d{4,6})[,:]?[ \t](?=\p{Ll})/gu;
const STOP = /[\n`"”»{}[\]()]|[;,]\s|\s[–—]\s|\s-\s|[.?!]\s/;
const MAX_WORDS = 110;

function refusal(ctx: Context, start: number, end: number): boolean {
  return end - start >= 4 && ctx.lexicon.cue('message', 'like-message').test(ctx.view.folded.slice(start, end));
}

/** In order of place. */
export function findCodedWords(ctx: Context): CodedWords[] {
  const { text } = ctx.view;
  const out: CodedWords[] = [];
  for (const m of text.matchAll(NUMBER_FIRST)) {
    const code = m[1] ?? '';
    if (/^[A-Z]+$/.test(code) && !code.includes('_')) continue;
    const from = m.index + m[0].length;
    const at = m.index + m[0].lastIndexOf(code);
    const rest = text.slice(from, from + MAX_WORDS);
    const open = /^["“«]/.test(rest) ? 1 : 0;
    const stop = rest.slice(open).search(/[\n`"”»{}[\]()]|;\s|\s[–—]\s|\s-\s|\.\s|\s\|/);
    const words = rest.slice(open, stop < 0 ? undefined : open + stop).replace(/[\s.,;:]+$/, '');
    const start = from + open;
    if (words.split(/\s+/).length > 12 || /https?:|=/.test(words)) continue;
    if (
      /^(?:ms|s|sec|of|x|ok|bytes?|text|application|in|from|row|rows|page)\b/i.test(words) ||
      ctx.api.successCodes.includes(code)
    )
      continue;
    // Behind an arrow, or alone between quotes, the words need not sound like a refusal.
    if (/^30[1-378]$/.test(code)) continue;
    if (isNoMessage(ctx, ctx.view.folded.slice(start, start + words.length))) continue;
    const framed =
      !ctx.api.successCodes.includes(code) &&
      (/^(?:->|=>|<-|<<|[<`|-])/.test(m[0].trimStart()) || /[|;]$/.test(m[0])) &&
      /^\p{L}[\p{L}'?/-]{2,}(?: [\p{L}'?/-]+){0,8}$/u.test(words);
    if (!framed && !refusal(ctx, start, start + words.length)) continue;
    out.push({ code: { start: at, end: at + code.length }, words: { start, end: start + words.length } });
  }
  // Behind words of answering a number needs no mark.
  const told = ctx.lexicon.cue('code', 'number-before', '[\\s:]{1,3}$');
  for (const m of text.matchAll(TOLD)) {
    const code = m[1] ?? '';
    if (!told.test(before(ctx, m.index, 60)) || ctx.api.successCodes.includes(code)) continue;
    const start = m.index + m[0].length;
    const words =
      text
        .slice(start, start + MAX_WORDS)
        .split(STOP)[0]
        ?.replace(/[\s.,;:]+$/, '') ?? '';
    if (words.split(/\s+/).length > 8 || !refusal(ctx, start, start + words.length)) continue;
    if (isNoMessage(ctx, ctx.view.folded.slice(start, start + words.length))) continue;
    out.push({
      code: { start: m.index, end: m.index + code.length },
      words: { start, end: start + words.length },
    });
  }
  for (const m of text.matchAll(WORDS_FIRST)) {
    const code = m[1] ?? '';
    const close = m.index;
    const mark = text[close] ?? '';
    const open = text.lastIndexOf(mark === '”' ? '“' : mark === '»' ? '«' : mark, close - 1);
    if (open < 0 || close - open > MAX_WORDS || text.slice(open, close).includes('\n')) continue;
    if (!refusal(ctx, open + 1, close)) continue;
    const at = m.index + m[0].lastIndexOf(code);
    out.push({ code: { start: at, end: at + code.length }, words: { start: open + 1, end: close } });
  }
  return out.sort((a, b) => a.code.start - b.code.start);
}

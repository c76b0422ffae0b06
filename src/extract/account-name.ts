// What makes a word an account's name, and where a clause goes on behind it. Looks for no place.

import { lineOf, type Context } from './context';

export const NAME = '[A-Za-z0-9][A-Za-z0-9._@+-]{1,62}[A-Za-z0-9_]';
/** Names of constants and variables, which stand for a value. */
const CONSTANT = /^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/;
/** A name at the beginning of the words, behind a quote where one stands there. */
export const VALUE = new RegExp(`^(?:[["'“«\`]|&quot;)?(${NAME})`, 'u');
/** Whether words can be a name at all: no sample, constant, code, address or word of the list. */
export function isName(ctx: Context, words: string, numeric = false): boolean {
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
export function isForeign(ctx: Context, at: number): boolean {
  return ctx.lexicon.cue('account', 'foreign').test(lineOf(ctx, at, 80));
}

/** Digits, an underscore, a hyphen or a sign make a word a name, and so does a part that names of companies have. */
export function shaped(ctx: Context, words: string): boolean {
  return /[\d_@+-]/.test(words) || /\p{L}\.\p{L}/u.test(words) || hasPart(ctx, words.toLowerCase());
}

function hasPart(ctx: Context, words: string): boolean {
  const part = ctx.lexicon.cue('account', 'name-part').exec(words);
  return part !== null && words.length - part[0].length >= 3;
}

/** A word as sentences have them rather than a name. */
export function isWord(ctx: Context, words: string): boolean {
  return ctx.lexicon.cue('account', 'word-ending', '$').test(words.toLowerCase());
}

/** A preposition or verb behind a word that is not said to be a name: the word is a verb or noun of the sentence. */
export function goesOn(ctx: Context, end: number): boolean {
  return ctx.lexicon
    .once('account sentence', () => new RegExp(`^ ${ctx.lexicon.source('account', 'sentence-after')}`))
    .test(ctx.view.folded.slice(end, end + 24));
}

/** A clause ends behind the name, or goes on as one does behind a name. */
export function ends(ctx: Context, end: number): boolean {
  const { view, lexicon } = ctx;
  if (/^(?:["'”»`]?\s?[.,;:!?()\n|/–—→{]|\s*$|\s(?:-|–|—)\s)/.test(view.text.slice(end, end + 16))) return true;
  return lexicon
    .once('account ends', () => new RegExp(`^ ${lexicon.source('account', 'goes-on')}`))
    .test(view.folded.slice(end, end + 24));
}

/** Inside the service's own words a name is no proposal. */
export function inMessage(ctx: Context, at: number): boolean {
  return ctx.replies.some((r) => r.messageSpan !== null && r.messageSpan.start <= at && at < r.messageSpan.end);
}

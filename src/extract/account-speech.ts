// Accounts that people name in sentences, or under whose name something is done.

import { ends, goesOn, inMessage, isForeign, isName, isWord, shaped, VALUE } from './account-name';
import type { Candidate } from './candidate';
import { before, type Context } from './context';
import { isLogLike } from './outcome';

/** A name between the ends of two sentences. */
const ALONE = /(?:^|[.!?"”] |\n)([a-z][a-z0-9_-]{3,30})(?=[.!](?:\s|$)|\n|$)/g;

/** What people say: `account northgate`, `our username is x`, `reseller id RS-1`. */
export function fromSpeech(ctx: Context, out: Candidate[]): void {
  const { lexicon, view } = ctx;
  const copula = lexicon.cue('account', 'copula', '[\\s:]{0,3}["\']?$');
  for (const [group, base] of [
    ['says-strong', 4.6],
    ['says', 2],
    ['intro', 1.9],
  ] as const) {
    const re = lexicon.cue('account', group, '[ \\t:：(]{0,3}["\'“”«`„]?', 'g');
    re.lastIndex = 0;
    for (let m = re.exec(view.folded); m !== null; m = re.exec(view.folded)) {
      const at = m.index + m[0].length;
      re.lastIndex = Math.max(m.index + 1, at - 1);
      const found = VALUE.exec(view.text.slice(at, at + 70));
      const value = found?.[1];
      if (value === undefined) continue;
      const start = at + (found?.[0].length ?? 0) - value.length;
      const end = start + value.length;
      if (
        !isName(ctx, value) ||
        isForeign(ctx, start) ||
        inMessage(ctx, start) ||
        /^\p{L}/u.test(view.text.slice(end, end + 1))
      )
        continue;
      const next = view.text.slice(end, end + 16);
      const quoted = /["'“”«`„]$/.test(m[0]) && /^\s?["'”»`“]/.test(next);
      const closes = ends(ctx, end);
      if (base < 3 && /["'_.-]/.test(view.text[m.index - 1] ?? '')) continue;
      let score: number = base;
      if (group === 'intro' && !shaped(ctx, value)) continue;
      if (!shaped(ctx, value) && !quoted) {
        const said = copula.test(view.folded.slice(m.index, at));
        const ordinary = ctx.ordinary(value.toLowerCase());
        if (ordinary && (base < 3 || !said)) continue;
        const handle =
          !ordinary && /^[a-z]{5,}$/.test(value) && (closes || goesOn(ctx, end) || /^ (?:@|[-=]>)/.test(next));
        if (!closes) {
          if (!handle && (base < 3 || !said)) continue;
          score -= handle ? 0.5 : 2;
        }
        if (isWord(ctx, value) || (!said && !handle && goesOn(ctx, end))) continue;
        if (base < 3 && !/^[a-z\d]+$/.test(value)) continue;
        if (base < 3) score -= 0.5;
      }
      if (lexicon.cue('account', 'denied', '\\W{0,3}$').test(before(ctx, m.index, 30))) score -= 2;
      if (score > 0) out.push({ value, start, end, score });
    }
  }
  const behind = lexicon.once(
    'account said behind',
    () =>
      new RegExp(`(?<![a-z0-9._@-])([a-z0-9][a-z0-9._-]{2,40})["'”]? ${lexicon.source('account', 'says-behind')}`, 'g'),
  );
  for (const m of view.folded.matchAll(behind)) {
    const words = m[1] ?? '';
    const start = m.index;
    const value = view.text.slice(start, start + words.length).replace(/[.-]+$/, '');
    if (isName(ctx, value) && (shaped(ctx, value) || !/^[A-Z]?[a-z]{1,3}$/.test(value)) && !isForeign(ctx, start))
      out.push({ value, start, end: start + value.length, score: 2.2 });
  }
}

/** Who acts or writes under a name: `… as name` in a log, `name here`, a name that is a sentence of its own. */
export function fromActing(ctx: Context, out: Candidate[]): void {
  const { lexicon, view } = ctx;
  const add = (start: number, value: string, score: number): void => {
    if (isName(ctx, value) && !isForeign(ctx, start) && !inMessage(ctx, start))
      out.push({ value, start, end: start + value.length, score });
  };
  const acting = lexicon.cue('account', 'acting', '[ \\t]["\'“`]?', 'g');
  acting.lastIndex = 0;
  let count = 0;
  for (let m = acting.exec(view.folded); m !== null && count++ < 100; m = acting.exec(view.folded)) {
    const at = m.index + m[0].length;
    const value = VALUE.exec(view.text.slice(at, at + 70))?.[1];
    if (
      value === undefined ||
      /^[A-Z]/.test(value) ||
      !/^[.,;:!)\]}"'”`]{0,2}(?:\s|$)/.test(view.text.slice(at + value.length))
    )
      continue;
    if (value.includes('.')) continue;
    if (/^as\b/.test(m[0]) && !/(?:[)}\]"']|\.[a-z]{2,6}) $/.test(view.folded.slice(Math.max(0, m.index - 9), m.index)))
      continue;
    if (shaped(ctx, value) || (isLogLike(ctx, at) && !ctx.ordinary(value))) add(at, value, 1.8);
  }
  const here = lexicon.once(
    'account here',
    () => new RegExp(`(?:^|\\n|[.!] )["']?([a-z][a-z0-9._-]{2,40}) ${lexicon.source('account', 'here')}`, 'g'),
  );
  for (const m of view.folded.slice(0, 400).matchAll(here)) {
    const start = m.index + m[0].indexOf(m[1] ?? '');
    const value = view.text.slice(start, start + (m[1] ?? '').length);
    if (/^[a-z]/.test(value)) add(start, value, 1.9);
  }
  for (const m of view.text.matchAll(ALONE)) {
    const value = m[1] ?? '';
    const start = m.index + m[0].indexOf(value);
    // A message that opens with one unknown word says who writes.
    const opens =
      start === 0 &&
      /[.!]/.test(view.text[value.length] ?? '') &&
      value.length > 4 &&
      !ctx.ordinary(value) &&
      !isWord(ctx, value);
    if ((/[\d_-]/.test(value) || opens) && /[a-z]{3}/.test(value)) add(start, value, 1.2);
  }
}

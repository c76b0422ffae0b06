// Names behind or before words of acting for somebody: the weaker the words, the more the name must look like one.

import { inMessage, isForeign, isName, shaped } from './account-name';
import type { Candidate } from './candidate';
import { before, type Context } from './context';

/** As people write account names in a sentence: small letters, no dot. */
const HANDLE = '[a-z][a-z0-9_-]{2,40}[a-z0-9]';
const START = '(?<![a-z0-9._@/+-])';
const END = '(?![\\p{L}\\p{N}_@/+-]|\\.[\\p{L}\\p{N}]|:\\d|://)';
/** Least sum of cue and look. */
const ENOUGH = 2;

/** Whether the name occurs a second time, as part of a domain, an address, a path or a value. */
function standsElsewhere(ctx: Context, value: string, start: number): boolean {
  const { folded } = ctx.view;
  for (let at = folded.indexOf(value), n = 0; at >= 0 && n < 20; at = folded.indexOf(value, at + value.length), n++) {
    if (at === start) continue;
    const pair = folded.slice(Math.max(0, at - 1), at) + folded.slice(at + value.length, at + value.length + 2);
    if (/[@/=:"'`(]|\.[a-z]|^[._-]/.test(pair)) return true;
  }
  return false;
}

/** How much a word looks like the name of an account, 0 where it cannot be one. */
function look(ctx: Context, start: number, value: string): number {
  if (ctx.view.text.slice(start, start + value.length) !== value || !/[a-z]{3}/.test(value)) return 0;
  if (!isName(ctx, value) || isForeign(ctx, start) || inMessage(ctx, start)) return 0;
  if (ctx.ordinary(value) || /--|__|^(.{2,20})-\1$/.test(value)) return 0;
  if (['thing', 'first-name'].some((group) => ctx.lexicon.cue('account', group, '$').exec(value) !== null)) return 0;
  return (shaped(ctx, value) ? 1.5 : 1) + (standsElsewhere(ctx, value, start) ? 0.5 : 0);
}

/** Behind an article or "my" a word is a noun. */
function isNoun(ctx: Context, start: number): boolean {
  return ctx.lexicon
    .cue('account', 'determiner', '[\\s_-]{1,3}$')
    .test(ctx.view.folded.slice(Math.max(0, start - 12), start));
}

/** Reads names that a cue stands beside. */
export function fromCues(ctx: Context, out: Candidate[]): void {
  const { lexicon, view } = ctx;
  const add = (start: number, value: string, weight: number, least = 1): boolean => {
    const looks = look(ctx, start, value);
    if (looks < least || weight + looks < ENOUGH) return false;
    out.push({ value, start, end: start + value.length, score: (weight + looks) / 2 });
    return true;
  };
  const read = (
    key: string,
    group: string,
    make: (cue: string) => string,
    use: (start: number, value: string) => void,
  ): void => {
    const re = lexicon.once(`account by ${key}`, () => new RegExp(make(lexicon.source('account', group)), 'gdu'));
    re.lastIndex = 0;
    let count = 0;
    for (let m = re.exec(view.folded); m !== null && count++ < 200; m = re.exec(view.folded)) {
      re.lastIndex = m.index + 1;
      const start = m.indices?.groups?.['name']?.[0];
      if (start !== undefined) use(start, m.groups?.['name'] ?? '');
    }
  };
  const name = `(?<name>${HANDLE})`;
  const ahead = (cue: string): string => `${cue}[ \\t]{0,3}[:(]?[ \\t]{0,2}["'“«„\`]?${START}${name}${END}`;
  const next = lexicon.once(
    'account and next',
    () =>
      new RegExp(
        `^["'”]?(?: ?\\([^()\\n]{1,40}\\))?,?${lexicon.source('account', 'and')} ["']?(?<name>${HANDLE})${END}`,
        'du',
      ),
  );
  read('acts-for', 'acts-for', ahead, (start, value) => {
    if (!add(start, value, 1)) return;
    const end = start + value.length;
    const m = next.exec(view.folded.slice(end, end + 110));
    const other = m?.indices?.groups?.['name']?.[0];
    if (other !== undefined) add(end + other, m?.groups?.['name'] ?? '', 1, 1.5);
  });
  // The word for a party may be followed by what the party does: a plain word must close the phrase.
  read('party', 'party', ahead, (start, value) => {
    const closes =
      /^(?:["'”»`]|\s?[,.:;!?()\n]|\s*$)/.test(view.text.slice(start + value.length, start + value.length + 2)) &&
      !lexicon.cue('account', 'subject-does', '$').test(value);
    add(start, value, 1, closes ? 1 : 1.5);
  });
  read('belongs-to', 'belongs-to', ahead, (start, value) => void add(start, value, 0.6));
  const free = (start: number, value: string): void => {
    if (!isNoun(ctx, start)) add(start, value, 1);
  };
  read(
    'paired',
    'paired-behind',
    (cue) => `${START}${name}["'”»\`]?[ \\t]{0,2}\\)?${cue}`,
    (start, value) => {
      if (!lexicon.cue('account', 'several').test(before(ctx, start, 50))) free(start, value);
    },
  );
  read('owns', 'owns', (cue) => `${START}${name}['’]s ${cue}`, free);
  read('gone', 'gone', (cue) => `(?<![a-z])(?:${lexicon.source('account', 'gone-before')}) ${name} ${cue}`, free);
}

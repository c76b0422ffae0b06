// Gives each address its role from the words around it: who calls, what is listed, what was refused, what is neither.

import { type FoundAddress } from './address';
import { after, before, lineOf, type Context } from './context';
import { lineAt, lineSpan } from './view';

export type AddressRole = 'outbound' | 'listed' | 'refused' | 'inside' | 'api' | 'site' | 'other';

/** An address in the text. Offsets: UTF-16 units of the redacted text (after `extractFields`), of the view before. */
export interface AddressMention {
  readonly value: string;
  readonly start: number;
  readonly end: number;
  readonly role: AddressRole;
  /** How much speaks for its being the caller; below zero: against. */
  readonly caller: number;
  /** The text says that it stands in the list of allowed addresses. */
  readonly listed: boolean;
}

/** Sums of a window: which groups match in it. */
function weigh(ctx: Context, groups: readonly string[], words: string): number {
  let sum = 0;
  for (const group of groups) if (ctx.lexicon.cue('ip', group).test(words)) sum += ctx.lexicon.weight('ip', group);
  return sum;
}

/** The weightiest group that matches. */
function strongest(ctx: Context, groups: readonly string[], words: string): number {
  let best = 0;
  for (const group of groups) {
    const weight = ctx.lexicon.weight('ip', group);
    if (weight > best && ctx.lexicon.cue('ip', group).test(words)) best = weight;
  }
  return best;
}

const CALLER_BEFORE = ['caller-name', 'caller-verb', 'caller-weak', 'echo-service'];
const CALLER_AFTER = ['caller-after'];
const OTHER_BEFORE = ['site', 'peer', 'old', 'person', 'login'];
const OTHER_AFTER = ['old-after', 'site-after'];

/** A line that is nothing but the address, below a command that asks who calls. */
function isEchoOutput(ctx: Context, a: FoundAddress): boolean {
  const { view } = ctx;
  let line = lineAt(view, a.start);
  const own = lineSpan(view, line);
  if (
    view.text.slice(own.start, own.end).replace(/^(?:\[\d{1,2}\])?[\s>$#"']+|["',\s]+$/g, '') !==
    view.text.slice(a.start, a.end)
  )
    return false;
  for (let back = 0; back < 4 && line > 0; back++) {
    line--;
    const span = lineSpan(view, line);
    const words = view.folded.slice(span.start, Math.min(span.end, span.start + 400));
    if (ctx.lexicon.cue('ip', 'echo-service').test(words) || ctx.lexicon.cue('ip', 'fetch-command').test(words))
      return true;
    if (ctx.lexicon.cue('ip', 'interface-command').test(words)) return false;
  }
  return false;
}

/** The reply whose message holds the address, if any: the service tells which address it saw. */
function inReply(ctx: Context, a: FoundAddress): boolean {
  return ctx.replies.some(
    (r) => !r.client && r.messageSpan !== null && r.messageSpan.start <= a.start && a.end <= r.messageSpan.end,
  );
}

/** Roles of all addresses, in the same order. `refusal` is the span of words that were read as the service's reply. */
export function assignRoles(
  ctx: Context,
  found: readonly FoundAddress[],
  refusal: { readonly start: number; readonly end: number } | null,
): AddressMention[] {
  const { lexicon } = ctx;
  const out: AddressMention[] = [];
  for (const [i, a] of found.entries()) {
    out.push(assign(a, i));
  }
  // What is the service's own address once is so everywhere.
  const own = new Set(out.filter((m) => m.role === 'api').map((m) => m.value));
  return own.size === 0
    ? out
    : out.map((m) => (own.has(m.value) && m.role !== 'refused' ? { ...m, role: 'api' as const, caller: -9 } : m));

  function assign(a: FoundAddress, i: number): AddressMention {
    const floor = previousBorder(found, i);
    const ceiling = found[i + 1]?.start ?? Infinity;
    const pre = before(ctx, a.start, 110, floor).replace(lexicon.cue('ip', 'skip'), ' ');
    const post = cutAfter(ctx, after(ctx, a.end, 90, ceiling));
    const base = { value: a.value, start: a.start, end: a.end };
    const previous = found[i - 1];
    const moved = (at: number): boolean => lexicon.cue('ip', 'moved-from', '\\W{0,3}$').test(before(ctx, at, 60));
    const arrived =
      previous !== undefined &&
      moved(previous.start) &&
      lexicon.cue('ip', 'moved-to').test(joinOf(ctx, previous.end, a.start));
    const listed = lexicon.cue('ip', 'listed-before').test(pre) || lexicon.cue('ip', 'listed-after').test(post);
    if (a.inside) return { ...base, role: 'inside' as const, caller: -9, listed };
    if (a.network) return { ...base, role: listed ? ('listed' as const) : ('other' as const), caller: -9, listed };
    if (isSource(ctx, a)) return { ...base, role: 'outbound' as const, caller: 5, listed: false };
    const line = lineOf(ctx, a.start, 200);
    if (lexicon.cue('ip', 'api-line').test(line) || lexicon.cue('ip', 'api-before', '[^\\n]{0,12}$').test(pre)) {
      return { ...base, role: 'api' as const, caller: -9, listed: false };
    }
    const refused = inReply(ctx, a) || (refusal !== null && refusal.start <= a.start && a.end <= refusal.end);
    const unlisted =
      lexicon.cue('ip', 'unlisted-after').test(post) || lexicon.cue('ip', 'unlisted-before', '\\W{0,4}$').test(pre);
    const from = lexicon.cue('ip', 'caller-from', '\\W{0,3}$').test(pre) ? lexicon.weight('ip', 'caller-from') : 0;
    let caller = Math.max(from, strongest(ctx, CALLER_BEFORE, pre)) + weigh(ctx, CALLER_AFTER, post);
    if (unlisted) caller += 2;
    if (isEchoOutput(ctx, a)) caller += 5;
    if (lexicon.cue('ip', 'not-this', '\\W{0,4}$').test(pre)) caller -= 4;
    const other = weigh(ctx, OTHER_BEFORE, lastClause(pre)) + weigh(ctx, OTHER_AFTER, post);
    if (refused) {
      const bound = lexicon.cue('ip', 'bound', '\\W{0,4}$').test(pre) && !unbound(ctx).test(pre);
      return bound
        ? { ...base, role: 'listed' as const, caller: -2, listed: true }
        : { ...base, role: 'refused' as const, caller: 6 + caller, listed: false };
    }
    caller -= other;
    if (arrived) caller = Math.max(caller, 4);
    else if (
      moved(a.start) &&
      lexicon.cue('ip', 'moved-to').test(joinOf(ctx, a.end, found[i + 1]?.start ?? a.end + 99))
    )
      caller = -3;
    if (isOtherPlace(ctx, a)) caller -= 4;
    const sign = diffSign(ctx, a);
    if (sign !== '') caller += sign === '+' ? 1.5 : -4;
    const role: AddressRole =
      caller > 0
        ? 'outbound'
        : listed && !unlisted
          ? 'listed'
          : other > 0
            ? weigh(ctx, ['site'], pre) > 0
              ? 'site'
              : 'other'
            : 'other';
    const before1 = out[i - 1];
    // `A and B`: what is said of the first is said of both.
    if (
      before1 !== undefined &&
      before1.caller > 0 &&
      lexicon.cue('ip', 'joins').test(joinOf(ctx, before1.end, a.start))
    ) {
      return { ...base, role: before1.role, caller: before1.caller, listed: before1.listed };
    }
    return { ...base, role, caller, listed: listed && !unlisted };
  }
}

/** `not allowed: A`: the word that would bind is denied. */
function unbound(ctx: Context): RegExp {
  return ctx.lexicon.once(
    'ip unbound',
    () =>
      new RegExp(
        `${ctx.lexicon.source('ip', 'not-this')}[\\s:]{1,3}(?:\\w{2,5}\\s)?${ctx.lexicon.source('ip', 'bound')}\\W{0,4}$`,
      ),
  );
}

/** The clause right before the address. */
function lastClause(words: string): string {
  const kept = words.replace(/[\s,:("'=-]+$/, '');
  return kept.slice(Math.max(kept.lastIndexOf(','), kept.lastIndexOf(';'), kept.lastIndexOf('(')) + 1);
}

/** What stands between two addresses, where it is short. */
function joinOf(ctx: Context, from: number, to: number): string {
  return to - from > 12 ? '' : `|${ctx.view.folded.slice(from, to).trim()}|`;
}

/** Words of the mention before belong to it: a window begins behind it, unless the two are one list. */
function previousBorder(found: readonly FoundAddress[], i: number): number {
  const previous = found[i - 1];
  return previous === undefined ? 0 : previous.end;
}

/** What follows an address speaks of it only up to the next clause. */
function cutAfter(ctx: Context, words: string): string {
  const cut = ctx.lexicon.cue('ip', 'clause').exec(words);
  return cut === null ? words : words.slice(0, cut.index);
}

/** The near end of a connection: `from A port N` of curl, `IP A.port > …` of a packet dump. */
function isSource(ctx: Context, a: FoundAddress): boolean {
  const { text } = ctx.view;
  const post = text.slice(a.end, a.end + 14);
  return (
    (/ via $/.test(text.slice(Math.max(0, a.start - 5), a.start)) &&
      /connect/i.test(text.slice(Math.max(0, a.start - 60), a.start))) ||
    (/ from $/.test(text.slice(a.start - 6, a.start)) &&
      !/(?:user|password)/i.test(text.slice(Math.max(0, a.start - 60), a.start)) &&
      /^ port \d/.test(post)) ||
    (/\bIP $/.test(text.slice(Math.max(0, a.start - 3), a.start)) && /^\.\d{2,5} > /.test(post))
  );
}

/** The mark of a line of a comparison of two states, where both marks occur. */
function diffSign(ctx: Context, a: FoundAddress): string {
  const { text } = ctx.view;
  const { start } = lineSpan(ctx.view, lineAt(ctx.view, a.start));
  const mark = /^[+-](?= )/.exec(text.slice(start, start + 2))?.[0] ?? '';
  return mark !== '' && /(?:^|\n)\+ /.test(text) && /(?:^|\n)- /.test(text) ? mark : '';
}

/** Inside a URL, a host list or an access log's first column, an address is a place or a visitor. */
function isOtherPlace(ctx: Context, a: FoundAddress): boolean {
  const { text } = ctx.view;
  const pre = text.slice(Math.max(0, a.start - 12), a.start);
  if (/(?:\/\/|@|[a-z]\[)$/.test(pre)) return true;
  const post = text.slice(a.end, a.end + 40);
  if (/^[ \t]+[a-z][\w-]*(?:\.[\w-]+)+/.test(post) && /(?:^|\n)$/.test(text.slice(Math.max(0, a.start - 1), a.start)))
    return true;
  return /^ - \S+ \[|^#\d/.test(post) || /^:\d{2,5}\b/.test(post);
}

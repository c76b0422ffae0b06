// Chooses the address that calls the API from the roles of all addresses; leaves it out where the words leave it open.

import type { AddressMention } from './address-role';
import { lineOf, type Context } from './context';
import { isGoodLine } from './outcome';
import type { Candidate } from './candidate';
import { applyCorrections } from './correction';

interface Tally {
  first: AddressMention;
  caller: number;
  listed: boolean;
  other: boolean;
  good: boolean;
}

/** The calling address, or null where none is named or several are and nothing decides. */
export function readOutbound(
  ctx: Context,
  mentions: readonly AddressMention[],
  corrections: readonly number[],
): Candidate | null {
  const byValue = new Map<string, Tally>();
  const open = mentions.filter((m) => m.role !== 'inside' && m.role !== 'api');
  const moved = applyCorrections(
    ctx,
    corrections,
    open.map((m) => ({ value: m.value, start: m.start, end: m.end, score: m.caller })),
  );
  for (const [i, m] of open.entries()) {
    const said = moved[i]?.score ?? m.caller;
    const good = isGoodLine(ctx, m.start);
    const caller = good && m.role !== 'refused' ? Math.min(said, 0.5) : said;
    const known = byValue.get(m.value);
    if (known === undefined) byValue.set(m.value, { first: m, caller, listed: m.listed, other: said < 0, good });
    else {
      if (caller > known.caller) {
        known.first = m;
        known.caller = caller;
      }
      known.listed ||= m.listed;
      known.other ||= said < 0;
      known.good &&= good;
    }
  }
  const all = [...byValue.values()];
  const callers = all.filter((t) => t.caller > 0);
  const rest = all.filter((t) => !t.listed);
  for (const t of callers) if (t.listed && callers.length > 1) t.caller -= 2;
  callers.sort((a, b) => b.caller - a.caller);
  const [top, second] = callers;
  if (top !== undefined) {
    if (second !== undefined && top.caller - second.caller < 0.75) return null;
    if (second === undefined && top.listed && top.caller < 3.5 && ctx.lexicon.cue('ip', 'doubt').test(ctx.view.folded))
      return null;
    return { value: top.first.value, start: top.first.start, end: top.first.end, score: top.caller };
  }
  // Nobody is said to call. One address that is listed, or two of which one is not, still tell it, unless the text doubts.
  const neutral = all.filter((t) => t.caller === 0);
  const only =
    neutral.length === 1
      ? neutral[0]
      : neutral.length === 2 && rest.length === 1 && neutral.includes(rest[0]!)
        ? rest[0]
        : undefined;
  if (only === undefined) return null;
  if (only.listed && !/(?:\p{L}{2,}[ ,'’]+){5}/u.test(lineOf(ctx, only.first.start, 300))) return null;
  if (only.listed && ctx.lexicon.cue('ip', 'doubt').test(ctx.view.folded)) return null;
  return { value: only.first.value, start: only.first.start, end: only.first.end, score: 0.5 };
}

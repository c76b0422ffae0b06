// Chooses the address that calls the API from the roles of all addresses; leaves it out where the words leave it open.

import type { AddressMention } from './address-role';
import { lineOf, type Context } from './context';
import { isBad, isBadLine, isGood, isGoodLine } from './outcome';
import { lineAt, lineSpan } from './view';
import type { Candidate } from './candidate';
import { applyCorrections } from './correction';

const FAILS = /(?<![\w.:,-])[45]\d\d(?![\w:.-])/;
const CELLS = /\s{2,}|\t|\s?\|\s?/;

interface Tally {
  first: AddressMention;
  caller: number;
  listed: boolean;
  other: boolean;
  good: boolean;
}

/** In a table with one column for each of several exits: the address over the cell that tells of a failure. */
function failingColumn(ctx: Context, mentions: readonly AddressMention[]): string | null {
  const { view } = ctx;
  if (mentions.length < 2 || mentions.length > 12) return null;
  const first = mentions[0];
  if (first === undefined) return null;
  const line = lineAt(view, first.start);
  const { start, end } = lineSpan(view, line);
  const cells = view.folded.slice(start, end).trim().split(CELLS);
  const row = mentions.filter((m) => m.start >= start && m.end <= end);
  if (row.length < 2 || cells.length < row.length) return null;
  for (let i = line + 1; i < Math.min(view.lines.length, line + 4); i++) {
    const span = lineSpan(view, i);
    const below = view.folded.slice(span.start, span.end).trim().split(CELLS);
    if (below.length !== cells.length) continue;
    const bad = below.flatMap((cell, at) => (/^[45]\d\d\b/.test(cell) || isBad(ctx, cell) ? [at] : []));
    const good = below.some((cell) => isGood(ctx, cell));
    const hit = bad.length === 1 && good ? cells[bad[0] ?? -1] : undefined;
    const found = hit === undefined ? undefined : row.find((m) => hit.includes(view.folded.slice(m.start, m.end)));
    if (found !== undefined) return found.value;
  }
  return null;
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
    open.map((m) => !m.listed),
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
  const column = failingColumn(ctx, open);
  for (const t of all) if (column !== null && t.first.value === column) t.caller = Math.max(t.caller, 0) + 6;
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
  // Of several on lines of their own, the one whose line fails while another's succeeds.
  if (callers.length === 0) {
    const fails = all.filter(
      (t) =>
        t.caller === 0 && !t.listed && (isBadLine(ctx, t.first.start) || FAILS.test(lineOf(ctx, t.first.start, 100))),
    );
    const only = fails[0];
    if (only !== undefined && fails.length === 1 && all.some((t) => t.good))
      return { value: only.first.value, start: only.first.start, end: only.first.end, score: 0.5 };
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

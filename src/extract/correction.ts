// Corrections within a message: what is taken back loses, what is put in its place wins. Knows no field.

import { before, type Context } from './context';
import type { Candidate } from './candidate';

/** How far a correction reaches to each side, in UTF-16 units. */
const BACK = 600;
const ON = 100;

/** Places where the person takes something back, in order. */
export function findCorrections(ctx: Context): number[] {
  const re = ctx.lexicon.cue('account', 'correction', '', 'g');
  const out: number[] = [];
  re.lastIndex = 0;
  for (let m = re.exec(ctx.view.folded); m !== null && out.length < 50; m = re.exec(ctx.view.folded)) {
    out.push(m.index);
    if (m[0] === '') re.lastIndex++;
  }
  return out;
}

/**
 * Moves scores: `sorry, I meant B` raises B over what stands before it; `not A` lowers A.
 * @param raise which candidates may be raised at all; all where left out
 */
export function applyCorrections(
  ctx: Context,
  corrections: readonly number[],
  candidates: readonly Candidate[],
  raise: readonly boolean[] = [],
): Candidate[] {
  if (new Set(candidates.map((c) => c.value)).size < 2) return [...candidates];
  const denied = ctx.lexicon.cue('account', 'taken-back', '[\\s"\'`“«(]{1,3}$');
  // What stands on each side of every correction, so that each candidate is compared once.
  const sides = corrections.map((at) => ({
    at,
    behind: new Set(candidates.filter((o) => o.start >= at && o.start - at < ON).map((o) => o.value)),
    ahead: new Set(candidates.filter((o) => o.start < at && at - o.start < BACK).map((o) => o.value)),
  }));
  const hasOther = (values: ReadonlySet<string>, value: string): boolean =>
    values.size > 1 || (values.size === 1 && !values.has(value));
  const claimed = corrections.length === 0 ? null : ctx.lexicon.cue('account', 'claimed');
  return candidates.map((c, i) => {
    let { score } = c;
    if (denied.test(before(ctx, c.start, 20))) score -= 3;
    // What a correction says was said before is what it takes back.
    if (claimed?.test(before(ctx, c.start, 60)) === true) return { ...c, score: score - 3 };
    for (const { at, behind, ahead } of sides) {
      if (c.start >= at && c.start - at < ON && hasOther(ahead, c.value)) score += raise[i] === false ? 0 : 3;
      else if (c.start < at && at - c.start < BACK && hasOther(behind, c.value)) score -= 3;
    }
    return { ...c, score };
  });
}

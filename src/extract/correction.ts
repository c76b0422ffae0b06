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

/** Moves scores: `sorry, I meant B` raises B over what stands before it; `not A` lowers A. */
export function applyCorrections(
  ctx: Context,
  corrections: readonly number[],
  candidates: readonly Candidate[],
): Candidate[] {
  if (new Set(candidates.map((c) => c.value)).size < 2) return [...candidates];
  const denied = ctx.lexicon.cue('account', 'taken-back', '[\\s"\'`“«(]{1,3}$');
  return candidates.map((c) => {
    let { score } = c;
    if (denied.test(before(ctx, c.start, 20))) score -= 3;
    for (const at of corrections) {
      const behind = candidates.some((o) => o.start >= at && o.start - at < ON && o.value !== c.value);
      if (
        c.start >= at &&
        c.start - at < ON &&
        candidates.some((o) => o.start < at && at - o.start < BACK && o.value !== c.value)
      )
        score += 3;
      else if (behind && c.start < at && at - c.start < BACK) score -= 3;
    }
    return { ...c, score };
  });
}

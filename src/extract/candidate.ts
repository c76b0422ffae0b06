// What every reader proposes and the choice among proposals. Knows no field.

/** A value that a reader proposes, with the words it was read from. Offsets into the view. */
export interface Candidate {
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /** How sure the reader is; only compared within one field. */
  readonly score: number;
}

/** What a reader sees of the text as a whole. */
export interface Chosen {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The candidate with the best summed score per value; nothing where two different values are equally good.
 * Repeating a value adds a tenth of its score, so that a tie is broken by what is said more often.
 * @param same normal form under which values count as one
 */
export function choose(candidates: readonly Candidate[], same: (value: string) => string = (v) => v): Candidate | null {
  const best = new Map<string, { first: Candidate; score: number }>();
  for (const c of candidates) {
    const key = same(c.value);
    const known = best.get(key);
    if (known === undefined) best.set(key, { first: c, score: c.score });
    else {
      known.score = Math.max(known.score, c.score) + 0.1;
      if (c.score > known.first.score) known.first = c;
    }
  }
  let top: { first: Candidate; score: number } | null = null;
  let tie = false;
  for (const b of best.values()) {
    if (top === null || b.score > top.score + 1e-9) {
      top = b;
      tie = false;
    } else if (Math.abs(b.score - top.score) <= 1e-9) tie = true;
  }
  return top === null || tie || top.score <= 0 ? null : top.first;
}

// What of a cause's evidence is worth showing to people: their words that a rule of the pack knows, before those that only statistics know.
import type { Evidence } from '../types';

/** Weight from which a word or concept that only statistics know is worth a line. */
const LEAST_READER = 0.3;

/** How well a piece explains itself: a rule with a reason, a concept or fact that the reader weighs, a mere word. */
function rankOf({ rule }: Evidence): number {
  if (!rule.startsWith('reader.')) return 0;
  return /^reader\.!?(?:c|cl|cr|p|n|f|r):/.test(rule) ? 1 : 2;
}

/**
 * The pieces of the best kind that there is, for (`sign` 1) or against (-1) the cause, the weightiest first.
 * Everything that counts stays in the triage result; this is for reports, cards and drafts.
 */
export function tellingEvidence(evidence: readonly Evidence[], sign: 1 | -1 = 1): Evidence[] {
  const speaking = evidence.filter(
    ({ rule, weight, start, end }) =>
      weight * sign > 0 && end > start && (!rule.startsWith('reader.') || Math.abs(weight) >= LEAST_READER),
  );
  const best = Math.min(...speaking.map(rankOf));
  return speaking
    .filter((piece) => rankOf(piece) === best)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight) || a.start - b.start);
}

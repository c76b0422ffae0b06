// Adds up what speaks for and against each cause and ranks them. Everything that counts is named and quoted.
import type { Evidence } from '../types';
import type { FeatureSpan } from './features';
import { featureValues, type ReaderModel, softmax } from './model';
import type { FiredRule } from './rules';

/** A cause with its probability and the evidence, strongest first. */
export interface Ranked {
  readonly id: string;
  readonly probability: number;
  readonly evidence: readonly Evidence[];
}

export interface Ranking {
  /** Causes by falling probability. */
  readonly causes: readonly Ranked[];
  /** Probability that it is none of them. */
  readonly none: number;
}

const MOST_EVIDENCE = 8;
const LEAST_WEIGHT = 0.12;
/** Features that lift a label less than this are left out of what is shown. */
const LEAST_LIFT = 0.03;
/** What may stand between features that are shown as one passage, and how long a passage gets. */
const BETWEEN = /^[ _-]{0,2}$/;
const LONGEST = 60;

/** How far a feature, or a passage of several, lifts a label; `name` is the strongest feature's. */
interface Lift extends FeatureSpan {
  readonly name: string;
  readonly lift: number;
}

/** Features (in order of place) that touch become passages whose lifts add up: people read words, not features. */
function joinNear(text: string, lifts: readonly Lift[]): Lift[] {
  const passages: Lift[] = [];
  let strongest = 0;
  for (const next of lifts) {
    const last = passages.at(-1);
    const apart = last === undefined || (next.start > last.end && !BETWEEN.test(text.slice(last.end, next.start)));
    if (apart || next.end - last.start > LONGEST) {
      passages.push(next);
      strongest = Math.abs(next.lift);
      continue;
    }
    const name = Math.abs(next.lift) > strongest ? next.name : last.name;
    strongest = Math.max(strongest, Math.abs(next.lift));
    passages[passages.length - 1] = {
      name,
      start: last.start,
      end: Math.max(last.end, next.end),
      lift: last.lift + next.lift,
    };
  }
  return passages;
}

/**
 * Ranks the causes of `model.labels` (all but the last, which is none).
 * A rule speaks for its own cause; a feature of the reader for each label by its fitted weight, listed by how far it lifts that label over the average.
 */
export function rankCauses(
  text: string,
  model: ReaderModel,
  features: ReadonlyMap<string, FeatureSpan>,
  fired: readonly FiredRule[],
): Ranking {
  const { labels } = model;
  const scores = [...model.bias];
  const known = [...features].filter(([name]) => model.weights[name] !== undefined);
  const values = featureValues(known.map(([name]) => name));
  const evidence: Evidence[][] = labels.map(() => []);
  const lifts: Lift[][] = labels.map(() => []);
  const quote = (rule: string, span: FeatureSpan, weight: number): Evidence => ({
    rule,
    quote: text.slice(span.start, span.end),
    start: span.start,
    end: span.end,
    weight: Math.round(weight * 1000) / 1000,
  });
  const weighed = known.map(([name, { start, end }], j) => {
    const scale = values[j] ?? 0;
    const weights = model.weights[name] ?? [];
    weights.forEach((weight, k) => (scores[k] = (scores[k] ?? 0) + weight * scale));
    return { name, start, end, weights, scale };
  });
  // Sorted once for all labels.
  weighed.sort((a, b) => a.start - b.start || a.end - b.end);
  for (const { name, start, end, weights, scale } of weighed) {
    const mean = weights.reduce((a, b) => a + b, 0) / labels.length;
    weights.forEach((weight, k) => {
      const lift = ((weight - mean) * scale) / model.temperature;
      if (Math.abs(lift) >= LEAST_LIFT) lifts[k]?.push({ name, start, end, lift });
    });
  }
  lifts.forEach((list, k) => {
    for (const passage of joinNear(text, list)) {
      if (Math.abs(passage.lift) >= LEAST_WEIGHT)
        evidence[k]?.push(quote(`reader.${passage.name}`, passage, passage.lift));
    }
  });
  for (const { rule, start, end } of fired) {
    const k = labels.indexOf(rule.cause);
    if (k < 0) continue;
    scores[k] = (scores[k] ?? 0) + rule.weight;
    evidence[k]?.push(quote(rule.data.id, { start, end }, rule.weight / model.temperature));
  }
  const probabilities = softmax(scores.map((score) => score / model.temperature));
  const causes = labels
    .slice(0, -1)
    .map((id, k) => ({
      id,
      probability: probabilities[k] ?? 0,
      evidence: (evidence[k] ?? [])
        .filter((e) => e.end > e.start)
        .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight) || a.start - b.start)
        .slice(0, MOST_EVIDENCE),
    }))
    .sort((a, b) => b.probability - a.probability || (a.id < b.id ? -1 : 1));
  return { causes, none: probabilities[labels.length - 1] ?? 0 };
}

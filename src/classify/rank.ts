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
/** So many blanks, `_` or `-` may stand between features that are shown as one passage. */
const MOST_BETWEEN = 2;
/** How long a passage gets. */
const LONGEST = 60;

/** A passage of the text and how far it lifts a label; `name` is its strongest feature's. */
interface Passage extends FeatureSpan {
  readonly name: string;
  readonly lift: number;
}

/** Features (in order of place) that touch become passages whose lifts add up: people read words, not features. `take` gets each passage. */
class PassageJoiner {
  private name = '';
  private start = -1;
  private end = -1;
  private lift = 0;
  private strongest = 0;

  constructor(
    private readonly text: string,
    private readonly take: (passage: Passage) => void,
  ) {}

  add(name: string, start: number, end: number, lift: number): void {
    const strength = Math.abs(lift);
    if (this.start < 0 || this.isApart(start) || end - this.start > LONGEST) {
      this.close();
      this.name = name;
      this.start = start;
      this.end = end;
      this.lift = lift;
      this.strongest = strength;
      return;
    }
    if (strength > this.strongest) {
      this.name = name;
      this.strongest = strength;
    }
    if (end > this.end) this.end = end;
    this.lift += lift;
  }

  close(): void {
    const { name, start, end, lift } = this;
    if (start >= 0 && Math.abs(lift) >= LEAST_WEIGHT) this.take({ name, start, end, lift });
    this.start = -1;
  }

  private isApart(start: number): boolean {
    if (start <= this.end) return false;
    if (start - this.end > MOST_BETWEEN) return true;
    for (let i = this.end; i < start; i++) if (!' _-'.includes(this.text.charAt(i))) return true;
    return false;
  }
}

/** A feature that the reader weighs, where it was read. */
interface Weighed extends FeatureSpan {
  readonly name: string;
  readonly weights: readonly number[];
  readonly mean: number;
  readonly scale: number;
}

type Row = Pick<Weighed, 'weights' | 'mean'>;
const rowsOfModels = new WeakMap<ReaderModel, ReadonlyMap<string, Row>>();

/** The weights of a reader by feature, each with its mean; made once for a reader. */
function rowsOf(model: ReaderModel): ReadonlyMap<string, Row> {
  const known = rowsOfModels.get(model);
  if (known) return known;
  const rows = new Map<string, Row>();
  for (const [name, weights] of Object.entries(model.weights))
    rows.set(name, { weights, mean: weights.reduce((a, b) => a + b, 0) / model.labels.length });
  rowsOfModels.set(model, rows);
  return rows;
}

/** The features that a reader weighs, in their order. */
function weigh(model: ReaderModel, features: ReadonlyMap<string, FeatureSpan>): Weighed[] {
  const rows = rowsOf(model);
  const known: { readonly name: string; readonly span: FeatureSpan; readonly row: Row }[] = [];
  for (const [name, span] of features) {
    const row = rows.get(name);
    if (row !== undefined) known.push({ name, span, row });
  }
  const values = featureValues(known.map(({ name }) => name));
  return known.map(({ name, span: { start, end }, row: { weights, mean } }, i) => ({
    name,
    start,
    end,
    weights,
    mean,
    scale: values[i] ?? 0,
  }));
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
  const evidence: Evidence[][] = labels.map(() => []);
  const quote = (rule: string, span: FeatureSpan, weight: number): Evidence => ({
    rule,
    quote: text.slice(span.start, span.end),
    start: span.start,
    end: span.end,
    weight: Math.round(weight * 1000) / 1000,
  });
  const weighed = weigh(model, features);
  for (const { weights, scale } of weighed)
    for (let k = 0; k < weights.length; k++) scores[k] = (scores[k] ?? 0) + (weights[k] ?? 0) * scale;
  // Sorted once for all labels.
  weighed.sort((a, b) => a.start - b.start || a.end - b.end);
  const joiners = labels.map(
    (_, k) =>
      new PassageJoiner(text, (passage) => evidence[k]?.push(quote(`reader.${passage.name}`, passage, passage.lift))),
  );
  for (const { name, start, end, weights, mean, scale } of weighed) {
    for (let k = 0; k < weights.length; k++) {
      const lift = (((weights[k] ?? 0) - mean) * scale) / model.temperature;
      if (lift >= LEAST_LIFT || lift <= -LEAST_LIFT) joiners[k]?.add(name, start, end, lift);
    }
  }
  for (const joiner of joiners) joiner.close();
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

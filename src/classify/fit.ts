// Fits the weights of rules and of the reader's features to labelled texts. Deterministic: fixed order, fixed passes, no randomness but a seeded shuffle.
import { featureValues, type ReaderModel, softmax } from './model';

/** A labelled text as the fit sees it: names of features, ids of rules that fired, and the share that each label deserves. */
export interface Example {
  readonly writer: string;
  readonly features: readonly string[];
  readonly rules: readonly string[];
  /** Per label, sums to 1. */
  readonly target: readonly number[];
  /** How much the example counts; 1 is usual. */
  readonly weight: number;
}

/** A rule with the label it speaks for, its author's weight and the bounds that the fit keeps. */
export interface FitRule {
  readonly id: string;
  readonly label: number;
  readonly weight: number;
  readonly least: number;
  readonly most: number;
}

export interface FitOptions {
  readonly passes: number;
  readonly rate: number;
  /** Pulls weights of features to zero and of rules to their author's value. */
  readonly l2: number;
  /** Features seen in fewer texts, or by fewer writers, are left out. */
  readonly leastTexts: number;
  readonly leastWriters: number;
  /** Taken from the last label's bias: in unfamiliar wording fewer features are known, and what is left leans to "none" more than it should. */
  readonly lastHandicap?: number;
}

export const FIT_OPTIONS: FitOptions = {
  passes: 30,
  rate: 0.4,
  l2: 0.0015,
  leastTexts: 3,
  leastWriters: 2,
  lastHandicap: 0.6,
};

/** Rules count undivided, features by their share: a rule's weight must move slower. */
const RULE_RATE = 0.1;

export interface Fitted {
  readonly model: ReaderModel;
  readonly rules: ReadonlyMap<string, number>;
}

/** Fits by AdaGrad on the log loss of the softmax, with l2. */
export function fit(
  examples: readonly Example[],
  labels: readonly string[],
  rules: readonly FitRule[],
  options: FitOptions = FIT_OPTIONS,
): Fitted {
  const K = labels.length;
  const names = chooseFeatures(examples, options);
  const index = new Map(names.map((name, i) => [name, i]));
  const rows = examples.map((example) => {
    const known = example.features.filter((name) => index.has(name));
    return {
      members: Int32Array.from(known, (name) => index.get(name) as number),
      values: Float64Array.from(featureValues(known)),
    };
  });
  const ruleIndex = new Map(rules.map((rule, i) => [rule.id, i]));
  const ruleRows = examples.map((e) => e.rules.map((id) => ruleIndex.get(id)).filter((i) => i !== undefined));

  const weights = new Float64Array(names.length * K);
  const squares = new Float64Array(names.length * K).fill(1e-8);
  const bias = new Float64Array(K);
  const biasSquares = new Float64Array(K).fill(1e-8);
  const ruleWeights = Float64Array.from(rules.map((rule) => rule.weight));
  const ruleSquares = new Float64Array(rules.length).fill(1);
  const order = examples.map((_, i) => i);
  const shuffle = shuffler();
  const score = new Float64Array(K);
  // The mean over the later passes is steadier than the last state.
  const meanWeights = new Float64Array(names.length * K);
  const meanBias = new Float64Array(K);
  const meanRules = new Float64Array(rules.length);
  const from = Math.floor(options.passes / 3);
  const share = 1 / (options.passes - from);

  for (let pass = 0; pass < options.passes; pass++) {
    shuffle(order);
    for (const n of order) {
      const { members, values } = rows[n] as Row;
      const fired = ruleRows[n] ?? [];
      const example = examples[n] as Example;
      score.set(bias);
      for (let j = 0; j < members.length; j++) {
        const q = (members[j] as number) * K;
        const value = values[j] as number;
        for (let k = 0; k < K; k++) score[k] = (score[k] as number) + (weights[q + k] as number) * value;
      }
      for (const r of fired) {
        const label = (rules[r] as FitRule).label;
        score[label] = (score[label] as number) + (ruleWeights[r] as number);
      }
      const p = softmax(Array.from(score));
      for (let k = 0; k < K; k++) {
        const g = ((p[k] as number) - (example.target[k] as number)) * example.weight;
        biasSquares[k] = (biasSquares[k] as number) + g * g;
        bias[k] = (bias[k] as number) - (options.rate * g) / Math.sqrt(biasSquares[k] as number);
        for (let j = 0; j < members.length; j++) {
          const q = (members[j] as number) * K + k;
          const value = values[j] as number;
          const w = weights[q] as number;
          const step = (g + options.l2 * w) * value;
          const square = (squares[q] as number) + step * step;
          squares[q] = square;
          weights[q] = w - (options.rate * step) / Math.sqrt(square);
        }
        for (const r of fired) {
          const rule = rules[r] as FitRule;
          if (rule.label !== k) continue;
          const w = ruleWeights[r] as number;
          const step = g + options.l2 * (w - rule.weight);
          const square = (ruleSquares[r] as number) + step * step;
          ruleSquares[r] = square;
          ruleWeights[r] = Math.min(
            rule.most,
            Math.max(rule.least, w - (options.rate * RULE_RATE * step) / Math.sqrt(square)),
          );
        }
      }
    }
    if (pass < from) continue;
    addScaled(meanWeights, weights, share);
    addScaled(meanBias, bias, share);
    addScaled(meanRules, ruleWeights, share);
  }
  meanBias[K - 1] = (meanBias[K - 1] as number) - (options.lastHandicap ?? 0);
  const table: Record<string, number[]> = {};
  names.forEach((name, i) => {
    table[name] = Array.from(meanWeights.subarray(i * K, (i + 1) * K));
  });
  return {
    model: { labels, bias: Array.from(meanBias), weights: table, temperature: 1 },
    rules: new Map(rules.map((rule, i) => [rule.id, meanRules[i] as number])),
  };
}

function addScaled(sum: Float64Array, values: Float64Array, share: number): void {
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (values[i] as number) * share;
}

function chooseFeatures(examples: readonly Example[], options: FitOptions): string[] {
  const texts = new Map<string, number>();
  const writers = new Map<string, Set<string>>();
  for (const example of examples) {
    for (const name of example.features) {
      texts.set(name, (texts.get(name) ?? 0) + 1);
      const who = writers.get(name);
      if (who) who.add(example.writer);
      else writers.set(name, new Set([example.writer]));
    }
  }
  return [...texts]
    .filter(([name, count]) => count >= options.leastTexts && (writers.get(name)?.size ?? 0) >= options.leastWriters)
    .map(([name]) => name)
    .sort();
}

/** Puts a list into a reproducible random order. */
function shuffler(): (list: number[]) => void {
  let state = 20260526;
  const next = (): number => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  return (list) => {
    for (let i = list.length - 1; i > 0; i--) {
      const j = Math.floor(next() * (i + 1));
      [list[i], list[j]] = [list[j] as number, list[i] as number];
    }
  };
}

/** An example's known features by number, with their values. */
interface Row {
  readonly members: Int32Array;
  readonly values: Float64Array;
}

/** Scores of a text before the softmax, by a fitted model. */
export function scoreExample(fitted: Fitted, example: Example, rules: readonly FitRule[]): number[] {
  const { model } = fitted;
  const scores = [...model.bias];
  const known = example.features.filter((name) => model.weights[name] !== undefined);
  const values = featureValues(known);
  known.forEach((name, j) =>
    model.weights[name]?.forEach((weight, k) => (scores[k] = (scores[k] ?? 0) + weight * (values[j] ?? 0))),
  );
  for (const id of example.rules) {
    const rule = rules.find((r) => r.id === id);
    if (rule) scores[rule.label] = (scores[rule.label] ?? 0) + (fitted.rules.get(id) ?? 0);
  }
  return scores;
}

// The fitted reader: named features with a weight for each label, and the arithmetic that turns them into probabilities.

/** Labels in order; the last one is "none of them". Weights: natural-log odds for each label. */
export interface ReaderModel {
  readonly labels: readonly string[];
  readonly bias: readonly number[];
  readonly weights: Readonly<Record<string, readonly number[]>>;
  /** Divides scores before the softmax, so that probabilities are calibrated. */
  readonly temperature: number;
}

/** The reader with other labels: one that it was not fitted to gets no weights and the bias of the others in the middle, so its rules decide. */
export function withLabels(model: ReaderModel, labels: readonly string[]): ReaderModel {
  if (labels.length === model.labels.length && labels.every((label, i) => label === model.labels[i])) return model;
  const from = labels.map((label) => model.labels.indexOf(label));
  const causes = model.bias.slice(0, -1);
  const middle = causes.reduce((sum, bias) => sum + bias, 0) / Math.max(1, causes.length);
  const weights = Object.entries(model.weights).map(([name, row]) => [name, from.map((at) => row[at] ?? 0)] as const);
  return {
    labels,
    bias: from.map((at) => model.bias[at] ?? middle),
    weights: Object.fromEntries(weights),
    temperature: model.temperature,
  };
}

/** How much each group of features (the letters before the colon) counts as a whole; groups not named count 1. */
const GROUP_SHARE: Readonly<Record<string, number>> = {
  w: 0.9,
  b: 0.4,
  m: 0.3,
  l: 0.7,
  r: 0.5,
  c: 1.6,
  cl: 1.3,
  cr: 0.5,
  v: 0.6,
};
/** Fewer members than this do not make each one count for more. */
const LEAST_MEMBERS = 4;

/** The value of each feature of a text: its group's share, divided among the group's members, so that neither long texts nor rich groups shout. */
export function featureValues(names: readonly string[]): number[] {
  const members = new Map<string, number>();
  const groups = names.map((name) => name.slice(0, name.indexOf(':')));
  for (const group of groups) members.set(group, (members.get(group) ?? 0) + 1);
  return groups.map((group) => (GROUP_SHARE[group] ?? 1) / Math.sqrt(Math.max(LEAST_MEMBERS, members.get(group) ?? 1)));
}

export function softmax(scores: readonly number[]): number[] {
  const top = Math.max(...scores);
  const exps = scores.map((score) => Math.exp(score - top));
  const sum = exps.reduce((a, b) => a + b, 0);
  return exps.map((value) => value / sum);
}

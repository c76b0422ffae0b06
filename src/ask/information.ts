// What the answer to a question is expected to tell about the causes, in bits.

/** Likelihood of each answer for each hypothesis (a cause id or `none`); for one hypothesis they sum to 1. */
export interface AnswerModel {
  readonly answers: readonly string[];
  /** By hypothesis, in the order of `answers`. */
  likelihoods(hypothesis: string): readonly number[];
}

/** Turns written frequencies (relative to the other answers) into likelihoods. */
export function compileAnswers(written: Readonly<Record<string, Readonly<Record<string, number>>>>): AnswerModel {
  const answers = Object.keys(written);
  const cache = new Map<string, readonly number[]>();
  return {
    answers,
    likelihoods(hypothesis) {
      const cached = cache.get(hypothesis);
      if (cached) return cached;
      const raw = answers.map((answer) => written[answer]?.[hypothesis] ?? written[answer]?.['default'] ?? 0);
      const sum = raw.reduce((a, b) => a + b, 0);
      const result = raw.map((value) => (sum > 0 ? value / sum : 1 / answers.length));
      cache.set(hypothesis, result);
      return result;
    },
  };
}

/** Entropy in bits; the values need not sum to 1 and are taken relative to their sum. */
export function entropy(values: readonly number[]): number {
  const sum = values.reduce((a, b) => a + b, 0);
  if (sum <= 0) return 0;
  return values.reduce((bits, value) => (value > 0 ? bits - (value / sum) * Math.log2(value / sum) : bits), 0);
}

/** Expected fall of the entropy over hypotheses once the question is answered, in bits; 0 or more. */
export function expectedInformation(model: AnswerModel, probabilities: Readonly<Record<string, number>>): number {
  const rows: { readonly p: number; readonly likelihoods: readonly number[] }[] = [];
  let total = 0;
  for (const id in probabilities) {
    const p = probabilities[id] ?? 0;
    if (p <= 0) continue;
    rows.push({ p, likelihoods: model.likelihoods(id) });
    total += p;
  }
  // Mutual information of answer and cause: the same as entropy before less expected entropy after.
  let bits = 0;
  for (let i = 0; i < model.answers.length; i++) {
    let answer = 0;
    for (const { p, likelihoods } of rows) answer += (p / total) * (likelihoods[i] ?? 0);
    for (const { p, likelihoods } of rows) {
      const likelihood = likelihoods[i] ?? 0;
      if (likelihood > 0) bits += (p / total) * likelihood * Math.log2(likelihood / answer);
    }
  }
  return Math.max(0, bits);
}

/** Probabilities after an answer (Bayes' rule); unchanged where the answer is unknown or impossible. */
export function updateByAnswer(
  model: AnswerModel,
  probabilities: Readonly<Record<string, number>>,
  answer: string,
): Record<string, number> {
  const index = model.answers.indexOf(answer);
  const joint = Object.entries(probabilities).map(([id, p]) => [id, p * (model.likelihoods(id)[index] ?? 0)] as const);
  const sum = joint.reduce((total, [, p]) => total + p, 0);
  return index < 0 || sum <= 0 ? { ...probabilities } : Object.fromEntries(joint.map(([id, p]) => [id, p / sum]));
}

/** The two causes among `candidates` that the answer tells apart best, weighed by their probabilities; null where none is told apart. */
export function bestSplit(
  model: AnswerModel,
  probabilities: Readonly<Record<string, number>>,
  candidates: readonly string[],
): readonly [string, string] | null {
  let best: readonly [string, string] | null = null;
  let most = 0.01;
  candidates.forEach((a, i) => {
    for (const b of candidates.slice(i + 1)) {
      const apart =
        model.likelihoods(a).reduce((sum, value, k) => sum + Math.abs(value - (model.likelihoods(b)[k] ?? 0)), 0) / 2;
      const worth = apart * (probabilities[a] ?? 0) * (probabilities[b] ?? 0);
      if (apart > 0.2 && worth > most) [best, most] = [[a, b], worth];
    }
  });
  return best;
}

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

/** Expected fall of the entropy over hypotheses once the question is answered; 0 or more. */
export function expectedInformation(model: AnswerModel, probabilities: Readonly<Record<string, number>>): number {
  const hypotheses = Object.entries(probabilities).filter(([, p]) => p > 0);
  const total = hypotheses.reduce((sum, [, p]) => sum + p, 0);
  if (total <= 0) return 0;
  let after = 0;
  model.answers.forEach((_, i) => {
    const joint = hypotheses.map(([id, p]) => (p / total) * (model.likelihoods(id)[i] ?? 0));
    after += joint.reduce((a, b) => a + b, 0) * entropy(joint);
  });
  return Math.max(0, entropy(hypotheses.map(([, p]) => p)) - after);
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

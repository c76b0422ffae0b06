// Cross-validation grouped by writer, and the figures that say how good and how well calibrated a fit is.
import { type Example, fit, type FitOptions, type Fitted, type FitRule, scoreExample } from './fit';
import { softmax } from './model';

/** Scores of every example by a model that never saw its writer; in the order of `examples`. */
export function crossValidate(
  examples: readonly Example[],
  labels: readonly string[],
  rules: readonly FitRule[],
  options: FitOptions,
  onFold?: (writer: string) => void,
): number[][] {
  const scores: number[][] = examples.map(() => []);
  for (const writer of [...new Set(examples.map((example) => example.writer))].sort()) {
    onFold?.(writer);
    const fitted: Fitted = fit(
      examples.filter((example) => example.writer !== writer),
      labels,
      rules,
      options,
    );
    examples.forEach((example, i) => {
      if (example.writer === writer) scores[i] = scoreExample(fitted, example, rules);
    });
  }
  return scores;
}

/** The temperature at which the probabilities are most likely to have made the labels. */
export function fitTemperature(scores: readonly (readonly number[])[], primary: readonly number[]): number {
  let best = 1;
  let least = Infinity;
  for (let t = 0.4; t <= 3.001; t += 0.05) {
    let loss = 0;
    scores.forEach(
      (row, i) => (loss -= Math.log(Math.max(1e-9, softmax(row.map((s) => s / t))[primary[i] ?? 0] ?? 0))),
    );
    if (loss < least) [least, best] = [loss, t];
  }
  return Math.round(best * 100) / 100;
}

/** One judged item. `accepted`: labels that count as right. */
export interface Judged {
  readonly primary: string;
  readonly accepted: readonly string[];
  readonly verdict: string;
  readonly probabilities: Readonly<Record<string, number>>;
}

export interface Figures {
  readonly count: number;
  readonly accepted: number;
  readonly noneRecall: number;
  readonly macroF1: number;
  /** Mean squared error of the verdict's probability against its being right. */
  readonly brier: number;
  /** Expected calibration error over ten bins of the verdict's probability. */
  readonly ece: number;
}

const BINS = 10;

export function figuresOf(items: readonly Judged[], labels: readonly string[], none: string): Figures {
  const right = (item: Judged): boolean => item.accepted.includes(item.verdict);
  const nones = items.filter((item) => item.primary === none);
  const bins = Array.from({ length: BINS }, () => ({ n: 0, p: 0, hit: 0 }));
  let brier = 0;
  for (const item of items) {
    const p = item.probabilities[item.verdict] ?? 0;
    const hit = right(item) ? 1 : 0;
    brier += (p - hit) ** 2;
    const bin = bins[Math.min(BINS - 1, Math.floor(p * BINS))];
    if (bin) {
      bin.n++;
      bin.p += p;
      bin.hit += hit;
    }
  }
  const f1 = labels.flatMap((label) => {
    const credited = items.map((item) => (right(item) ? item.primary : item.verdict));
    const tp = items.filter((item, i) => item.primary === label && credited[i] === label).length;
    const fp = items.filter((item, i) => item.primary !== label && credited[i] === label).length;
    const fn = items.filter((item, i) => item.primary === label && credited[i] !== label).length;
    return tp + fn === 0 ? [] : [(2 * tp) / (2 * tp + fp + fn)];
  });
  const n = Math.max(1, items.length);
  return {
    count: items.length,
    accepted: items.filter(right).length / n,
    noneRecall: nones.length === 0 ? NaN : nones.filter(right).length / nones.length,
    macroF1: f1.reduce((a, b) => a + b, 0) / Math.max(1, f1.length),
    brier: brier / n,
    ece: bins.reduce((sum, bin) => sum + Math.abs(bin.p - bin.hit) / n, 0),
  };
}

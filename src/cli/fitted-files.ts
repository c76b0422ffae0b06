// Writes what `rules fit` came to: reader.json and weights.json of a pack. Authors' files are never touched, so a second fit begins where the first did.
import fs from 'node:fs';
import path from 'node:path';
import type { FitRule } from '../classify/fit';
import type { ReaderModel } from '../classify/model';

/** Features whose weights all lie below this are not worth their line. */
const LEAST_WEIGHT = 0.03;
const round = (value: number): number => Math.round(value * 100) / 100;

/** `folder`: the pack's `rules`; `weights`: fitted, by the ids of `rules`. One entry a line, so that a difference can be read. */
export function writeFitted(
  folder: string,
  model: ReaderModel,
  rules: readonly FitRule[],
  weights: ReadonlyMap<string, number>,
): void {
  const features = Object.entries(model.weights)
    .map(([name, row]) => [name, row.map(round)] as const)
    .filter(([, row]) => row.some((value) => Math.abs(value) >= LEAST_WEIGHT))
    .map(([name, row]) => `${JSON.stringify(name)}:${JSON.stringify(row)}`);
  const head = JSON.stringify({ labels: model.labels, bias: model.bias.map(round), temperature: model.temperature });
  replace(path.join(folder, 'reader.json'), `${head.slice(0, -1)},"weights":{\n${features.join(',\n')}\n}}\n`);
  const lines = rules.map(({ id, weight }) => `${JSON.stringify(id)}:[${weight},${round(weights.get(id) ?? weight)}]`);
  replace(path.join(folder, 'weights.json'), `{\n${lines.sort().join(',\n')}\n}\n`);
}

/** A file is there whole or not at all. */
function replace(file: string, text: string): void {
  fs.writeFileSync(`${file}.new`, text);
  fs.renameSync(`${file}.new`, file);
}

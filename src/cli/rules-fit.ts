// `preticket rules fit`: fits rules and reader to labelled items, cross-validated by writer; writes only when told.
import path from 'node:path';
import { NONE } from '../classify/classifier';
import { countFields, type FieldCounts, fieldF1 } from '../classify/fields-score';
import { type Example, fit, FIT_OPTIONS, type FitRule } from '../classify/fit';
import { softmax } from '../classify/model';
import { crossValidate, type Figures, figuresOf, fitTemperature, type Judged } from '../classify/validate';
import { createEngine, type Engine } from '../engine';
import type { PackData } from '../pack/load';
import { boundsOf } from '../pack/schema/cause';
import { loadCliPack, packFolder } from './engine';
import { writeFitted } from './fitted-files';
import { type LabelledItem, readLabelled } from './labelled';
import { startProgress } from './progress';

/** Share of the target that the primary label gets where others are acceptable. */
const PRIMARY_SHARE = 0.75;
const DIGITS = 3;

/** Rules as the fit takes them: the sign is the author's, so are bounds. */
function fitRules(engine: Engine): FitRule[] {
  return engine.classifier.rules.map(({ data, cause }) => ({
    id: data.id,
    label: engine.classifier.labels.indexOf(cause),
    weight: data.weight,
    least: boundsOf(data)[0],
    most: boundsOf(data)[1],
  }));
}

/** Prints the cross-validated figures of `files`; with `write`, fits to all and writes reader.json and weights.json; the authors' files stay as they are. */
export async function fitCommand(
  files: readonly string[],
  options: { readonly write?: true; readonly errors: string },
): Promise<void> {
  const pack = await loadCliPack();
  const engine = createEngine(pack);
  const { labels } = engine.classifier;
  const items = await readLabelled(files, labels);
  const progress = startProgress();
  const counts = new Map<string, FieldCounts>();
  const groupsOf = (item: LabelledItem): string[] => [
    'all',
    `language ${item.lang}`,
    `kind ${item.kind}`,
    `label ${item.primary}`,
    `writer ${item.writer}`,
  ];
  const examples = items.map((item, i): Example => {
    progress.tick(`reading ${i} of ${items.length}`);
    const read = engine.read(item.text, { ...(engine.languages.includes(item.lang) ? { language: item.lang } : {}) });
    for (const group of groupsOf(item)) {
      const count = counts.get(group) ?? { right: 0, wrong: 0, missed: 0 };
      if (item.fields) countFields(count, item.fields, read.fields);
      counts.set(group, count);
    }
    const share = item.acceptable.length > 0 ? PRIMARY_SHARE : 1;
    const target = labels.map((label) =>
      label === item.primary ? share : item.acceptable.includes(label) ? (1 - share) / item.acceptable.length : 0,
    );
    return {
      writer: item.writer,
      features: [...engine.classifier.features(read).keys()],
      rules: engine.classifier.fire(read).map((f) => f.rule.data.id),
      target,
      weight: 1,
    };
  });
  const rules = fitRules(engine);
  const scores = crossValidate(examples, labels, rules, FIT_OPTIONS, (writer) =>
    progress.tick(`fitting without ${writer}`),
  );
  const temperature = fitTemperature(
    scores,
    items.map((item) => labels.indexOf(item.primary)),
  );
  const judged = scores.map((row, i) => judge(row, temperature, labels, pack, items[i] as LabelledItem));
  progress.end();
  report(items, judged, labels, counts, groupsOf, temperature);
  listErrors(items, judged, Number(options.errors));
  if (options.write) {
    const fitted = fit(examples, labels, rules);
    writeFitted(path.join(packFolder(), 'rules'), { ...fitted.model, temperature }, rules, fitted.rules);
    process.stdout.write('written: rules/reader.json and rules/weights.json\n');
  }
}

function judge(
  scores: readonly number[],
  temperature: number,
  labels: readonly string[],
  pack: PackData,
  item: LabelledItem,
): Judged {
  const p = softmax(scores.map((score) => score / temperature));
  const none = p[labels.indexOf(NONE)] ?? 0;
  let best = 0;
  p.forEach((value, k) => {
    if (labels[k] !== NONE && value > (p[best] ?? 0)) best = k;
  });
  const value = p[best] ?? 0;
  const verdict =
    value >= pack.pack.verdictFrom && value >= none * pack.pack.noneFactor ? (labels[best] ?? NONE) : NONE;
  return {
    primary: item.primary,
    accepted: [item.primary, ...item.acceptable],
    verdict,
    probabilities: Object.fromEntries(labels.map((label, k) => [label, p[k] ?? 0])),
  };
}

function report(
  items: readonly LabelledItem[],
  judged: readonly Judged[],
  labels: readonly string[],
  counts: ReadonlyMap<string, FieldCounts>,
  groupsOf: (item: LabelledItem) => string[],
  temperature: number,
): void {
  const groups = new Map<string, Judged[]>();
  items.forEach((item, i) => {
    for (const group of groupsOf(item)) {
      const list = groups.get(group);
      if (list) list.push(judged[i] as Judged);
      else groups.set(group, [judged[i] as Judged]);
    }
  });
  const row = (name: string, f: Figures, fields: number): string =>
    `${name.padEnd(30)} ${String(f.count).padStart(5)} ${[f.accepted, f.noneRecall, f.macroF1, f.brier, f.ece, fields].map((x) => (Number.isNaN(x) ? '    –' : x.toFixed(DIGITS))).join('  ')}`;
  const lines = [
    `cross-validated by writer, temperature ${temperature}`,
    `${''.padEnd(36)} accept  none   macroF1 Brier  ECE    fieldF1`,
  ];
  for (const [name, list] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1)))
    lines.push(
      row(name, figuresOf(list, labels, NONE), fieldF1(counts.get(name) ?? { right: 0, wrong: 0, missed: 0 })),
    );
  process.stdout.write(`${lines.join('\n')}\n`);
}

function listErrors(items: readonly LabelledItem[], judged: readonly Judged[], most: number): void {
  judged
    .map((j, i) => ({ j, item: items[i] as LabelledItem }))
    .filter(({ j }) => !j.accepted.includes(j.verdict))
    .slice(0, most)
    .forEach(({ j, item }) =>
      process.stdout.write(
        `${item.id}: ${j.primary} judged ${j.verdict} (${(j.probabilities[j.verdict] ?? 0).toFixed(2)})\n`,
      ),
    );
}

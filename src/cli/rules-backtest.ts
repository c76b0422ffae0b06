// `preticket rules backtest`: verdicts of the pack over labelled items; with another pack, every item whose verdict differs between the two.
import { NONE } from '../classify/classifier';
import { type Figures, figuresOf, type Judged } from '../classify/validate';
import { createEngine, type Engine } from '../engine';
import { loadPack } from '../pack/load';
import { loadCliPack } from './engine';
import { type LabelledItem, readLabelled } from './labelled';
import { startProgress } from './progress';

const MOST_TEXT = 72;

interface Verdict extends Judged {
  readonly item: LabelledItem;
}

function judge(engine: Engine, item: LabelledItem): Verdict {
  const { cause, causes } = engine.triage(
    item.text,
    engine.languages.includes(item.lang) ? { language: item.lang } : {},
  );
  const probabilities = Object.fromEntries(causes.map(({ id, probability }) => [id, probability]));
  const sum = Object.values(probabilities).reduce((total, p) => total + p, 0);
  return {
    item,
    primary: item.primary,
    accepted: [item.primary, ...item.acceptable],
    verdict: cause ?? NONE,
    probabilities: { ...probabilities, [NONE]: Math.max(0, 1 - sum) },
  };
}

function report(name: string, judged: readonly Verdict[], labels: readonly string[]): string[] {
  const row = (what: string, f: Figures): string =>
    `${what.padEnd(28)} ${String(f.count).padStart(5)}  ${[f.accepted, f.noneRecall, f.macroF1, f.brier, f.ece].map((x) => (Number.isNaN(x) ? '    –' : x.toFixed(3))).join('  ')}`;
  const groups = [...new Set(judged.map(({ item }) => item.lang))].sort();
  const of = (lang: string): readonly Verdict[] => judged.filter(({ item }) => item.lang === lang);
  return [
    `${name.padEnd(34)}  accept none   macroF1 Brier  ECE`,
    row('all', figuresOf(judged, labels, NONE)),
    ...(groups.length < 2 ? [] : groups.map((lang) => row(`language ${lang}`, figuresOf(of(lang), labels, NONE)))),
  ];
}

const shorten = (text: string): string => {
  const line = text
    .slice(0, 4 * MOST_TEXT)
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > MOST_TEXT ? `${line.slice(0, MOST_TEXT - 1)}…` : line;
};

/** Exit 0 also where verdicts are wrong: it reports, `rules test` checks. Errors: INPUT_BAD_LINE, INPUT_UNREADABLE, the packs'. */
export async function backtestCommand(file: string, options: { readonly against?: string }): Promise<void> {
  const engine = createEngine(await loadCliPack());
  const { labels } = engine.classifier;
  const items = await readLabelled([file], labels);
  const progress = startProgress();
  const run = (with_: Engine, what: string): Verdict[] =>
    items.map((item, i) => {
      progress.tick(`${what}: ${i} of ${items.length}`);
      return judge(with_, item);
    });
  const ours = run(engine, 'this pack');
  const out = (lines: readonly string[]): void => void process.stdout.write(`${lines.join('\n')}\n`);
  if (options.against === undefined) {
    progress.end();
    out(report('this pack', ours, labels));
    const wrong = ours.filter(({ accepted, verdict }) => !accepted.includes(verdict));
    for (const { item, verdict, primary } of wrong)
      out([`${item.id}: is ${primary}, judged ${verdict}: ${safe(engine, item)}`]);
    return;
  }
  const other = createEngine(await loadPack(options.against));
  const theirs = run(other, 'the other pack');
  progress.end();
  out([...report('this pack', ours, labels), ...report('the other pack', theirs, labels), '']);
  const differing = ours.flatMap((our, i) => {
    const their = theirs[i];
    return their === undefined || their.verdict === our.verdict ? [] : [{ our, their }];
  });
  const right = ({ accepted, verdict }: Judged): string => (accepted.includes(verdict) ? 'right' : 'wrong');
  for (const { our, their } of differing)
    out([
      `${our.item.id}: is ${our.primary}; this pack ${our.verdict} (${right(our)}), the other ${their.verdict} (${right(their)}): ${safe(engine, our.item)}`,
    ]);
  const better = differing.filter(({ our, their }) => right(our) === 'right' && right(their) === 'wrong').length;
  const worse = differing.filter(({ our, their }) => right(our) === 'wrong' && right(their) === 'right').length;
  out([`${differing.length} of ${items.length} verdicts differ: ${better} better, ${worse} worse with this pack`]);
}

/** The beginning of an item, which somebody may have written by hand: redacted before it is shown. */
const safe = (engine: Engine, { text }: LabelledItem): string => shorten(engine.redactor.redact(text).text);

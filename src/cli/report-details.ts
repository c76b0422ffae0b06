// Sections of the report about what is known: fields, what is missing, checklist, other causes.
import type { Texts } from '../pack/texts';
import type { ChecklistState, TriageResult } from '../types';
import type { Canvas, Style } from './report-canvas';
import { cutTo, displayWidth, padTo, printable } from './report-width';

const MOST_CAUSES = 3;
const LEAST_SHOWN = 0.01;
const LABEL_COLUMNS = 24;
const TITLE_COLUMNS = 70;
const SMALL_BAR = 10;
const LEAST_ASIDE = 14;
const SIGNS: Readonly<Record<ChecklistState, string>> = { done: '✓', failed: '✗', open: '○', 'not-applicable': '–' };

/** ` ← words` in what is left of the line, or nothing. */
function aside(canvas: Canvas, words: string, used: number): string {
  const rest = canvas.room - used - 4;
  return words !== '' && rest >= LEAST_ASIDE ? `  ${canvas.paint.dim(`← ${cutTo(words, rest)}`)}` : '';
}

function fieldLabel(key: string, texts: Texts): string {
  return texts.fields[key]?.label ?? key;
}

/** Values that were read, each with its words where they differ; then what is missing and what is not known. */
export function writeFields(canvas: Canvas, { fields, sources, missing, unknown }: TriageResult, texts: Texts): void {
  const known = Object.entries(fields).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [{ label: fieldLabel(key, texts), value: printable(value), source: printable(sources[key] ?? '') }]
      : [],
  );
  if (known.length > 0) {
    canvas.heading(texts.report['fields'] ?? '');
    const widest = Math.min(LABEL_COLUMNS, Math.max(...known.map(({ label }) => displayWidth(label))));
    for (const { label, value, source } of known) {
      const shown = cutTo(value, canvas.room - widest - 2);
      const used = widest + 2 + displayWidth(shown);
      canvas.line(
        `${padTo(cutTo(label, widest), widest)}  ${canvas.paint.cyan(shown)}${aside(canvas, source === value ? '' : source, used)}`,
      );
    }
  }
  const lists = [
    ['missing', missing],
    ['unknown', unknown],
  ] as const;
  for (const [key, list] of lists) {
    if (list.length === 0) continue;
    canvas.heading(texts.report[key] ?? key);
    canvas.item('', 0, list.map((field) => fieldLabel(field, texts)).join(' · '));
  }
}

/** Nothing while every step is open. One line a step with the words that its state rests on, and what the signs mean. */
export function writeChecklist(canvas: Canvas, checklist: TriageResult['checklist'], texts: Texts): void {
  if (checklist.every(({ state }) => state === 'open')) return;
  canvas.heading(texts.report['checklist'] ?? '');
  const { paint } = canvas;
  const styles: Readonly<Record<ChecklistState, Style>> = {
    done: paint.green,
    failed: paint.red,
    open: (text) => text,
    'not-applicable': paint.dim,
  };
  for (const { step, text, state, quote } of checklist) {
    const head = `${SIGNS[state]} ${String(step).padStart(2)}  `;
    const words = cutTo(text, canvas.room - head.length);
    canvas.line(
      `${styles[state](`${head}${words}`)}${aside(canvas, printable(quote ?? ''), head.length + displayWidth(words))}`,
    );
  }
  const used = (Object.keys(SIGNS) as ChecklistState[]).filter((state) =>
    checklist.some((item) => item.state === state),
  );
  canvas.line(paint.dim(used.map((state) => `${SIGNS[state]} ${texts.states[state] ?? state}`).join('   ')));
}

/** The next likely causes and none of them, with bars. */
export function writeOtherCauses(canvas: Canvas, { cause, causes }: TriageResult, texts: Texts): void {
  const none = Math.max(0, 1 - causes.reduce((sum, { probability }) => sum + probability, 0));
  const rows = causes
    .filter(({ id, probability }) => id !== cause && probability >= LEAST_SHOWN)
    .slice(0, MOST_CAUSES)
    .map(({ title, probability }) => ({ title, probability }));
  if (none >= LEAST_SHOWN) rows.push({ title: texts.phrases['none'] ?? '', probability: none });
  if (rows.length === 0) return;
  canvas.heading(texts.report[cause === null ? 'causes' : 'otherCauses'] ?? '');
  const columns = Math.min(canvas.room - SMALL_BAR - 8, TITLE_COLUMNS);
  for (const { title, probability } of rows) {
    canvas.line(`${padTo(cutTo(title, columns), columns)}  ${canvas.bar(probability, SMALL_BAR)}`);
  }
}

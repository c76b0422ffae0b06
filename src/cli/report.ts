// The report that a person reads on a terminal. Everything is said in words and signs too, so that colour only helps.
import { tellingEvidence } from '../classify/telling';
import { likelihoodPhrase } from '../draft/view';
import { fillIn, type Texts } from '../pack/texts';
import type { TriageResult } from '../types';
import { Canvas } from './report-canvas';
import { writeCorrected } from './report-corrected';
import { writeChecklist, writeFields, writeOtherCauses } from './report-details';
import { showMessage } from './report-message';
import { gatherNotes, type Note } from './report-notes';
import { cutTo, displayWidth, padTo, printable, wrapText } from './report-width';

export interface ReportOptions {
  readonly color: boolean;
  /** Columns of the terminal; 60 to 120 are used. */
  readonly width: number;
  /** Sentences that a person must not miss, such as that a credential was removed. */
  readonly warnings?: readonly string[];
  /** Where there is no verdict: the message speaks of another topic, or says too little (the default). */
  readonly noneReason?: 'other' | 'little';
  /** What a rule says, by its id; undefined where it has no words. */
  readonly why?: (rule: string) => string | undefined;
  /** The verdict and the next question alone: there was no text to speak of. */
  readonly isShort?: true;
  /** Where the request stands in the text that `corrected` puts right; without it no difference is shown. */
  readonly original?: { readonly start: number; readonly end: number };
}

const MOST_NOTES = 6;
const LEAST_NOTES = 2;
const BAR = 20;
const SIGN_COLUMNS = 4;

/** Renders a result in the language of `texts`; ends with a line end. Takes redacted text only. */
export function renderReport(result: TriageResult, texts: Texts, options: ReportOptions): string {
  const canvas = new Canvas(options);
  writeVerdict(canvas, result, texts, options.noneReason ?? 'little');
  if (options.isShort) {
    writeQuestion(canvas, result, texts);
    return canvas.text();
  }
  writeMessage(canvas, result, texts, options.why);
  writeCorrected(canvas, result, texts, options.original);
  writeRemoved(canvas, result, texts, options.warnings ?? []);
  if (result.fixes.length > 0) {
    canvas.heading(texts.report['fixes'] ?? '');
    result.fixes.forEach((fix, i) => canvas.item(`${i + 1}.`.padEnd(4), 4, fix));
  }
  writeQuestion(canvas, result, texts);
  writeFields(canvas, result, texts);
  writeChecklist(canvas, result.checklist, texts);
  writeOtherCauses(canvas, result, texts);
  canvas.heading(texts.report['draft'] ?? '');
  canvas.item('', 0, printable(result.draft.subject), canvas.paint.bold);
  canvas.item('', 0, texts.report[result.missing.length === 0 ? 'draftReady' : 'draftOpen'] ?? '');
  return canvas.text();
}

function writeVerdict(canvas: Canvas, result: TriageResult, texts: Texts, noneReason: 'other' | 'little'): void {
  const { paint } = canvas;
  canvas.heading(texts.report['verdict'] ?? '');
  const verdict = result.causes.find((cause) => cause.id === result.cause);
  if (verdict) {
    canvas.item('', 0, verdict.title, (words) => paint.bold(paint.green(words)));
    canvas.line(`${canvas.bar(verdict.probability, BAR)}  ${likelihoodPhrase(verdict.probability, texts)}`);
    return;
  }
  const other = noneReason === 'other';
  canvas.item('', 0, texts.phrases[other ? 'otherTopic' : 'tooLittle'] ?? '', (words) =>
    paint.bold(paint.yellow(words)),
  );
  if (other || result.question !== null)
    canvas.item('', 0, texts.phrases[other ? 'otherTopicNext' : 'tooLittleNext'] ?? '');
}

/** The person's text with faults of a request and the evidence for the verdict (or for the likeliest cause) marked, and the notes to the marks. */
function writeMessage(canvas: Canvas, result: TriageResult, texts: Texts, why: ReportOptions['why']): void {
  if (result.text.trim() === '') return;
  const { paint } = canvas;
  canvas.heading(texts.report[result.findings.length > 0 ? 'findings' : 'message'] ?? '');
  const cause = result.causes.find(({ id }) => id === result.cause) ?? result.causes[0];
  const { findings } = result;
  const notes = gatherNotes(
    result.text,
    [...tellingEvidence(cause?.evidence ?? []), ...tellingEvidence(cause?.evidence ?? [], -1)],
    Math.max(LEAST_NOTES, MOST_NOTES - findings.length),
    findings,
  );
  const tone = (text: string, note: Note): string =>
    note.faults.length > 0 || note.weight < 0 ? paint.red(text) : paint.green(text);
  const left = (count: number): string => fillIn(texts.report['linesLeftOut'] ?? '', { count: String(count) });
  const painted = { word: (text: string, note: Note) => paint.bold(tone(text, note)), mark: tone, dim: paint.dim };
  for (const line of showMessage(result.text, notes, canvas.room - 2, painted, left))
    canvas.line(`${paint.dim('│')} ${line}`);
  if (notes.length > 0) canvas.line('');
  const sides = ['speaksFor', 'speaksAgainst'].map((key) => texts.report[key] ?? key);
  const widest = Math.max(...sides.map(displayWidth));
  const columns = 1 + 2 + SIGN_COLUMNS + widest + 2;
  for (const note of notes) {
    if (note.faults.length > 0) {
      writeFaults(canvas, note);
      continue;
    }
    const size = Math.min(3, Math.max(1, Math.round(Math.abs(note.weight))));
    const sign = padTo((note.weight < 0 ? '-' : '+').repeat(size), SIGN_COLUMNS);
    const lead = `${note.number}  ${sign}${padTo(sides[note.weight < 0 ? 1 : 0] ?? '', widest)}`;
    canvas.line(`${tone(lead, note)}  ${cutTo(printable(note.quote), canvas.room - columns)}`);
    const reason = note.rules.map((rule) => why?.(rule) ?? '').find((words) => words !== '');
    if (reason === undefined) continue;
    for (const words of wrapText(reason, canvas.room - columns))
      canvas.line(`${' '.repeat(columns)}${paint.dim(words)}`);
  }
}

function writeRemoved(canvas: Canvas, { redactions }: TriageResult, texts: Texts, warnings: readonly string[]): void {
  if (redactions.length > 0) {
    canvas.heading(texts.report['removed'] ?? '');
    const name = (kind: string): string => texts.kinds[kind] ?? texts.kinds['other'] ?? kind;
    canvas.item(
      '',
      0,
      redactions.map(({ kind, count }) => `${name(kind)}${count > 1 ? ` × ${count}` : ''}`).join(', '),
    );
  } else if (warnings.length > 0) canvas.heading(texts.report['warning'] ?? '');
  for (const warning of warnings) canvas.item(canvas.paint.yellow('! '), 2, warning, canvas.paint.yellow);
}

/** What is wrong at a place and how it should be. */
function writeFaults(canvas: Canvas, { number, faults }: Note): void {
  const { paint } = canvas;
  faults.forEach(({ text, suggestion }, i) => {
    const lead = `${(i === 0 ? String(number) : '').padEnd(2)} ✗ `;
    canvas.item(paint.red(lead), lead.length, printable(text));
    if (suggestion !== undefined)
      canvas.item(`${' '.repeat(lead.length)}→ `, lead.length + 2, printable(suggestion), paint.cyan);
  });
}

function writeQuestion(canvas: Canvas, { question }: TriageResult, texts: Texts): void {
  if (!question) return;
  const { paint } = canvas;
  canvas.heading(texts.report['question'] ?? '');
  canvas.item(paint.cyan('? '), 2, question.text, paint.bold);
  for (const { label } of question.choices ?? []) canvas.item('  · ', 4, label);
  canvas.item('  ', 2, `${texts.report['why'] ?? ''}: ${question.why}`, paint.dim);
}

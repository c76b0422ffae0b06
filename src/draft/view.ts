// What a ticket template may show: plain data. Values of people are strings, sentences of the pack are `PackText`.
import { tellingEvidence } from '../classify/telling';
import { fillIn, type Texts } from '../pack/texts';
import type { Draft, FieldKey, TriageResult } from '../types';
import { excerpt, quoteSentences } from './excerpt';
import { oneLine } from './markdown';

/** A sentence of the pack, the only thing that the helper `text` prints; so no value can pass through it. */
export class PackText {
  constructor(readonly words: string) {}
}

/** Everything of a result but the draft itself; `findings` told with their values as code spans. */
export type DraftInput = Omit<TriageResult, 'draft'>;

export interface FieldView {
  readonly label: PackText;
  /** null: not given. */
  readonly value: string | null;
  /** The person cannot give it. */
  readonly unknown: boolean;
}

export interface StepView {
  readonly step: PackText;
  readonly text: PackText;
  readonly state: PackText;
  readonly quote: string | null;
}

export interface FaultView {
  readonly text: PackText;
  readonly suggestion: PackText | null;
}

/** The variables of `ticket.md.hbs`; templates/README.md lists them. */
export interface TicketView {
  readonly title: PackText | null;
  readonly likelihood: PackText | null;
  readonly percent: PackText | null;
  readonly undecided: PackText;
  readonly fields: readonly FieldView[];
  readonly evidence: readonly string[];
  /** Faults of a request that was pasted. */
  readonly faults: readonly FaultView[];
  /** That request as it should be; null where it is not known, or too long to be of use. */
  readonly corrected: string | null;
  /** Steps that are done or failed. */
  readonly checked: readonly StepView[];
  /** Steps still open. */
  readonly open: readonly StepView[];
  readonly removed: readonly { readonly kind: PackText; readonly count: PackText }[];
  readonly message: string | null;
}

const MOST_EVIDENCE = 4;
const MOST_MESSAGE = 6000;
const MOST_FAULTS = 8;
const MOST_CORRECTED = 3000;
const MOST_SUBJECT = 120;
/** Nothing is told as certain. */
const MOST_PERCENT = 99;

/** A probability in words. */
export function likelihoodPhrase(probability: number, texts: Texts): string {
  const name =
    probability >= 0.85 ? 'almostCertain' : probability >= 0.6 ? 'likely' : probability >= 0.3 ? 'possible' : 'faint';
  return texts.phrases[name] ?? name;
}

/** Builds what the template shows. `order`: field keys in the order in which a ticket lists them. */
export function viewTicket(result: DraftInput, texts: Texts, order: readonly FieldKey[]): TicketView {
  const verdict = result.causes.find((cause) => cause.id === result.cause);
  const evidence = tellingEvidence((verdict ?? result.causes[0])?.evidence ?? []);
  const steps = result.checklist
    .filter((item) => item.state !== 'not-applicable')
    .map((item) => ({
      state: item.state,
      view: {
        step: new PackText(String(item.step)),
        text: new PackText(item.text),
        state: new PackText(texts.states[item.state] ?? item.state),
        quote: item.quote !== undefined && oneLine(item.quote) !== '' ? item.quote : null,
      } satisfies StepView,
    }));
  const checked = steps.filter(({ state }) => state !== 'open').map(({ view }) => view);
  const quotes = quoteSentences(result.text, evidence, MOST_EVIDENCE);
  const message = excerpt(result.text, evidence, MOST_MESSAGE);
  return {
    title: verdict ? new PackText(verdict.title) : null,
    likelihood: verdict ? new PackText(likelihoodPhrase(verdict.probability, texts)) : null,
    percent: verdict ? new PackText(`${Math.min(MOST_PERCENT, Math.round(verdict.probability * 100))} %`) : null,
    undecided: new PackText(texts.phrases['tooLittle'] ?? ''),
    fields: shownFields(result, order).map((key) => {
      const value = result.fields[key];
      return {
        label: new PackText(texts.fields[key]?.label ?? key),
        value: typeof value === 'string' && oneLine(value) !== '' ? value : null,
        unknown: result.unknown.includes(key),
      };
    }),
    evidence: quotes,
    faults: result.findings.slice(0, MOST_FAULTS).map(({ text, suggestion }) => ({
      text: new PackText(text),
      suggestion: suggestion === undefined ? null : new PackText(suggestion),
    })),
    corrected: (result.corrected ?? '').length > MOST_CORRECTED ? null : result.corrected,
    checked,
    open: steps.filter(({ state }) => state === 'open').map(({ view }) => view),
    removed: result.redactions.map(({ kind, count }) => ({
      kind: new PackText(texts.kinds[kind] ?? texts.kinds['other'] ?? kind),
      count: new PackText(String(count)),
    })),
    message: message.trim() === '' ? null : message,
  };
}

/** Fields with a value, missing ones and unknown ones, in the ticket's order; keys that `order` lacks come last. */
function shownFields(result: DraftInput, order: readonly FieldKey[]): FieldKey[] {
  const keys = new Set([
    ...Object.keys(result.fields).filter((key) => typeof result.fields[key] === 'string'),
    ...result.missing,
    ...result.unknown,
  ]);
  const place = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length);
  return [...keys].sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
}

/** Subject of a ticket on one line: the cause in words, then what it is about. */
export function subjectOf(result: DraftInput, texts: Texts, about: readonly FieldKey[]): Draft['subject'] {
  const title = result.cause === null ? undefined : texts.causes[result.cause]?.short;
  const head =
    title === undefined ? (texts.phrases['subjectOpen'] ?? '') : fillIn(texts.phrases['subject'] ?? '', { title });
  const details = about.flatMap((key) => oneLine(result.fields[key] ?? '') || []);
  const tail = details.length > 0 ? ` (${details.join(', ')})` : '';
  const subject = `${head}${tail}`;
  return subject.length > MOST_SUBJECT ? `${[...subject].slice(0, MOST_SUBJECT - 1).join('')}…` : subject;
}

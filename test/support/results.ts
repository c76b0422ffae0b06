// Made-up triage results for tests of drafts and reports. Texts hold placeholders where credentials were.
import type { Evidence, TriageResult } from '../../src/types';
import { type AnswerPack, CAUSES } from './answer-pack';
import { tellFindings } from '../../src/ask/findings';
import { codeSpan } from '../../src/draft/markdown';
import type { Known } from '../../src/ask/term';

/** What a case states; the rest follows from the pack. */
export interface ResultCase {
  readonly language: string;
  readonly text: string;
  readonly cause: string | null;
  readonly probabilities: Readonly<Record<string, number>>;
  /** Quotes with weights; each stands in `text`. */
  readonly evidence: readonly { readonly rule: string; readonly quote: string; readonly weight: number }[];
  readonly fields: Readonly<Record<string, string | null>>;
  readonly unknown?: readonly string[];
  readonly timezoneMissing?: boolean;
  readonly known?: readonly Known[];
  readonly redactions?: readonly { readonly kind: string; readonly count: number }[];
  /** Faults of a request by their quotes, in order of place. */
  readonly findings?: readonly { id: string; cause: string; quote: string; param?: string; suggestion?: string }[];
  readonly corrected?: string;
  /** What `corrected` puts right, as it stands in `text`. */
  readonly original?: string;
}

/** Where words of a case stand in its text. */
export function placeOf(given: ResultCase, quote: string): { readonly start: number; readonly end: number } {
  const start = given.text.indexOf(quote);
  if (start < 0) throw new Error(`no such words in the text: ${quote}`);
  return { start, end: start + quote.length };
}

export function buildResult(pack: AnswerPack, given: ResultCase): TriageResult {
  const texts = pack.texts.of(given.language);
  const evidence = given.evidence.map(({ rule, quote, weight }): Evidence => ({
    rule,
    quote,
    ...placeOf(given, quote),
    weight,
  }));
  const causes = CAUSES.map((id, i) => ({
    id,
    number: i + 1,
    title: texts.causes[id]?.title ?? id,
    probability: given.probabilities[id] ?? 0.005,
    evidence: [] as readonly Evidence[],
  })).sort((a, b) => b.probability - a.probability);
  const first = causes[0];
  if (first) causes[0] = { ...first, evidence };
  const none = Math.max(0, 1 - causes.reduce((sum, { probability }) => sum + probability, 0));
  const input = {
    probabilities: { ...Object.fromEntries(causes.map(({ id, probability }) => [id, probability])), none },
    fields: given.fields,
    unknown: given.unknown ?? [],
    timezoneMissing: given.timezoneMissing ?? false,
    concepts: new Set((given.known ?? []).filter(({ kind }) => kind === 'concept').map(({ name }) => name)),
    facts: new Set((given.known ?? []).filter(({ kind }) => kind === 'fact').map(({ name }) => name)),
    language: given.language,
  };
  const fields = Object.entries(given.fields).flatMap(([name, value]): Known[] =>
    value === null ? [] : [{ kind: 'field', name, value }],
  );
  const cause: Known[] = given.cause === null ? [] : [{ kind: 'cause', name: given.cause }];
  const found = (given.findings ?? []).map((finding) => ({ ...finding, ...placeOf(given, finding.quote) }));
  const result = {
    cause: given.cause,
    causes,
    findings: tellFindings(found, texts),
    corrected: given.corrected ?? null,
    fixes: given.cause === null ? [] : (texts.causes[given.cause]?.fixes ?? []),
    checklist: pack.checklist.stateOf([...(given.known ?? []), ...fields, ...cause], texts),
    fields: given.fields,
    sources: {},
    missing: pack.asker.missingFields(input),
    unknown: given.unknown ?? [],
    question: pack.asker.nextQuestion(input)?.question ?? null,
    text: given.text,
    redactions: given.redactions ?? [],
    language: given.language,
    pack: { name: pack.pack.name, version: 'test' },
  };
  return { ...result, draft: pack.drafter.draft({ ...result, findings: tellFindings(found, texts, codeSpan) }) };
}

// The pure pipeline from raw text to triage result: no clock, no randomness, no I/O. What a stage needs was compiled from the pack before.
import { type Checklist, compileChecklist } from './ask/checklist';
import { compileFaq, type Faq } from './ask/faq';
import { tellFindings } from './ask/findings';
import { codeSpan } from './draft/markdown';
import { warningsOf } from './ask/warnings';
import { TIMEZONE } from './ask/missing';
import { type Asker, type AskInput, createAsker, type QuestionScore } from './ask/question';
import { addressFacts } from './classify/address-facts';
import { Classifier, type Judgement, NONE } from './classify/classifier';
import type { Fact } from './classify/features';
import type { ReaderModel } from './classify/model';
import { shapeFacts } from './classify/shape-facts';
import { createDrafter, type Drafter } from './draft/render';
import { apiFacts, wordsOf } from './engine/pack-words';
import { knownOf } from './engine/known';
import type { ReadText } from './engine/read-text';
import { extractFields } from './extract/extract';
import { compileFields, type CompiledFields, type FieldData } from './extract/fields';
import { ordinaryWords } from './extract/ordinary';
import type { PackData } from './pack/load';
import { compileTextBook, type TextBook, type Texts } from './pack/texts';
import { redactFields } from './redact/fields';
import { RedactionMemory } from './redact/memory';
import type { Redacted } from './redact/redacted';
import type { RedactPackData } from './redact/pack';
import { createRedactor, type RedactResult, type Redactor } from './redact/redactor';
import { type Api, type ApiData, compileApi } from './request/api';
import { readRequests } from './request/requests';
import { detectLanguage } from './text/language';
import { type Mention, readPassage } from './text/mentions';
import { Readings } from './text/reading';
import type { FieldKey, RankedCause, TriageResult } from './types';

export type { ReadText } from './engine/read-text';

export interface TriageOptions {
  /** Language of the text and the reply; told from the text where left out. */
  readonly language?: string;
  /** Fields known before, in normal form; null: the person cannot give it. They win over what the text says. @unredacted */
  readonly fields?: Readonly<Record<FieldKey, string | null>>;
}

/** Options behind the door. */
interface CleanOptions {
  readonly language?: string;
  readonly fields?: Readonly<Record<FieldKey, Redacted | null>>;
}

/** What a rule's author wants to see of a text. */
export interface Explanation {
  readonly result: TriageResult;
  readonly mentions: readonly (Mention & { readonly quote: string })[];
  readonly facts: readonly (Fact & { readonly quote: string })[];
  readonly fired: readonly {
    readonly id: string;
    readonly weight: number;
    readonly why: string;
    readonly quote: string;
  }[];
  readonly near: readonly { readonly id: string; readonly quote: string }[];
  readonly scores: readonly QuestionScore[];
}

/** An answer with what a person is told beside it. */
export interface Advice {
  readonly result: TriageResult;
  /** Sentences that must not be missed, such as that a credential was removed. */
  readonly warnings: readonly string[];
  /** Where there is no verdict: the text speaks of something else, or says too little. */
  readonly noneReason: 'other' | 'little';
  /** Where in the text stands what `corrected` puts right. */
  readonly original?: { readonly start: number; readonly end: number };
}

/** The redactor of a pack, without the rest of the engine. */
export function createRedactorOf(pack: PackData): Redactor {
  return createRedactor(pack.redaction as RedactPackData);
}

/** Of a memory that dies at once: it need not be secret. */
const PASSING_KEY = [1, 2, 3, 4] as const;

/** Redacts a message in the light of the one before it. @unredacted */
export function redactAfter(redactor: Redactor, previous: string, raw: string): RedactResult {
  const memory = new RedactionMemory(PASSING_KEY);
  redactor.redact(previous, memory);
  return redactor.redact(raw, memory);
}

export function createEngine(pack: PackData): Engine {
  return new Engine(pack);
}

export class Engine {
  readonly languages: readonly string[];
  readonly redactor: Redactor;
  readonly classifier: Classifier;
  /** The fitted reader; one that weighs nothing where the pack has none. */
  readonly model: ReaderModel;
  readonly readings: Readings;
  private readonly api: Api;
  readonly fields: CompiledFields;
  readonly texts: TextBook;
  readonly asker: Asker;
  readonly checklist: Checklist;
  readonly faq: Faq;
  readonly drafter: Drafter;
  readonly numbers: ReadonlyMap<string, number>;

  constructor(readonly pack: PackData) {
    const { defaultLanguage, links } = pack.pack;
    const api = pack.api as ApiData;
    const fields = pack.fields as readonly FieldData[];
    this.languages = pack.pack.languages;
    this.redactor = createRedactorOf(pack);
    this.classifier = new Classifier(pack.causes, pack.reader as ReaderModel | null, pack.weights);
    const { labels } = this.classifier;
    this.model = (pack.reader as ReaderModel | null) ?? {
      labels,
      bias: labels.map((label) => (label === NONE ? 1 : 0)),
      weights: {},
      temperature: 1,
    };
    this.readings = new Readings(pack.languages, defaultLanguage);
    this.api = compileApi(api);
    this.fields = compileFields(fields, apiFacts(api), defaultLanguage, ordinaryWords(wordsOf(pack)));
    this.texts = compileTextBook(pack.texts, defaultLanguage, { links, values: { endpoint: api.endpoint } });
    const needs = [...fields].sort((a, b) => a.order - b.order);
    this.asker = createAsker({
      questions: pack.questions,
      needs,
      withDomain: new Set(
        apiFacts(api)
          .actions.filter((action) => action.domain)
          .map((action) => action.action),
      ),
      module: pack.pack.moduleIntegration,
      texts: this.texts,
    });
    this.checklist = compileChecklist(pack.checklist);
    this.faq = compileFaq(pack.faq);
    this.drafter = createDrafter({
      templates: pack.templates,
      defaultLanguage,
      texts: this.texts,
      order: needs.map((field) => field.key),
      about: pack.pack.subjectFields,
    });
    this.numbers = new Map(pack.causes.map((cause) => [cause.id, cause.number]));
  }

  /** Whether the reader weighs a feature at all. */
  weighs(feature: string): boolean {
    return this.model.weights[feature] !== undefined;
  }

  textsOf(language: string): Texts {
    return this.texts.of(language);
  }

  /** Redacts and reads a text. Throws REDACTION_FAILED; anything else is read somehow. @unredacted */
  read(raw: string, options: Pick<TriageOptions, 'language'> = {}): ReadText {
    return this.readRedacted(this.redactor.redact(raw), options);
  }

  /** Reads a text that was redacted at its ingest. */
  readRedacted(redaction: RedactResult, options: Pick<TriageOptions, 'language'> = {}): ReadText {
    const { text } = redaction;
    const language = this.languageOf(text, options.language);
    const linted = readRequests(text, redaction.observations, this.api);
    const { requests, replies, facts } = linted;
    const extraction = extractFields({ text, language, requests, replies }, this.fields);
    const passage = readPassage(text, this.readings.of(language));
    const shown = [...facts, ...shapeFacts(text, this.api.data)];
    return {
      redaction,
      language,
      passage,
      facts: [...shown, ...addressFacts(extraction.addresses)],
      replies: replies.flatMap((reply) => reply.messageSpan ?? []),
      fields: extraction.values,
      sources: extraction.sources,
      timezoneMissing: extraction.timezoneMissing,
      requestFacts: shown,
      addresses: extraction.addresses,
      linted,
    };
  }

  /** The whole answer to a text. Errors as `read`. @unredacted */
  triage(raw: string, given: TriageOptions = {}): TriageResult {
    const { read, options } = this.open(raw, given);
    return this.answer(read, this.classifier.judge(read), options);
  }

  /** The answer and what a person is told beside it. Errors as `read`. @unredacted */
  advise(raw: string, given: TriageOptions = {}): Advice {
    const { read, options } = this.open(raw, given);
    const result = this.answer(read, this.classifier.judge(read), options);
    const inside = read.facts.find((fact) => fact.fact === 'address-inside-listed');
    const { correction } = read.linted;
    return {
      result,
      ...(correction === null ? {} : { original: { start: correction.start, end: correction.end } }),
      warnings: warningsOf(
        {
          credentialRemoved: read.redaction.redactions.length > 0,
          lookAlikeHost: false,
          ...(inside ? { privateAddress: read.redaction.text.slice(inside.start, inside.end) } : {}),
        },
        this.texts.of(read.language),
      ),
      noneReason:
        result.findings.length > 0
          ? 'little'
          : this.faq.noneReason(new Set(read.passage.mentions.map((mention) => mention.concept))),
    };
  }

  /** What a rule says, by its id; undefined for the reader's features. */
  whyOf(rule: string): string | undefined {
    return this.classifier.rules.find((candidate) => candidate.data.id === rule)?.data.why;
  }

  /** The answer with all that led to it. Errors as `read`. @unredacted */
  explain(raw: string, given: TriageOptions = {}): Explanation {
    const { read, options } = this.open(raw, given);
    const judgement = this.classifier.judge(read);
    const { text } = read.redaction;
    const result = this.answer(read, judgement, options);
    const quoted = <T extends { readonly start: number; readonly end: number }>(part: T): T & { quote: string } => ({
      ...part,
      quote: text.slice(part.start, part.end),
    });
    return {
      result,
      mentions: read.passage.mentions.map(quoted),
      facts: read.facts.map(quoted),
      fired: judgement.fired.map((fired) => ({
        id: fired.rule.data.id,
        weight: fired.rule.weight,
        why: fired.rule.data.why,
        quote: text.slice(fired.start, fired.end),
      })),
      near: this.classifier
        .near(read)
        .map((near) => ({ id: near.rule.data.id, quote: text.slice(near.start, near.end) })),
      scores: this.asker.scores(this.askInput(read, judgement, options)),
    };
  }

  /** Runs every example of every rule. `subject`: the rule's id. */
  testExamples(): {
    readonly count: number;
    readonly failures: readonly { subject: string; text: string; expected: string }[];
  } {
    let count = 0;
    const failures: { subject: string; text: string; expected: string }[] = [];
    for (const rule of this.classifier.rules) {
      const { fires, silent } = rule.data.examples;
      const check = (text: string, wanted: boolean): void => {
        count++;
        const does = this.classifier.fire(this.read(text)).some((fired) => fired.rule === rule);
        if (does !== wanted) failures.push({ subject: rule.data.id, text, expected: wanted ? 'to fire' : 'silence' });
      };
      for (const text of fires) check(text, true);
      for (const text of silent) check(text, false);
    }
    return { count, failures };
  }

  /** The door: of the text and of the fields beside it, only what is redacted goes on. */
  private open(raw: string, { language, fields }: TriageOptions): { read: ReadText; options: CleanOptions } {
    const memory = fields === undefined ? undefined : new RedactionMemory(PASSING_KEY);
    const options: CleanOptions = language === undefined ? {} : { language };
    const read = this.readRedacted(this.redactor.redact(raw, memory), options);
    if (fields === undefined) return { read, options };
    return { read, options: { ...options, fields: redactFields(this.redactor, fields, memory) } };
  }

  private answer(read: ReadText, judgement: Judgement, options: CleanOptions): TriageResult {
    const { redaction, language } = read;
    const texts = this.texts.of(language);
    const { causes: ranked, none } = judgement.ranking;
    const first = ranked[0];
    const { verdictFrom, noneFactor } = this.pack.pack;
    const cause = first && first.probability >= verdictFrom && first.probability >= none * noneFactor ? first.id : null;
    const causes = ranked.map((entry): RankedCause => ({
      id: entry.id,
      number: this.numbers.get(entry.id) ?? 0,
      title: texts.causes[entry.id]?.title ?? entry.id,
      probability: Math.round(entry.probability * 10000) / 10000,
      evidence: entry.evidence,
    }));
    const input = this.askInput(read, judgement, options);
    const asked = this.asker.nextQuestion(input);
    const answers = this.faq.answers(read.passage.mentions, texts).map((answer) => answer.text);
    const result = {
      cause,
      causes,
      findings: tellFindings(read.linted.findings, texts),
      corrected:
        read.linted.correction === null ? null : (this.redactor.recheck(read.linted.correction.text).text as string),
      fixes: [...this.warnings(read, texts), ...(cause === null ? [] : (texts.causes[cause]?.fixes ?? [])), ...answers],
      checklist: this.checklist.stateOf(knownOf(read, cause), texts),
      fields: input.fields,
      sources: read.sources,
      missing: this.asker.missingFields(input),
      unknown: input.unknown,
      question: asked?.question ?? null,
      text: redaction.text as string,
      redactions: redaction.redactions,
      language,
      pack: { name: this.pack.pack.name, version: this.pack.version },
    };
    const findings = tellFindings(read.linted.findings, texts, codeSpan);
    return { ...result, draft: this.drafter.draft({ ...result, findings }) };
  }

  private askInput(read: ReadText, judgement: Judgement, options: CleanOptions): AskInput {
    const given = options.fields ?? {};
    const fields: Record<string, string | null> = { ...read.fields, ...given };
    return {
      fields,
      unknown: Object.keys(given).filter((key) => given[key] === null && key !== TIMEZONE),
      timezoneMissing: read.timezoneMissing && typeof given['timestamp'] !== 'string',
      probabilities: {
        ...Object.fromEntries(judgement.ranking.causes.map((entry) => [entry.id, entry.probability])),
        [NONE]: judgement.ranking.none,
      },
      concepts: new Set(
        read.passage.mentions.filter((m) => !m.asked).map((m) => (m.negated ? `!${m.concept}` : m.concept)),
      ),
      facts: new Set(read.facts.map((fact) => fact.fact)),
      language: read.language,
    };
  }

  /** What must be said first whatever the verdict: a secret that went to a stranger's host is burnt. */
  private warnings(read: ReadText, texts: Texts): string[] {
    const due = this.pack.pack.warnings.filter((warning) => read.facts.some((fact) => fact.fact === warning.fact));
    return [...new Set(due.map((warning) => texts.warnings[warning.text] ?? warning.text))];
  }

  private languageOf(text: RedactResult['text'], wanted: string | undefined): string {
    if (wanted !== undefined && this.languages.includes(wanted)) return wanted;
    return detectLanguage(text, this.readings.traits, this.pack.pack.defaultLanguage);
  }
}

// The verdict over the whole talk: evidence of all messages, answers to diagnostic questions, and fixes tried in vain.
import { addressFacts } from '../classify/address-facts';
import type { Fact, FeatureSpan } from '../classify/features';
import { type Ranking, rankCauses } from '../classify/rank';
import { type AnswerModel, compileAnswers, updateByAnswer } from '../ask/information';
import type { Known } from '../ask/term';
import { NONE } from '../classify/classifier';
import type { Engine } from '../engine';
import type { RankedCause } from '../types';
import type { Conversation } from './conversation';
import { type CaseText, caseOf, factsOf } from './evidence';
import { leanTo } from './later';
import { noneOfReply } from './reply-words';

/** Natural-log odds by which a fix that was tried in vain speaks against its cause. */
const TRIED_IN_VAIN = 1.6;
/** How much a fix in vain counts where the person says what was tried. */
export const TRIED = 2;
/** A cause whose fix was tried so often is the verdict from this probability on only. */
const IN_VAIN = 2;
const CERTAIN = 0.85;
/** A verdict is said alone from this probability on, or from so many times the next one's. */
const CLEAR = 0.5;
const CLEAR_RATIO = 2;
/** A verdict that was said stands, while its cause is the first, down to this share of what it takes to say one. */
export const KEEPS = 0.7;
/** Two causes are said together where the second has at least this share of the first, and both this much together. */
const PAIR_RATIO = 0.6;
const PAIR_SUM = 0.5;

export interface Judged {
  readonly text: CaseText;
  readonly facts: readonly Fact[];
  readonly ranking: Ranking;
  /** By cause id, and none. */
  readonly probabilities: Readonly<Record<string, number>>;
  readonly causes: readonly RankedCause[];
  readonly cause: string | null;
}

const EMPTY = { tokens: [], stems: [], clauses: [], sentences: [], zones: [], negated: [], asked: [] } as const;

const judgements = new WeakMap<Conversation, Judged>();

/** Remembers the judgement of a conversation as an event left it, so that showing it costs no second one. */
export function remember(conversation: Conversation, judged: Judged): void {
  judgements.set(conversation, judged);
}

/** The judgement of a conversation that no event is changing any more. */
export function judgementOf(conversation: Conversation, engine: Engine): Judged {
  const known = judgements.get(conversation);
  if (known) return known;
  const judged = judge(conversation, engine);
  judgements.set(conversation, judged);
  return judged;
}

export function judge(conversation: Conversation, engine: Engine): Judged {
  const { evidence } = conversation;
  const text = caseOf(conversation);
  const nowhere: FeatureSpan = { start: 0, end: 0 };
  const compared = evidence.addresses.some(
    ({ listed, asked, role }) => listed || (asked !== true && role === 'inside'),
  );
  const addresses = evidence.addresses
    .filter(({ asked }) => asked !== true || compared)
    .map(({ place, ...rest }) => ({ ...rest, ...(text.spanOf(place) ?? nowhere) }));
  const facts = [...factsOf(evidence, text), ...addressFacts(addresses)];
  const mentions = evidence.concepts.map(({ concept, negated, asked, claimed = false, clause, sentence, place }) => ({
    concept,
    negated,
    asked,
    claimed,
    clause,
    sentence,
    from: 0,
    to: 0,
    zone: 'prose' as const,
    ...(text.spanOf(place) ?? nowhere),
  }));
  const passage = { ...EMPTY, text: text.text, mentions };
  const features = new Map(
    Object.entries(evidence.features).map(([name, place]) => [name, text.spanOf(place) ?? nowhere]),
  );
  const ofFacts = engine.classifier.features({
    passage: { ...passage, mentions: [] },
    facts,
    replies: [],
  });
  for (const [name, span] of ofFacts) if (!features.has(name)) features.set(name, span);
  const fired = engine.classifier.fire({ passage, facts });
  const ranking = rankCauses(text.text, engine.model, features, fired);
  let probabilities: Readonly<Record<string, number>> = {
    ...Object.fromEntries(ranking.causes.map(({ id, probability }) => [id, probability])),
    [NONE]: ranking.none,
  };
  probabilities = leanTo(probabilities, evidence.later);
  const reply = conversation.fields[engine.fields.keyOf('message') ?? '']?.value;
  if (typeof reply === 'string' && speaksOfNothingElse(conversation, engine))
    probabilities = boundNone(probabilities, noneOfReply(reply, engine, conversation.language));
  const understood = Object.values(conversation.answers).some((answer) => answer !== null);
  if (understood && isRefusal(conversation, engine)) probabilities = boundNone(probabilities, MOST_NONE_OF_REFUSAL);
  for (const [question, answer] of Object.entries(conversation.answers)) {
    const model = modelOf(engine, question);
    if (model && answer !== null) probabilities = updateByAnswer(model, probabilities, answer);
  }
  const said = conversation.verdicts.at(-1);
  if (said !== undefined) probabilities = boundNone(probabilities, said.none);
  probabilities = lessen(probabilities, conversation.against);
  const titles = engine.textsOf(conversation.language).causes;
  const causes = ranking.causes
    .map(({ id, evidence: shown }): RankedCause => ({
      id,
      number: engine.numbers.get(id) ?? 0,
      title: titles[id]?.title ?? id,
      probability: Math.round((probabilities[id] ?? 0) * 10000) / 10000,
      evidence: shown,
    }))
    .sort((a, b) => (probabilities[b.id] ?? 0) - (probabilities[a.id] ?? 0) || (a.id < b.id ? -1 : 1));
  const { verdictFrom, noneFactor } = engine.pack.pack;
  const first = causes.find(
    ({ id }) => (conversation.against[id] ?? 0) < IN_VAIN || (probabilities[id] ?? 0) >= CERTAIN,
  );
  const p = first === undefined ? 0 : (probabilities[first.id] ?? 0);
  const stands = first !== undefined && said?.cause === first.id && p >= verdictFrom * KEEPS;
  const cause =
    first !== undefined && (stands || (p >= verdictFrom && p >= (probabilities[NONE] ?? 0) * noneFactor))
      ? first.id
      : null;
  return { text, facts, ranking, probabilities, causes, cause };
}

/** Whether the talk is about a call that the API refused, and about nothing that no cause covers. */
function isRefusal(conversation: Conversation, engine: Engine): boolean {
  return hasReply(conversation, engine) && speaksOfNothingElse(conversation, engine);
}

/** Whether no topic was named that no cause covers. */
export function speaksOfNothingElse(conversation: Conversation, engine: Engine): boolean {
  return noneReasonOf(conversation, engine) === 'little';
}

/** Why there is no verdict; what is denied ("it is not the DNS") is no topic. */
export function noneReasonOf({ evidence }: Pick<Conversation, 'evidence'>, engine: Engine): 'other' | 'little' {
  return engine.faq.noneReason(
    new Set(evidence.concepts.flatMap(({ concept, negated }) => (negated ? [] : [concept]))),
  );
}

/** Whether the API said something to the person. */
export function hasReply({ fields }: Conversation, engine: Engine): boolean {
  return (['code', 'message'] as const).some(
    (form) => typeof fields[engine.fields.keyOf(form) ?? '']?.value === 'string',
  );
}

const models = new WeakMap<Engine, ReadonlyMap<string, AnswerModel>>();

/** What the answers to a diagnostic question tell, compiled once for an engine. */
function modelOf(engine: Engine, question: string): AnswerModel | undefined {
  let made = models.get(engine);
  if (made === undefined) {
    made = new Map(
      engine.pack.questions.flatMap((data) =>
        data.asks === undefined ? [] : [[data.asks, compileAnswers(data.answers)] as const],
      ),
    );
    models.set(engine, made);
  }
  return made.get(question);
}

/** None at most so likely where a call was refused and nothing else is spoken of: short answers alone look like no cause. */
export const MOST_NONE_OF_REFUSAL = 0.4;

/** None at most `most`; what it loses goes to the causes by their shares. */
export function boundNone(
  probabilities: Readonly<Record<string, number>>,
  most: number,
): Readonly<Record<string, number>> {
  const none = probabilities[NONE] ?? 0;
  if (none <= most || none >= 1) return probabilities;
  const factor = (1 - most) / (1 - none);
  return Object.fromEntries(Object.entries(probabilities).map(([id, p]) => [id, id === NONE ? most : p * factor]));
}

function lessen(
  probabilities: Readonly<Record<string, number>>,
  against: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  if (Object.keys(against).length === 0) return probabilities;
  const lessened = Object.entries(probabilities).map(
    ([id, p]) => [id, p * Math.exp(-TRIED_IN_VAIN * (against[id] ?? 0))] as const,
  );
  const sum = lessened.reduce((total, [, p]) => total + p, 0);
  return Object.fromEntries(lessened.map(([id, p]) => [id, sum > 0 ? p / sum : p]));
}

/** What is to be said of the causes: one that is clear, two that cannot be told apart, or nothing yet. */
export function standing({
  causes,
  cause,
  probabilities,
}: Judged): { readonly one: RankedCause } | { readonly pair: readonly [RankedCause, RankedCause] } | null {
  const [first, second] = causes;
  if (!first || cause !== first.id) return null;
  const p = probabilities[first.id] ?? 0;
  const q = second ? (probabilities[second.id] ?? 0) : 0;
  if (second && q >= p * PAIR_RATIO && p + q >= PAIR_SUM) return { pair: [first, second] };
  return p >= CLEAR || p >= q * CLEAR_RATIO ? { one: first } : null;
}

/** All that is known, as the checklist's terms see it. */
export function knownOf(conversation: Conversation, judged: Judged): Known[] {
  const { text, facts, cause } = judged;
  const quote = (span: FeatureSpan | undefined): string =>
    span === undefined ? '' : text.text.slice(span.start, span.end);
  return [
    ...conversation.evidence.concepts
      .filter(({ asked }) => !asked)
      .map(({ concept, negated, clause, place }): Known => ({
        kind: 'concept',
        name: concept,
        negated,
        clause,
        quote: quote(text.spanOf(place)),
      })),
    ...facts.map((fact): Known => ({ kind: 'fact', name: fact.fact, quote: quote(fact) })),
    ...Object.entries(conversation.fields).flatMap(([name, { value, source }]): Known[] =>
      value === null ? [] : [{ kind: 'field', name, value, quote: source }],
    ),
    ...(cause === null ? [] : [{ kind: 'cause', name: cause } as const]),
  ];
}

// Gathers what each message gives as evidence, so that the verdict is about the whole talk at a bounded cost per turn.
import type { Engine, ReadText } from '../engine';
import type { Fact, FeatureSpan } from '../classify/features';
import type { Conversation, Evidence, Place, SaidAddress, SaidConcept } from './conversation';

/** Bounds of what is kept; the first message and the latest ones stay. */
const MOST_FEATURES = 900;
const MOST_CONCEPTS = 240;
const MOST_FACTS = 80;
const MOST_ADDRESSES = 40;
/** Forms whose bare value tells nothing of the cause, and how many units may stand beside it. */
const BARE: ReadonlySet<string> = new Set(['account', 'timestamp', 'domain', 'ip', 'version']);
const MOST_BESIDE = 12;
/** Groups of features that name concepts: `c:`, `p:` and so on. */
const CONCEPT_GROUPS = /^(?:c|cl|cr|p|n):/;

/** The person's words as one text, with where each message begins in it. */
export interface CaseText {
  readonly text: string;
  /** Offset of a place in `text`; undefined where that part was left out. */
  spanOf(place: Place): FeatureSpan | undefined;
}

/** What a message adds. `turn`: its number; `corrects`: it takes back what stands against it. */
export function addEvidence(
  before: Evidence,
  read: ReadText,
  turn: number,
  options: {
    readonly engine: Engine;
    /** All features of the message. */
    readonly features: ReadonlyMap<string, FeatureSpan>;
    readonly corrects: boolean;
    readonly answer?: { readonly form: string; readonly value: string } | undefined;
    readonly bare?: boolean;
  },
): Evidence {
  const { engine, corrects, answer } = options;
  const place = (span: FeatureSpan): Place => [turn, span.start, span.end];
  const mentions = read.passage.mentions;
  const factsHere = read.requestFacts.map((fact) => ({ fact: fact.fact, place: place(fact) }));
  const concepts = mentions.map(({ concept, negated, asked, claimed, clause, sentence, start, end }): SaidConcept => ({
    concept,
    negated,
    asked,
    ...(claimed ? { claimed } : {}),
    clause: before.clauses + clause,
    sentence: before.sentences + sentence,
    place: [turn, start, end],
  }));
  const said = new Set(concepts.map(({ concept, negated }) => `${negated ? '!' : ''}${concept}`));
  const denied = (name: string): boolean => corrects && said.has(opposite(name)) && !said.has(name);
  const features: Record<string, Place> = {};
  for (const [name, at] of Object.entries(before.features)) {
    const parts = CONCEPT_GROUPS.test(name) ? name.slice(name.indexOf(':') + 1).split(/[+>]/) : [];
    if (!parts.some(denied)) features[name] = at;
  }
  const { weights } = engine.model;
  // Facts are weighed over the whole talk, see judge.ts.
  for (const [name, span] of options.features) {
    if (!name.startsWith('f:') && weights[name] !== undefined && features[name] === undefined)
      features[name] = place(span);
  }
  const addresses = read.addresses.map(({ value, role, listed, start, end }): SaidAddress => ({
    value,
    role: answer?.form === 'ip' && answer.value === value ? 'outbound' : role,
    listed,
    ...(answer?.form === 'ip' && answer.value === value ? { asked: true as const } : {}),
    place: [turn, start, end],
  }));
  if (options.bare === true) {
    return {
      ...before,
      facts: bound([...before.facts, ...factsHere], MOST_FACTS),
      addresses: bound([...before.addresses, ...addresses], MOST_ADDRESSES),
    };
  }
  return {
    ...before,
    features: keepLatest(features, MOST_FEATURES),
    facts: bound([...before.facts, ...factsHere], MOST_FACTS),
    concepts: bound(
      [...before.concepts.filter(({ concept, negated }) => !denied(`${negated ? '!' : ''}${concept}`)), ...concepts],
      MOST_CONCEPTS,
    ),
    addresses: bound([...before.addresses, ...addresses], MOST_ADDRESSES),
    clauses: before.clauses + 1 + Math.max(-1, ...concepts.map(({ clause }) => clause - before.clauses)),
    sentences: before.sentences + 1 + Math.max(-1, ...concepts.map(({ sentence }) => sentence - before.sentences)),
  };
}

/** Whether a message is the asked-for value and next to nothing else: then its words say nothing of the cause. */
export function isBare(answer: { readonly form: string; readonly value: string }, text: string): boolean {
  return BARE.has(answer.form) && text.length - answer.value.length <= MOST_BESIDE;
}

function opposite(name: string): string {
  return name.startsWith('!') ? name.slice(1) : `!${name}`;
}

/** The first half and the latest of the rest. */
function bound<T>(items: readonly T[], most: number): readonly T[] {
  const first = Math.floor(most / 2);
  return items.length <= most ? items : [...items.slice(0, first), ...items.slice(items.length - (most - first))];
}

function keepLatest(features: Readonly<Record<string, Place>>, most: number): Readonly<Record<string, Place>> {
  const entries = Object.entries(features);
  return entries.length <= most ? features : Object.fromEntries(bound(entries, most));
}

/** Joins the person's messages that are kept and count. */
export function caseOf({ transcript, from }: Pick<Conversation, 'transcript' | 'from'>): CaseText {
  const starts = new Map<number, { readonly at: number; readonly length: number }>();
  let joined = '';
  for (const { turn, text, command } of transcript) {
    if (turn < from || command === true) continue;
    if (joined !== '') joined += '\n\n';
    starts.set(turn, { at: joined.length, length: text.length });
    joined += text;
  }
  return {
    text: joined,
    spanOf([turn, start, end]) {
      const found = starts.get(turn);
      return found === undefined || end > found.length ? undefined : { start: found.at + start, end: found.at + end };
    },
  };
}

/** Facts with their place in the case's text; those left out stand at its beginning, without words. */
export function factsOf(evidence: Evidence, text: CaseText): Fact[] {
  return evidence.facts.map(({ fact, place }) => ({ fact, ...(text.spanOf(place) ?? { start: 0, end: 0 }) }));
}

// A conversation as plain data: everything that a talk knows, ready to be stored as JSON. Holds no credential and no raw text.
import type { BareFinding } from '../ask/findings';
import type { HashKey } from '../redact/siphash';
import type { MemoryData } from '../redact/memory';
import type { Choice, FieldKey, RedactionCount } from '../types';

export type Status = 'open' | 'review' | 'submitted' | 'resolved' | 'handed-over' | 'closed';

/** A message of the person. What the assistant said is kept by who keeps the turns. */
export interface TranscriptEntry {
  /** It only steers the talk and tells nothing of the trouble. */
  readonly command?: boolean;
  /** Number of the message in the talk, from 0. */
  readonly turn: number;
  /** Redacted; of long messages the beginning. */
  readonly text: string;
}

/** A field's value (normal form; null: the person cannot give it) and whence it is known. */
export interface KnownField {
  readonly value: string | null;
  /** Words it was read from. */
  readonly source: string;
  readonly by: 'text' | 'answer' | 'edit' | 'egress';
  /** Read from words that any answer could be: it gives way to what is said plainly. */
  readonly loose?: boolean;
}

/** A place in a message: number of the message, then UTF-16 units of its text. */
export type Place = readonly [turn: number, start: number, end: number];

export interface SaidConcept {
  readonly concept: string;
  readonly negated: boolean;
  readonly asked: boolean;
  /** The person's own belief; talks stored by earlier versions do not say. */
  readonly claimed?: true;
  /** Numbers of clause and sentence, over the whole talk. */
  readonly clause: number;
  readonly sentence: number;
  readonly place: Place;
}

export interface SaidAddress {
  readonly value: string;
  readonly role: string;
  readonly listed: boolean;
  /** Given because it was asked for: by itself it says nothing about the cause. */
  readonly asked?: true;
  readonly place: Place;
}

/** What the person's messages gave as evidence; bounded, see evidence.ts. */
export interface Evidence {
  readonly features: Readonly<Record<string, Place>>;
  readonly facts: readonly { readonly fact: string; readonly place: Place }[];
  readonly concepts: readonly SaidConcept[];
  readonly addresses: readonly SaidAddress[];
  /** What messages after the first one say when each is read by itself: natural-log odds by cause id, the latest counting most. */
  readonly later: Readonly<Record<string, number>>;
  /** Next free clause and sentence number. */
  readonly clauses: number;
  readonly sentences: number;
}

/** The question that waits for an answer. */
export interface OpenQuestion {
  readonly field?: FieldKey;
  readonly asks?: string;
  /** Fields that the same sentence asked for beside it. */
  readonly also: readonly FieldKey[];
  readonly text: string;
  readonly why: string;
  readonly choices?: readonly Choice[];
}

export interface Verdict {
  readonly cause: string;
  readonly probability: number;
  /** Probability of none of the causes then: later talk moves the verdict among causes, not away from all. */
  readonly none: number;
  /** Number of the message that led to it. */
  readonly turn: number;
}

export interface Conversation {
  readonly version: 1;
  readonly status: Status;
  readonly language: string;
  readonly channel: string;
  /** The person's words that judging and quoting need: the first message and the latest, bounded. */
  readonly transcript: readonly TranscriptEntry[];
  /** Messages so far. */
  readonly turns: number;
  /** Number of the message from which on they count; moved by starting over. */
  readonly from: number;
  readonly fields: Readonly<Record<FieldKey, KnownField>>;
  /** A time is known and only its zone lacks. */
  readonly timezoneMissing: boolean;
  /** How often each field or diagnostic question was asked. */
  readonly asked: Readonly<Record<string, number>>;
  /** Fields that were asked for beside another. */
  readonly offered: readonly FieldKey[];
  /** Diagnostic question to the answer that was understood; null: not known. */
  readonly answers: Readonly<Record<string, string | null>>;
  readonly evidence: Evidence;
  /** Faults of the requests that were pasted, for the ticket. */
  readonly findings: readonly BareFinding[];
  /** The last faulty request as it should be; absent in conversations of earlier versions. */
  readonly corrected?: string | null;
  /** The reference by which support has the ticket; null or absent: it has none yet. */
  readonly ticket?: string | null;
  /** How often a cause's fix was tried in vain. */
  readonly against: Readonly<Record<string, number>>;
  readonly last: OpenQuestion | null;
  /** The field that was answered last, for corrections. */
  readonly answered: FieldKey | null;
  /** By cause id, and none. */
  readonly probabilities: Readonly<Record<string, number>>;
  readonly cause: string | null;
  /** Verdicts that were said, in order. */
  readonly verdicts: readonly Verdict[];
  /** What was said once and is not said again: kinds of credentials, pairs of causes. */
  readonly told: readonly string[];
  readonly redactions: readonly RedactionCount[];
  /** Turns in a row that brought nothing. */
  readonly idle: number;
  /** Diagnostic questions that brought nothing. */
  readonly dodged: number;
  /** Addresses that the egress check saw, in order, each once. */
  readonly egress: readonly string[];
  /** Keyed hashes of credentials seen before. */
  readonly memory: MemoryData;
}

export const NO_EVIDENCE: Evidence = {
  features: {},
  facts: [],
  concepts: [],
  addresses: [],
  later: {},
  clauses: 0,
  sentences: 0,
};

/** What starting over forgets. */
export const BLANK = {
  status: 'open',
  fields: {},
  timezoneMissing: false,
  asked: {},
  offered: [],
  answers: {},
  evidence: NO_EVIDENCE,
  findings: [],
  corrected: null,
  ticket: null,
  against: {},
  last: null,
  answered: null,
  probabilities: {},
  cause: null,
  verdicts: [],
  idle: 0,
  dodged: 0,
  egress: [],
} as const satisfies Partial<Conversation>;

/** A new conversation. `key`: 128 random bits of its own for the memory of credentials. */
export function startConversation(options: {
  readonly language: string;
  readonly channel: string;
  readonly key: HashKey;
}): Conversation {
  const { language, channel, key } = options;
  return {
    version: 1,
    language,
    channel,
    transcript: [],
    turns: 0,
    from: 0,
    told: [],
    redactions: [],
    memory: { key, entries: [] },
    ...BLANK,
  };
}

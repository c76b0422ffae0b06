// What can happen to a conversation, and what it says back. Events carry all that the reducer may not look up itself.
import type { MemoryData } from '../redact/memory';
import type { RedactResult } from '../redact/redactor';
import type { CauseId, Choice, FieldKey, Finding } from '../types';

interface Happened {
  /** Moment of the event, ISO 8601. */
  readonly at: string;
}

/** The person's browser or server tells its zone where it can: an IANA name, or minutes east of UTC. */
export type EventZone = string | number;

export type Event = Happened &
  (
    | { readonly type: 'open' }
    | {
        readonly type: 'message';
        readonly redaction: RedactResult;
        /** The memory of credentials after this message's redaction; `ingest` gives both. */
        readonly memory: MemoryData;
        readonly zone?: EventZone;
        /** Address of the egress check that was issued for this conversation. */
        readonly egressUrl?: string;
        /** Who speaks never saw the question that waits, nor may send the ticket: another reads along and decides what is asked. */
        readonly unasked?: true;
      }
    /** A person edits fields; redacted values, null takes one for unknown. Values that `checkField` refuses are passed over. */
    | { readonly type: 'fields'; readonly fields: Readonly<Record<FieldKey, string | null>> }
    | { readonly type: 'human' }
    /** `again`: an earlier hand-over of the ticket failed. */
    | { readonly type: 'ticket'; readonly again?: boolean }
    /** A helpdesk has the ticket. */
    | { readonly type: 'delivered'; readonly reference: string }
    /** No helpdesk took it. `withheld`: a credential was found in it, and it was not offered. */
    | { readonly type: 'undelivered'; readonly withheld: boolean }
    | { readonly type: 'egress'; readonly address: string }
    | { readonly type: 'language'; readonly language: string }
    | { readonly type: 'closed' }
    | { readonly type: 'deleted' }
  );

export type MessageEvent = Extract<Event, { type: 'message' }>;

export type ReplyKind = 'text' | 'answer' | 'question' | 'causes' | 'findings' | 'warning' | 'draft' | 'done';

/** A cause as a reply names it: with the words that speak for it, strongest first. */
export interface ToldCause {
  readonly id: CauseId;
  readonly number: number;
  readonly title: string;
  readonly probability: number;
  readonly likelihood: string;
  /** Redacted words of the person. */
  readonly quotes: readonly string[];
}

/** A pasted request with its faults. `start` and `end` of a finding are UTF-16 units of `text`. */
export interface ToldRequest {
  /** As it was written, redacted. */
  readonly text: string;
  readonly findings: readonly Pick<Finding, 'id' | 'start' | 'end' | 'text' | 'suggestion'>[];
  /** As it should be; null where that cannot be written. */
  readonly corrected: string | null;
}

/** One thing said to the person; `text` alone is a complete rendering, the rest is the same once more for who can show it better. */
export interface Reply {
  readonly kind: ReplyKind;
  readonly text: string;
  readonly field?: FieldKey;
  readonly choices?: readonly Choice[];
  /** Of `causes`: one, or two that cannot be told apart. */
  readonly causes?: readonly ToldCause[];
  /** Of `findings`. */
  readonly request?: ToldRequest;
  /** Of `answer`: steps of a fix, in order. */
  readonly steps?: readonly string[];
  /** Of `question`: why it is asked, and a command that answers it by itself. */
  readonly why?: string;
  readonly command?: string;
}

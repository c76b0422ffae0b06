// What the service needs of the conversation's core: pure functions over plain data. The core decides; the service keeps and delivers.
import type { CaseView } from '../conversation/case';
import type { Reply } from '../conversation/event';
import type { MemoryData } from '../redact/memory';
import type { RedactResult } from '../redact/redactor';
import type { Redacted } from '../redact/redacted';
import type { CauseId, ChecklistItem, Draft, FieldKey, Question } from '../types';

export type { CaseView, NamedCause, PutQuestion } from '../conversation/case';
export type { Reply } from '../conversation/event';

export type ConversationStatus = 'open' | 'review' | 'submitted' | 'resolved' | 'handed-over' | 'closed';

/** `at`: ISO 8601, UTC. */
export type TalkEvent =
  | { readonly type: 'open'; readonly at: string }
  | {
      readonly type: 'message';
      readonly at: string;
      readonly redaction: RedactResult;
      readonly memory: MemoryData;
      readonly egressUrl?: string;
      /** Who speaks never saw the question that waits, nor may send the ticket. */
      readonly unasked?: true;
    }
  | { readonly type: 'fields'; readonly at: string; readonly fields: Readonly<Record<FieldKey, Redacted | null>> }
  | { readonly type: 'egress'; readonly at: string; readonly address: string }
  /** `again`: an earlier hand-over failed. */
  | { readonly type: 'ticket'; readonly at: string; readonly again?: boolean }
  | { readonly type: 'delivered'; readonly at: string; readonly reference: string }
  | { readonly type: 'undelivered'; readonly at: string; readonly withheld: boolean };

/** What a turn answers, as the contract has it. */
export interface TalkView {
  readonly status: ConversationStatus;
  readonly cause: CauseId | null;
  readonly fields: Readonly<Record<FieldKey, string | null>>;
  readonly missing: readonly string[];
  readonly unknown: readonly FieldKey[];
  readonly question: Question | null;
  readonly draft?: Draft;
}

/** What the whole of a conversation shows beside its transcript. */
export interface WholeView extends TalkView {
  readonly checklist: readonly ChecklistItem[];
  readonly language: string;
}

export interface TalkStep {
  /** Plain JSON. */
  readonly conversation: unknown;
  readonly replies: readonly Reply[];
  /** Set where the values of a `fields` event are not accepted; then nothing is kept. `reason` never repeats the value. */
  readonly refused?: readonly { readonly field: FieldKey; readonly reason: string }[];
}

export interface Talk {
  readonly languages: readonly string[];
  readonly fieldKeys: readonly FieldKey[];
  /** A conversation in which nothing was said. */
  initial(start: { readonly language?: string; readonly channel: string; readonly at: string }): unknown;
  /** Pure: same conversation and event, same step. */
  reduce(conversation: unknown, event: TalkEvent): TalkStep;
  view(conversation: unknown): TalkView;
  whole(conversation: unknown): WholeView;
  /** Values of fields that are not accepted, and why in `language`; never repeats a value. */
  refusals(
    fields: Readonly<Record<FieldKey, Redacted | null>>,
    language: string,
  ): readonly { readonly field: FieldKey; readonly reason: string }[];
  /** As an agent who speaks `language` sees it. */
  case(conversation: unknown, language: string): CaseView;
  /** Cheaper than a view. */
  state(conversation: unknown): { readonly status: ConversationStatus; readonly language: string };
}

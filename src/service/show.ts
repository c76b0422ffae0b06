// A conversation as a person may see it.
import type { Entry } from '../stores/store';
import type { CauseId, ChecklistItem, Draft, FieldKey, Question } from '../types';
import type { ConversationRecord, Ticket, TurnRecord } from './record';
import type { ConversationStatus, Reply, Talk } from './talk';

export interface Line extends Partial<Omit<Reply, 'text'>> {
  readonly role: 'person' | 'assistant';
  /** Redacted. */
  readonly text: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Number of the turn. */
  readonly seq: number;
  /** Of the person's: the Idempotency-Key that it came with. */
  readonly key?: string;
}

export interface ShownConversation {
  readonly id: string;
  readonly status: ConversationStatus;
  readonly cause: CauseId | null;
  readonly language: string;
  readonly fields: Readonly<Record<FieldKey, string | null>>;
  readonly missing: readonly string[];
  readonly unknown: readonly FieldKey[];
  readonly question: Question | null;
  readonly checklist: readonly ChecklistItem[];
  readonly transcript: readonly Line[];
  readonly draft: Draft | null;
  readonly ticket: Ticket | null;
  /** Number of the last turn, to resume from. */
  readonly seq: number;
}

function linesOf({ seq, text }: Entry): Line[] {
  const { at, said, key, answer } = JSON.parse(text) as TurnRecord;
  const { replies } = JSON.parse(answer) as { readonly replies: readonly Reply[] };
  return [
    ...(said === undefined
      ? []
      : [{ role: 'person', text: said, at, seq, ...(key === undefined ? {} : { key }) } as const]),
    ...replies.map((reply) => ({ role: 'assistant', ...reply, at, seq }) as const),
  ];
}

export function showConversation(
  id: string,
  record: ConversationRecord,
  talk: Talk,
  entries: readonly Entry[],
): ShownConversation {
  const {
    status,
    cause,
    language,
    fields,
    missing,
    unknown,
    question,
    checklist,
    draft = null,
  } = talk.whole(record.talk);
  const transcript = entries.flatMap(linesOf);
  return {
    id,
    status,
    cause,
    language,
    fields,
    missing,
    unknown,
    question,
    checklist,
    transcript,
    draft,
    ticket: record.ticket,
    seq: record.seq,
  };
}

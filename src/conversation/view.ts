// What a conversation shows to the outside: the answer to a turn, and the whole of it.
import type { Engine } from '../engine';
import type { ChecklistItem, Draft, FieldKey, Question } from '../types';
import type { Conversation, Status } from './conversation';
import { type Judged, judgementOf } from './judge';
import { missingOf } from './next';
import { checklistOf, draftOf, fieldsOf, unknownOf } from './ticket';

export interface TurnView {
  readonly status: Status;
  readonly cause: string | null;
  readonly fields: Readonly<Record<FieldKey, string | null>>;
  readonly missing: readonly string[];
  readonly unknown: readonly FieldKey[];
  readonly question: Question | null;
  /** From `review` on, and where a person takes over. */
  readonly draft?: Draft;
}

export interface ConversationView extends Omit<TurnView, 'draft'> {
  readonly language: string;
  readonly checklist: readonly ChecklistItem[];
  readonly draft: Draft;
}

/** What a turn answers beside its replies. */
export function viewTurn(conversation: Conversation, engine: Engine): TurnView {
  const judged = judgementOf(conversation, engine);
  const { status } = conversation;
  const shows = status === 'review' || status === 'handed-over' || status === 'submitted';
  const turn = turnOf(conversation, judged, engine);
  return shows ? { ...turn, draft: draftOf(conversation, judged, engine) } : turn;
}

function turnOf(conversation: Conversation, judged: Judged, engine: Engine): TurnView {
  return {
    status: conversation.status,
    cause: conversation.cause,
    fields: fieldsOf(conversation),
    missing: missingOf(conversation, judged, engine),
    unknown: unknownOf(conversation),
    question: questionOf(conversation),
  };
}

/** The whole conversation. */
export function viewConversation(conversation: Conversation, engine: Engine): ConversationView {
  const judged = judgementOf(conversation, engine);
  return {
    ...turnOf(conversation, judged, engine),
    language: conversation.language,
    checklist: checklistOf(conversation, judged, engine),
    draft: draftOf(conversation, judged, engine),
  };
}

function questionOf({ last }: Conversation): Question | null {
  if (last === null) return null;
  const { field, asks, text, why, choices } = last;
  return {
    ...(field === undefined ? {} : { field }),
    ...(asks === undefined ? {} : { asks }),
    text,
    why,
    ...(choices === undefined ? {} : { choices }),
  };
}

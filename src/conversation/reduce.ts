// The reducer: a conversation and an event give the next conversation and what is said. Pure: no clock, no chance, no input or output.
import { canonicalAddress } from '../extract/address';
import type { Engine } from '../engine';
import { checkField } from './check-field';
import { BLANK, type Conversation } from './conversation';
import { egressSeen } from './egress';
import type { Event, Reply } from './event';
import { judge } from './judge';
import { takeMessage } from './message';
import { nextQuestion } from './next';
import { putQuestion, sayVerdict, showDraft } from './speak';
import { delivered, handOver, submit, undelivered } from './steer';
import { talkOf } from './talk';
import { dropField, say, sentence, setField, type Turn } from './working';

export interface Reduced {
  readonly conversation: Conversation;
  readonly replies: readonly Reply[];
}

/** What an event makes of a conversation. The status `submitted` asks the caller to deliver the ticket. */
export function reduce(conversation: Conversation, event: Event, engine: Engine): Reduced {
  const turn: Turn = { engine, talk: talkOf(engine), at: event.at, replies: [], now: { ...conversation } };
  take(turn, event);
  return { conversation: turn.now, replies: turn.replies };
}

function take(turn: Turn, event: Event): void {
  const { now, engine } = turn;
  switch (event.type) {
    case 'open':
      return say(turn, 'text', sentence(turn, 'greeting'));
    case 'message':
      return takeMessage(turn, event);
    case 'fields':
      return takeEdits(turn, event.fields);
    case 'human':
      return handOver(turn);
    case 'ticket':
      return (now.status === 'submitted' || now.status === 'closed') && event.again !== true
        ? say(turn, 'text', sentence(turn, 'alreadySent'))
        : submit(turn);
    case 'delivered':
      return delivered(turn, event.reference);
    case 'undelivered':
      return undelivered(turn, event.withheld);
    case 'egress':
      return egressSeen(turn, canonicalAddress(event.address));
    case 'language':
      if (engine.languages.includes(event.language)) now.language = event.language;
      return;
    case 'closed':
      now.status = 'closed';
      now.last = null;
      return;
    case 'deleted':
      Object.assign(now, BLANK, {
        status: 'closed',
        transcript: [],
        turns: 0,
        from: 0,
        told: [],
        redactions: [],
        memory: { key: [0, 0, 0, 0], entries: [] },
      });
      return;
  }
}

/** Edited fields win over everything said; an empty one is open again. */
function takeEdits(turn: Turn, fields: Readonly<Record<string, string | null>>): void {
  const { now, engine } = turn;
  for (const [key, given] of Object.entries(fields)) {
    if (given === '') {
      dropField(turn, key);
      continue;
    }
    const checked = given === null ? { value: null } : checkField(key, given, engine, now.language);
    if (checked === null || 'fault' in checked) continue;
    setField(turn, key, { value: checked.value, source: given ?? '', by: 'edit' });
    if ('timezoneMissing' in checked) now.timezoneMissing = checked.timezoneMissing === true;
  }
  const judged = judge(now, engine);
  now.cause = judged.cause;
  now.probabilities = judged.probabilities;
  if (
    now.status === 'submitted' ||
    now.status === 'closed' ||
    now.status === 'resolved' ||
    now.status === 'handed-over'
  )
    return;
  sayVerdict(turn, judged, now.turns - 1);
  const open = now.last?.field;
  if (now.status === 'open' && open !== undefined && now.fields[open] === undefined) return;
  const next = now.status === 'review' ? null : nextQuestion(now, judged, engine);
  if (next === null) showDraft(turn, judged);
  else putQuestion(turn, next, judged, undefined);
}

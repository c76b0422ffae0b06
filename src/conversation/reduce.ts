// The reducer: a conversation and an event give the next conversation and what is said. Pure: no clock, no chance, no input or output.
import { TIMEZONE } from '../ask/missing';
import { canonicalAddress } from '../extract/address';
import type { Engine } from '../engine';
import { findZone } from './answer-moment';
import { ATTACHMENTS, checkField } from './check-field';
import { BLANK, type Conversation } from './conversation';
import { egressSeen } from './egress';
import type { Event, Reply } from './event';
import { judge } from './judge';
import { takeMessage } from './message';
import { nextQuestion } from './next';
import { withZone } from './relative';
import { putQuestion, sayVerdict, showDraft } from './speak';
import { delivered, handOver, submit, undelivered } from './steer';
import { talkOf } from './talk';
import { sayTicketState } from './ticket-state';
import { dropField, GREETED, say, sentence, setField, type Turn } from './working';

export interface Reduced {
  readonly conversation: Conversation;
  readonly replies: readonly Reply[];
}

/** What an event makes of a conversation. `delivers`: a helpdesk takes tickets. The status `submitted` asks the caller to deliver the ticket. */
export function reduce(
  conversation: Conversation,
  event: Event,
  engine: Engine,
  { delivers = true }: { readonly delivers?: boolean } = {},
): Reduced {
  const turn: Turn = { engine, talk: talkOf(engine), at: event.at, replies: [], delivers, now: { ...conversation } };
  take(turn, event);
  return { conversation: turn.now, replies: turn.replies };
}

function take(turn: Turn, event: Event): void {
  const { now, engine } = turn;
  switch (event.type) {
    case 'open':
      now.told = [...now.told, GREETED];
      return say(turn, 'text', sentence(turn, 'greeting'));
    case 'message':
      return takeMessage(turn, event);
    case 'fields':
      return takeEdits(turn, event.fields);
    case 'human':
      return handOver(turn);
    case 'ticket':
      return (now.status === 'submitted' || now.status === 'closed') && event.again !== true
        ? sayTicketState(turn)
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

/** A zone completes the time that is known; null leaves it without. */
function editZone(turn: Turn, given: string | null): void {
  const { now, engine } = turn;
  const key = engine.fields.keyOf('timestamp') ?? '';
  const known = now.fields[key];
  if (given === null) {
    if (now.timezoneMissing) setField(turn, TIMEZONE, { value: null, source: '', by: 'edit' });
    now.timezoneMissing = false;
    return;
  }
  const found = findZone(given, engine, now.language);
  if (found === null || typeof known?.value !== 'string') return;
  const { value, zoned } = withZone(known.value, found.zone);
  if (!zoned) return;
  setField(turn, key, { value, source: `${known.source} ${given}`, by: 'edit' });
  now.timezoneMissing = false;
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
    if (key === TIMEZONE) {
      editZone(turn, checked.value);
      continue;
    }
    setField(turn, key, { value: checked.value, source: given ?? '', by: 'edit' });
    if ('timezoneMissing' in checked) {
      now.timezoneMissing = checked.timezoneMissing === true;
      // Of one form the zone may come before the time.
      const zone = fields[TIMEZONE];
      if (typeof zone === 'string') editZone(turn, zone);
    }
  }
  // Names of files say nothing about the cause, and answer no question.
  if (Object.keys(fields).every((key) => key === ATTACHMENTS)) return;
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

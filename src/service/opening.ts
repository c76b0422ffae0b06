// What a new conversation is made of.
import type { Clock } from '../stores/store';
import { type ConversationRecord, RECORD_VERSION, type TurnRecord } from './record';
import { newFingerprintKey, newId, newMemoryKey, newToken, tokenHash } from './secrets';
import type { Reply, Talk } from './talk';
import { answerOf } from './turn';

/** Channels that figures tell apart; whatever else a client calls itself counts as the last one. */
export const CHANNELS = ['web', 'form', 'slack', 'terminal', 'api', 'other'] as const;

export interface Opening {
  readonly id: string;
  readonly token: string;
  readonly channel: string;
  readonly replies: readonly Reply[];
  readonly record: ConversationRecord;
  /** The first entry of its log. */
  readonly first: TurnRecord;
}

export function beginConversation(
  talk: Talk,
  now: Clock,
  wanted: string | undefined,
  language: string | undefined,
): Opening {
  const channel = CHANNELS.find((known) => known === wanted) ?? 'other';
  const at = new Date(now()).toISOString();
  const initial = talk.initial({ channel, at, ...(language === undefined ? {} : { language }) });
  const step = talk.reduce(initial, { type: 'open', at });
  const [id, token] = [newId(), newToken()];
  const record: ConversationRecord = {
    v: RECORD_VERSION,
    tokenHash: tokenHash(token),
    channel,
    createdAt: at,
    seq: 1,
    memory: { key: newMemoryKey(), entries: [] },
    fingerprintKey: newFingerprintKey(),
    codes: [],
    ticket: null,
    asked: 0,
    judged: false,
    talk: step.conversation,
  };
  return {
    id,
    token,
    channel,
    replies: step.replies,
    record,
    first: { at, answer: answerOf(step, talk.view(step.conversation)) },
  };
}

// What a message does to a conversation, and which egress code it may be offered.
import type { RedactionMemory } from '../redact/memory';
import type { RedactResult } from '../redact/redactor';
import type { Clock } from '../stores/store';
import { issueCode, offerCode } from './egress';
import type { ConversationRecord } from './record';
import type { TurnPlan } from './turn';

export interface MessageInput {
  readonly record: ConversationRecord;
  readonly redaction: RedactResult;
  readonly memory: RedactionMemory;
  readonly at: string;
  readonly now: Clock;
  /** Address of the egress check up to the code's own letters; undefined where nobody knows how people reach this server. */
  readonly egressBase?: string;
}

export function planMessage({ record, redaction, memory, at, now, egressBase }: MessageInput): TurnPlan {
  const { secret, issued } = offerCode(record.codes, now);
  const offer = egressBase === undefined ? {} : { egressUrl: `${egressBase}${secret}` };
  return {
    event: { type: 'message', at, redaction, memory: memory.toData(), ...offer },
    said: redaction.text,
    // A code counts once it was shown.
    also({ replies }) {
      const shown = !issued && replies.some((reply) => reply.text.includes(secret));
      return shown ? { codes: issueCode(record.codes, secret, now) } : {};
    },
  };
}

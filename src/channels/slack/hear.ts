// Turns of a conversation from Slack: Botkit hosts them, the service runs them, each once by its key.
import { randomBytes } from 'node:crypto';
import type { RedactResult } from '../../redact/redactor';
import { RedactionMemory } from '../../redact/memory';
import type { Bearer } from '../../service/admit';
import type { SeenCase } from '../../service/cases';
import type { Reply, TalkView } from '../../service/talk';
import type { TurnResult } from '../../service/turn';
import { addressOf, type Kit } from './kit';

export interface Hearing {
  readonly bearer: Bearer;
  readonly seen: SeenCase;
  readonly key: string;
  /** With what the conversation remembers by then. */
  readonly redaction: (memory: RedactionMemory) => RedactResult;
  readonly unasked: boolean;
  readonly beside: (beside: unknown, view: TalkView) => unknown;
}

/** Errors: those of the turn, TURN_TIMED_OUT. */
export async function hear(kit: Kit, { bearer, seen, key, redaction, unasked, beside }: Hearing): Promise<TurnResult> {
  const controller = await kit.host();
  return controller.run({
    turn: randomBytes(16).toString('hex'),
    address: addressOf(bearer.id),
    channel: 'slack',
    text: redaction(RedactionMemory.from(seen.record.memory)).text,
    work: () => kit.service.cases.hear(bearer, { key, redaction, unasked, beside }),
  });
}

export const repliesOf = (answer: string): readonly Reply[] =>
  (JSON.parse(answer) as { readonly replies: readonly Reply[] }).replies;

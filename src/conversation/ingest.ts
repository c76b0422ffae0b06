// The door of a conversation: raw words become a message event's redacted text and the memory to keep.
import type { Engine } from '../engine';
import { type MemoryData, RedactionMemory } from '../redact/memory';
import type { RedactResult } from '../redact/redactor';
import type { Conversation } from './conversation';

/** Redacts with what the conversation remembers. Errors as the redactor: REDACTION_FAILED. @unredacted */
export function ingest(
  conversation: Pick<Conversation, 'memory'>,
  raw: string,
  engine: Engine,
): { readonly redaction: RedactResult; readonly memory: MemoryData } {
  const memory = RedactionMemory.from(conversation.memory);
  const redaction = engine.redactor.redact(raw, memory);
  return { redaction, memory: memory.toData() };
}

// The door of every channel: size, well-formed text, redaction. Nothing behind it sees what came in.
import { toUSVString } from 'node:util';
import { PreticketError } from '../errors';
import { RedactionMemory } from '../redact/memory';
import type { Redacted } from '../redact/redacted';
import type { RedactResult, Redactor } from '../redact/redactor';
import type { FieldKey } from '../types';
import { newMemoryKey } from './secrets';

export const MAX_FIELD_CHARS = 8192;

export interface Ingest {
  /** Throws MESSAGE_TOO_LARGE, REDACTION_FAILED. @unredacted */
  message(raw: string, memory?: RedactionMemory): RedactResult;
  /** Values of fields, each redacted. Throws FIELD_INVALID, REDACTION_FAILED. @unredacted */
  fields(raw: Readonly<Record<FieldKey, string | null>>, memory?: RedactionMemory): Record<FieldKey, Redacted | null>;
  /** Fields that came with a text: what is secret in the text is secret in them. Errors as `fields`. @unredacted */
  fieldsBeside(text: string, raw: Readonly<Record<FieldKey, string | null>>): Record<FieldKey, Redacted | null>;
  /** Throws MESSAGE_TOO_LARGE. @unredacted */
  check(raw: string): string;
}

export function createIngest(redactor: Redactor, maxMessageBytes: number): Ingest {
  const check = (raw: string): string => {
    if (raw.length > maxMessageBytes || Buffer.byteLength(raw) > maxMessageBytes) {
      throw new PreticketError(
        'MESSAGE_TOO_LARGE',
        `text: at most ${maxMessageBytes} bytes of UTF-8 are taken. Send the part that shows the fault.`,
      );
    }
    return toUSVString(raw);
  };
  const fields: Ingest['fields'] = (raw, memory) => {
    // A secret that a message announced is not what a form's field holds.
    const expects = memory?.expects;
    if (memory) memory.expects = undefined;
    const clean = Object.entries(raw).map(([key, value]): [FieldKey, Redacted | null] => {
      if (value === null) return [key, null];
      if (value.length > MAX_FIELD_CHARS)
        throw new PreticketError('FIELD_INVALID', `${key}: at most ${MAX_FIELD_CHARS} characters are taken.`);
      return [key, redactor.redact(toUSVString(value), memory).text];
    });
    if (memory) memory.expects = expects;
    return Object.fromEntries(clean);
  };
  return {
    check,
    fields,
    message: (raw, memory) => redactor.redact(check(raw), memory),
    fieldsBeside(text, raw) {
      const memory = new RedactionMemory(newMemoryKey());
      redactor.redact(text, memory);
      return fields(raw, memory);
    },
  };
}

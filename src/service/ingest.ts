// The door of every channel: size, well-formed text, redaction. Nothing behind it sees what came in.
import { toUSVString } from 'node:util';
import { PreticketError } from '../errors';
import { type RawFields, redactFields } from '../redact/fields';
import type { RedactionMemory } from '../redact/memory';
import type { Redacted } from '../redact/redacted';
import type { RedactResult, Redactor } from '../redact/redactor';
import type { FieldKey } from '../types';

export const MAX_FIELD_CHARS = 8192;

export interface Ingest {
  /** Throws MESSAGE_TOO_LARGE, REDACTION_FAILED. @unredacted */
  message(raw: string, memory?: RedactionMemory): RedactResult;
  /** Values of fields, each redacted. Throws FIELD_INVALID, REDACTION_FAILED. @unredacted */
  fields(raw: Readonly<Record<FieldKey, string | null>>, memory?: RedactionMemory): Record<FieldKey, Redacted | null>;
  /** Fields for who redacts them with the text beside them. Throws FIELD_INVALID. @unredacted */
  checkFields(raw: RawFields): RawFields;
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
  const checkField = ([key, value]: [FieldKey, string | null]): [FieldKey, string | null] => {
    if (value === null) return [key, null];
    if (value.length > MAX_FIELD_CHARS)
      throw new PreticketError('FIELD_INVALID', `${key}: at most ${MAX_FIELD_CHARS} characters are taken.`);
    return [key, toUSVString(value)];
  };
  const checkFields = (raw: RawFields): RawFields => Object.fromEntries(Object.entries(raw).map(checkField));
  return {
    check,
    checkFields,
    fields: (raw, memory) => redactFields(redactor, checkFields(raw), memory),
    message: (raw, memory) => redactor.redact(check(raw), memory),
  };
}

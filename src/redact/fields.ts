// Values of ticket fields through the same door as a text: each is redacted, in the light of the text that came before them.
import type { RedactionMemory } from './memory';
import type { Redacted } from './redacted';
import type { Redactor } from './redactor';

/** Values by field key; null: the person cannot give it. */
export type RawFields = Readonly<Record<string, string | null>>;
export type RedactedFields = Record<string, Redacted | null>;

/** Redacts each value. Throws REDACTION_FAILED. @unredacted */
export function redactFields(redactor: Redactor, raw: RawFields, memory?: RedactionMemory): RedactedFields {
  // A secret that a message announced is not what a form's field holds.
  const expects = memory?.expects;
  if (memory) memory.expects = undefined;
  const clean = Object.entries(raw).map(([key, value]): [string, Redacted | null] => [
    key,
    value === null ? null : redactor.redact(value, memory).text,
  ]);
  if (memory) memory.expects = expects;
  return Object.fromEntries(clean);
}

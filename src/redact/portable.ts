// The pack's redaction data in the form that a browser fetches: what people need to review a rule is left out.
import type { RedactPackData } from './pack';

/** Keys of rule files that no detector reads. */
const FOR_PEOPLE = new Set(['why', 'source', 'examples', 'id']);

function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]) => (FOR_PEOPLE.has(key) ? [] : [[key, strip(part)]])),
  );
}

/** The data as bytes. */
export function packRedaction(data: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(strip(data)));
}

/** What `createRedactor` takes, read back. */
export function unpackRedaction(bytes: Uint8Array): RedactPackData {
  return JSON.parse(new TextDecoder().decode(bytes)) as RedactPackData;
}

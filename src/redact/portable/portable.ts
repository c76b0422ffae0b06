// The pack's redaction data in the form that a browser fetches: small, and without what only people who review a rule read.
import type { RedactPackData, SpeechData } from '../pack';
import { compress, expand } from './coder';

/** Keys of rule files that no detector reads. */
const FOR_PEOPLE = new Set(['why', 'source', 'examples']);

/** The data without what is for people, and with the ordinary words of all languages as one sorted list: their order tells nothing. */
export function reduceRedaction(data: RedactPackData): RedactPackData {
  const { speech, ...others } = data;
  const endings = speech.flatMap((language) => language.proseEndings);
  // A word that its ending makes ordinary need not be listed; garbled forms of words with `or` are looked up in the list.
  const isListed = (word: string): boolean =>
    !/^\p{L}+$/u.test(word) ||
    word.includes('or') ||
    !endings.some((ending) => word.length > ending.length + 2 && word.endsWith(ending));
  const words = speech.flatMap((language) => language.prose.map((word) => word.toLowerCase()));
  const prose = [...new Set(words)].filter(isListed).sort();
  const lean = speech.map((language, i): SpeechData => ({ ...language, prose: i === 0 ? prose : [] }));
  return strip({ ...others, speech: lean }) as RedactPackData;
}

function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]) => (FOR_PEOPLE.has(key) ? [] : [[key, strip(part)]])),
  );
}

/** The data as bytes: JSON, and below it a line for each ordinary word; two thirds of the size are theirs. */
export function packRedaction(data: RedactPackData): Uint8Array {
  const { speech, ...others } = reduceRedaction(data);
  const [first, ...more] = speech;
  const words = first?.prose ?? [];
  const lean = first === undefined ? [] : [{ ...first, prose: [] }, ...more];
  const text = [JSON.stringify({ ...others, speech: lean }), ...words].join('\n');
  return compress(new TextEncoder().encode(text));
}

/** What `createRedactor` takes, read back; `rest` is awaited now and then, so that a page stays alive. */
export async function unpackRedaction(bytes: Uint8Array, rest: () => Promise<void>): Promise<RedactPackData> {
  const [json = '', ...prose] = new TextDecoder().decode(await expand(bytes, rest)).split('\n');
  const { speech, ...others } = JSON.parse(json) as RedactPackData;
  return { ...others, speech: speech.map((language, i) => (i === 0 ? { ...language, prose } : language)) };
}

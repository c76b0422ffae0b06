// What a form asks the service to judge: its message and what the person gave in fields, redacted.
import type { FormCleaning } from './cleaning';
import { answerOf, type Field, TEXT, valueOf } from './fields';
import type { FormTexts, TriageRequest } from './service';

/** Less than this says nothing. */
const SHORTEST = 12;
/** What a judgement needs stands in this much; the rest of a long log is only redacted. */
const LONGEST = 100_000;
const LONGEST_VALUE = 8000;

/** The message, or what stands in its stead where the form has no place for one. */
export function messageOf(fields: ReadonlyMap<string, Field>, texts: FormTexts): string {
  const field = fields.get(TEXT);
  if (field) return valueOf(field);
  return givenOf(fields, texts)
    .map(([key, value]) => `${texts.fields[key]?.label ?? key}: ${value}`)
    .join('\n');
}

function givenOf(fields: ReadonlyMap<string, Field>, texts: FormTexts): (readonly [string, string])[] {
  return [...fields.values()]
    .filter(({ key }) => texts.keys.includes(key))
    .map((field) => [field.key, answerOf(field)] as const)
    .filter(([, value]) => value !== '');
}

/** Undefined where nothing may or need be sent. Throws what the redactor throws: then nothing may. */
export function requestOf(
  fields: ReadonlyMap<string, Field>,
  texts: FormTexts | undefined,
  cleaning: FormCleaning,
): TriageRequest | undefined {
  if (texts === undefined) return undefined;
  const given = givenOf(fields, texts);
  const text = messageOf(fields, texts);
  if (text.trim().length < SHORTEST && given.length === 0) return undefined;
  const cleaned = cleaning.together([text, ...given.map(([, value]) => value)]);
  if (cleaned === undefined) return undefined;
  const [clean, ...values] = cleaned;
  return {
    text: clean?.text.slice(0, LONGEST).trim() || '-',
    ...(texts.language === '' ? {} : { language: texts.language }),
    ...(given.length === 0
      ? {}
      : { fields: Object.fromEntries(given.map(([key], i) => [key, values[i]?.text.slice(0, LONGEST_VALUE) ?? ''])) }),
  };
}

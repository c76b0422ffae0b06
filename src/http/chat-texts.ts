// Picks what the chat says out of a text file of the pack.
import type { TextFile } from '../pack/schema/text';
import type { FieldKey } from '../types';
import type { ChatTexts } from './page';

/** Of `report`, what the chat shows too. */
const REPORT = ['verdict', 'findings', 'corrected', 'checklist', 'draft', 'missing', 'unknown'] as const;

/** `keys`: ticket fields in the order of the ticket. */
export function chatTextsOf(file: TextFile, keys: readonly FieldKey[]): ChatTexts {
  const { language, page, report, talk, fields, kinds, states } = file;
  const shown = keys.map((key) => {
    const { label = key, choices } = fields[key] ?? {};
    return [key, { label, ...(choices === undefined ? {} : { choices }) }] as const;
  });
  return {
    language,
    page: { ...Object.fromEntries(REPORT.map((id) => [id, report[id] ?? ''])), ...page },
    greeting: talk['greeting'] ?? '',
    fields: Object.fromEntries(shown),
    kinds,
    states,
  };
}

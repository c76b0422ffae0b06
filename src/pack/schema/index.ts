// The kinds of files a pack consists of, by the prefix of their names.
import { apiSchema } from './api';
import { causeSchema } from './cause';
import { checklistSchema } from './checklist';
import { faqSchema } from './faq';
import { fieldSchema } from './field';
import { langSchema } from './lang';
import { packSchema } from './pack';
import { questionSchema } from './question';
import { textSchema } from './text';

export interface Kind {
  /** File names are `<prefix>.yaml` or `<prefix>-<id>.yaml`; the longest prefix wins. */
  readonly prefix: string;
  readonly schema: object;
}

export const KINDS: readonly Kind[] = [
  { prefix: 'api', schema: apiSchema },
  { prefix: 'cause', schema: causeSchema },
  { prefix: 'checklist', schema: checklistSchema },
  { prefix: 'faq', schema: faqSchema },
  { prefix: 'field', schema: fieldSchema },
  { prefix: 'lang', schema: langSchema },
  { prefix: 'pack', schema: packSchema },
  { prefix: 'question', schema: questionSchema },
  ...['shapes', 'names', 'harmless', 'carriers', 'speech'].map((part) => ({ prefix: `redact-${part}`, schema: { type: 'object' } })),
  { prefix: 'text', schema: textSchema },
];

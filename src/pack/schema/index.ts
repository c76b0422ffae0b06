// The kinds of files a pack consists of, by the prefix of their names.
import { apiSchema } from './api';
import { causeSchema } from './cause';
import { checklistSchema } from './checklist';
import { faqSchema } from './faq';
import { fieldSchema } from './field';
import { langSchema } from './lang';
import { packSchema } from './pack';
import { questionSchema } from './question';
import { talkSchema } from './talk';
import {
  redactCarriersSchema,
  redactHarmlessSchema,
  redactNamesSchema,
  redactShapesSchema,
  redactSpeechSchema,
} from './redact';
import { textSchema } from './text';
import { togetherSchema } from './together';

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
  { prefix: 'redact-carriers', schema: redactCarriersSchema },
  { prefix: 'redact-harmless', schema: redactHarmlessSchema },
  { prefix: 'redact-names', schema: redactNamesSchema },
  { prefix: 'redact-shapes', schema: redactShapesSchema },
  { prefix: 'redact-speech', schema: redactSpeechSchema },
  { prefix: 'talk', schema: talkSchema },
  { prefix: 'text', schema: textSchema },
  { prefix: 'together', schema: togetherSchema },
];

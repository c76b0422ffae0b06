// Conversations as earlier versions of the program kept them: what is new since then gets its default on reading, here and nowhere else.
import { BLANK, type Conversation, NO_EVIDENCE } from './conversation';

/** What a conversation of any earlier version may lack beside what starting over sets. */
const DEFAULTS = { transcript: [], turns: 0, from: 0, told: [], redactions: [], ...BLANK } as const;

/** The fields of a question that waits which came later than questions. */
const QUESTION = { also: [], text: '', why: '' } as const;

/**
 * Reads stored data as a conversation of this version. Data of this version comes back as it is, the very object, so that what was
 * worked out for it is found again. A field of a later version stays.
 */
export function loadConversation(stored: unknown): Conversation {
  const data = stored as Partial<Conversation>;
  const { evidence, last, memory } = data;
  const lacks = (value: object, of: object): boolean => Object.keys(of).some((key) => !(key in value));
  const whole =
    memory !== undefined &&
    evidence !== undefined &&
    !lacks(data, DEFAULTS) &&
    !lacks(evidence, NO_EVIDENCE) &&
    (last == null || !lacks(last, QUESTION));
  if (whole) return data as Conversation;
  return {
    version: 1,
    language: 'en',
    channel: 'web',
    memory: { key: [0, 0, 0, 0], entries: [] },
    ...DEFAULTS,
    ...data,
    evidence: { ...NO_EVIDENCE, ...evidence },
    last: last == null ? null : { ...QUESTION, ...last },
  };
}

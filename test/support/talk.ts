// Plays messages against the reducer with a fixed clock.
import { type Conversation, type OpenQuestion, startConversation } from '../../src/conversation/conversation';
import type { EventZone, Reply } from '../../src/conversation/event';
import { ingest } from '../../src/conversation/ingest';
import { reduce } from '../../src/conversation/reduce';
import type { Engine } from '../../src/engine';

export const NOON = '2026-11-24T12:00:00Z';

export interface Said {
  readonly conversation: Conversation;
  readonly replies: readonly Reply[];
}

export function begin(language = 'en'): Conversation {
  return startConversation({ language, channel: 'test', key: [11, 22, 33, 44] });
}

/** One message of the person. */
export function tell(
  engine: Engine,
  conversation: Conversation,
  text: string,
  options: { readonly zone?: EventZone; readonly egressUrl?: string } = {},
): Said {
  const { redaction, memory } = ingest(conversation, text, engine);
  return reduce(conversation, { type: 'message', at: NOON, redaction, memory, ...options }, engine);
}

/** A conversation in which one question waits. */
export function asked(engine: Engine, language: string, question: Partial<OpenQuestion>): Conversation {
  const texts = engine.textsOf(language);
  const choices =
    question.field === undefined
      ? texts.questions[question.asks ?? '']?.choices
      : texts.fields[question.field]?.choices;
  const why =
    question.field === undefined ? texts.questions[question.asks ?? '']?.why : texts.fields[question.field]?.why;
  const field = texts.fields[question.field ?? ''];
  return {
    ...begin(language),
    turns: 1,
    asked: { [question.field ?? question.asks ?? '']: 1 },
    last: {
      also: [],
      text: field?.question ?? texts.questions[question.asks ?? '']?.text ?? '?',
      why: why ?? '',
      ...question,
      ...(choices === undefined
        ? {}
        : { choices: Object.entries(choices).map(([value, label]) => ({ value, label })) }),
    },
  };
}

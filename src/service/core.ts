// The conversation's core as the service uses it: the pure reducer with the engine of the pack.
import { viewCase } from '../conversation/case';
import { checkField } from '../conversation/check-field';
import { startConversation } from '../conversation/conversation';
import { loadConversation } from '../conversation/migrate';
import { reduce } from '../conversation/reduce';
import { viewConversation, viewTurn } from '../conversation/view';
import type { Engine } from '../engine';
import type { FieldKey } from '../types';
import type { Talk } from './talk';

export interface CoreOptions {
  readonly engine: Engine;
  /** Keys of the pack's fields. */
  readonly fieldKeys: readonly FieldKey[];
  readonly defaultLanguage: string;
  /** False: no helpdesk takes tickets, the person copies the draft. */
  readonly delivers?: boolean;
}

/** The service keeps the memory of credentials; the core's own copy of it comes with each message. */
const NO_KEY = [0, 0, 0, 0] as const;

export function createTalk({ engine, fieldKeys, defaultLanguage, delivers = true }: CoreOptions): Talk {
  const refusals: Talk['refusals'] = (fields, language) =>
    Object.entries(fields).flatMap(([field, value]) => {
      if (value === null || value === '') return [];
      const checked = checkField(field, value, engine, language);
      if (checked === null) return [{ field, reason: 'cannot be edited' }];
      return 'fault' in checked ? [{ field, reason: checked.fault }] : [];
    });
  return {
    languages: engine.languages,
    fieldKeys,
    initial: ({ language = defaultLanguage, channel }) => startConversation({ language, channel, key: NO_KEY }),
    reduce(data, event) {
      const conversation = loadConversation(data);
      const refused = event.type === 'fields' ? refusals(event.fields, conversation.language) : [];
      return refused.length > 0
        ? { conversation, replies: [], refused }
        : reduce(conversation, event, engine, { delivers });
    },
    view: (data) => viewTurn(loadConversation(data), engine),
    whole: (data) => viewConversation(loadConversation(data), engine),
    refusals,
    case: (data, language) => viewCase(loadConversation(data), engine, language),
    state(data) {
      const { status, language } = loadConversation(data);
      return { status, language };
    },
  };
}

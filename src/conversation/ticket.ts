// The ticket of a conversation: the same draft as for a single message, over the whole talk, redacted once more.
import { tellFindings } from '../ask/findings';
import type { Engine } from '../engine';
import { codeSpan } from '../draft/markdown';
import type { DraftInput } from '../draft/view';
import type { ChecklistItem, Draft, FieldKey } from '../types';
import { TIMEZONE } from '../ask/missing';
import type { Conversation } from './conversation';
import { type Judged, knownOf } from './judge';
import { missingOf } from './next';

/** Field values as others see them; the zone is part of the time. */
export function fieldsOf(conversation: Conversation): Record<FieldKey, string | null> {
  return Object.fromEntries(
    Object.entries(conversation.fields)
      .filter(([key]) => key !== TIMEZONE)
      .map(([key, { value }]) => [key, value]),
  );
}

export function unknownOf(conversation: Conversation): FieldKey[] {
  return Object.keys(conversation.fields).filter((key) => conversation.fields[key]?.value === null);
}

/** The twelve steps as the talk left them. */
export function checklistOf(conversation: Conversation, judged: Judged, engine: Engine): ChecklistItem[] {
  return engine.checklist.stateOf(knownOf(conversation, judged), engine.textsOf(conversation.language));
}

const drafts = new WeakMap<Conversation, Draft>();

/** The ticket as it stands; of one conversation as an event left it, it is made once. */
export function draftOf(conversation: Conversation, judged: Judged, engine: Engine): Draft {
  const known = drafts.get(conversation);
  if (known) return known;
  const draft = makeDraft(conversation, judged, engine);
  drafts.set(conversation, draft);
  return draft;
}

function makeDraft(conversation: Conversation, judged: Judged, engine: Engine): Draft {
  const { language, fields, redactions } = conversation;
  const texts = engine.textsOf(language);
  const { cause, causes } = judged;
  const input: DraftInput = {
    cause,
    causes,
    findings: tellFindings(conversation.findings, texts, codeSpan),
    corrected: conversation.corrected ?? null,
    fixes: cause === null ? [] : (texts.causes[cause]?.fixes ?? []),
    checklist: checklistOf(conversation, judged, engine),
    fields: fieldsOf(conversation),
    sources: Object.fromEntries(Object.entries(fields).map(([key, { source }]) => [key, source])),
    missing: missingOf(conversation, judged, engine),
    unknown: unknownOf(conversation),
    question: null,
    text: judged.text.text,
    redactions,
    language,
    pack: { name: engine.pack.pack.name, version: engine.pack.version },
  };
  const draft = engine.drafter.draft(input);
  return {
    ...draft,
    subject: engine.redactor.recheck(draft.subject).text,
    body: engine.redactor.recheck(draft.body).text,
  };
}

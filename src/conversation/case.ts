// A conversation as a support agent sees it: the verdict with its evidence, in the agent's language, and the question in the person's.
import { tellFindings } from '../ask/findings';
import { tellingEvidence } from '../classify/telling';
import { likelihoodPhrase } from '../draft/view';
import type { Engine } from '../engine';
import { fillIn, type Texts } from '../pack/texts';
import type { Draft, FieldKey } from '../types';
import { ATTACHMENTS } from './check-field';
import type { Conversation, OpenQuestion, Status } from './conversation';
import { judgementOf } from './judge';
import { missingOf, reword } from './next';
import { SUBMIT } from './speak';
import { draftOf, fieldsOf, unknownOf } from './ticket';

/** A field with its name in the agent's language. */
export interface NamedField {
  readonly key: FieldKey;
  readonly label: string;
  /** null: the person cannot give it. */
  readonly value: string | null;
}

export interface NamedCause {
  readonly id: string;
  readonly title: string;
  /** A few words, for menus. */
  readonly short: string;
  /** Probability in words. */
  readonly likelihood: string;
  readonly probability: number;
}

/** A question as it is put to a person. */
export interface PutQuestion {
  readonly text: string;
  readonly why: string;
  readonly choices: readonly string[];
}

export interface CaseView {
  readonly status: Status;
  /** The person's language. */
  readonly language: string;
  /** null: no verdict. */
  readonly cause: NamedCause | null;
  /** Ranked; causes that nothing speaks for are left out. */
  readonly others: readonly NamedCause[];
  /** The strongest words for the verdict, or for the first cause, strongest first. Redacted. */
  readonly evidence: readonly string[];
  readonly findings: readonly { readonly text: string; readonly suggestion?: string }[];
  readonly fixes: readonly string[];
  readonly fields: readonly NamedField[];
  readonly missing: readonly string[];
  /** In the agent's language, and as the person is to read it. */
  readonly question: { readonly agent: PutQuestion; readonly person: PutQuestion } | null;
  readonly draft: Draft;
}

const MOST_EVIDENCE = 3;
/** Causes below this share are no news to anybody. */
const LEAST_PROBABILITY = 0.01;

/** `language`: the agent's. */
export function viewCase(conversation: Conversation, engine: Engine, language: string): CaseView {
  const judged = judgementOf(conversation, engine);
  const texts = engine.textsOf(language);
  const named = judged.causes.map(({ id, probability }): NamedCause => ({
    id,
    probability,
    title: texts.causes[id]?.title ?? id,
    short: texts.causes[id]?.short ?? id,
    likelihood: likelihoodPhrase(probability, texts),
  }));
  const cause = named.find(({ id }) => id === judged.cause) ?? null;
  const shown = judged.causes.find(({ id }) => id === (judged.cause ?? judged.causes[0]?.id));
  const quotes = tellingEvidence(shown?.evidence ?? []).map(({ quote }) => quote.replace(/\s+/g, ' ').trim());
  const values = fieldsOf(conversation);
  const labelOf = (key: string): string => texts.fields[key]?.label ?? key;
  const { last } = conversation;
  const asked = last === null || last.asks === SUBMIT ? null : last;
  return {
    status: conversation.status,
    language: conversation.language,
    cause,
    others: named.filter(({ id, probability }) => id !== judged.cause && probability >= LEAST_PROBABILITY),
    evidence: [...new Set(quotes)].filter((quote) => quote !== '').slice(0, MOST_EVIDENCE),
    findings: tellFindings(conversation.findings, texts).map(({ text, suggestion }) => ({
      text,
      ...(suggestion === undefined ? {} : { suggestion }),
    })),
    fixes: cause === null ? [] : (texts.causes[cause.id]?.fixes ?? []),
    fields: [...engine.fields.fields.map(({ key }) => key), ATTACHMENTS]
      .filter((key) => values[key] !== undefined || unknownOf(conversation).includes(key))
      .map((key) => ({ key, label: labelOf(key), value: values[key] ?? null })),
    missing: missingOf(conversation, judged, engine).map(labelOf),
    question:
      asked === null
        ? null
        : {
            agent: put(asked, language, engine, texts),
            person: put(asked, conversation.language, engine, engine.textsOf(conversation.language)),
          },
    draft: draftOf(conversation, judged, engine),
  };
}

function put(question: OpenQuestion, language: string, engine: Engine, texts: Texts): PutQuestion {
  const { text, why, choices, also } = reword(question, language, engine);
  const beside = also.map((key) => texts.fields[key]?.label ?? key).join(', ');
  return {
    text: beside === '' ? text : `${text} ${fillIn(texts.talk['also'] ?? '', { fields: beside })}`,
    why,
    choices: (choices ?? []).map(({ label }) => label),
  };
}

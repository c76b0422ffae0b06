// What to ask next, or that nothing is left to ask: the asker's choice within the bounds of a talk.
import { TIMEZONE } from '../ask/missing';
import { NONE } from '../classify/classifier';
import type { AskInput } from '../ask/question';
import type { Engine } from '../engine';
import type { FieldKey, Question } from '../types';
import type { Conversation, OpenQuestion } from './conversation';
import type { Judged } from './judge';

/** No field is asked more often. */
export const MOST_ASKED = 2;
/** After so many diagnostic questions in all, or so many without an answer, only the ticket's fields are asked for. */
const MOST_DIAGNOSTIC = 5;
const MOST_DODGED = 2; // After one of them, the ticket's fields come first.
/** Once a verdict was said, its probability from which on the causes are not asked about any more. */
const SETTLED = 0.6;
/** Up to this probability of none a ticket's fields are worth asking for. */
const MOST_NONE = 0.4;
/** At most so many fields are named beside the one that is asked for. */
const MOST_BESIDE = 5;

/** The state of a talk as the asker sees it. */
export function askInput(conversation: Conversation, judged: Judged, engine: Engine): AskInput {
  const input = inputWith(conversation, judged, engine, false);
  return conversation.dodged > 0 && engine.asker.missingFields(input).length > 0
    ? inputWith(conversation, judged, engine, true)
    : input;
}

function inputWith(conversation: Conversation, judged: Judged, engine: Engine, fieldsOnly: boolean): AskInput {
  const { fields, asked, evidence } = conversation;
  const diagnostic = new Set(engine.pack.questions.flatMap(({ asks }) => asks ?? []));
  const used = Object.keys(asked).filter((id) => diagnostic.has(id));
  const settled =
    conversation.verdicts.at(-1)?.cause === judged.cause && (judged.probabilities[judged.cause ?? ''] ?? 0) >= SETTLED;
  const enough = settled || used.length >= MOST_DIAGNOSTIC || conversation.dodged >= MOST_DODGED || fieldsOnly;
  const values = Object.fromEntries(Object.entries(fields).map(([key, { value }]) => [key, value]));
  return {
    fields: values,
    unknown: Object.keys(values).filter((key) => values[key] === null),
    timezoneMissing: conversation.timezoneMissing,
    probabilities: judged.probabilities,
    concepts: new Set(evidence.concepts.filter((c) => !c.asked).map((c) => (c.negated ? `!${c.concept}` : c.concept))),
    facts: new Set(judged.facts.map(({ fact }) => fact)),
    language: conversation.language,
    asked: enough ? diagnostic : new Set(used),
  };
}

/** Fields still to be asked for, in order. */
export function missingOf(conversation: Conversation, judged: Judged, engine: Engine): FieldKey[] {
  return engine.asker.missingFields(askInput(conversation, judged, engine));
}

/** The next question with the fields of the same place beside it, or null where the ticket can be shown. */
export function nextQuestion(conversation: Conversation, judged: Judged, engine: Engine): OpenQuestion | null {
  const input = askInput(conversation, judged, engine);
  const question = engine.asker.nextQuestion(input)?.question ?? fieldsAnyway(conversation, input, engine);
  if (question === null) return null;
  return {
    ...withChoices(question, conversation, engine),
    also: besideOf(question, conversation, engine.asker.missingFields(input), engine),
  };
}

/** Where nothing tells what it is, the ticket's fields are asked for all the same; where it is another topic, they are not. */
function fieldsAnyway(conversation: Conversation, input: AskInput, engine: Engine): Question | null {
  const said = new Set(conversation.evidence.concepts.map(({ concept }) => concept));
  if (engine.faq.noneReason(said) === 'other' || engine.asker.missingFields(input).length === 0) return null;
  return (
    engine.asker.nextQuestion({
      ...input,
      probabilities: { ...input.probabilities, [NONE]: Math.min(MOST_NONE, input.probabilities[NONE] ?? 0) },
    })?.question ?? null
  );
}

/** A question in the words of the talk's language, as it is now. */
export function reword(question: OpenQuestion, language: string, engine: Engine): OpenQuestion {
  const texts = engine.textsOf(language);
  const { field, asks, also } = question;
  const words = field !== undefined ? texts.fields[field] : asks === undefined ? undefined : texts.questions[asks];
  if (words === undefined) return question;
  const choices = Object.entries(words.choices ?? {}).map(([value, label]) => ({ value, label }));
  return {
    ...(field === undefined ? {} : { field }),
    ...(asks === undefined ? {} : { asks }),
    also,
    text: 'question' in words ? words.question : words.text,
    why: words.why,
    ...(choices.length === 0 ? {} : { choices }),
  };
}

function withChoices(question: Question, conversation: Conversation, engine: Engine): Question {
  if (question.choices !== undefined || question.field === undefined) return question;
  const choices = engine.textsOf(conversation.language).fields[question.field]?.choices;
  return choices === undefined
    ? question
    : { ...question, choices: Object.entries(choices).map(([value, label]) => ({ value, label })) };
}

/** Fields that the person reads off the same place and was not asked for before; each is named so once. */
function besideOf(
  question: Question,
  conversation: Conversation,
  missing: readonly FieldKey[],
  engine: Engine,
): FieldKey[] {
  const { field } = question;
  const place =
    field === undefined ? undefined : engine.pack.together.places.find(({ fields }) => fields.includes(field));
  if (place === undefined) return [];
  const maybe = (key: FieldKey): boolean => missing.includes(key) || isUndecided(key, conversation, engine);
  return place.fields
    .filter(
      (key) =>
        key !== field &&
        key !== TIMEZONE &&
        maybe(key) &&
        (conversation.asked[key] ?? 0) === 0 &&
        !conversation.offered.includes(key),
    )
    .slice(0, MOST_BESIDE);
}

/** A field that belongs on the ticket or not by another that is still to come. */
function isUndecided(key: FieldKey, { fields }: Conversation, engine: Engine): boolean {
  const needed = engine.fields.fields.find((field) => field.key === key)?.needed;
  const by = needed === 'with-domain' ? 'action' : needed === 'with-module' ? 'integration' : undefined;
  const decides = by === undefined ? undefined : engine.fields.keyOf(by);
  return decides !== undefined && fields[decides] === undefined && fields[key] === undefined;
}

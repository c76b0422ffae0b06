// What to ask next, or that nothing is left to ask: the asker's choice within the bounds of a talk.
import { TIMEZONE } from '../ask/missing';
import { NONE } from '../classify/classifier';
import type { AskInput } from '../ask/question';
import type { Engine } from '../engine';
import type { FieldKey, Question } from '../types';
import type { Conversation, OpenQuestion } from './conversation';
import { boundNone, hasReply, noneReasonOf, speaksOfNothingElse, type Judged, MOST_NONE_OF_REFUSAL } from './judge';

/** No field is asked more often. */
const MOST_ASKED = 2;
/** After so many diagnostic questions in all, or so many without an answer, only the ticket's fields are asked for. */
const MOST_DIAGNOSTIC = 5;
const MOST_DODGED = 2; // After one of them, the ticket's fields come first.
/** Once a verdict was said, its probability from which on the causes are not asked about any more. */
const SETTLED = 0.6;
/** Up to this probability of none a ticket's fields are worth asking for. */
const MOST_NONE = 0.4;
/** A field is named so often, first or beside another, unless the person's answer was none. */
const MOST_NAMED = 2;
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
  const used = [...new Set([...Object.keys(asked), ...Object.keys(conversation.answers)])].filter((id) =>
    diagnostic.has(id),
  );
  const settled =
    conversation.verdicts.at(-1)?.cause === judged.cause && (judged.probabilities[judged.cause ?? ''] ?? 0) >= SETTLED;
  const enough = settled || used.length >= MOST_DIAGNOSTIC || conversation.dodged >= MOST_DODGED || fieldsOnly;
  const values = Object.fromEntries(Object.entries(fields).map(([key, { value }]) => [key, value]));
  return {
    fields: values,
    unknown: Object.keys(values).filter((key) => values[key] === null),
    timezoneMissing: conversation.timezoneMissing,
    probabilities: speaksOfNothingElse(conversation, engine)
      ? boundNone(judged.probabilities, MOST_NONE_OF_REFUSAL)
      : judged.probabilities,
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
  const all = askInput(conversation, judged, engine);
  // While no cause is clear, each answer may show it, so nothing is left out yet.
  const clear = (judged.probabilities[judged.cause ?? ''] ?? 0) >= SETTLED;
  const named = engine.fields.fields.map(({ key }) => key).filter((key) => clear && isSpent(key, conversation, engine));
  // Whatever happens, nothing is asked a third time.
  const spent = Object.keys(conversation.asked).filter((key) => isAskedOut(key, conversation));
  const input = {
    ...all,
    unknown: [...all.unknown, ...named, ...spent],
    asked: new Set([...(all.asked ?? []), ...spent]),
  };
  const question =
    engine.asker.nextQuestion(input)?.question ??
    fieldsAnyway(conversation, input, engine) ??
    openerAnyway(conversation, engine);
  if (question === null) return null;
  const missing = engine.asker.missingFields(input);
  const lead = clear
    ? leadOf(question, conversation, missing, engine)
    : withChoices({ ...question, also: [] }, conversation, engine);
  return { ...lead, also: besideOf(lead, conversation, missing, engine) };
}

/** Asked as often as anything may be. */
export function isAskedOut(key: string, { asked }: Pick<Conversation, 'asked'>): boolean {
  return (asked[key] ?? 0) >= MOST_ASKED;
}

/** Essential fields are asked for by themselves up to the bound, whatever they were named beside. */
function isSpent(key: FieldKey, conversation: Conversation, engine: Engine): boolean {
  const times = isEssential(key, engine) ? (conversation.asked[key] ?? 0) : timesNamed(key, conversation);
  return times >= MOST_NAMED;
}

function timesNamed(key: FieldKey, { asked, offered }: Conversation): number {
  return (asked[key] ?? 0) + offered.filter((other) => other === key).length;
}

/**
 * The question that is put first. Fields that were named beside another and not given are asked for once more, those first without which support
 * cannot find the request; the rest is left to the person, who sees on the ticket what is open.
 */
function leadOf(
  question: Question,
  conversation: Conversation,
  missing: readonly FieldKey[],
  engine: Engine,
): OpenQuestion {
  const { field } = question;
  const place = engine.pack.together.places.find(({ fields }) => field !== undefined && fields.includes(field));
  const again = place?.fields.some((key) => timesNamed(key, conversation) > 0) === true;
  const essential = place?.fields.find((key) => missing.includes(key) && isEssential(key, engine));
  if (field === undefined || !again || essential === undefined || isEssential(field, engine))
    return withChoices({ ...question, also: [] }, conversation, engine);
  return reword({ field: essential, also: [], text: '', why: '' }, conversation.language, engine);
}

function isEssential(key: FieldKey, engine: Engine): boolean {
  return engine.pack.together.essential.includes(key);
}

/**
 * Where nothing tells what it is, the ticket's fields are asked for all the same. Where it is another topic they are not, but for those
 * without which support cannot find the request, if there was one.
 */
function fieldsAnyway(conversation: Conversation, input: AskInput, engine: Engine): Question | null {
  const other = noneReasonOf(conversation, engine) === 'other';
  if (other && !hasReply(conversation, engine)) return null;
  const beside = other ? engine.fields.fields.map(({ key }) => key).filter((key) => !isEssential(key, engine)) : [];
  const open = { ...input, unknown: [...input.unknown, ...beside] };
  if (engine.asker.missingFields(open).length === 0) return null;
  return (
    engine.asker.nextQuestion({
      ...open,
      // No more than the causes is asked about what none of them covers.
      asked: other ? new Set(engine.pack.questions.flatMap(({ asks }) => asks ?? [])) : (open.asked ?? new Set()),
      probabilities: { ...open.probabilities, [NONE]: Math.min(MOST_NONE, open.probabilities[NONE] ?? 0) },
    })?.question ?? null
  );
}

/** Nobody is shown a ticket after a single message: the first question of the pack comes first. */
function openerAnyway(conversation: Conversation, engine: Engine): Question | null {
  if (conversation.turns - conversation.from > 1) return null;
  const opener = engine.pack.questions.find(({ opener, asks }) => opener === true && asks !== undefined);
  if (opener?.asks === undefined || conversation.asked[opener.asks] !== undefined) return null;
  const { text, why, choices } = reword(
    { asks: opener.asks, also: [], text: '', why: '' },
    conversation.language,
    engine,
  );
  return { asks: opener.asks, text, why, ...(choices === undefined ? {} : { choices }) };
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

function withChoices(question: OpenQuestion, conversation: Conversation, engine: Engine): OpenQuestion {
  if (question.choices !== undefined || question.field === undefined) return question;
  const choices = engine.textsOf(conversation.language).fields[question.field]?.choices;
  return choices === undefined
    ? question
    : { ...question, choices: Object.entries(choices).map(([value, label]) => ({ value, label })) };
}

/** Fields that the person reads off the same place. An essential one that was named so before is asked for by itself instead. */
function besideOf(
  question: OpenQuestion,
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
        timesNamed(key, conversation) < (isEssential(key, engine) ? 1 : MOST_NAMED),
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

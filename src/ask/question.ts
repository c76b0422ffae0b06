// Chooses what to ask next: expected information about the cause, plus the worth of a missing field, less the effort.
import type { QuestionData } from '../pack/schema/question';
import { fillIn, type TextBook, type Texts } from '../pack/texts';
import type { Choice, FieldKey, Question } from '../types';
import { type AnswerModel, bestSplit, compileAnswers, expectedInformation } from './information';
import { type FieldNeed, type FieldsKnown, lackingFields } from './missing';
import { type Known, KnownIndex, parseTerm, type Term } from './term';

/** What is known when the next question is chosen. */
export interface AskInput extends FieldsKnown {
  /** By cause id, and `none`. */
  readonly probabilities: Readonly<Record<string, number>>;
  /** Names of concepts that were said; `!name` where negated. */
  readonly concepts: ReadonlySet<string>;
  readonly facts: ReadonlySet<string>;
  readonly language: string;
  /** Ids of diagnostic questions that were asked already (the person's answer counts as evidence elsewhere). */
  readonly asked?: ReadonlySet<string>;
}

/** How a question came to its place; bits and the same scale. */
export interface QuestionScore {
  /** Field key or id of a diagnostic question. */
  readonly id: string;
  readonly kind: 'field' | 'asks';
  readonly information: number;
  readonly worth: number;
  readonly effort: number;
  readonly score: number;
}

export interface Asked {
  readonly question: Question;
  readonly score: QuestionScore;
}

export interface AskerData {
  readonly questions: readonly QuestionData[];
  readonly needs: readonly FieldNeed[];
  /** Actions that have a domain. */
  readonly withDomain: ReadonlySet<string>;
  /** Value of the field `integration` that stands for a module. */
  readonly module: string;
  readonly texts: TextBook;
}

export interface Asker {
  /** The best question, or null where nothing is missing and no question tells enough. Same input, same answer. */
  nextQuestion(input: AskInput): Asked | null;
  /** What is still to be asked for the ticket, in the order in which it will be asked. */
  missingFields(input: AskInput): FieldKey[];
  /** Every question that could be asked now, best first. */
  scores(input: AskInput): QuestionScore[];
}

/** Bits that one unit of worth or of effort (0 to 10) stands for. */
const BITS_PER_UNIT = 0.03;
/** A question that scores less is not worth a person's time. */
const LEAST_SCORE = 0.05;
/** Up to this probability of none, what a ticket lacks is asked for even where it scores little. */
const MOST_NONE = 0.5;
/** From this probability of a cause on, only what the ticket lacks is asked for. */
const CLEAR = 0.85;
/** Causes below this are not named in the reason that is printed. */
const LEAST_NAMED = 0.1;
const NONE = 'none';

interface Compiled {
  readonly data: QuestionData;
  readonly model: AnswerModel;
  readonly needs: readonly Term[];
  readonly known: readonly Term[];
}

/** Compiles the questions of a pack. */
export function createAsker({ questions, needs, withDomain, module, texts }: AskerData): Asker {
  const compiled = questions.map((data): Compiled => ({
    data,
    model: compileAnswers(data.answers),
    needs: (data.needs ?? []).map(parseTerm),
    known: (data.known ?? []).map(parseTerm),
  }));
  const ofField = new Map(
    compiled.flatMap((question) =>
      question.data.field === undefined ? [] : [[question.data.field, question] as const],
    ),
  );
  const diagnostic = new Map(
    compiled.flatMap((question) => (question.data.asks === undefined ? [] : [[question.data.asks, question] as const])),
  );
  const needOf = new Map(needs.map((need) => [need.key, need]));

  const score = (
    id: string,
    kind: 'field' | 'asks',
    question: Compiled | undefined,
    input: AskInput,
  ): QuestionScore => {
    const need = kind === 'field' ? needOf.get(id) : undefined;
    const information = question ? expectedInformation(question.model, input.probabilities) : 0;
    // A ticket about none of the causes gains little by the fields of a ticket.
    const worth = BITS_PER_UNIT * (need?.worth ?? question?.data.worth ?? 0) * (1 - (input.probabilities[NONE] ?? 0));
    const effort = BITS_PER_UNIT * (need?.effort ?? question?.data.effort ?? 0);
    return { id, kind, information, worth, effort, score: information + worth - effort };
  };
  const place = (key: string): number => needOf.get(key)?.order ?? Number.MAX_SAFE_INTEGER;
  const byScore = (a: QuestionScore, b: QuestionScore): number =>
    b.score - a.score || place(a.id) - place(b.id) || (a.id < b.id ? -1 : 1);

  const fieldScores = (input: AskInput): QuestionScore[] =>
    lackingFields(input, needs, withDomain, module)
      .map((key) => score(key, 'field', ofField.get(key), input))
      .sort(byScore);

  const scores = (input: AskInput): QuestionScore[] => {
    const clear = Object.entries(input.probabilities).some(([id, p]) => id !== NONE && p >= CLEAR);
    if (clear) return fieldScores(input);
    const asked = input.asked ?? new Set<string>();
    const groups = new Set([...asked].flatMap((id) => diagnostic.get(id)?.data.group ?? []));
    const items = new KnownIndex(knownItems(input));
    const open = [...diagnostic.entries()].filter(([id, { data, needs: needed, known }]) => {
      if (asked.has(id) || input.unknown.includes(id) || (data.group !== undefined && groups.has(data.group)))
        return false;
      const holds = (term: Term): boolean => items.find(term).length > 0;
      return !known.some(holds) && (needed.length === 0 || needed.some(holds));
    });
    const telling = open
      .map(([id, question]) => ({ entry: score(id, 'asks', question, input), opener: question.data.opener === true }))
      .filter(({ entry, opener }) => opener || entry.score >= LEAST_SCORE)
      .map(({ entry }) => entry);
    return [...fieldScores(input), ...telling].sort(byScore);
  };

  return {
    scores,
    missingFields: (input) => fieldScores(input).map((entry) => entry.id),
    nextQuestion(input) {
      const ranked = scores(input);
      const worthwhile = (entry: QuestionScore): boolean =>
        entry.score >= LEAST_SCORE || (entry.kind === 'field' && (input.probabilities[NONE] ?? 0) < MOST_NONE);
      const best = ranked.find(worthwhile) ?? ranked.find((entry) => diagnostic.get(entry.id)?.data.opener === true);
      if (!best) return null;
      const question = best.kind === 'field' ? ofField.get(best.id) : diagnostic.get(best.id);
      return { question: wordQuestion(best, question, input, texts.of(input.language)), score: best };
    },
  };
}

function knownItems(input: AskInput): Known[] {
  const concepts = [...input.concepts].map((name): Known =>
    name.startsWith('!') ? { kind: 'concept', name: name.slice(1), negated: true } : { kind: 'concept', name },
  );
  const fields = Object.entries(input.fields).flatMap(([name, value]): Known[] =>
    value === null ? [] : [{ kind: 'field', name, value }],
  );
  return [...concepts, ...[...input.facts].map((name): Known => ({ kind: 'fact', name })), ...fields];
}

function wordQuestion(best: QuestionScore, question: Compiled | undefined, input: AskInput, texts: Texts): Question {
  const named = Object.keys(input.probabilities).filter(
    (id) => id !== NONE && (input.probabilities[id] ?? 0) >= LEAST_NAMED,
  );
  const split = question && best.kind === 'asks' ? bestSplit(question.model, input.probabilities, named) : null;
  const apart = split
    ? fillIn(texts.phrases['tellsApart'] ?? '', {
        a: texts.causes[split[0]]?.title ?? split[0],
        b: texts.causes[split[1]]?.title ?? split[1],
      })
    : '';
  const words = best.kind === 'field' ? texts.fields[best.id] : texts.questions[best.id];
  const text = words === undefined ? best.id : 'question' in words ? words.question : words.text;
  const why = [words?.why ?? '', apart].filter((part) => part !== '').join(' ');
  const choices = Object.entries(words?.choices ?? {}).map(([value, label]): Choice => ({ value, label }));
  return {
    ...(best.kind === 'field' ? { field: best.id } : { asks: best.id }),
    text,
    why,
    ...(choices.length > 0 ? { choices } : {}),
  };
}

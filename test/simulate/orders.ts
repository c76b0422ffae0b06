// The same questions in another order, to measure what choosing is worth: engines whose asker takes them as they come or by lot.
import type { Asker, AskInput, QuestionScore } from '../../src/ask/question';
import type { Engine } from '../../src/engine';
import type { Question } from '../../src/types';

/** The engine with another order of questions; all else is the same. */
export function withOrder(
  engine: Engine,
  order: (open: readonly QuestionScore[], input: AskInput) => QuestionScore | undefined,
): Engine {
  const asker: Asker = {
    ...engine.asker,
    nextQuestion(input) {
      const best = order(engine.asker.scores(input), input);
      return best === undefined ? null : { question: worded(best, input, engine), score: best };
    },
  };
  return Object.create(engine, { asker: { value: asker } }) as Engine;
}

function worded({ id, kind }: QuestionScore, input: AskInput, engine: Engine): Question {
  const texts = engine.textsOf(input.language);
  const field = texts.fields[id];
  const question = texts.questions[id];
  const choices = Object.entries((kind === 'field' ? field?.choices : question?.choices) ?? {}).map(
    ([value, label]) => ({ value, label }),
  );
  return {
    ...(kind === 'field' ? { field: id } : { asks: id }),
    text: field?.question ?? question?.text ?? id,
    why: field?.why ?? question?.why ?? '',
    ...(choices.length > 0 ? { choices } : {}),
  };
}

/** First the ticket's fields from the first to the last, then the diagnostic questions by name. */
export function fixedOrder(engine: Engine): Engine {
  const place = new Map(
    engine.pack.fields.map((field) => [(field as { key: string }).key, (field as { order: number }).order]),
  );
  const rank = (score: QuestionScore): number => (score.kind === 'field' ? (place.get(score.id) ?? 50) : 100);
  return withOrder(engine, (open) => [...open].sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1))[0]);
}

/** By lot, the same for one seed. */
export function randomOrder(engine: Engine, seed: number): Engine {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  return withOrder(engine, (open) => open[Math.floor(next() * open.length)]);
}

// Answers of several lines: one for each field that was asked for, or in whatever order they come.
import { fold } from '../extract/fold';
import type { FieldKey } from '../types';
import { readFieldAnswer } from './answer';
import { type Answer, type AnswerScene, fieldOf, withText } from './answer-scene';
import { readChoice } from './choice';
import type { KnownField } from './conversation';
import { declines, isBareNo } from './decline';
import { setField, type Turn } from './working';

/** Puts a value where it may stand; false where it changed nothing. */
export type Put = (key: FieldKey, answer: Extract<Answer, { kind: 'value' }>, by: KnownField['by']) => boolean;

const MOST_LINES = 12;
/** Forms that a line either has or has not. */
const STRICT: ReadonlySet<string> = new Set(['ip', 'url', 'code', 'timestamp', 'domain', 'version']);
/** Words that announce what stands below them. */
const ANNOUNCES = /[:：]$/;

/**
 * An answer of several lines. As many lines as fields were asked for: each answers its own, in order. Else the lines that hold no other value
 * are taken for the fields that any words can answer.
 */
export function takeLines(turn: Turn, scene: AnswerScene, put: Put): void {
  const { now } = turn;
  const asked = askedTogether(turn);
  const lines = linesOf(scene);
  if (asked.length < 2 || lines.length < 2 || lines.length > MOST_LINES) return;
  if (linesInOrder(turn, scene) !== null) {
    for (const [i, key] of asked.entries()) {
      if (i === 0) continue;
      const answer = answerOfLine(turn, scene, key, lines[i] ?? '');
      if (answer.kind === 'value') put(key, answer, 'answer');
      else if (answer.kind === 'nothing' && typeof now.fields[key]?.value !== 'string')
        setField(turn, key, { value: null, source: (lines[i] ?? '').slice(0, 200), by: 'answer' });
    }
    return;
  }
  const known = Object.values(now.fields).flatMap(({ value, source }) =>
    value === null ? [] : [fold(value), fold(source)],
  );
  const free = lines.filter((line) => !known.some((value) => value.length > 1 && fold(line).includes(value)));
  const chosenFirst = asked.slice(1).sort((a, b) => Number(hasChoices(turn, b)) - Number(hasChoices(turn, a)));
  for (const key of chosenFirst) {
    if (now.fields[key] !== undefined) continue;
    const at = free.findIndex((line) => {
      const answer = answerOfLine(turn, scene, key, line);
      return answer.kind === 'value' && put(key, answer, 'answer');
    });
    if (at >= 0) free.splice(at, 1);
  }
}

function linesOf({ text }: AnswerScene): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function askedTogether({ now }: Turn): FieldKey[] {
  return [now.last?.field, ...(now.last?.also ?? [])].flatMap((key) => key ?? []);
}

/**
 * The lines of an answer that has one for each field that was asked for, or null. As many lines are a coincidence where a line that
 * would have to hold a value of strict form holds none and does not decline either: then it is a log, or code.
 */
export function linesInOrder(turn: Turn, scene: AnswerScene): string[] | null {
  const lines = linesOf(scene);
  const asked = askedTogether(turn);
  if (lines.length < 2 || lines.length !== asked.length || lines.some((line) => ANNOUNCES.test(line))) return null;
  const strict = [...asked.entries()].filter(([, key]) => STRICT.has(fieldOf(turn.engine, key)?.form ?? ''));
  const fit = strict.filter(([i, key]) => answerOfLine(turn, scene, key, lines[i] ?? '').kind !== 'bad').length;
  return strict.length === 0 || fit > strict.length / 2 ? lines : null;
}

function hasChoices(turn: Turn, key: FieldKey): boolean {
  return turn.engine.textsOf(turn.now.language).fields[key]?.choices !== undefined;
}

/** One line as the answer for one field; `nothing` where it declines. */
function answerOfLine(turn: Turn, scene: AnswerScene, key: FieldKey, line: string): Answer {
  const field = fieldOf(turn.engine, key);
  if (field === undefined) return { kind: 'bad', text: 'noUse' };
  const own = withText(scene, line);
  const { read, intents } = own;
  const choices = Object.entries(turn.engine.textsOf(scene.language).fields[key]?.choices ?? {}).map(
    ([value, label]) => ({ value, label }),
  );
  const chosen =
    choices.length > 0 && read.fields[key] === undefined ? readChoice(key, choices, line, scene.words, intents) : null;
  if (chosen !== null) return { kind: 'value', value: chosen, source: line };
  const declined = declines(turn, own, key) || isBareNo(own);
  const answer = readFieldAnswer(field, own, declined);
  return answer.kind === 'nothing' && !declined ? { kind: 'bad', text: 'noUse' } : answer;
}

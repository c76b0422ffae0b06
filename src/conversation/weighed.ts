// What of an answer counts as evidence: parameters written from memory and words that the person took back prove nothing.
import type { ReadText } from '../engine';
import type { Redacted } from '../redact/redacted';
import type { AnswerScene } from './answer-scene';
import { retraction } from './tail';

/** A requested address (URL) in words beyond this is more than an answer. */
const MOST_REQUESTED = 14;
/** Forms whose corrected answer tells nothing by what was said first. */
const CORRECTABLE: ReadonlySet<string> = new Set(['ip', 'timestamp', 'domain', 'version', 'code']);

/** The message as it is weighed; what is left out is blank, so that offsets stay. */
export function weighedRead(
  scene: AnswerScene,
  answer: { readonly form: string; readonly value: string } | undefined,
): ReadText {
  if (answer === undefined) return scene.read;
  if (answer.form === 'url' && scene.intents.words <= MOST_REQUESTED) return withoutQuery(scene, answer.value);
  return CORRECTABLE.has(answer.form) ? withoutTakenBack(scene, answer.value) : scene.read;
}

/** An address given on request tells its host and path. */
function withoutQuery(scene: AnswerScene, address: string): ReadText {
  const start = scene.text.indexOf(address);
  const query = address.indexOf('?');
  return start < 0 || query < 0 ? scene.read : without(scene, start + query, start + address.length);
}

/** "A. No, sorry, A is the gateway. It is B": the sentences before the one with B only tell what A was. */
function withoutTakenBack(scene: AnswerScene, value: string): ReadText {
  const back = retraction(scene);
  const at = scene.text.lastIndexOf(value);
  if (back === null || at < back.at) return scene.read;
  const named = scene.read.addresses.filter(({ start }) => start < at);
  if (named.some(({ listed, role }) => listed || role === 'inside')) return scene.read;
  const sentence = Math.max(
    0,
    ...['. ', '! ', '? ', '\n', '。', '！'].map((mark) => scene.text.lastIndexOf(mark, at) + 1),
  );
  return without(scene, 0, Math.max(sentence, back.at));
}

function without({ engine, text, language }: AnswerScene, start: number, end: number): ReadText {
  const kept = `${text.slice(0, start)}${' '.repeat(end - start)}${text.slice(end)}` as Redacted;
  return engine.readRedacted({ text: kept, redactions: [], spans: [], observations: [] }, { language });
}

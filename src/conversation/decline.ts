// Whether a message says that there is no answer: "no idea", "none", "skip", or a bare no.
import type { FieldKey } from '../types';
import { type AnswerScene, DECLINES, fieldOf } from './answer-scene';
import type { Turn } from './working';

/** In longer messages "I don't know" is about something else. */
const MOST_DECLINING = 20;

/** "No", by itself or among words that steer the talk only. */
export function isBareNo({ intents }: AnswerScene): boolean {
  return intents.has('no') && !intents.has('still-fails') && intents.words <= 3 && intents.covered >= 1;
}

/** Words such as "no idea". In the words of a reply, "no permission" says nothing of the kind unless it is most of the message. */
export function declines(turn: Turn, { intents }: AnswerScene, key: FieldKey): boolean {
  if (intents.words > MOST_DECLINING) return false;
  if (intents.has('dont-know', 'refuses')) return true;
  if (!intents.has(...DECLINES)) return false;
  return fieldOf(turn.engine, key)?.form !== 'message' || intents.covered > 0.5;
}

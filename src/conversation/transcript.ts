// The person's words that a conversation keeps: bounded, so that no turn costs more for the turns before it.
import type { TranscriptEntry } from './conversation';

/** UTF-16 units kept of one message, and of all together. */
const MOST_OF_ONE = 8000;
const MOST_IN_ALL = 16000;
const MOST_MESSAGES = 40;

/** The messages with another one: the first that counts (`from`) stays, of the rest the latest that there is room for. */
export function withMessage(
  before: readonly TranscriptEntry[],
  { turn, text, ...marks }: TranscriptEntry,
  from: number,
): readonly TranscriptEntry[] {
  const own = [...before, { turn, text: text.slice(0, MOST_OF_ONE), ...marks }].filter((entry) => entry.turn >= from);
  const [first, ...rest] = own;
  if (first === undefined) return own;
  let room = MOST_IN_ALL - first.text.length;
  const kept: TranscriptEntry[] = [];
  for (const entry of rest.slice(-MOST_MESSAGES).reverse()) {
    room -= entry.text.length;
    if (room < 0) break;
    kept.push(entry);
  }
  return [first, ...kept.reverse()];
}

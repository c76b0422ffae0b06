// Where a message takes back its own words: what stands before "sorry, it is …" and what stands behind it.
import type { AnswerScene } from './answer-scene';

export interface Retraction {
  /** Words before the last correction. */
  readonly head: string;
  /** Words behind it. */
  readonly tail: string;
  /** Where the correction begins, in UTF-16 units of the message. */
  readonly at: number;
}

/** The last correction that has words on both sides of it, or null. */
export function retraction({ intents, text }: AnswerScene): Retraction | null {
  for (const { name, start, end, negated, asked } of [...intents.list].reverse()) {
    if (name !== 'correction' || negated || asked) continue;
    // Of "sorry, I meant B" the first words correct as well.
    const head = intents.list
      .filter((intent) => intent.name === 'correction' && intent.end <= start)
      .reduce(
        (words, intent) =>
          `${words.slice(0, intent.start)}${' '.repeat(intent.end - intent.start)}${words.slice(intent.end)}`,
        text.slice(0, start),
      )
      .trim();
    const tail = text
      .slice(end)
      .replace(/^[\s,.:;!…—–-]+/, '')
      .trim();
    if (/[\p{L}\d]/u.test(head) && /[\p{L}\d]/u.test(tail)) return { head, tail, at: start };
  }
  return null;
}

/** Letters, digits and marks that a name goes on with. */
const INNER = /[a-z0-9_@\u0400-\u04ff-]/;

/** Where `value` stands in `text` as a whole, not as a part of a longer name; both folded. -1 where it does not. */
export function findWhole(text: string, value: string): number {
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
    const before = text.slice(Math.max(0, at - 2), at);
    const behind = text.slice(at + value.length, at + value.length + 2);
    const open =
      INNER.test(value[0] ?? '') &&
      (INNER.test(before.at(-1) ?? ' ') || (before.length === 2 && /[a-z0-9]\./.test(before)));
    const goes = INNER.test(value.at(-1) ?? '') && (INNER.test(behind[0] ?? ' ') || /^\.[a-z0-9]/.test(behind));
    if (!open && !goes) return at;
  }
  return -1;
}

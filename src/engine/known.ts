// What a text says, as the checklist takes it: concepts, facts, fields and the verdict, each with its quote.
import type { Known } from '../ask/term';
import type { ReadText } from './read-text';

/** `cause`: the verdict, null where there is none. */
export function knownOf(read: ReadText, cause: string | null): Known[] {
  const { text } = read.redaction;
  return [
    ...read.passage.mentions
      .filter((mention) => !mention.asked)
      .map(({ concept, negated, clause, start, end }): Known => ({
        kind: 'concept',
        name: concept,
        negated,
        clause,
        quote: text.slice(start, end),
      })),
    ...read.facts.map(({ fact, start, end }): Known => ({ kind: 'fact', name: fact, quote: text.slice(start, end) })),
    ...Object.entries(read.fields).map(([name, value]): Known => ({
      kind: 'field',
      name,
      value,
      quote: read.sources[name] ?? '',
    })),
    ...(cause === null ? [] : [{ kind: 'cause', name: cause } as const]),
  ];
}

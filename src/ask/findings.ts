// Faults of requests in a person's language: what is wrong, why it matters, how it should be.
import { fillIn, type Texts } from '../pack/texts';
import type { Finding } from '../types';

/** A fault as it was found, without words for people. */
export interface BareFinding extends Omit<Finding, 'text' | 'suggestion'> {
  /** A right form in a few characters, in no language (a name, a host, a value). */
  readonly suggestion?: string;
}

const MOST_WRITTEN = 60;
const PARAMETER = /\{([A-Za-z]+)\}/g;

/**
 * Puts findings into words, in the order given. A suggestion that lacks what it would name is left out.
 * `mark`: what to make of each value that stands inside a sentence, for channels in which a bare value could be read as markup.
 */
export function tellFindings(
  findings: readonly BareFinding[],
  texts: Texts,
  mark: (value: string) => string = (value) => value,
): Finding[] {
  return findings.map(({ id, cause, quote, start, end, param, suggestion: right }) => {
    const told = texts.findings[id];
    const known = {
      written: mark(short(quote)),
      ...(param === undefined ? {} : { param: mark(param) }),
      ...(right === undefined ? {} : { right: mark(right) }),
    };
    const suggestion =
      told?.suggestion === undefined || lacks(told.suggestion, known) ? undefined : fillIn(told.suggestion, known);
    return {
      id,
      cause,
      quote,
      start,
      end,
      ...(param === undefined ? {} : { param }),
      text: fillIn(told?.text ?? id, known),
      ...(suggestion === undefined ? {} : { suggestion }),
    };
  });
}

function lacks(sentence: string, known: Readonly<Record<string, string>>): boolean {
  return [...sentence.matchAll(PARAMETER)].some(([, name]) => name !== undefined && !(name in known));
}

/** Words on one line, cut where they are long. */
function short(quote: string): string {
  const line = quote
    .slice(0, 4 * MOST_WRITTEN)
    .replace(/\s+/g, ' ')
    .trim();
  const signs = [...line];
  return signs.length > MOST_WRITTEN
    ? `${signs
        .slice(0, MOST_WRITTEN - 1)
        .join('')
        .trimEnd()}…`
    : line;
}

// One message of the pack's own examples, for whoever wants to show what goes in and what comes out.
import type { PackData } from './load';

/** A message of some length says more; a pasted log is more than one looks at. */
const MOST_UNITS = 160;

/** The longest example of at most MOST_UNITS for which a rule fires, the first of equals. Every pack has examples. */
export function sampleMessage({ causes }: Pick<PackData, 'causes'>): string {
  const texts = causes.flatMap(({ rules }) => rules.flatMap(({ examples }) => examples.fires));
  const short = texts.filter((text) => text.length <= MOST_UNITS && !text.includes('\n'));
  return short.reduce((best, text) => (text.length > best.length ? text : best), texts[0] ?? '');
}

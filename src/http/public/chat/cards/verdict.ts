// The verdict: which cause, how likely, and the person's own words that speak for it.
import type { Line, ToldCause } from '../api';
import { make } from '../dom';
import type { Parts } from '../parts';
import { paragraphs } from './text';

export function verdict({ text, causes = [] }: Line, parts: Parts): HTMLElement[] {
  const { say } = parts;
  const label = make('p', 'eyebrow', say('verdict'));
  if (causes.length === 0) return [label, ...paragraphs(text, parts)];
  // Two that cannot be told apart are said in a sentence of their own.
  const lead = causes.length > 1 ? [make('p', '', parts.rich(text))] : [];
  return [label, ...lead, ...causes.flatMap((cause) => one(cause, parts))];
}

/** Nothing that is weighed is certain. */
const MOST = 0.99;

function one({ title, probability, likelihood, quotes }: ToldCause, { say, rich, texts }: Parts): HTMLElement[] {
  const percent = new Intl.NumberFormat(texts.language, { style: 'percent' }).format(Math.min(probability, MOST));
  const likely = make('p', 'likely', make('span', 'chip', likelihood), make('span', 'percent', percent));
  const items = quotes.map((quote) => make('li', '', make('q', '', rich(quote))));
  return [
    make('h3', 'title', rich(title)),
    likely,
    ...(items.length === 0 ? [] : [make('p', 'small', say('evidence')), make('ul', 'quotes', ...items)]),
  ];
}

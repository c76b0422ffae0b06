// Lines of the assistant as paragraphs, and the steps of a fix.
import { make } from '../dom';
import type { Parts } from '../parts';

export function paragraphs(text: string, { rich }: Parts): HTMLElement[] {
  return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [make('p', '', rich(line))]));
}

/** Steps of a fix, between the sentence before and the one after. */
export function steps(text: string, list: readonly string[], parts: Parts): HTMLElement[] {
  const [head = '', ...rest] = text.split('\n');
  const items = list.map((step) => make('li', '', make('span', '', parts.rich(step))));
  const after = rest.filter((line, i) => line !== `${i + 1}. ${list[i]}`);
  return [
    make('h3', 'head', head.replace(/[:：]$/, '')),
    make('ol', 'steps', ...items),
    ...paragraphs(after.join('\n'), parts),
  ];
}

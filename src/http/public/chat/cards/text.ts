// Lines of the assistant as paragraphs and lists.
import { make } from '../dom';
import type { Parts } from '../parts';

const NUMBERED = /^\d+[.)]\s+/;
const BULLET = /^[-•]\s+/;

/** Numbered and bulleted lines become lists. */
export function paragraphs(text: string, { rich }: Parts): HTMLElement[] {
  const out: HTMLElement[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const [kind, sign] = NUMBERED.test(line)
      ? (['ol', NUMBERED] as const)
      : BULLET.test(line)
        ? (['ul', BULLET] as const)
        : [];
    if (kind === undefined) {
      out.push(make('p', '', rich(line)));
      continue;
    }
    let list = out.at(-1);
    if (list?.localName !== kind) out.push((list = make(kind)));
    list.append(make('li', '', rich(line.replace(sign, ''))));
  }
  return out;
}

/** Steps of a fix, between the sentence before and the one after. */
export function steps(text: string, list: readonly string[], parts: Parts): HTMLElement[] {
  const [head = '', ...rest] = text.split('\n');
  const numbered = new Set(list.map((step, i) => `${i + 1}. ${step}`));
  const items = list.map((step) => make('li', '', make('span', '', parts.rich(step))));
  return [
    make('h3', 'head', head.replace(/[:：]$/, '')),
    make('ol', 'steps', ...items),
    ...rest.filter((line) => !numbered.has(line)).flatMap((line) => paragraphs(line, parts)),
  ];
}

// The ticket's Markdown, as far as the templates use it, as nodes; signs of emphasis and escapes are left out.
import { make, scrollable } from '../dom';
import type { Parts } from '../parts';

/** `label`: what blocks of code are called. */
export function markdown(body: string, label: string, { rich }: Parts): HTMLElement[] {
  const plain = (text: string): DocumentFragment =>
    rich(
      text.replace(/\\([!-/:-@[-`{-~])|\*\*|(?<![\w\\])[*`]|[*`](?!\w)/g, (_, sign: string | undefined) => sign ?? ''),
    );
  const out: HTMLElement[] = [];
  let fence: string | undefined;
  let block: HTMLElement | undefined;
  for (const line of body.split('\n')) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (block !== undefined) {
      if (mark !== undefined && fence !== undefined && mark.startsWith(fence)) block = undefined;
      else block.append(rich(`${line}\n`));
    } else if (mark !== undefined) {
      fence = mark;
      block = scrollable(make('pre'), label);
      out.push(block);
    } else if (/^#{1,4}\s/.test(line)) out.push(make('h4', '', plain(line.replace(/^#+\s+/, ''))));
    else if (/^[-*]\s/.test(line)) {
      let list = out.at(-1);
      if (list?.localName !== 'ul') out.push((list = make('ul')));
      list.append(make('li', '', plain(line.slice(2))));
    } else if (line.trim() !== '') out.push(make('p', '', plain(line.replace(/^>\s?/, ''))));
  }
  return out;
}

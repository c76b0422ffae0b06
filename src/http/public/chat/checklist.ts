// The steps of the guide that the talk has settled, as a bar that opens to the list.
import type { Conversation } from './api';
import { bar, icon, make, scrollable, unseen } from './dom';
import { CROSS } from './drawings';
import type { Parts } from './parts';

const SIGNS: Readonly<Record<string, string>> = {
  done: 'm5 10.5 3.5 3.5L15.5 7',
  failed: CROSS,
  open: 'M10 10h.01',
  'not-applicable': 'M6 10h8',
};

export class Checklist {
  readonly element = make('details', 'checklist');
  private readonly summary = make('summary');
  private readonly list = make('ol');

  constructor(private readonly parts: Parts) {
    this.element.append(this.summary, scrollable(make('div', '', this.list), parts.say('checklist')));
    this.element.hidden = true;
  }

  update({ checklist }: Conversation): void {
    const { say, rich, texts } = this.parts;
    // All steps count, so that the whole stays the same: one that does not apply is settled too.
    const all = checklist.length;
    const done = checklist.filter(({ state }) => state !== 'open').length;
    const failed = checklist.filter(({ state }) => state === 'failed').length;
    const words = say('checked', { done, all });
    this.element.hidden = all === 0;
    this.summary.replaceChildren(
      make('span', 'name', say('checklist')),
      make('span', 'count', words),
      ...(failed === 0 ? [] : [make('span', 'chip is-bad', `${texts.states['failed'] ?? ''}: ${failed}`)]),
      bar(words, done, all),
    );
    this.list.replaceChildren(
      ...checklist.map(({ text, state, quote }) => {
        const item = make('li', `is-${state}`, icon(SIGNS[state] ?? ''), make('span', '', rich(text)));
        item.append(unseen(`: ${texts.states[state] ?? state}`));
        if (quote !== undefined && quote.trim() !== '') item.append(make('q', '', rich(quote)));
        return item;
      }),
    );
  }
}

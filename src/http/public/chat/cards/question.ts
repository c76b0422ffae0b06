// A question with why it is asked, its answers as buttons, and the command that answers it by itself.
import type { Choice, Line } from '../api';
import { codeBlock } from '../copy';
import { button, make } from '../dom';
import type { Parts } from '../parts';

export type Choose = (choice: Choice) => void;

export function question({ text, why, command, choices = [] }: Line, choose: Choose, parts: Parts): HTMLElement[] {
  const { rich } = parts;
  const shown = new Set([why, ...choices.map(({ label }, i) => `${i + 1}. ${label}`)]);
  const [lead = '', ...rest] = text.split('\n').filter((line) => !shown.has(line));
  const out: HTMLElement[] = [make('h3', 'title', rich(lead))];
  if (why !== undefined) out.push(make('p', 'why', rich(why)));
  if (choices.length > 0) {
    const answers = choices.map((choice) => button(choice.label, 'choice', () => choose(choice)));
    const group = make('div', 'choices', ...answers);
    group.role = 'group';
    group.ariaLabel = lead;
    out.push(group);
  }
  for (const line of rest) {
    if (command === undefined || !line.includes(command)) out.push(make('p', 'small', rich(line)));
    else out.push(...offer(line.replace(command, '').trim(), command, parts));
  }
  return out;
}

/** The command of the egress check; its result comes by itself. */
function offer(lead: string, command: string, parts: Parts): HTMLElement[] {
  const { say, rich } = parts;
  const result = make('p', 'result', make('span', 'pulse'), make('span', '', say('checkWaits')));
  return [make('p', 'small', rich(lead)), codeBlock(say('command'), command, parts), result];
}

/** Shows in a question's card what its check saw. */
export function showResult(card: Element, text: string): void {
  const result = card.querySelector('.result');
  if (!result) return;
  result.classList.add('is-seen');
  result.replaceChildren(make('span', '', text));
}

/** No question but the last one waits for an answer. `taken`: label of the answer that was given. */
export function endChoices(log: Element, taken?: string): void {
  for (const group of log.querySelectorAll('.choices:not(.over)')) {
    group.classList.add('over');
    for (const choice of group.querySelectorAll('button')) {
      choice.disabled = true;
      if (choice.textContent === taken) choice.classList.add('taken');
    }
  }
  for (const result of log.querySelectorAll('.result:not(.is-seen)')) result.classList.add('is-over');
}

// A block of text to take along, with its copy button.
import { button, make, scrollable } from './dom';
import type { Parts } from './parts';

const BACK_AFTER_MS = 2000;

/** That it is copied is told to those who do not see the button change. */
export function copyButton(text: string, { say, tell }: Parts, className = 'copy'): HTMLButtonElement {
  const made = button(say('copy'), className, () => {
    void write(text, made).then((done) => {
      if (!done) return;
      made.textContent = say('copied');
      made.classList.add('is-done');
      tell(say('copied'));
      setTimeout(() => {
        made.textContent = say('copy');
        made.classList.remove('is-done');
      }, BACK_AFTER_MS);
    });
  });
  return made;
}

/** `title`: what the block is. */
export function codeBlock(title: string, text: string, parts: Parts): HTMLElement {
  const code = scrollable(make('pre', '', make('code', '', parts.rich(text))), title);
  code.dir = 'ltr';
  const head = make('div', 'code-head', make('span', '', title), copyButton(text, parts));
  return make('div', 'code', head, code);
}

async function write(text: string, near: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Pages that came over plain http have no clipboard of their own.
    const area = make('textarea', 'unseen');
    area.value = text;
    near.after(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    near.focus();
    return done;
  }
}

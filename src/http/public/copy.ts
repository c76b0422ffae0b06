// A block of text to take along, with its copy button.
import { button, make, rich } from './dom';

export interface CopyTexts {
  readonly copy: string;
  readonly copied: string;
}

const BACK_AFTER_MS = 2000;

/** `copied` is told to those who do not see the button change. */
export function copyButton(text: string, texts: CopyTexts, tell: (text: string) => void): HTMLButtonElement {
  const made = button(texts.copy, 'copy', () => {
    void write(text).then((done) => {
      if (!done) return;
      made.textContent = texts.copied;
      tell(texts.copied);
      setTimeout(() => (made.textContent = texts.copy), BACK_AFTER_MS);
    });
  });
  return made;
}

export function codeBlock(text: string, texts: CopyTexts, tell: (text: string) => void): HTMLElement {
  const pre = make('pre', '', make('code', '', rich(text)));
  pre.tabIndex = 0;
  return make('div', 'code', pre, copyButton(text, texts, tell));
}

async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Pages that came over plain http have no clipboard of their own.
    const area = make('textarea', 'off');
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}

// `/form.js`: guards every form with `data-preticket`, also those that come later. Adds no global, and never stops a submit.
import { FormGuard } from './guard';
import { createFormService } from './service';
import { Submission } from './submission';

const MARK = 'data-preticket';
const ONCE = Symbol.for('preticket.form');

const script = document.currentScript as HTMLScriptElement | null;
const page = document as Document & { [ONCE]?: true };

function start(base: string): void {
  const service = createFormService(base);
  const known = new WeakMap<HTMLFormElement, { readonly guard: FormGuard; readonly submission: Submission }>();
  const live = new Set<WeakRef<HTMLFormElement>>();

  const adopt = (form: HTMLFormElement): void => {
    const own = known.get(form);
    if (own) return own.guard.look();
    const guard = new FormGuard(form, service);
    known.set(form, { guard, submission: new Submission(guard) });
    live.add(new WeakRef(form));
  };
  const look = (): void => {
    for (const form of document.querySelectorAll<HTMLFormElement>(`form[${MARK}]`)) adopt(form);
  };
  let isDue = false;
  new MutationObserver(() => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      look();
    });
  }).observe(document.documentElement, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: [MARK, 'data-preticket-field'],
  });
  window.addEventListener(
    'submit',
    (event) => {
      const form = event.target;
      if (!(form instanceof HTMLFormElement) || !form.hasAttribute(MARK)) return;
      adopt(form);
      known.get(form)?.submission.submitted(event);
    },
    { capture: true },
  );
  window.addEventListener('pageshow', () => {
    for (const form of live) {
      const own = form.deref();
      if (own) known.get(own)?.submission.free();
      else live.delete(form);
    }
  });
  look();
}

if (script !== null && page[ONCE] !== true) {
  page[ONCE] = true;
  start(new URL(script.src).origin);
}

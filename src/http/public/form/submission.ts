// A form on its way out: redacted before any handler of the page reads it, once, and never held for longer than 1.5 s.
import { writeControls } from './controls';
import type { FormGuard } from './guard';

/** The contract's limit: later than this the form goes out as the browser would send it. */
const WAIT_MS = 1500;
/** A page that has not been left by then has not been left. */
const LEAVING_MS = 10_000;
/** Where a script of the page took the submission: long enough for a double click. */
const HANDLED_MS = 1000;

export class Submission {
  private isHeld = false;
  private isReleased = false;
  private isSent = false;
  private timer = 0;

  constructor(private readonly guard: FormGuard) {
    const { form } = guard;
    // An edit says that another submit is meant.
    form.addEventListener('input', (event) => {
      if (event.isTrusted) this.free();
    });
    form.addEventListener('formdata', (event) => guard.cleaning.entries(event.formData));
  }

  /** The page is shown again (back, forward), or the person goes on: the next submit counts. */
  free(): void {
    clearTimeout(this.timer);
    this.isSent = false;
  }

  /** In the capture phase at the window, so before the page's own handlers. */
  submitted(event: SubmitEvent): void {
    if (this.isReleased || event.defaultPrevented) return;
    if (this.isHeld || this.isSent) {
      stop(event);
      this.guard.say('sending');
      return;
    }
    const submitter = event.submitter;
    // The place of a click on an image cannot be given again.
    const isImage = submitter instanceof HTMLInputElement && submitter.type === 'image';
    const isDialog = (submitter?.getAttribute('formmethod') ?? this.guard.form.getAttribute('method')) === 'dialog';
    if (isImage || isDialog || !(this.guard.isBehind() || this.guard.cleaning.dirty().length > 0))
      return this.sent(event);
    stop(event);
    this.isHeld = true;
    void this.hold(submitter);
  }

  private async hold(submitter: HTMLElement | null): Promise<void> {
    try {
      if (this.guard.isBehind()) {
        this.guard.say('sending');
        await Promise.race([this.guard.catchUp(), after(WAIT_MS)]);
      }
      for (const { control, text } of this.guard.cleaning.dirty()) writeControls([control], text);
      // Frameworks take the new values over before the page's handlers read their own copy.
      await after(0);
    } catch {
      // Whatever went wrong, the submit is the person's and goes on.
      this.guard.say('sending');
    } finally {
      this.isHeld = false;
      this.release(submitter);
    }
  }

  /** Submits again, as the person did: the same button, its name and value, the page's handlers, no second check of what was valid. */
  private release(submitter: HTMLElement | null): void {
    const { form } = this.guard;
    if (!form.isConnected) return;
    // Controls may be called like a form's own properties; the attributes and the prototype are not to be mistaken.
    const isUnchecked = form.hasAttribute('novalidate');
    const button = submitter instanceof HTMLButtonElement || submitter instanceof HTMLInputElement ? submitter : null;
    const isOwn = button !== null && button.form === form && button.isConnected;
    const wasDisabled = isOwn && button.disabled;
    const taken = (event: SubmitEvent): void => this.sent(event);
    this.isReleased = true;
    window.addEventListener('submit', taken, { capture: true, once: true });
    try {
      form.setAttribute('novalidate', '');
      if (isOwn) button.disabled = false;
      HTMLFormElement.prototype.requestSubmit.call(form, isOwn ? button : null);
    } finally {
      window.removeEventListener('submit', taken, { capture: true });
      if (!isUnchecked) form.removeAttribute('novalidate');
      if (wasDisabled) button.disabled = true;
      this.isReleased = false;
    }
  }

  private sent(event: SubmitEvent): void {
    this.isSent = true;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      const target = (event.submitter?.getAttribute('formtarget') ?? this.guard.form.getAttribute('target')) || '_self';
      const stays = event.defaultPrevented || !['_self', '_top', '_parent'].includes(target.toLowerCase());
      if (!stays) this.guard.say('sending');
      this.timer = window.setTimeout(() => this.free(), stays ? HANDLED_MS : LEAVING_MS);
    });
  }
}

function stop(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

// One form: hears what is typed, has it judged, fills and asks, and hands the rest to the submission. Whatever fails here, the form works without.
import { messageOf, requestOf } from './asking';
import { FormCleaning } from './cleaning';
import { isOurs, textControls } from './controls';
import { fill } from './elements';
import { DRAFT, type Field, fillField, findFields, TEXT, valueOf } from './fields';
import { placeBelow } from './note';
import { Notes, partOf } from './notes';
import { Panel } from './panel';
import type { FormService, FormTexts, Triage, TriageRequest } from './service';

const TYPED_MS = 700;
const PASTED_MS = 120;
const RETRY_MS = 4000;
const RETRIES = 2;
const CHARS_PER_MS = 100;

export class FormGuard {
  readonly cleaning: FormCleaning;
  private fields = new Map<string, Field>();
  private readonly panel = new Panel(() => this.panelPlace());
  private readonly notes: Notes;
  private texts: FormTexts | undefined;
  private waking: Promise<void> | undefined;
  private timer = 0;
  private failures = 0;
  private reads = 0;
  private asked = '';
  private asking: AbortController | undefined;
  private answer: Promise<void> = Promise.resolve();
  private triage: Triage | undefined;

  constructor(
    readonly form: HTMLFormElement,
    private readonly service: FormService,
  ) {
    this.cleaning = new FormCleaning(form, service.base);
    this.notes = new Notes(form, this.cleaning, () => this.later(0));
    form.addEventListener('focusin', () => void this.wake());
    form.addEventListener('input', (event) => this.changed(event));
    form.addEventListener('change', (event) => this.changed(event));
    form.addEventListener('paste', () => this.later(PASTED_MS));
    form.addEventListener('reset', () => this.later(0));
    this.look();
    this.panel.attach();
    // What a browser brought back, or the site put in, is read as if it had been typed.
    if ([...this.fields.values()].some((field) => field.key === TEXT && valueOf(field).trim() !== '')) void this.wake();
  }

  /** Reads again which fields there are; pages change. */
  look(): void {
    this.fields = findFields(this.form, this.fields);
  }

  /** Loads what is needed, once somebody is about to use the form; again when they come back to it and it was not to be had. */
  wake(): Promise<void> {
    return (this.waking ??= this.load());
  }

  private async load(): Promise<void> {
    const language = this.form.closest<HTMLElement>('[lang]')?.lang ?? '';
    const texts = this.service.texts(language);
    const redactor = await this.service.redactor();
    if (redactor) this.cleaning.begin(redactor);
    this.texts = await texts;
    if (!this.cleaning.isReady || this.texts === undefined) this.waking = undefined;
    this.later(0);
  }

  private panelPlace(): Element | undefined {
    const place = this.fields.get(TEXT) ?? [...this.fields.values()].find(({ key }) => key !== DRAFT);
    const control = place?.controls.find((each) => each.type !== 'hidden');
    if (control === undefined) return undefined;
    const below = placeBelow(control);
    const next = below.nextElementSibling;
    return next?.localName === 'preticket-note' ? next : below;
  }

  private changed(event: Event): void {
    if (isOurs()) return;
    const { target } = event;
    for (const field of this.fields.values()) {
      if (event.isTrusted && field.key !== TEXT && field.controls.some((control) => control === target)) {
        field.isTheirs = true;
        field.filled = undefined;
      }
    }
    // A long text takes longer to look through; then it is done less often.
    const field = this.fields.get(TEXT);
    this.failures = 0;
    this.later(TYPED_MS + (field ? valueOf(field).length / CHARS_PER_MS : 0));
  }

  private later(ms: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.read(), ms);
  }

  /** Goes through what is long, then asks; a later reading overtakes this one. */
  private async read(): Promise<void> {
    const read = ++this.reads;
    this.look();
    let request: TriageRequest | undefined;
    try {
      await this.prepare();
      if (read !== this.reads) return;
      request = requestOf(this.fields, this.texts, this.cleaning);
    } catch {
      // The redactor refused: then nothing of it leaves for a triage.
      request = undefined;
    }
    this.note();
    const key = request === undefined ? '' : JSON.stringify(request);
    if (key === this.asked) return;
    this.asking?.abort();
    if (request === undefined) {
      this.asked = '';
      this.take(undefined);
      return;
    }
    this.asked = key;
    this.answer = this.ask(request, (this.asking = new AbortController()).signal);
    await this.answer;
  }

  private async prepare(): Promise<void> {
    const { texts, cleaning, fields } = this;
    if (texts === undefined) return;
    if (cleaning.isBehind) this.notes.wait(fields.get(TEXT), texts);
    await cleaning.prepare([messageOf(fields, texts)]);
  }

  private async ask(request: TriageRequest, signal: AbortSignal): Promise<void> {
    const triage = await this.service.triage(request, signal);
    if (signal.aborted) return;
    if (triage !== undefined) {
      this.failures = 0;
      return this.take(triage);
    }
    this.asked = '';
    // A service that is slow or away for a moment is asked again, then left alone until something changes.
    if (this.failures++ < RETRIES) this.later(RETRY_MS);
  }

  private take(triage: Triage | undefined): void {
    const { texts } = this;
    const filledBefore = this.countFilled();
    this.triage = triage;
    for (const field of this.fields.values()) {
      if (field.key === TEXT) continue;
      fillField(field, field.key === DRAFT ? triage?.draft.body : triage?.fields[field.key]);
    }
    if (texts === undefined) return;
    this.note();
    const shown = [...this.fields.values()].filter(({ controls }) => controls.some(({ type }) => type !== 'hidden'));
    const asked = new Set(shown.flatMap(({ key }) => [key, partOf(key, this.fields, triage)]));
    const also = triage?.missing.find((key) => !asked.has(key) && texts.fields[key]);
    this.panel.show(triage, texts, also);
    if (triage !== undefined) this.announce(triage, texts, this.countFilled() - filledBefore);
    this.form.dispatchEvent(new CustomEvent('preticket:triage', { bubbles: true, detail: triage }));
  }

  /** Says what changed to those who do not see it. */
  private announce({ missing }: Triage, { form, fields }: FormTexts, filled: number): void {
    const names = missing.map((key) => fields[key]?.label ?? key).join(', ');
    const parts = [
      filled > 0 ? fill(form['saysFilled'] ?? '', { count: this.countFilled() }) : '',
      names === '' ? (form['complete'] ?? '') : fill(form['saysMissing'] ?? '', { names }),
    ];
    this.panel.say(parts.filter((part) => part !== '').join(' '));
  }

  private countFilled(): number {
    return [...this.fields.values()].filter(({ key, filled }) => key !== DRAFT && filled !== undefined).length;
  }

  private note(): void {
    if (this.texts) this.panel.warn(this.notes.update(this.fields, this.texts, this.triage));
  }

  // --- what the submission needs

  say(id: string): void {
    this.panel.say(this.texts?.form[id] ?? '');
  }

  /** Is there anything that a moment's wait would better: a redactor on its way, a long text, a draft that is behind the message? */
  isBehind(): boolean {
    if (!this.cleaning.isReady) return textControls(this.form).some(({ value }) => value.trim() !== '');
    if (this.cleaning.isBehind) return true;
    if (!this.fields.has(DRAFT)) return false;
    try {
      const request = requestOf(this.fields, this.texts, this.cleaning);
      return request !== undefined && (this.triage === undefined || JSON.stringify(request) !== this.asked);
    } catch {
      return false;
    }
  }

  /** Catches up: resolves once the redactor is there and the draft is that of the message. */
  async catchUp(): Promise<void> {
    await this.wake();
    if (!this.fields.has(DRAFT)) return this.cleaning.prepare();
    clearTimeout(this.timer);
    await this.read();
    await this.answer;
  }
}

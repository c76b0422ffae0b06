// One form: reads what is typed, fills and asks, and hands the rest to the submission. Whatever fails here, the form works without.
import type { BrowserRedactor } from '../redact/redact';
import { isOurs, textControls } from './controls';
import { fill } from './elements';
import { answerOf, clearField, DRAFT, type Field, fillField, findFields, TEXT, valueOf } from './fields';
import { Note, type NoteLine, placeBelow } from './note';
import { Panel } from './panel';
import { cleanTogether, remembering } from './redaction';
import type { FormService, FormTexts, Triage, TriageRequest } from './service';

const TYPED_MS = 700;
const PASTED_MS = 120;
const RETRY_MS = 4000;
const RETRIES = 2;
const CHARS_PER_MS = 100;
/** Less than this says nothing. */
const SHORTEST = 12;
/** What a judgement needs stands in this much; the rest of a long log is only redacted. */
const LONGEST = 100_000;

export class FormGuard {
  private fields = new Map<string, Field>();
  private readonly panel = new Panel(() => this.panelPlace());
  /** Notes on controls that the site has not named. */
  private readonly others = new Map<Element, Note>();
  private redactor: BrowserRedactor | undefined;
  private texts: FormTexts | undefined;
  private waking: Promise<void> | undefined;
  private timer = 0;
  private failures = 0;
  private asked = '';
  private asking: AbortController | undefined;
  private answer: Promise<void> = Promise.resolve();
  private triage: Triage | undefined;

  constructor(
    readonly form: HTMLFormElement,
    private readonly service: FormService,
  ) {
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
    this.redactor ??= redactor && remembering(redactor);
    this.texts = await texts;
    if (this.redactor === undefined || this.texts === undefined) this.waking = undefined;
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

  /** The fields as a triage takes them, redacted; undefined where nothing may or need be sent. */
  private request(): TriageRequest | undefined {
    const { redactor, texts } = this;
    if (redactor === undefined || texts === undefined) return undefined;
    const given = [...this.fields.values()]
      .filter(({ key }) => texts.keys.includes(key))
      .map((field) => [field.key, answerOf(field)] as const)
      .filter(([, value]) => value !== '');
    const field = this.fields.get(TEXT);
    const text = field
      ? valueOf(field)
      : given.map(([key, value]) => `${texts.fields[key]?.label ?? key}: ${value}`).join('\n');
    if (text.trim().length < SHORTEST && given.length === 0) return undefined;
    const [clean, ...values] = cleanTogether(redactor, [text, ...given.map(([, value]) => value)]);
    return {
      text: clean?.text.slice(0, LONGEST).trim() || '-',
      ...(texts.language === '' ? {} : { language: texts.language }),
      ...(given.length === 0
        ? {}
        : { fields: Object.fromEntries(given.map(([key], i) => [key, values[i]?.text.slice(0, 8000) ?? ''])) }),
    };
  }

  private async read(): Promise<void> {
    this.look();
    let request: TriageRequest | undefined;
    try {
      request = this.request();
    } catch {
      // The redactor refused: then nothing of it leaves for a triage.
      request = undefined;
    }
    this.notes();
    const key = request === undefined ? '' : JSON.stringify(request);
    if (key === this.asked) return;
    this.asking?.abort();
    if (request === undefined) {
      this.asked = '';
      this.take(undefined);
      return;
    }
    this.asked = key;
    const asking = (this.asking = new AbortController());
    this.answer = this.service.triage(request, asking.signal).then((triage) => {
      if (asking.signal.aborted) return;
      if (triage !== undefined) {
        this.failures = 0;
        return this.take(triage);
      }
      this.asked = '';
      // A service that is slow or away for a moment is asked again, then left alone until something changes.
      if (this.failures++ < RETRIES) this.later(RETRY_MS);
    });
    await this.answer;
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
    this.notes();
    const shown = [...this.fields.values()].filter(({ controls }) => controls.some(({ type }) => type !== 'hidden'));
    const asked = new Set(shown.flatMap(({ key }) => [key, this.partOf(key)]));
    this.panel.show(
      triage,
      texts,
      triage?.missing.find((key) => !asked.has(key) && texts.fields[key]),
    );
    const filled = this.countFilled();
    if (triage !== undefined) {
      const names = triage.missing.map((key) => texts.fields[key]?.label ?? key).join(', ');
      const { form } = texts;
      this.panel.say(
        [
          filled > filledBefore ? fill(form['saysFilled'] ?? '', { count: filled }) : '',
          names === '' ? (form['complete'] ?? '') : fill(form['saysMissing'] ?? '', { names }),
        ]
          .filter((part) => part !== '')
          .join(' '),
      );
    }
    this.form.dispatchEvent(new CustomEvent('preticket:triage', { bubbles: true, detail: triage }));
  }

  private countFilled(): number {
    return [...this.fields.values()].filter(({ key, filled }) => key !== DRAFT && filled !== undefined).length;
  }

  /** Brings the notes beside the controls up to date. */
  private notes(): void {
    const { texts, redactor, triage } = this;
    if (texts === undefined) return;
    const named = new Map<Element, Field>();
    for (const field of this.fields.values()) for (const control of field.controls) named.set(control, field);
    const controls = textControls(this.form);
    const removed = new Map<Element, NoteLine>();
    if (redactor) {
      const cleaned = this.clean(controls.map(({ value }) => value));
      for (const [i, control] of controls.entries()) {
        const kinds = cleaned?.[i]?.kinds ?? [];
        if (kinds.length > 0) removed.set(control, { kind: 'removed', text: this.removal(texts, kinds) });
      }
    }
    for (const field of this.fields.values()) {
      const lines = field.controls.flatMap((control) => removed.get(control) ?? []);
      if (field.controls.every(({ type }) => type === 'hidden')) continue;
      if (field.key !== TEXT && field.key !== DRAFT) lines.push(...this.fieldLines(field, texts, triage));
      field.note.show(lines, texts.language);
    }
    for (const control of controls) {
      if (named.has(control)) continue;
      const line = removed.get(control);
      let note = this.others.get(control);
      if (line && note === undefined) this.others.set(control, (note = new Note(control)));
      note?.show(line ? [line] : [], texts.language);
    }
  }

  private fieldLines(field: Field, texts: FormTexts, triage: Triage | undefined): NoteLine[] {
    const { form, fields } = texts;
    const lines: NoteLine[] = [];
    if (field.filled !== undefined) {
      const run = (): void => {
        clearField(field);
        this.later(0);
      };
      const label = form['clear'] ?? '';
      const name = `${label}: ${fields[field.key]?.label ?? field.key}`;
      lines.push({ kind: 'filled', text: form['filled'] ?? '', action: { label, name, run } });
    }
    const isEmpty = field.filled === undefined && answerOf(field) === '';
    const asked = isEmpty && triage?.missing.includes(field.key) === true ? field.key : this.partOf(field.key);
    const question = asked === undefined ? undefined : fields[asked]?.question;
    if (question !== undefined) lines.push({ kind: 'ask', text: question });
    return lines;
  }

  /** What a moment lacks to be one: its zone, where the form asks for the moment alone. */
  private partOf(key: string): string | undefined {
    return key === 'timestamp' && this.triage?.missing.includes('timezone') === true && !this.fields.has('timezone')
      ? 'timezone'
      : undefined;
  }

  private removal(texts: FormTexts, kinds: readonly string[]): string {
    const names = [...new Set(kinds.map((kind) => texts.kinds[kind] ?? texts.kinds['other'] ?? kind))];
    const sentence = texts.form[kinds.length === 1 ? 'removesOne' : 'removesMany'] ?? '';
    return fill(sentence, { count: kinds.length, kinds: names.join(', ') });
  }

  private clean(values: readonly string[]): ReturnType<typeof cleanTogether> | undefined {
    if (this.redactor === undefined) return undefined;
    try {
      return cleanTogether(this.redactor, values);
    } catch {
      return undefined;
    }
  }

  // --- what the submission needs

  say(id: string): void {
    this.panel.say(this.texts?.form[id] ?? '');
  }

  /** Is there anything that a moment's wait would better: a redactor on its way, a draft that is behind the message? */
  isBehind(): boolean {
    if (this.redactor === undefined) return textControls(this.form).some(({ value }) => value.trim() !== '');
    if (!this.fields.has(DRAFT)) return false;
    try {
      const request = this.request();
      return request !== undefined && (this.triage === undefined || JSON.stringify(request) !== this.asked);
    } catch {
      return false;
    }
  }

  /** Catches up: resolves once the redactor is there and the draft is that of the message. */
  async catchUp(): Promise<void> {
    await this.wake();
    if (!this.fields.has(DRAFT)) return;
    clearTimeout(this.timer);
    await this.read();
    await this.answer;
  }

  /** What free text would become: controls with their clean text, only those that change. */
  dirty(): { readonly control: HTMLInputElement | HTMLTextAreaElement; readonly text: string }[] {
    const controls = textControls(this.form);
    const cleaned = this.clean(controls.map(({ value }) => value));
    return controls.flatMap((control, i) => {
      const text = cleaned?.[i]?.text ?? control.value;
      return text === control.value ? [] : [{ control, text }];
    });
  }

  /** The last door: entries of the form's free text as they are about to be sent, however it is sent. */
  cleanEntries(data: FormData): void {
    const { redactor } = this;
    if (redactor === undefined) return;
    const names = new Set(textControls(this.form).map(({ name }) => name));
    for (const name of new Set(data.keys())) {
      const values = data.getAll(name);
      if (!names.has(name) || values.some((value) => typeof value !== 'string')) continue;
      const cleaned = this.clean(values as string[]);
      if (cleaned === undefined || cleaned.every(({ text }, i) => text === values[i])) continue;
      data.delete(name);
      for (const { text } of cleaned) data.append(name, text);
    }
  }
}

// What leaves of one form, cleaned: its free text for a look, for a submit, and for the last door.
import type { BrowserRedactor } from '../redact/redact';
import { redactAside } from '../redact/aside';
import { isLong } from '../redact/long';
import { textControls } from './controls';
import { type Cleaned, cleanTogether, type Remembering, remembering, togetherOf } from './redaction';

export class FormCleaning {
  private redactor: Remembering | undefined;

  /** `base`: origin of the service. */
  constructor(
    private readonly form: HTMLFormElement,
    private readonly base: string,
  ) {}

  get isReady(): boolean {
    return this.redactor !== undefined;
  }

  begin(redactor: BrowserRedactor): void {
    this.redactor ??= remembering(redactor);
  }

  private get values(): string[] {
    return textControls(this.form).map(({ value }) => value);
  }

  /** Long texts that were not gone through yet. `more`: texts beside those of the form's controls. */
  private unknown(more: readonly string[] = []): string[] {
    const { redactor, values } = this;
    if (redactor === undefined) return [];
    const texts = new Set([...values, togetherOf(values) ?? '', ...more]);
    return [...texts].filter((text) => isLong(text) && !redactor.knows(text));
  }

  get isBehind(): boolean {
    return this.unknown().length > 0;
  }

  /** Goes through long texts without holding the page up, as far as the page's origin allows. Throws what the redactor throws. */
  async prepare(more: readonly string[] = []): Promise<void> {
    const { redactor } = this;
    if (redactor === undefined) return;
    for (const text of this.unknown(more)) redactor.keep(text, await redactAside(this.base, redactor, text));
  }

  /** One answer per value, in order; undefined without a redactor. Throws what the redactor throws. */
  together(values: readonly string[]): Cleaned[] | undefined {
    return this.redactor && cleanTogether(this.redactor, values);
  }

  /** The same; undefined too where the redactor refuses. */
  clean(values: readonly string[]): Cleaned[] | undefined {
    try {
      return this.together(values);
    } catch {
      return undefined;
    }
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
  entries(data: FormData): void {
    if (!this.isReady) return;
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

// The notes beside the controls of one form: what will be removed, what was filled in, what is asked.
import type { FormCleaning } from './cleaning';
import { textControls } from './controls';
import { fill } from './elements';
import { answerOf, clearField, DRAFT, type Field, TEXT } from './fields';
import { Note, type NoteLine } from './note';
import type { FormTexts, Triage } from './service';

export class Notes {
  /** Beside controls that the site has not named. */
  private readonly others = new Map<Element, Note>();

  /** `cleared`: the person took back what was filled in. */
  constructor(
    private readonly form: HTMLFormElement,
    private readonly cleaning: FormCleaning,
    private readonly cleared: () => void,
  ) {}

  /** Gives back what it says of secrets, for those who do not see where. */
  update(fields: ReadonlyMap<string, Field>, texts: FormTexts, triage: Triage | undefined): string {
    const named = new Map<Element, Field>();
    for (const field of fields.values()) for (const control of field.controls) named.set(control, field);
    const controls = textControls(this.form);
    const removed = new Map<Element, NoteLine>();
    const cleaned = this.cleaning.clean(controls.map(({ value }) => value));
    for (const [i, control] of controls.entries()) {
      const kinds = cleaned?.[i]?.kinds ?? [];
      if (kinds.length > 0) removed.set(control, { kind: 'removed', text: removal(texts, kinds) });
    }
    for (const field of fields.values()) {
      const lines = field.controls.flatMap((control) => removed.get(control) ?? []);
      if (field.controls.every(({ type }) => type === 'hidden')) continue;
      if (field.key !== TEXT && field.key !== DRAFT) lines.push(...this.fieldLines(field, fields, texts, triage));
      field.note.show(lines, texts.language);
    }
    for (const control of controls) {
      if (named.has(control)) continue;
      const line = removed.get(control);
      let note = this.others.get(control);
      if (line && note === undefined) this.others.set(control, (note = new Note(control)));
      note?.show(line ? [line] : [], texts.language);
    }
    return [...removed.values()].map(({ text }) => text).join(' ');
  }

  /** A long message is being gone through. */
  wait(field: Field | undefined, { form, language }: FormTexts): void {
    field?.note.show([{ kind: 'wait', text: form['looking'] ?? '' }], language);
  }

  private fieldLines(
    field: Field,
    fields: ReadonlyMap<string, Field>,
    texts: FormTexts,
    triage: Triage | undefined,
  ): NoteLine[] {
    const lines: NoteLine[] = [];
    if (field.filled !== undefined) {
      const run = (): void => {
        clearField(field);
        this.cleared();
      };
      const label = texts.form['clear'] ?? '';
      const name = `${label}: ${texts.fields[field.key]?.label ?? field.key}`;
      lines.push({ kind: 'filled', text: texts.form['filled'] ?? '', action: { label, name, run } });
    }
    const isEmpty = field.filled === undefined && answerOf(field) === '';
    const isAsked = isEmpty && triage?.missing.includes(field.key) === true;
    const asked = isAsked ? field.key : partOf(field.key, fields, triage);
    const question = asked === undefined ? undefined : texts.fields[asked]?.question;
    if (question !== undefined) lines.push({ kind: 'ask', text: question });
    return lines;
  }
}

/** What a moment lacks to be one: its zone, where the form asks for the moment alone. */
export function partOf(
  key: string,
  fields: ReadonlyMap<string, Field>,
  triage: Triage | undefined,
): string | undefined {
  const isPart = key === 'timestamp' && triage?.missing.includes('timezone') === true && !fields.has('timezone');
  return isPart ? 'timezone' : undefined;
}

function removal(texts: FormTexts, kinds: readonly string[]): string {
  const names = [...new Set(kinds.map((kind) => texts.kinds[kind] ?? texts.kinds['other'] ?? kind))];
  const sentence = texts.form[kinds.length === 1 ? 'removesOne' : 'removesMany'] ?? '';
  return fill(sentence, { count: kinds.length, kinds: names.join(', ') });
}

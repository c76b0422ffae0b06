// The fields of one form that the site has named: what the person gave, what was filled in for them, what is still asked.
import { type Control, elementsOf, isControl, readControls, writeControls } from './controls';
import { Note, type NoteLine } from './note';

const NAME = 'data-preticket-field';
/** Fields that are no ticket field: the message itself, and the finished draft. */
export const TEXT = 'text';
export const DRAFT = 'draft';

export interface Field {
  readonly key: string;
  readonly controls: Control[];
  readonly note: Note;
  /** What was filled in; undefined: nothing, or the person has made it theirs. */
  filled: string | undefined;
  /** The person has typed here or cleared it: nothing is filled in any more. */
  isTheirs: boolean;
}

/** The form's fields by key, as they stand in the page now; what is known of those seen before is kept. */
export function findFields(form: HTMLFormElement, before: ReadonlyMap<string, Field>): Map<string, Field> {
  const groups = new Map<string, Control[]>();
  for (const element of elementsOf(form)) {
    const key = element.getAttribute(NAME)?.trim();
    if (key === undefined || key === '' || !isControl(element)) continue;
    groups.set(key, [...(groups.get(key) ?? []), element]);
  }
  return new Map(
    [...groups].map(([key, controls]) => {
      const known = before.get(key);
      if (known && known.controls.length === controls.length && known.controls.every((each, i) => each === controls[i]))
        return [key, known];
      known?.note.remove();
      const note = new Note(controls.at(-1) as Control);
      return [key, { key, controls, note, filled: known?.filled, isTheirs: known?.isTheirs ?? false }];
    }),
  );
}

export const valueOf = (field: Field): string => readControls(field.controls);

/** A select's first choice stands there without anybody having chosen it. */
function isUntouched({ controls, isTheirs, filled }: Field, value: string): boolean {
  if (isTheirs) return false;
  if (value === '' || value === filled) return true;
  const [first] = controls;
  return (
    first instanceof HTMLSelectElement &&
    filled === undefined &&
    [...first.options].every((option, i) => option.defaultSelected === false && option.selected === (i === 0)) &&
    !first.multiple
  );
}

/** The value that counts as the person's answer; empty where there is none or only what was filled in. */
export function answerOf(field: Field): string {
  const value = valueOf(field);
  return isUntouched(field, value) ? '' : value;
}

/** Puts what was found into a field, never over what the person typed; takes back what is found no more. */
export function fillField(field: Field, found: string | null | undefined): void {
  const value = valueOf(field);
  if (!isUntouched(field, value)) return;
  if (typeof found === 'string' && found !== '') {
    // What the field makes of it (line ends, a length) is what it is known by.
    field.filled = writeControls(field.controls, found) ? valueOf(field) : undefined;
  } else if (field.filled !== undefined) {
    writeControls(field.controls, '');
    field.filled = undefined;
  }
}

/** Empties a field that was filled in; it stays the person's. */
export function clearField(field: Field): void {
  writeControls(field.controls, '');
  field.filled = undefined;
  field.isTheirs = true;
  field.controls[0]?.focus();
}

export type { NoteLine };

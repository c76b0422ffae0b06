// Reading and writing a form's controls so that frameworks notice: the platform's own setter, then the events they listen for.

export type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

export const isControl = (element: unknown): element is Control =>
  element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;

const isOption = (control: Control): control is HTMLInputElement =>
  control instanceof HTMLInputElement && (control.type === 'radio' || control.type === 'checkbox');

/** What a field's controls hold; several are a group of options. Files give their names. */
export function readControls(controls: readonly Control[]): string {
  const values = controls.map((control) => {
    if (isOption(control)) return control.checked ? control.value : '';
    if (control instanceof HTMLInputElement && control.type === 'file')
      return [...(control.files ?? [])].map(({ name }) => name).join(', ');
    return control.value;
  });
  return values.filter((value) => value.trim() !== '').join('\n\n');
}

let writing = false;

/** Is an event that arrives now one of our own making? */
export const isOurs = (): boolean => writing;

function announce(control: Control, ...names: readonly string[]): void {
  for (const name of names) control.dispatchEvent(new Event(name, { bubbles: true, composed: true }));
}

/** Sets the value behind a framework's back and tells it; React keeps a setter of its own on the element. */
function setValue(control: Control, value: string): void {
  Reflect.set(Object.getPrototypeOf(control) as object, 'value', value, control);
  announce(control, 'input', 'change');
}

const same = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase();

/** Gives the controls a value. False where they do not take it: no such option, or a file. */
export function writeControls(controls: readonly Control[], value: string): boolean {
  const [first] = controls;
  if (first === undefined || first.type === 'file') return false;
  writing = true;
  try {
    if (isOption(first)) {
      const option = controls.find((control) => same(control.value, value)) as HTMLInputElement | undefined;
      if (value === '') for (const control of controls) (control as HTMLInputElement).checked = false;
      else if (option && !option.checked) option.click();
      return option !== undefined || value === '';
    }
    if (first instanceof HTMLSelectElement) {
      const option = [...first.options].find((each) => same(each.value, value) || same(each.text, value));
      if (option === undefined) return false;
      if (first.value !== option.value) setValue(first, option.value);
      return true;
    }
    if (first.value !== value) setValue(first, value);
    // Types such as date or number take no other text.
    return first.value !== '' || value === '';
  } finally {
    writing = false;
  }
}

/** Past a control that is called `elements`. */
export const elementsOf = (form: HTMLFormElement): Element[] => [
  ...(Object.getOwnPropertyDescriptor(HTMLFormElement.prototype, 'elements')?.get?.call(form) as HTMLCollection),
];

const FREE_TEXT = new Set(['text', 'search', 'url']);

/** Controls in which people write freely; what the site itself put there (hidden, read-only) and what it asks for by type stays as it is. */
export function textControls(form: HTMLFormElement): (HTMLInputElement | HTMLTextAreaElement)[] {
  return elementsOf(form).filter((control): control is HTMLInputElement | HTMLTextAreaElement => {
    if (control instanceof HTMLTextAreaElement || (control instanceof HTMLInputElement && FREE_TEXT.has(control.type)))
      return !control.disabled && !control.readOnly && !control.hasAttribute('data-preticket-skip');
    return false;
  });
}

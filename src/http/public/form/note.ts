// A note beside a control: what is asked, what was filled in, what will be removed. The control is described by it.
import { type IconName, icon, make, paragraph } from './elements';
import { makeHost } from './style';

export interface NoteLine {
  readonly kind: IconName;
  readonly text: string;
  readonly action?: { readonly label: string; readonly name: string; readonly run: () => void };
}

let count = 0;

/** Where a note does not become part of the control's label, nor of a row that the page lays out side by side. */
export function placeBelow(control: Element): Element {
  let place = control;
  for (
    let parent = place.parentElement;
    parent && !(parent instanceof HTMLFormElement);
    parent = parent.parentElement
  ) {
    const { display, flexDirection } = getComputedStyle(parent);
    const row = /flex$/.test(display) && flexDirection.startsWith('row');
    if (!(parent instanceof HTMLLabelElement) && !row) break;
    // A row that holds other fields as well is the page's grid.
    if (row && parent.querySelectorAll('input:not([type=hidden]), textarea, select').length > 1) break;
    place = parent;
  }
  return place;
}

export class Note {
  private host?: HTMLElement;
  private root?: ShadowRoot;
  private shown = '';

  constructor(private readonly control: Element) {}

  /** Shows these lines, none: nothing. `language`: of the lines. */
  show(lines: readonly NoteLine[], language: string): void {
    const key = lines.map(({ kind, text }) => `${kind} ${text}`).join('\n');
    // A framework may have thrown it out with what stood around it.
    if (key === this.shown && (key === '' || this.host?.isConnected)) return;
    this.shown = key;
    if (lines.length === 0) return this.remove();
    if (this.host === undefined || this.root === undefined) {
      ({ host: this.host, root: this.root } = makeHost('preticket-note'));
      this.host.id = `preticket-note-${++count}`;
    }
    this.host.lang = language;
    this.root.replaceChildren(
      ...lines.map(({ kind, text, action }) => {
        const line = make('div', `note ${kind}`, icon(kind), paragraph(text, []));
        if (action) {
          const button = make('button', '', action.label) as HTMLButtonElement;
          button.type = 'button';
          button.setAttribute('aria-label', action.name);
          button.addEventListener('click', action.run);
          line.append(button);
        }
        return line;
      }),
    );
    if (!this.host.isConnected) placeBelow(this.control).after(this.host);
    this.describe(true);
  }

  remove(): void {
    this.shown = '';
    this.host?.remove();
    this.describe(false);
  }

  private describe(on: boolean): void {
    if (this.host === undefined) return;
    const { id } = this.host;
    const ids = (this.control.getAttribute('aria-describedby') ?? '')
      .split(/\s+/)
      .filter((each) => each && each !== id);
    if (on) ids.push(id);
    if (ids.length > 0) this.control.setAttribute('aria-describedby', ids.join(' '));
    else this.control.removeAttribute('aria-describedby');
  }
}

// Small makers of elements. Text only ever becomes text: nothing here reads markup.

export type Child = Node | string;

export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className = '',
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

/** A language's own name. */
export const nameOf = (tag: string): string => new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;

export function button(label: Child, className: string, press: () => void): HTMLButtonElement {
  const element = make('button', className, label);
  element.type = 'button';
  element.addEventListener('click', press);
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

/** A drawing of one path in a field of 20 by 20 units. */
export function icon(path: string): SVGSVGElement {
  const drawing = document.createElementNS(SVG, 'svg');
  drawing.setAttribute('viewBox', '0 0 20 20');
  drawing.ariaHidden = 'true';
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('d', path);
  drawing.append(line);
  return drawing;
}

/** A button that shows a drawing and is called by its label. */
export function iconButton(path: string, label: string, className: string, press: () => void): HTMLButtonElement {
  const element = button(icon(path), className, press);
  element.ariaLabel = label;
  element.title = label;
  return element;
}

/** What is there for those who listen. */
export const unseen = (text: string): HTMLElement => make('span', 'unseen', text);

/** A share of a whole, as a bar with its words. */
export function bar(label: string, done: number, all: number): HTMLElement {
  const progress = make('progress');
  progress.max = Math.max(all, 1);
  progress.value = done;
  progress.ariaLabel = label;
  return progress;
}

/** A place that scrolls can be reached by keyboard. */
export function scrollable<T extends HTMLElement>(element: T, label: string): T {
  element.tabIndex = 0;
  element.role = 'group';
  element.ariaLabel = label;
  return element;
}

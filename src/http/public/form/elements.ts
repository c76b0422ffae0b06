// Small ways to build what is shown. Texts become text nodes, never markup; links only to hosts that the pack names.

type Child = Node | string;

export function make(name: string, className = '', ...children: readonly Child[]): HTMLElement {
  const element = document.createElement(name);
  if (className !== '') element.className = className;
  element.append(...children);
  return element;
}

const ICONS = {
  ask: 'M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13M6.3 6.2a1.8 1.8 0 1 1 2.6 1.6c-.6.3-.9.7-.9 1.4M8 11.4v.01',
  filled: 'M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13M5.2 8.2l2 2 3.6-4',
  wait: 'M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13M8 4.5V8l2.3 1.6',
  removed: 'M8 1.5 13 3.5V8c0 3.3-2.2 5.3-5 6.5C5.2 13.3 3 11.3 3 8V3.5zM8 5v3.4M8 10.8v.01',
} as const;

export type IconName = keyof typeof ICONS;

export function icon(name: IconName): SVGElement {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(space, 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}

/** Sets `{name}` in a sentence; values are not looked through again. */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));

/** A paragraph with the pack's own links as links. */
export function paragraph(text: string, hosts: readonly string[]): HTMLElement {
  const parts = text.split(/(https:\/\/[^\s<>"']+[^\s<>"'.,;:!?)])/).map((part): Child => {
    if (!part.startsWith('https://') || !URL.canParse(part) || !hosts.includes(new URL(part).host)) return part;
    const link = make('a', '', part) as HTMLAnchorElement;
    link.href = part;
    link.rel = 'noopener noreferrer';
    link.target = '_blank';
    return link;
  });
  const made = make('p', '', ...parts);
  made.dir = 'auto';
  return made;
}

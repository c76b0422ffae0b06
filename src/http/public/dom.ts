// Small makers of elements. Text only ever becomes text: nothing here reads markup.

type Child = Node | string;

export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className = '',
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  if (className !== '') element.className = className;
  element.append(...children);
  return element;
}

export function button(label: string, className: string, press: () => void): HTMLButtonElement {
  const element = make('button', className, label);
  element.type = 'button';
  element.addEventListener('click', press);
  return element;
}

export function byId<T extends HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`no #${id}`);
  return element as T;
}

/** Hosts that may become links; set once from the page. */
let officialHosts: readonly string[] = [];
export const allowHosts = (hosts: readonly string[]): void => void (officialHosts = hosts);

const MARKS = /\[redacted:([a-z-]+)\]|https:\/\/[^\s<>"'“”«»)]*[^\s<>"'“”«»).,;:!?]/g;

/** Text with placeholders of removed credentials as marks, and addresses of the pack's own hosts as links. */
export function rich(text: string): DocumentFragment {
  const out = document.createDocumentFragment();
  let from = 0;
  for (const match of text.matchAll(MARKS)) {
    const [whole, kind] = match;
    const node = kind === undefined ? linkTo(whole) : make('mark', 'removed', whole);
    if (node === undefined) continue;
    out.append(text.slice(from, match.index), node);
    from = match.index + whole.length;
  }
  out.append(text.slice(from));
  return out;
}

function linkTo(address: string): HTMLAnchorElement | undefined {
  if (!URL.canParse(address) || !officialHosts.includes(new URL(address).host)) return undefined;
  const link = make('a', '', address);
  link.href = address;
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
  return link;
}

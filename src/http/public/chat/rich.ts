// Text of people and of the pack as nodes: what was removed as marks, the pack's own addresses as links, signs that turn text around as their names.
import { make } from './dom';

/** Directional formatting characters (Unicode TR 9): shown by number, so that no text reads as another one. */
const PARTS = /\[redacted:([a-z-]+)\]|https:\/\/[!-~]*[\w/]|([\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069])/g;

/** `hosts`: those that may become links. */
export function createRich(hosts: readonly string[]): (text: string) => DocumentFragment {
  const linkTo = (address: string): HTMLAnchorElement | undefined => {
    if (!URL.canParse(address) || !hosts.includes(new URL(address).host)) return undefined;
    const link = make('a', '', address);
    link.href = address;
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
    return link;
  };
  return (text) => {
    const out = document.createDocumentFragment();
    let from = 0;
    for (const match of text.matchAll(PARTS)) {
      const [whole, kind, turner] = match;
      const node =
        kind !== undefined
          ? make('mark', 'removed', whole)
          : turner !== undefined
            ? make('mark', 'removed', `U+${turner.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`)
            : linkTo(whole);
      if (node === undefined) continue;
      out.append(text.slice(from, match.index), node);
      from = match.index + whole.length;
    }
    out.append(text.slice(from));
    return out;
  };
}

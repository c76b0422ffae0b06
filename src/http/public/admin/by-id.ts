// The page's own elements by their ids.

/** Throws where the page has none: page and script belong together. */
export function byId<T extends HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`no #${id}`);
  return element as T;
}

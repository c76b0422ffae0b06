// The words of one language, as the server gives them from its pack.

type Sentences = Readonly<Record<string, string>>;

export interface ChatTexts {
  readonly language: string;
  /** By id; see the section `page` of a text file. */
  readonly page: Sentences;
  readonly greeting: string;
  /** Ticket fields by key, in the order of the ticket. */
  readonly fields: Readonly<Record<string, { readonly label: string; readonly choices?: Sentences }>>;
  readonly kinds: Sentences;
  readonly states: Sentences;
  /** Languages that the pack speaks. */
  readonly languages: readonly string[];
  /** Hosts that may be shown as links. */
  readonly hosts: readonly string[];
}

export type Say = (id: string, parameters?: Readonly<Record<string, string | number>>) => string;

export function sayIn({ page }: ChatTexts): Say {
  return (id, parameters = {}) =>
    (page[id] ?? '').replace(/\{(\w+)\}/g, (whole, name: string) => String(parameters[name] ?? whole));
}

const loads = new Map<string, Promise<ChatTexts>>();

/** Rejects where they cannot be had; the next call tries again. */
export function loadTexts(base: string, language: string): Promise<ChatTexts> {
  const address = `${base}/texts/${language}.json`;
  let texts = loads.get(address);
  if (texts === undefined) {
    texts = fetch(address).then(async (response) => {
      if (!response.ok) throw new Error(`texts: ${response.status}`);
      return (await response.json()) as ChatTexts;
    });
    loads.set(address, texts);
    texts.catch(() => loads.delete(address));
  }
  return texts;
}

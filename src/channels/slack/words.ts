// The pack's sentences that this channel says, in the languages of the staff.

type Sentences = Readonly<Record<string, string>>;

/** Of one language. */
export interface Words {
  readonly language: string;
  /** The section `slack` of the pack's texts. */
  readonly slack: Sentences;
  readonly report: Sentences;
  readonly phrases: Sentences;
  /** Names of the kinds of credentials. */
  readonly kinds: Sentences;
  /** In the guide's order. */
  readonly causes: readonly { readonly id: string; readonly short: string; readonly title: string }[];
  /** Of the fields of a ticket, in its order. */
  readonly fields: readonly {
    readonly key: string;
    readonly label: string;
    readonly choices?: Sentences;
  }[];
}

export interface WordBook {
  readonly languages: readonly string[];
  readonly defaultLanguage: string;
  of(language: string): Words;
}

/** A sentence with its parameters. Values are not scanned for placeholders again. */
export function say(sentences: Sentences, name: string, parameters: Sentences = {}): string {
  return (sentences[name] ?? name).replace(/\{([A-Za-z]+)\}/g, (whole, key: string) => parameters[key] ?? whole);
}

/** A language's own name for another one; its tag where it has none. */
export function languageName(words: Words, tag: string): string {
  return new Intl.DisplayNames([words.language], { type: 'language', fallback: 'code' }).of(tag) ?? tag;
}

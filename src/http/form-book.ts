// What the embedded form and the form page are given of the loaded pack: its words, fields and hosts, by language.
import type { Language } from './accept-language';

type Sentences = Readonly<Record<string, string>>;

interface FieldWords {
  readonly label: string;
  readonly question: string;
  readonly choices?: Sentences;
}

/** The part of a pack that is read here. */
export interface FormPack {
  readonly pack: {
    readonly defaultLanguage: Language;
    readonly languages: readonly Language[];
    readonly moduleIntegration: string;
    readonly links: Sentences;
  };
  readonly texts: readonly {
    readonly language: Language;
    readonly form: Sentences;
    readonly page: Sentences;
    readonly kinds: Sentences;
    readonly fields: Readonly<Record<string, FieldWords>>;
  }[];
  readonly fields: readonly { readonly key: string; readonly order: number; readonly needed: string }[];
}

/** What `/form.json` answers. */
export interface FormTexts {
  readonly language: Language;
  readonly form: Sentences;
  readonly fields: Readonly<Record<string, { readonly label: string; readonly question: string }>>;
  readonly kinds: Sentences;
  /** Hosts that may be shown as links. */
  readonly hosts: readonly string[];
  /** Field keys that a triage takes. */
  readonly keys: readonly string[];
}

/** One control of the form page. */
export interface PageField {
  readonly key: string;
  readonly label: string;
  readonly choices: readonly { readonly value: string; readonly label: string; readonly isModule: boolean }[];
  /** Asked for only where the module is used. */
  readonly isForModule: boolean;
}

export interface FormBook {
  readonly defaultLanguage: Language;
  readonly languages: readonly Language[];
  readonly texts: Readonly<Record<Language, FormTexts>>;
  readonly pages: Readonly<Record<Language, { readonly page: Sentences; readonly fields: readonly PageField[] }>>;
}

/** `attachments`: the key of the field that no text is read for. */
export function formBookOf({ pack, texts, fields }: FormPack, attachments: string): FormBook {
  const ordered = [...fields].sort((a, b) => a.order - b.order);
  const keys = [...ordered.map(({ key }) => key), attachments];
  const hosts = [...new Set(Object.values(pack.links).map((link) => new URL(link).host))];
  const pageField =
    (words: Readonly<Record<string, FieldWords>>) =>
    ({ key, needed }: (typeof ordered)[number]): PageField => {
      const { label = key, choices = {} } = words[key] ?? {};
      return {
        key,
        label,
        isForModule: needed === 'with-module',
        choices: Object.entries(choices).map(([value, name]) => ({
          value,
          label: name,
          isModule: value === pack.moduleIntegration,
        })),
      };
    };
  const byLanguage = <T>(make: (text: FormPack['texts'][number]) => T): Record<Language, T> =>
    Object.fromEntries(texts.map((text) => [text.language, make(text)]));
  return {
    defaultLanguage: pack.defaultLanguage,
    languages: pack.languages,
    texts: byLanguage(({ language, form, fields: words, kinds }) => ({
      language,
      form,
      kinds,
      hosts,
      keys,
      fields: Object.fromEntries(
        Object.entries(words).map(([key, { label, question }]) => [key, { label, question }] as const),
      ),
    })),
    pages: byLanguage(({ page, fields: words }) => ({ page, fields: ordered.map(pageField(words)) })),
  };
}

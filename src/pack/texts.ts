// Texts ready for use: links and the API's address filled in once; only links that the pack lists can occur.
import { PreticketError } from '../errors';
import type { TextFile } from './schema/text';

/** Sentences of one language, complete but for parameters such as `{value}`, which `fillIn` sets. */
export type Texts = TextFile;

/** Texts of all languages. */
export interface TextBook {
  readonly languages: readonly string[];
  /** Texts of a language, those of the pack's default language where it has none of its own. */
  of(language: string): Texts;
}

/** What placeholders stand for: `{link:NAME}` by `links`, `{NAME}` by `values`. */
export interface TextValues {
  readonly links: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, string>>;
}

const PLACEHOLDER = /\{(link:)?([A-Za-z]+)\}/g;

/** Fills in a file's placeholders. Parameters that are not in `known.values` stay. Throws PACK_INVALID on a link that the pack lacks. */
export function compileTexts(file: TextFile, known: TextValues): Texts {
  const fill = (text: string): string =>
    text.replace(PLACEHOLDER, (whole, link: string | undefined, name: string) => {
      if (link === undefined) return known.values[name] ?? whole;
      const target = known.links[name];
      if (target === undefined)
        throw new PreticketError('PACK_INVALID', `text-${file.language}.yaml: no link "${name}" in pack.yaml`);
      return target;
    });
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return fill(value);
    if (Array.isArray(value)) return Object.freeze(value.map(walk));
    if (typeof value !== 'object' || value === null) return value;
    return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, part]) => [key, walk(part)])));
  };
  return walk(file) as Texts;
}

/** Compiles all text files of a pack. Throws PACK_MISSING where the default language has none. */
export function compileTextBook(files: readonly TextFile[], defaultLanguage: string, known: TextValues): TextBook {
  const byLanguage = new Map(files.map((file) => [file.language, compileTexts(file, known)]));
  const fallback = byLanguage.get(defaultLanguage);
  if (!fallback) throw new PreticketError('PACK_MISSING', `pack: rules/text-${defaultLanguage}.yaml is missing`);
  return {
    languages: [...byLanguage.keys()],
    of: (language) => byLanguage.get(language) ?? byLanguage.get(language.split('-')[0] ?? '') ?? fallback,
  };
}

/** Sets parameters of a sentence; those not given stay. Values are not scanned for placeholders again. */
export function fillIn(text: string, parameters: Readonly<Record<string, string>>): string {
  return text.replace(PLACEHOLDER, (whole, link: string | undefined, name: string) =>
    link === undefined ? (parameters[name] ?? whole) : whole,
  );
}

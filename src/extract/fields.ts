// Compiles field-*.yaml into what the readers ask for: labels and cue groups as expressions, per language, built once when first needed.

import { compileWords, NOTHING, phrasesFor, phrasesSource, type Words } from './cue';

export type FieldForm =
  'account' | 'action' | 'timestamp' | 'domain' | 'ip' | 'url' | 'code' | 'message' | 'integration' | 'version';

/** Parsed content of one field-<key>.yaml. */
export interface FieldData {
  readonly key: string;
  readonly form: FieldForm;
  readonly needed: 'always' | 'with-domain' | 'with-module';
  readonly order: number;
  /** How hard the answer is to find for a person, 0 to 10. */
  readonly effort: number;
  /** How much support gains by the answer, 0 to 10. */
  readonly worth: number;
  readonly labels: Words;
  readonly cues: Readonly<Record<string, { readonly why: string; readonly weight?: number; readonly words: Words }>>;
  readonly tables?: Readonly<Record<string, Readonly<Record<string, string | number>>>>;
}

/** What the readers must know of the API; taken from its description. */
export interface ApiFacts {
  /** Host names that belong to the service (API, sandbox, panel, documentation). */
  readonly hosts: readonly string[];
  readonly actions: readonly { readonly category: string; readonly action: string; readonly domain: boolean }[];
  /** Messages that the documentation prints for failures. */
  readonly messages: readonly string[];
  /** Codes of the envelope that mean success. */
  readonly successCodes: readonly string[];
}

/** Expressions of one language (with those of no language and of the base language). */
export interface Lexicon {
  readonly language: string;
  /** The language that services write in. */
  readonly base: string;
  /** Group `group` of the field with form `form`; `tail` and `flags` as for a regular expression. */
  cue(form: FieldForm, group: string, tail?: string, flags?: string): RegExp;
  weight(form: FieldForm, group: string): number;
  /** Source of the alternation of a group, `(?!)` where it is empty. */
  source(form: FieldForm, group: string): string;
  /** Source of the alternation of a field's labels in all languages: forms and logs mix them. */
  labels(form: FieldForm): string;
  /** A word table (months, zones). */
  table(form: FieldForm, name: string): Readonly<Record<string, string | number>>;
  /** Keeps anything else that is compiled once per language. */
  once<T>(key: string, make: () => T): T;
}

export interface CompiledFields {
  readonly fields: readonly FieldData[];
  readonly api: ApiFacts;
  keyOf(form: FieldForm): string | undefined;
  /** The language whose words are always read. */
  readonly base: string;
  lexicon(language: string): Lexicon;
  /** Whether a word in lower case is one of the languages' own, so that it names nobody. */
  ordinary(word: string): boolean;
}

const MAX_LANGUAGES = 32;

function createLexicon(byForm: ReadonlyMap<FieldForm, FieldData>, language: string, base: string): Lexicon {
  const memo = new Map<string, unknown>();
  const once = <T>(key: string, make: () => T): T => {
    let value = memo.get(key) as T | undefined;
    if (value === undefined) memo.set(key, (value = make()));
    return value;
  };
  const source = (form: FieldForm, group: string): string =>
    once(`source ${form} ${group}`, () => {
      const words = byForm.get(form)?.cues[group]?.words;
      return (words === undefined ? '' : phrasesSource(phrasesFor(words, language, base))) || NOTHING.source;
    });
  // Readers ask for the same few hundred expressions for each message: no key is put together for that.
  const cues = new Map<FieldForm, Map<string, Map<string, RegExp>>>();
  const cue: Lexicon['cue'] = (form, group, tail = '', flags = '') => {
    let ofForm = cues.get(form);
    if (ofForm === undefined) cues.set(form, (ofForm = new Map<string, Map<string, RegExp>>()));
    let ofGroup = ofForm.get(group);
    if (ofGroup === undefined) ofForm.set(group, (ofGroup = new Map<string, RegExp>()));
    const key = flags === '' ? tail : `${tail} ${flags}`;
    let expression = ofGroup.get(key);
    if (expression === undefined) {
      const words = byForm.get(form)?.cues[group]?.words;
      expression = words === undefined ? NOTHING : compileWords(words, language, base, tail, flags);
      ofGroup.set(key, expression);
    }
    return expression;
  };
  return {
    language,
    base,
    once,
    source,
    cue,
    weight: (form, group) => byForm.get(form)?.cues[group]?.weight ?? 1,
    labels: (form) =>
      once(
        `labels ${form}`,
        () => phrasesSource([...new Set(Object.values(byForm.get(form)?.labels ?? {}).flat())]) || NOTHING.source,
      ),
    table: (form, name) => byForm.get(form)?.tables?.[name] ?? {},
  };
}

/**
 * Compiles the fields of a pack. Expressions are built per language when first asked for.
 * @param base language whose words are always read beside those of the text (the one that logs are written in)
 * @param ordinary the languages' own words, which name nobody
 */
export function compileFields(
  fields: readonly FieldData[],
  api: ApiFacts,
  base: string,
  ordinary: (word: string) => boolean = () => false,
): CompiledFields {
  const byForm = new Map<FieldForm, FieldData>(fields.map((f) => [f.form, f]));
  const lexicons = new Map<string, Lexicon>();
  return {
    fields,
    api,
    base,
    ordinary,
    keyOf: (form) => byForm.get(form)?.key,
    lexicon: (language) => {
      let lexicon = lexicons.get(language);
      if (lexicon === undefined) {
        lexicon = createLexicon(byForm, language, base);
        if (lexicons.size < MAX_LANGUAGES) lexicons.set(language, lexicon);
      }
      return lexicon;
    },
  };
}

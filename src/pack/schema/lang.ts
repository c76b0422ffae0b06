// JSON Schema of lang-<tag>.yaml: the words of a language mapped to language-free concepts.

const words = { type: 'array', items: { type: ['string', 'number'] } } as const;

export const langSchema = {
  $id: 'lang.json',
  type: 'object',
  additionalProperties: false,
  required: ['language', 'name', 'script', 'common', 'function', 'concepts'],
  properties: {
    language: { type: 'string', pattern: '^[a-z]{2,3}(-[A-Z]{2})?$', description: 'BCP 47 tag.' },
    name: { type: 'string' },
    stemmer: {
      type: 'string',
      pattern: '^[a-z_]+$',
      description: "A stemmer of the library `natural`, by its file's name.",
    },
    script: { enum: ['latin', 'cyrillic', 'han'], description: 'Script most of its letters belong to.' },
    tolerateFrom: {
      type: 'integer',
      minimum: 0,
      description: 'Least letters of a word in which one slip is forgiven; 0: none.',
    },
    common: { ...words, description: 'Frequent words that tell this language from others of its script.' },
    sets: {
      type: 'object',
      additionalProperties: words,
      propertyNames: { pattern: '^[a-z][a-z0-9-]*$' },
      description: "Words that take each other's place in phrases, written @name there.",
    },
    function: { ...words, description: 'Words that carry no content: an answer may be wrapped in them.' },
    lacks: {
      type: 'array',
      items: { type: 'string' },
      description: 'Concepts for which this language has no words of its own on purpose.',
    },
    concepts: { type: 'object', additionalProperties: words, propertyNames: { pattern: '^[a-z0-9][a-z0-9-]*$' } },
  },
} as const;

/** A language file as loaded. */
export interface LangData {
  readonly language: string;
  readonly name: string;
  readonly stemmer?: string;
  readonly script: 'latin' | 'cyrillic' | 'han';
  readonly tolerateFrom?: number;
  readonly common: readonly (string | number)[];
  readonly function: readonly (string | number)[];
  readonly lacks?: readonly string[];
  readonly sets?: Readonly<Record<string, readonly (string | number)[]>>;
  readonly concepts: Readonly<Record<string, readonly (string | number)[]>>;
}

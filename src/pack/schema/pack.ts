// JSON Schema of pack.yaml: what the pack is called and which languages it speaks.

export const packSchema = {
  $id: 'pack.json',
  type: 'object',
  additionalProperties: false,
  required: [
    'name',
    'languages',
    'defaultLanguage',
    'verdictFrom',
    'noneFactor',
    'moduleIntegration',
    'subjectFields',
    'warnings',
    'links',
  ],
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 60 },
    languages: { type: 'array', items: { type: 'string' }, minItems: 1, uniqueItems: true },
    defaultLanguage: { type: 'string' },
    verdictFrom: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      description: 'Least probability at which the first cause is the verdict.',
    },
    noneFactor: {
      type: 'number',
      minimum: 0,
      maximum: 2,
      description: 'The first cause is the verdict only from so many times the probability of none.',
    },
    moduleIntegration: { type: 'string', description: 'Value of the field `integration` that stands for a module.' },
    subjectFields: {
      type: 'array',
      items: { type: 'string' },
      description: 'Fields whose values stand in the subject of a ticket.',
    },
    warnings: {
      type: 'array',
      description: 'What must be said first where a fact holds, whatever the verdict.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['fact', 'text'],
        properties: { fact: { type: 'string' }, text: { type: 'string' } },
      },
    },
    links: {
      type: 'object',
      additionalProperties: { type: 'string', pattern: '^https://' },
      description: 'The only links that a text may give, by name.',
    },
  },
} as const;

export interface PackFile {
  readonly name: string;
  readonly languages: readonly string[];
  readonly defaultLanguage: string;
  readonly verdictFrom: number;
  readonly noneFactor: number;
  readonly moduleIntegration: string;
  readonly subjectFields: readonly string[];
  readonly warnings: readonly { readonly fact: string; readonly text: string }[];
  readonly links: Readonly<Record<string, string>>;
}

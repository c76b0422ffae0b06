// JSON Schema of faq.yaml: which concepts in a question call for which answer, and which concepts speak of something else.

const concept = { type: 'string', pattern: '^!?[a-z0-9][a-z0-9-]*$' } as const;

export const faqSchema = {
  $id: 'faq.json',
  type: 'object',
  additionalProperties: false,
  required: ['asks', 'elsewhere', 'answers'],
  properties: {
    asks: {
      type: 'array',
      items: concept,
      description: 'Concepts that make a sentence a question without a question mark.',
    },
    elsewhere: { type: 'array', items: concept, description: 'Concepts of topics that none of the causes covers.' },
    answers: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'source', 'when'],
        properties: {
          id: { type: 'string', pattern: '^[a-z][a-z0-9-]*$', description: 'Id of its sentence in the text files.' },
          source: { type: 'string', minLength: 3 },
          when: {
            type: 'array',
            minItems: 1,
            description: 'Any of these; within one, all concepts in one asked sentence (`!x` negated).',
            items: { type: 'array', items: concept, minItems: 1 },
          },
          unless: { type: 'array', items: concept, description: 'None of these in the sentence.' },
        },
      },
    },
  },
} as const;

export interface FaqAnswerData {
  readonly id: string;
  readonly source: string;
  readonly when: readonly (readonly string[])[];
  readonly unless?: readonly string[];
}

export interface FaqFile {
  readonly asks: readonly string[];
  readonly elsewhere: readonly string[];
  readonly answers: readonly FaqAnswerData[];
}

// JSON Schema of question-<id>.yaml: what an answer to a question tells about the causes, and what asking costs.

const terms = {
  type: 'array',
  items: { type: 'string', pattern: '^(concept:!?[a-z0-9-]+|fact:[a-z0-9-]+|field:[A-Za-z]+(=.+)?)$' },
} as const;

export const questionSchema = {
  $id: 'question.json',
  type: 'object',
  additionalProperties: false,
  required: ['why', 'source', 'answers'],
  oneOf: [{ required: ['asks', 'effort'] }, { required: ['field'] }],
  properties: {
    asks: {
      type: 'string',
      pattern: '^[a-z][a-z0-9-]*$',
      description: 'Id of a diagnostic question; its words stand in the text files.',
    },
    field: {
      type: 'string',
      pattern: '^[a-z][A-Za-z]*$',
      description: 'Key of the ticket field that the question fills.',
    },
    why: { type: 'string', minLength: 10, description: 'For authors: what it separates.' },
    source: { type: 'string', minLength: 3 },
    effort: {
      type: 'number',
      minimum: 0,
      maximum: 10,
      description: 'How hard it is to answer; for a field its own file wins.',
    },
    worth: {
      type: 'number',
      minimum: 0,
      maximum: 10,
      description: 'What a ticket gains; for a field its own file wins.',
    },
    group: { type: 'string', description: 'Of one group only one diagnostic question is asked.' },
    opener: { type: 'boolean', description: 'Asked where no other question is worth asking: it opens a talk.' },
    needs: { ...terms, description: 'Asked only where one of these holds.' },
    known: { ...terms, description: 'Not asked where one of these holds: it was said already.' },
    answers: {
      type: 'object',
      minProperties: 1,
      description:
        'How often each answer is given, relative to the other answers, by cause id or `none`; `default` for those not named.',
      additionalProperties: {
        type: 'object',
        required: ['default'],
        additionalProperties: { type: 'number', minimum: 0 },
      },
    },
  },
} as const;

export interface QuestionData {
  readonly asks?: string;
  readonly field?: string;
  readonly why: string;
  readonly source: string;
  readonly effort?: number;
  readonly worth?: number;
  readonly group?: string;
  readonly opener?: boolean;
  readonly needs?: readonly string[];
  readonly known?: readonly string[];
  readonly answers: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

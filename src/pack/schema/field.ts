// JSON Schema of field-<key>.yaml: how a ticket field is recognised, normalised and valued. Words per language are data.

const words = {
  type: 'object',
  description: 'Phrases by language tag; `any` for keys, commands and protocol words.',
  additionalProperties: { type: 'array', items: { type: 'string', minLength: 1, maxLength: 900 } },
} as const;

export const fieldSchema = {
  $id: 'field.json',
  type: 'object',
  additionalProperties: false,
  required: ['key', 'form', 'needed', 'order', 'effort', 'worth', 'labels', 'cues'],
  properties: {
    key: { type: 'string', pattern: '^[a-z][A-Za-z]*$', description: 'Key of the field as in the contract.' },
    form: {
      enum: ['account', 'action', 'timestamp', 'domain', 'ip', 'url', 'code', 'message', 'integration', 'version'],
      description: 'Which normal form and which reader.',
    },
    needed: {
      enum: ['always', 'with-domain', 'with-module'],
      description: 'On every ticket, only where the action has a domain, or only with the module integration.',
    },
    order: { type: 'integer', minimum: 1, description: 'Place among the questions when all else is equal.' },
    effort: { type: 'number', minimum: 0, maximum: 10, description: 'How hard it is for a person to find the answer.' },
    worth: { type: 'number', minimum: 0, maximum: 10, description: 'How much support gains by it.' },
    labels: {
      ...words,
      description: 'What the field is called in a form that a person fills in: the words before a colon.',
    },
    cues: {
      type: 'object',
      description: 'Groups of phrases that the reader of this form asks for by name.',
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        required: ['why', 'words'],
        properties: {
          why: { type: 'string', minLength: 1 },
          weight: { type: 'number', description: 'What a match adds to a candidate; only where the reader weighs.' },
          words,
        },
      },
    },
    tables: {
      type: 'object',
      description: 'Word lists with values, such as months and zones.',
      additionalProperties: { type: 'object', additionalProperties: { type: ['string', 'number'] } },
    },
  },
} as const;

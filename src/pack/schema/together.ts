// JSON Schema of together.yaml: which fields a person reads off one place, and the commands that show the outside address.

export const togetherSchema = {
  $id: 'together.json',
  type: 'object',
  additionalProperties: false,
  required: ['places', 'essential', 'egress'],
  properties: {
    places: {
      type: 'array',
      description: 'Fields of one place are asked for in one question: whoever is there answers them at once.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'fields'],
        properties: {
          id: { type: 'string', pattern: '^[a-z][a-z0-9-]*$' },
          fields: { type: 'array', items: { type: 'string' }, minItems: 2 },
        },
      },
    },
    essential: {
      type: 'array',
      description:
        'Fields without which support cannot find the request, in the order in which they are asked for by themselves.',
      items: { type: 'string' },
    },
    beside: {
      type: 'array',
      description: 'Diagnostic questions that the answer for a field often answers too.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['field', 'asks'],
        properties: { field: { type: 'string' }, asks: { type: 'string' } },
      },
    },
    egress: {
      type: 'array',
      description:
        'Commands that call the egress check, the first whose terms hold is offered; {url} is the address of the check.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'command'],
        properties: {
          id: { type: 'string', pattern: '^[a-z][a-z0-9-]*$' },
          when: {
            type: 'array',
            items: { type: 'string', pattern: '^(concept:!?[a-z0-9-]+|fact:[a-z0-9-]+|field:[A-Za-z]+(=.+)?)$' },
          },
          words: {
            type: 'array',
            items: { type: 'string', minLength: 1 },
            description: 'Or one of these words stands in a message, in any case.',
          },
          command: { type: 'string', minLength: 3, maxLength: 300 },
        },
      },
    },
  },
} as const;

/** together.yaml as loaded. */
export interface TogetherFile {
  readonly places: readonly { readonly id: string; readonly fields: readonly string[] }[];
  readonly essential: readonly string[];
  readonly beside?: readonly { readonly field: string; readonly asks: string }[];
  readonly egress: readonly {
    readonly id: string;
    readonly when?: readonly string[];
    readonly words?: readonly string[];
    readonly command: string;
  }[];
}

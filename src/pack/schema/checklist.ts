// JSON Schema of checklist.yaml: the steps of the guide's checklist and what evidence puts each into a state.

const term = {
  type: 'string',
  pattern: '^(concept:!?[a-z0-9-]+|fact:[a-z0-9-]+|field:[A-Za-z]+(=.+)?|cause:[a-z0-9-]+)$',
  description:
    '`concept:x`, `concept:!x` (negated), `fact:x`, `field:key`, `field:key=value` or `cause:x` (the verdict).',
} as const;
const alternatives = {
  type: 'array',
  description: 'Any of these; within one, all terms, concepts in one clause where clauses are known.',
  items: { type: 'array', items: term, minItems: 1 },
} as const;

export const checklistSchema = {
  $id: 'checklist.json',
  type: 'object',
  additionalProperties: false,
  required: ['steps'],
  properties: {
    steps: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'step', 'source'],
        properties: {
          id: { type: 'string', pattern: '^[a-z][a-z0-9-]*$', description: 'Id of its sentence in the text files.' },
          step: { type: 'integer', minimum: 1 },
          source: { type: 'string', minLength: 3 },
          failed: alternatives,
          notApplicable: alternatives,
          done: alternatives,
        },
      },
    },
  },
} as const;

export interface StepData {
  readonly id: string;
  readonly step: number;
  readonly source: string;
  readonly failed?: readonly (readonly string[])[];
  readonly notApplicable?: readonly (readonly string[])[];
  readonly done?: readonly (readonly string[])[];
}

export interface ChecklistFile {
  readonly steps: readonly StepData[];
}

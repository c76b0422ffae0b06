// JSON Schema of cause-<id>.yaml: one cause and the rules that speak for or against it.

const examples = { type: 'array', items: { type: 'string', minLength: 1 } } as const;

export const causeSchema = {
  $id: 'cause.json',
  type: 'object',
  additionalProperties: false,
  required: ['id', 'number', 'rules'],
  properties: {
    id: { type: 'string', pattern: '^[a-z][a-z0-9-]*$' },
    number: { type: 'integer', minimum: 1 },
    rules: { type: 'array', items: { $ref: '#/definitions/rule' } },
  },
  definitions: {
    rule: {
      type: 'object',
      additionalProperties: false,
      required: ['id', 'why', 'source', 'when', 'weight', 'examples'],
      properties: {
        id: {
          type: 'string',
          pattern: '^[a-z][a-z0-9-]*\\.[a-z0-9][a-z0-9-]*$',
          description: '<cause>.<what>; permanent, never reused.',
        },
        status: { enum: ['draft', 'trial', 'stable', 'retired'] },
        replacedBy: { type: 'string' },
        why: { type: 'string', minLength: 10 },
        source: {
          type: 'string',
          minLength: 3,
          description: 'Guide, public issue, vendor page: where this is known from.',
        },
        when: { $ref: '#/definitions/condition' },
        unless: { $ref: '#/definitions/condition' },
        weight: {
          type: 'number',
          minimum: -8,
          maximum: 8,
          description: 'Natural-log odds; the sign is binding for fitting.',
        },
        bounds: {
          type: 'array',
          items: { type: 'number' },
          minItems: 2,
          maxItems: 2,
          description: 'Least and greatest weight that fitting may give.',
        },
        fooledBy: { type: 'string' },
        examples: {
          type: 'object',
          additionalProperties: false,
          required: ['fires', 'silent'],
          properties: { fires: { ...examples, minItems: 1 }, silent: { ...examples, minItems: 1 } },
        },
      },
    },
    condition: {
      type: 'object',
      additionalProperties: false,
      minProperties: 1,
      properties: {
        all: { type: 'array', items: { $ref: '#/definitions/condition' }, minItems: 1 },
        any: { type: 'array', items: { $ref: '#/definitions/condition' }, minItems: 1 },
        not: { $ref: '#/definitions/condition' },
        fact: { type: 'string', description: 'A fact read from artefacts.' },
        concepts: {
          type: 'array',
          items: { type: 'string' },
          minItems: 1,
          description: 'Concepts said in one clause; `!x` negated, `+x` not negated, `x` either.',
        },
        within: {
          enum: ['clause', 'sentence', 'text'],
          description: 'How near the concepts stand; clause where left out.',
        },
        asked: { type: 'boolean', description: 'Only in (true) or outside (false) a question.' },
        claimed: { type: 'boolean', description: "Only as (true) or not as (false) the person's own belief." },
        pattern: { type: 'string', maxLength: 300, description: 'Regular expression, case-insensitive, linear.' },
      },
    },
  },
} as const;

/** A condition as written; several keys in one object must all hold. */
export interface Condition {
  readonly all?: readonly Condition[];
  readonly any?: readonly Condition[];
  readonly not?: Condition;
  readonly fact?: string;
  readonly concepts?: readonly string[];
  readonly within?: 'clause' | 'sentence' | 'text';
  readonly asked?: boolean;
  readonly claimed?: boolean;
  readonly pattern?: string;
}

export interface RuleData {
  readonly id: string;
  readonly status?: 'draft' | 'trial' | 'stable' | 'retired';
  readonly replacedBy?: string;
  readonly why: string;
  readonly source: string;
  readonly when: Condition;
  readonly unless?: Condition;
  readonly weight: number;
  readonly bounds?: readonly [number, number];
  readonly fooledBy?: string;
  readonly examples: { readonly fires: readonly string[]; readonly silent: readonly string[] };
}

export interface CauseData {
  readonly id: string;
  readonly number: number;
  readonly rules: readonly RuleData[];
}

/** Fitted weights by rule id, as `rules fit --write` leaves them: the author's weight that the fit began with, and what it came to. */
export type FittedWeights = Readonly<Record<string, readonly [from: number, fitted: number]>>;

/** The weights that a fit may give a rule: the author's bounds, else of the author's sign. */
export function boundsOf({ weight, bounds }: RuleData): readonly [number, number] {
  return bounds ?? (weight > 0 ? [0.05, 4] : [-4, -0.05]);
}

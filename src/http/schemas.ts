// The schemas of bodies and answers: they validate what comes in and are what `/openapi.json` shows.
import { type Static, type TObject, type TSchema, Type } from '@sinclair/typebox';

const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const closed = { additionalProperties: false } as const;

export const Language = Type.String({
  pattern: '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$',
  description: 'BCP 47 tag; another one than the pack speaks is not refused',
});
const Text = Type.String({
  minLength: 1,
  description: 'The message; credentials in it are removed before anything else happens',
});

/** Field values by key; only keys of the pack. */
export function fieldsSchema(keys: readonly string[], options: { readonly minProperties?: number } = {}): TObject {
  const value = Type.Optional(Nullable(Type.String({ maxLength: 8192 })));
  return Type.Object(Object.fromEntries(keys.map((key) => [key, value])), {
    ...closed,
    ...options,
    description: 'null: the person cannot give it',
  });
}

export const triageBody = (keys: readonly string[]) =>
  Type.Object({ text: Text, language: Type.Optional(Language), fields: Type.Optional(fieldsSchema(keys)) }, closed);
export const OpenBody = Type.Object(
  {
    language: Type.Optional(Language),
    channel: Type.Optional(Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_-]{0,31}$' })),
  },
  closed,
);
export const MessageBody = Type.Object({ text: Text }, closed);
export type OpenBody = Static<typeof OpenBody>;
export type MessageBody = Static<typeof MessageBody>;
export interface TriageBody {
  readonly text: string;
  readonly language?: string;
  readonly fields?: Readonly<Record<string, string | null>>;
}

export const KeyHeader = Type.Object({
  'idempotency-key': Type.Optional(Type.String({ minLength: 1, maxLength: 255, pattern: '^[\\x20-\\x7e]+$' })),
});

export const AfterQuery = Type.Object({
  after: Type.Optional(
    Type.String({ pattern: '^[0-9]{1,9}$', description: 'The transcript begins after the turn of this number' }),
  ),
});

const Choice = Type.Object({ value: Type.String(), label: Type.String() });
export const Reply = Type.Object({
  kind: Type.String(),
  text: Type.String(),
  field: Type.Optional(Type.String()),
  choices: Type.Optional(Type.Array(Choice)),
  causes: Type.Optional(
    Type.Array(
      Type.Object({
        id: Type.String(),
        number: Type.Integer(),
        title: Type.String(),
        probability: Type.Number(),
        likelihood: Type.String(),
        quotes: Type.Array(Type.String()),
      }),
    ),
  ),
  request: Type.Optional(
    Type.Object({
      text: Type.String({ description: 'The pasted request, redacted' }),
      findings: Type.Array(
        Type.Object({
          id: Type.String(),
          start: Type.Integer({ description: 'UTF-16 units of `text`; start and end are 0 where it stands elsewhere' }),
          end: Type.Integer(),
          text: Type.String(),
          suggestion: Type.Optional(Type.String()),
        }),
      ),
      corrected: Nullable(Type.String()),
    }),
  ),
  steps: Type.Optional(Type.Array(Type.String())),
  why: Type.Optional(Type.String()),
  command: Type.Optional(Type.String()),
});
const Question = Type.Object({
  field: Type.Optional(Type.String()),
  asks: Type.Optional(Type.String()),
  text: Type.String(),
  why: Type.String(),
  choices: Type.Optional(Type.Array(Choice)),
});
const Draft = Type.Object({ subject: Type.String(), body: Type.String(), format: Type.String({ enum: ['markdown'] }) });
const FieldValues = Type.Object(
  {},
  { additionalProperties: Nullable(Type.String()), description: 'By field key; null: the person cannot give it' },
);
const Status = Type.String({ enum: ['open', 'review', 'submitted', 'resolved', 'handed-over', 'closed'] });
const Step = Type.Object({
  step: Type.Integer(),
  text: Type.String(),
  state: Type.String({ enum: ['done', 'failed', 'open', 'not-applicable'] }),
  quote: Type.Optional(Type.String()),
});
const TicketStatus = Type.String({ enum: ['pending', 'delivered', 'failed'] });

export const Opened = Type.Object({ id: Type.String(), token: Type.String(), replies: Type.Array(Reply) });
export const Turn = Type.Object({
  replies: Type.Array(Reply),
  status: Status,
  cause: Nullable(Type.String()),
  fields: FieldValues,
  missing: Type.Array(Type.String()),
  unknown: Type.Array(Type.String()),
  question: Nullable(Question),
  draft: Type.Optional(Draft),
});
export const Ticket = Type.Object({
  id: Type.String(),
  status: TicketStatus,
  attempts: Type.Optional(Type.Integer()),
  reference: Type.Optional(Type.String()),
});
export const TicketAnswer = Type.Object({ ticket: Ticket });
export const Conversation = Type.Object({
  id: Type.String(),
  status: Status,
  cause: Nullable(Type.String()),
  language: Type.String(),
  fields: FieldValues,
  missing: Type.Array(Type.String()),
  unknown: Type.Array(Type.String()),
  question: Nullable(Question),
  checklist: Type.Array(Step),
  transcript: Type.Array(
    Type.Composite([
      Type.Object({
        role: Type.String({ enum: ['person', 'assistant'] }),
        at: Type.String({ format: 'date-time' }),
        seq: Type.Integer({ description: 'Number of the turn' }),
        key: Type.Optional(Type.String({ description: 'Idempotency-Key of the message' })),
        text: Type.String(),
      }),
      Type.Partial(Reply),
    ]),
  ),
  draft: Nullable(Draft),
  ticket: Nullable(Ticket),
  seq: Type.Integer(),
});
/** Where in `text` a quote stands. */
const place = {
  quote: Type.String(),
  start: Type.Integer({ description: 'UTF-16 code units of `text`' }),
  end: Type.Integer(),
};
const Evidence = Type.Object({
  rule: Type.String(),
  ...place,
  weight: Type.Number({ description: 'Natural log odds; negative: speaks against the cause' }),
});
const RankedCause = Type.Object({
  id: Type.String(),
  number: Type.Integer(),
  title: Type.String(),
  probability: Type.Number({ minimum: 0, maximum: 1, description: 'What all causes leave of 1 is "none of them"' }),
  evidence: Type.Array(Evidence),
});
const Finding = Type.Object({
  id: Type.String(),
  cause: Type.String(),
  ...place,
  param: Type.Optional(Type.String()),
  text: Type.String(),
  suggestion: Type.Optional(Type.String()),
});
export const Triage = Type.Object({
  cause: Nullable(Type.String()),
  causes: Type.Array(RankedCause),
  findings: Type.Array(Finding, { description: 'In order of place' }),
  corrected: Nullable(Type.String()),
  fixes: Type.Array(Type.String()),
  checklist: Type.Array(Step),
  fields: FieldValues,
  sources: Type.Object({}, { additionalProperties: Type.String() }),
  missing: Type.Array(Type.String()),
  unknown: Type.Array(Type.String()),
  question: Nullable(Question),
  text: Type.String(),
  redactions: Type.Array(Type.Object({ kind: Type.String(), count: Type.Integer() })),
  draft: Draft,
  language: Type.String(),
  pack: Type.Object({ name: Type.String(), version: Type.String() }),
});
export const ProblemSchema = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String(),
  code: Type.String(),
});

export const Health = Type.Object({ status: Type.String() });

/** Shapes that `/openapi.json` calls by a name. */
export const API_SHAPES = {
  Choice,
  Reply,
  Question,
  Draft,
  FieldValues,
  ChecklistStep: Step,
  Evidence,
  RankedCause,
  Finding,
  Triage,
  Opened,
  Turn,
  Conversation,
  Ticket,
  TicketAnswer,
  Problem: ProblemSchema,
} as const;

const problem = {
  description: 'What is wrong, without a word of what was sent; `Retry-After` where trying again can help',
  content: { 'application/problem+json': { schema: ProblemSchema } },
};

/** What every call may answer that fails. */
export const failures = { '4xx': problem, '5xx': problem };

/** Answers of a call, with a problem for everything that fails. */
export function answers(status: number, schema: TSchema): Record<string, unknown> {
  return {
    [status]: { description: 'Done', content: { 'application/json': { schema } } },
    ...failures,
  };
}

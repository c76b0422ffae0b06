// Examples of every call, made of one message and the pack's own answer to it: they cannot say what the program would not.
import { PreticketError } from '../errors';
import type { TriageResult } from '../types';
import { problemOf } from './problem';

/** A message and what is said to it. */
export interface Sample {
  readonly text: string;
  readonly triage: TriageResult;
}

export interface Example {
  readonly request?: unknown;
  readonly answer?: unknown;
  /** The body may be left out. */
  readonly isOptional?: true;
}
/** By `method path`. */
export type Examples = Readonly<Record<string, Example>>;

/** Of the right form, and of no conversation. */
const ID = '0123456789abcdefghjkmnpqrs';
const TOKEN = '0'.repeat(52);
const TICKET = { id: `tk_${ID}`, status: 'pending' } as const;
const AT = '2026-01-31T09:30:00.000Z';

export const exampleProblem = problemOf(
  new PreticketError('NOT_FOUND', 'There is no such conversation, or it is not yours.'),
);

/** `fieldKeys`: those that may be edited. */
export function examplesOf({ text, triage }: Sample, fieldKeys: readonly string[]): Examples {
  const { cause, fields, missing, unknown, question, draft, language, checklist } = triage;
  const replies =
    question === null
      ? [{ kind: 'text', text: draft.subject }]
      : [
          {
            kind: 'question',
            text: question.text,
            why: question.why,
            ...(question.field === undefined ? {} : { field: question.field }),
            ...(question.choices === undefined ? {} : { choices: question.choices }),
          },
        ];
  const turn = { replies, status: 'open', cause, fields, missing, unknown, question };
  const transcript = [
    { role: 'person', text: triage.text, at: AT, seq: 2 },
    ...replies.map((reply) => ({ role: 'assistant', ...reply, at: AT, seq: 2 })),
  ];
  const key = fieldKeys.find((each) => typeof fields[each] === 'string') ?? fieldKeys[0] ?? '';
  const at = '/v1/conversations/{id}';
  return {
    'post /v1/triage': { request: { text, language }, answer: triage },
    'post /v1/conversations': { request: { language }, answer: { id: ID, token: TOKEN, replies }, isOptional: true },
    [`post ${at}/messages`]: { request: { text }, answer: turn },
    [`get ${at}`]: {
      answer: {
        id: ID,
        status: 'open',
        cause,
        language,
        fields,
        missing,
        unknown,
        question,
        checklist,
        transcript,
        draft,
        ticket: null,
        seq: 2,
      },
    },
    [`patch ${at}/fields`]: { request: { [key]: fields[key] ?? null }, answer: { ...turn, replies: [] } },
    [`post ${at}/ticket`]: { answer: { ticket: TICKET } },
    [`get ${at}/ticket`]: { answer: { ticket: { ...TICKET, attempts: 0 } } },
    'get /e/{code}': { answer: '203.0.113.7' },
    'get /healthz': { answer: { status: 'ok' } },
    'get /readyz': { answer: { status: 'ready' } },
  };
}

// The port that every helpdesk implements: takes a ticket at least once and makes it once, by the ticket's own id.

/** A ticket as it leaves. All of it is redacted text. */
export interface HelpdeskTicket {
  /** What makes it once, whoever delivers it and how often. Letters, digits and `_`. */
  readonly id: string;
  /** When it was asked for; ISO 8601, UTC. The same in every try. */
  readonly createdAt: string;
  readonly subject: string;
  /** Markdown. */
  readonly body: string;
  readonly language: string;
  readonly cause: string | null;
  readonly fields: Readonly<Record<string, string | null>>;
}

/** Why a delivery failed: a closed set, shown to operators and in metrics. */
export const DELIVERY_REASONS = [
  'unreachable',
  'timed-out',
  'tls',
  'rate-limited',
  'server-error',
  'answer-malformed',
  'unauthorised',
  'address-wrong',
  'redirected',
  'too-large',
  'refused',
  'redaction',
  'unexpected',
] as const;
export type DeliveryReason = (typeof DELIVERY_REASONS)[number];

/** A delivery that failed. Says nothing of what was sent or answered. */
export class DeliveryFault extends Error {
  /** False: the same try will never work; a person has to change something. */
  readonly retryable: boolean;
  /** The helpdesk's own word, or the least time in which a lost answer could be found; milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(
    readonly reason: DeliveryReason,
    options: { readonly retryable: boolean; readonly retryAfterMs?: number; readonly status?: number },
  ) {
    super(options.status === undefined ? reason : `${reason} (${options.status})`);
    this.name = 'DeliveryFault';
    this.retryable = options.retryable;
    this.retryAfterMs = options.retryAfterMs;
  }
}

export interface Attempt {
  /** 1 where this ticket was certainly never sent before. */
  readonly number: number;
  readonly signal: AbortSignal;
}

export interface Delivered {
  /** What the helpdesk calls the ticket, for people to quote; see `referenceOf`. */
  readonly reference?: string;
}

export interface Helpdesk {
  readonly kind: string;
  /** Throws `DeliveryFault` alone. Done twice with one ticket, the helpdesk holds one ticket. */
  deliver(ticket: HelpdeskTicket, attempt: Attempt): Promise<Delivered>;
}

const REFERENCE = /^[\p{L}\p{N}][\p{L}\p{N}#./:_-]{0,63}$/u;

/** A reference as a helpdesk answered it; undefined where it is none that can be shown. */
export function referenceOf(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && REFERENCE.test(text) ? text : undefined;
}

/** Longest subject that goes out, UTF-16 units: helpdesks cut at 255 characters. */
const MOST_SUBJECT = 200;

/** A subject on one line: what would begin a new line or header is a blank. */
export function subjectLine({ subject, id }: Pick<HelpdeskTicket, 'subject' | 'id'>): string {
  const line = subject
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, MOST_SUBJECT)
    .replace(/[\uD800-\uDBFF]$/, '');
  return line === '' ? id : line;
}

/** The body with the mark by which a ticket is found again. */
export const bodyWithMark = ({ body, id }: Pick<HelpdeskTicket, 'body' | 'id'>): string =>
  `${body.trimEnd()}\n\n${markOf(id)}\n`;

/** On a line of its own at the end of what a helpdesk keeps. */
const markOf = (id: string): string => `\`preticket ${id}\``;

// Asking for a ticket: what it adds to the record and to the work of the same save. The worker of `delivery.ts` does the rest.
import type { HelpdeskTicket } from '../helpdesks/helpdesk';
import { RedactionMemory } from '../redact/memory';
import type { Redactor } from '../redact/redactor';
import type { Work } from '../stores/store';
import type { Draft } from '../types';
import type { ConversationRecord, Delivery, Ticket } from './record';
import { newTicketId } from './secrets';
import type { Talk } from './talk';

/** Work of this kind is done by the delivery's handler. */
export const DELIVERY_KIND = 'ticket';
/** Rests in the queue, never due, so that failed tickets are found. */
export const FAILED_KIND = 'ticket-failed';

/** Later than any conversation lives: the end of the year 9999. */
export const NEVER_MS = 253_402_300_799_999;

export interface TicketDesk {
  /** False: tickets are kept in the store, and kept is delivered. */
  readonly delivers: boolean;
  readonly redactor: Redactor;
  readonly talk: Pick<Talk, 'whole' | 'state'>;
}

/** What a save does beside its turn. */
export interface Issued {
  readonly ticket: Ticket;
  readonly delivery: Delivery | null;
  readonly put: readonly Work[];
  readonly drop: readonly string[];
}

/**
 * A new ticket, or the failed one once more under its own id. `conversation`: the talk as the turn leaves it; the draft is frozen, so
 * that every try sends the same words.
 */
export function issueTicket(
  { delivers, redactor, talk }: TicketDesk,
  record: Pick<ConversationRecord, 'ticket' | 'delivery' | 'memory'>,
  conversation: unknown,
  nowMs: number,
): Issued {
  const id = record.ticket?.id ?? newTicketId();
  const attempts = record.ticket?.attempts ?? 0;
  const drop = record.delivery ? [record.delivery.work] : [];
  if (!delivers) return { ticket: { id, status: 'delivered', attempts: attempts + 1 }, delivery: null, put: [], drop };
  const work = `${DELIVERY_KIND}:${nowMs}`;
  const { draft, cause, fields, language } = talk.whole(conversation);
  const frozen = freeze(redactor, record, { draft, cause, fields, language, id, nowMs });
  return {
    ticket: { id, status: 'pending', attempts },
    delivery: { work, askedAtMs: nowMs, ...frozen },
    put: [{ name: work, kind: DELIVERY_KIND, dueAtMs: nowMs }],
    // Never the name that is put: put and drop of one save have no order among themselves.
    drop: drop.filter((name) => name !== work),
  };
}

interface Sources extends Pick<HelpdeskTicket, 'cause' | 'fields' | 'language' | 'id'> {
  readonly draft: Draft | undefined;
  readonly nowMs: number;
}

/** A draft in which the second redaction finds something is kept without it, and marked: it will not leave. */
function freeze(
  redactor: Redactor,
  record: Pick<ConversationRecord, 'memory'>,
  { draft, cause, fields, language, id, nowMs }: Sources,
): Pick<Delivery, 'ticket' | 'blocked'> {
  const ticket: HelpdeskTicket = {
    id,
    createdAt: new Date(nowMs).toISOString(),
    subject: draft?.subject ?? id,
    body: draft?.body ?? '',
    language,
    cause,
    fields,
  };
  const blocked = isUnsafe(redactor, ticket);
  // What the talk learned to be a secret only later goes too, without holding the ticket back.
  const memory = RedactionMemory.from(record.memory);
  const clean = (text: string): string => {
    memory.expects = undefined;
    return redactor.redact(text, memory).text;
  };
  return { ticket: mapTexts(ticket, clean), ...(blocked ? { blocked } : {}) };
}

/** The door: true where the second redaction finds anything in what would leave. */
export function isUnsafe(redactor: Pick<Redactor, 'recheck'>, ticket: HelpdeskTicket): boolean {
  let found = false;
  mapTexts(ticket, (text) => {
    found ||= redactor.recheck(text).redactions.length > 0;
    return text;
  });
  return found;
}

/** Every part of a ticket that people's words can be in. */
function mapTexts(ticket: HelpdeskTicket, map: (text: string) => string): HelpdeskTicket {
  return {
    ...ticket,
    subject: map(ticket.subject),
    body: map(ticket.body),
    fields: Object.fromEntries(
      Object.entries(ticket.fields).map(([key, value]) => [key, value === null ? null : map(value)]),
    ),
  };
}

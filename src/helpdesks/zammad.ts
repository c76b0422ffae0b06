// Zammad's REST API. It knows no idempotency key: a ticket that may be there is looked for by its mark first.
import type { Helpdesk, HelpdeskTicket } from './helpdesk';
import { bodyWithMark, DeliveryFault, referenceOf, subjectLine } from './helpdesk';
import { callHelpdesk, checkStatus, type HelpdeskAnswer, jsonOf, malformed, memberOf } from './request';

export interface ZammadSettings {
  readonly url: string;
  /** A token with the permission `ticket.agent`. */
  readonly token: string;
  readonly group: string;
  readonly callMs?: number;
}

/** A ticket whose answer was lost is in Zammad's search index by then. */
const INDEX_MS = 15_000;

export function createZammad({ url, token, group, callMs }: ZammadSettings): Helpdesk {
  const base = `${url.replace(/\/+$/, '').replace(/\/api\/v1$/, '')}/api/v1`;
  const headers = { authorization: `Token token=${token}`, 'content-type': 'application/json' };
  let customer: number | undefined;

  const call = async (path: string, signal: AbortSignal, body?: unknown): Promise<HelpdeskAnswer> => {
    const answer = await callHelpdesk({
      url: `${base}${path}`,
      method: body === undefined ? 'GET' : 'POST',
      headers,
      signal,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(callMs === undefined ? {} : { callMs }),
    });
    checkStatus(answer);
    return answer;
  };
  /** Tickets of agents need a customer; the one whose token this is stands for the person, who is not known by name. */
  const self = async (signal: AbortSignal): Promise<number> => {
    if (customer !== undefined) return customer;
    const id = memberOf(jsonOf(await call('/users/me', signal)), 'id');
    if (typeof id !== 'number') throw malformed();
    return (customer = id);
  };
  const find = async (id: string, signal: AbortSignal): Promise<string | undefined> => {
    const found = jsonOf(await call(`/tickets/search?query=${encodeURIComponent(id)}&limit=20&expand=true`, signal));
    if (!Array.isArray(found)) throw malformed();
    const made: unknown = found.find((ticket) => String(memberOf(ticket, 'title')).endsWith(suffixOf(id)));
    return referenceOf(memberOf(made, 'number'));
  };
  const create = async (ticket: HelpdeskTicket, signal: AbortSignal): Promise<string> => {
    const customerId = await self(signal);
    try {
      const answer = await call('/tickets', signal, {
        title: `${subjectLine(ticket)}${suffixOf(ticket.id)}`,
        group,
        customer_id: customerId,
        article: {
          subject: subjectLine(ticket),
          body: bodyWithMark(ticket),
          content_type: 'text/plain',
          type: 'note',
          internal: false,
        },
      });
      const reference = referenceOf(memberOf(jsonOf(answer), 'number'));
      if (reference === undefined) throw malformed();
      return reference;
    } catch (error) {
      throw patient(error);
    }
  };

  return {
    kind: 'zammad',
    async deliver(ticket, { number, signal }) {
      const known = number > 1 ? await find(ticket.id, signal) : undefined;
      return { reference: known ?? (await create(ticket, signal)) };
    },
  };
}

/** The title is what search finds with and without an index of words. */
const suffixOf = (id: string): string => ` [${id}]`;

/** Where the ticket may have been made, the next try gives the index time to learn of it. */
function patient(error: unknown): unknown {
  const unsure = ['unreachable', 'timed-out', 'answer-malformed', 'server-error'];
  if (!(error instanceof DeliveryFault) || !error.retryable || !unsure.includes(error.reason)) return error;
  const retryAfterMs = Math.max(INDEX_MS, error.retryAfterMs ?? 0);
  return new DeliveryFault(error.reason, { retryable: true, retryAfterMs });
}

// Zendesk's Ticketing API. Its Idempotency-Key makes a ticket once for two hours; after that the external id finds what was made.
import type { Helpdesk } from './helpdesk';
import { bodyWithMark, referenceOf, subjectLine } from './helpdesk';
import { basic, callHelpdesk, checkStatus, jsonOf, malformed, memberOf } from './request';

export interface ZendeskSettings {
  /** `https://NAME.zendesk.com`. */
  readonly url: string;
  /** A mail address; its API token is `token`. */
  readonly user: string;
  readonly token: string;
  readonly callMs?: number;
}

export function createZendesk({ url, user, token, callMs }: ZendeskSettings): Helpdesk {
  const base = `${url.replace(/\/+$/, '').replace(/\/api\/v2$/, '')}/api/v2/tickets`;
  const authorization = basic(user.endsWith('/token') ? user : `${user}/token`, token);
  const limits = callMs === undefined ? {} : { callMs };

  /** Lists by external id, which does not wait for the search index. */
  const find = async (id: string, signal: AbortSignal): Promise<string | undefined> => {
    const answer = await callHelpdesk({
      url: `${base}?external_id=${encodeURIComponent(id)}`,
      method: 'GET',
      headers: { authorization },
      signal,
      ...limits,
    });
    checkStatus(answer);
    const tickets = memberOf(jsonOf(answer), 'tickets');
    if (!Array.isArray(tickets)) throw malformed();
    const found: unknown = tickets.find((ticket) => memberOf(ticket, 'external_id') === id);
    return referenceOf(memberOf(found, 'id'));
  };

  return {
    kind: 'zendesk',
    async deliver(ticket, { number, signal }) {
      const known = number > 1 ? await find(ticket.id, signal) : undefined;
      if (known !== undefined) return { reference: known };
      const answer = await callHelpdesk({
        url: base,
        headers: { authorization, 'content-type': 'application/json', 'idempotency-key': ticket.id },
        body: JSON.stringify({
          ticket: {
            subject: subjectLine(ticket),
            comment: { body: bodyWithMark(ticket) },
            external_id: ticket.id,
            tags: ['preticket'],
          },
        }),
        signal,
        ...limits,
      });
      if (answer.status === 400 || answer.status === 409 || answer.status === 422) {
        // The key was used with other words: then the ticket is there.
        const made = await find(ticket.id, signal);
        if (made !== undefined) return { reference: made };
      }
      checkStatus(answer);
      const reference = referenceOf(memberOf(memberOf(jsonOf(answer), 'ticket'), 'id'));
      if (reference === undefined) throw malformed();
      return { reference };
    },
  };
}

// Tickets as Standard Webhooks: a signed POST whose `webhook-id` is the ticket's id, so that a receiver can tell a repeat.
import { createHmac } from 'node:crypto';
import type { Helpdesk, HelpdeskTicket } from './helpdesk';
import { referenceOf, subjectLine } from './helpdesk';
import { basic, callHelpdesk, checkStatus, decoded, jsonOf, memberOf } from './request';

export interface WebhookSettings {
  readonly url: string;
  /** Raw, or `whsec_` and base64. */
  readonly secret: string;
  readonly now?: () => number;
  readonly callMs?: number;
}

const PREFIX = 'whsec_';

/** A receiver that answers JSON with `reference` or `id` gives the ticket its reference. */
export function createWebhook({ url, secret, now = Date.now, callMs }: WebhookSettings): Helpdesk {
  const key = secret.startsWith(PREFIX) ? Buffer.from(secret.slice(PREFIX.length), 'base64') : Buffer.from(secret);
  const { address, headers: login } = splitLogin(url);
  return {
    kind: 'webhook',
    async deliver(ticket, { signal }) {
      const body = payloadOf(ticket);
      // Signed anew in each try: receivers refuse what is older than five minutes.
      const timestamp = String(Math.floor(now() / 1000));
      const signature = createHmac('sha256', key).update(`${ticket.id}.${timestamp}.${body}`).digest('base64');
      const answer = await callHelpdesk({
        url: address,
        headers: {
          ...login,
          'content-type': 'application/json',
          'webhook-id': ticket.id,
          'webhook-timestamp': timestamp,
          'webhook-signature': `v1,${signature}`,
        },
        body,
        signal,
        ...(callMs === undefined ? {} : { callMs }),
      });
      checkStatus(answer);
      const said = jsonOf(answer);
      const reference = referenceOf(memberOf(said, 'reference')) ?? referenceOf(memberOf(said, 'id'));
      return reference === undefined ? {} : { reference };
    },
  };
}

/** The same bytes in each try. */
function payloadOf(ticket: HelpdeskTicket): string {
  const { id, createdAt, body, language, cause, fields } = ticket;
  return JSON.stringify({
    type: 'ticket.created',
    timestamp: createdAt,
    data: { id, subject: subjectLine(ticket), body, format: 'markdown', language, cause, fields },
  });
}

/** `fetch` refuses an address with a login in it; the login goes where it belongs. */
function splitLogin(text: string): { readonly address: string; readonly headers: Record<string, string> } {
  const url = new URL(text);
  if (url.username === '' && url.password === '') return { address: text, headers: {} };
  const headers = { authorization: basic(decoded(url.username), decoded(url.password)) };
  url.username = '';
  url.password = '';
  return { address: url.href, headers };
}

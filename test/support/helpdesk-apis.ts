// The documented behaviour of each helpdesk's API, as far as tickets go. Sources: Standard Webhooks' specification; developers.whmcs.com
// (OpenTicket, GetTickets); developer.zendesk.com (Tickets, Idempotency); docs.zammad.org (Ticket, Search).
import { Webhook } from 'standardwebhooks';
import type { Api, Taken } from './fake-helpdesk';

type Fields = Readonly<Record<string, unknown>>;
const object = (value: unknown): Fields => (value ?? {}) as Fields;
const parse = (text: string): Fields => object(JSON.parse(text));
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A receiver that verifies by the reference library and knows a repeat by its id. `secret`: as the library takes it. */
export function webhookApi(secret: string, format?: 'raw'): Api {
  const webhook = format === undefined ? new Webhook(secret) : new Webhook(secret, { format });
  return {
    isCreate: ({ method }) => method === 'POST',
    hasLogin({ headers, text: body }) {
      try {
        webhook.verify(body, headers as Record<string, string>);
        return true;
      } catch {
        return false;
      }
    },
    denial: { status: 401, body: { error: 'bad signature' } },
    create({ headers, text: body }, tickets) {
      const id = text(headers['webhook-id']);
      const { subject, body: words } = object(parse(body)['data']);
      const known = tickets.find((ticket) => ticket.id === id);
      const ticket = known ?? { id, reference: `W-${tickets.length + 1}`, subject: text(subject), body: text(words) };
      if (known === undefined) tickets.push(ticket);
      return { status: 202, body: { reference: ticket.reference } };
    },
  };
}

/** The key makes one ticket; the same key with other words is refused. `forgets`: keys are as old as two hours. */
export function zendeskApi(user: string, token: string, { forgets = false } = {}): Api {
  const login = `Basic ${Buffer.from(`${user}/token:${token}`).toString('base64')}`;
  const keys = new Map<string, { readonly body: string; readonly ticket: Taken }>();
  const shown = ({ id, reference, subject }: Taken): Fields => ({ id: Number(reference), external_id: id, subject });
  return {
    isCreate: ({ method, path }) => method === 'POST' && path === '/api/v2/tickets',
    hasLogin: ({ headers }) => headers.authorization === login,
    denial: { status: 401, body: { error: 'Couldn’t authenticate you' } },
    create({ headers, text: body }, tickets) {
      const key = text(headers['idempotency-key']);
      const known = forgets ? undefined : keys.get(key);
      if (known !== undefined && known.body !== body) return { status: 400, body: { error: 'IdempotentRequestError' } };
      if (known !== undefined) return { status: 201, body: { ticket: shown(known.ticket) } };
      const { subject, comment, external_id } = object(parse(body)['ticket']);
      const reference = String(35_436 + tickets.length);
      const ticket = { id: text(external_id), reference, subject: text(subject), body: text(object(comment)['body']) };
      tickets.push(ticket);
      keys.set(key, { body, ticket });
      return { status: 201, body: { ticket: shown(ticket) } };
    },
    look({ method, path, query }, tickets) {
      if (method !== 'GET' || path !== '/api/v2/tickets') return undefined;
      const found = tickets.filter(({ id }) => id === query.get('external_id')).map(shown);
      return { status: 200, body: { tickets: found, count: found.length, next_page: null, previous_page: null } };
    },
  };
}

/** No key: what is posted twice is there twice. */
export function zammadApi(token: string, group: string): Api {
  return {
    isCreate: ({ method, path }) => method === 'POST' && path === '/api/v1/tickets',
    hasLogin: ({ headers }) => headers.authorization === `Token token=${token}`,
    denial: { status: 401, body: { error: 'Invalid BasicAuth credentials' } },
    create({ text: body }, tickets) {
      const { title, group: to, customer_id, article } = parse(body);
      if (to !== group || customer_id !== 7) return { status: 422, body: { error: 'No lookup value found' } };
      const reference = String(22_001 + tickets.length);
      const id = /\[(\w+)\]$/.exec(text(title))?.[1] ?? '';
      tickets.push({ id, reference, subject: text(title), body: text(object(article)['body']) });
      return { status: 201, body: { id: tickets.length, number: reference, title, group_id: 1 } };
    },
    look({ path, query }, tickets) {
      if (path === '/api/v1/users/me') return { status: 200, body: { id: 7, login: 'preticket@example.com' } };
      if (path !== '/api/v1/tickets/search') return undefined;
      const found = tickets.filter(({ subject, body }) => `${subject}\n${body}`.includes(query.get('query') ?? '-'));
      return { status: 200, body: found.map(({ reference, subject }) => ({ number: reference, title: subject })) };
    },
  };
}

/** No key either; errors come with HTTP 200 or 403 and words; where there are no tickets the list is not one. */
export function whmcsApi(identifier: string, secret: string, department: string): Api {
  const form = (body: string): URLSearchParams => new URLSearchParams(body);
  const senders = new Map<Taken, string>();
  return {
    isCreate: ({ text: body }) => form(body).get('action') === 'OpenTicket',
    hasLogin: ({ path, text: body }) =>
      path === '/includes/api.php' &&
      form(body).get('identifier') === identifier &&
      form(body).get('secret') === secret,
    denial: { status: 403, body: { result: 'error', message: 'Authentication Failed' } },
    breakage: { status: 200, body: { result: 'error', message: 'Database is busy' } },
    create({ text: body }, tickets) {
      const sent = form(body);
      if (sent.get('deptid') !== department)
        return { status: 200, body: { result: 'error', message: 'Department ID not found' } };
      const email = sent.get('email') ?? '';
      if (sent.get('name') === null || email === '')
        return {
          status: 200,
          body: { result: 'error', message: 'Name and email address are required if not a client' },
        };
      const reference = `WHM-${614_382 + tickets.length}`;
      const message = sent.get('message') ?? '';
      const id = /`preticket (\w+)`/.exec(message)?.[1] ?? '';
      const ticket = { id, reference, subject: sent.get('subject') ?? '', body: message };
      tickets.push(ticket);
      senders.set(ticket, email);
      return { status: 200, body: { result: 'success', id: tickets.length, tid: reference, c: 'y3WxBmLL' } };
    },
    look({ text: body }, tickets) {
      const sent = form(body);
      if (sent.get('action') !== 'GetTickets') return undefined;
      const found = tickets
        .filter((ticket) => senders.get(ticket) === sent.get('email'))
        .map((ticket) => ({ tid: ticket.reference, email: senders.get(ticket), subject: ticket.subject }));
      const some = { totalresults: found.length, startnumber: 0, numreturned: found.length };
      return {
        status: 200,
        body: { result: 'success', ...some, tickets: found.length === 0 ? '' : { ticket: found } },
      };
    },
  };
}

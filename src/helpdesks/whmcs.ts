// WHMCS by its API's OpenTicket. It knows no idempotency key: each ticket has a mail address of its own as sender, by which it is looked up first.
import type { Helpdesk, HelpdeskTicket } from './helpdesk';
import { bodyWithMark, DeliveryFault, referenceOf, subjectLine } from './helpdesk';
import { callHelpdesk, checkStatus, jsonOf, malformed, memberOf } from './request';

export interface WhmcsSettings {
  /** The installation, or its `includes/api.php`. */
  readonly url: string;
  readonly identifier: string;
  readonly secret: string;
  /** Number of the department. */
  readonly department: string;
  readonly callMs?: number;
}

/** RFC 2606 §2: never delivered to. WHMCS wants a sender where there is no client, and finds tickets by it exactly. */
const senderOf = (id: string): string => `${id.replace(/_/g, '-')}@preticket.invalid`;

/** The API says what is wrong in words only. None of these goes away by itself. */
const NEVER = /authenticat|invalid (?:api|ip|identifier|permission)|not found|required|access denied|permission/i;
const LOGIN = /authenticat|invalid (?:api|ip|identifier|permission)|access denied|permission/i;

export function createWhmcs({ url, identifier, secret, department, callMs }: WhmcsSettings): Helpdesk {
  const plain = url.replace(/\/+$/, '');
  const address = plain.endsWith('.php') ? plain : `${plain}/includes/api.php`;

  const call = async (action: string, parameters: Record<string, string>, signal: AbortSignal): Promise<unknown> => {
    const answer = await callHelpdesk({
      url: address,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ identifier, secret, action, responsetype: 'json', ...parameters }).toString(),
      signal,
      ...(callMs === undefined ? {} : { callMs }),
    });
    const said = jsonOf(answer);
    if (memberOf(said, 'result') === 'error') throw faultOf(memberOf(said, 'message'), answer.status);
    checkStatus(answer);
    if (memberOf(said, 'result') !== 'success') throw malformed();
    return said;
  };
  const find = async (id: string, signal: AbortSignal): Promise<string | undefined> => {
    const email = senderOf(id);
    const said = await call('GetTickets', { email, limitnum: '5', ignore_dept_assignments: 'true' }, signal);
    // Where there are none, the list is left out or an empty text.
    const tickets = memberOf(memberOf(said, 'tickets'), 'ticket');
    if (!Array.isArray(tickets)) return undefined;
    const made: unknown = tickets.find((ticket) => memberOf(ticket, 'email') === email);
    return referenceOf(memberOf(made, 'tid'));
  };
  const open = async (ticket: HelpdeskTicket, signal: AbortSignal): Promise<string> => {
    const said = await call(
      'OpenTicket',
      {
        deptid: department,
        subject: subjectLine(ticket),
        message: plainOf(bodyWithMark(ticket)),
        name: nameOf(ticket),
        email: senderOf(ticket.id),
        markdown: 'true',
        noemail: 'true',
      },
      signal,
    );
    const reference = referenceOf(memberOf(said, 'tid'));
    if (reference === undefined) throw malformed();
    return reference;
  };

  return {
    kind: 'whmcs',
    async deliver(ticket, { number, signal }) {
      const known = number > 1 ? await find(ticket.id, signal) : undefined;
      return { reference: known ?? (await open(ticket, signal)) };
    },
  };
}

function faultOf(message: unknown, status: number): DeliveryFault {
  const text = typeof message === 'string' ? message : '';
  if (status === 429) return new DeliveryFault('rate-limited', { retryable: true, status });
  if (!NEVER.test(text)) return new DeliveryFault('server-error', { retryable: true, status });
  return new DeliveryFault(LOGIN.test(text) ? 'unauthorised' : 'refused', { retryable: false, status });
}

/** Who the staff sees as sender. */
function nameOf({ fields }: HelpdeskTicket): string {
  const account = (fields['account'] ?? '').replace(/[\p{Cc}{}<>]+/gu, ' ').trim();
  return account === '' ? 'preticket' : account.slice(0, 100);
}

/** WHMCS fills merge fields such as `{$client_name}` into messages: a blank behind the brace keeps them words. */
const plainOf = (text: string): string => text.replace(/\{(?=[$\w/%])/g, '{ ');

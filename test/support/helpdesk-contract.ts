// What every helpdesk must do that is spoken to over HTTP, against its API on a real socket.
import { inspect, toUSVString } from 'node:util';
import { DeliveryFault, type Helpdesk, type HelpdeskTicket } from '../../src/helpdesks/helpdesk';
import { type Api, fakeHelpdesk, type FakeHelpdesk } from './fake-helpdesk';

export const TICKET: HelpdeskTicket = {
  id: 'tk_0123456789abcdefghjkmnpqrs',
  createdAt: '2026-01-05T08:00:00.000Z',
  subject: 'Requests leave through another address (lanternrow, bakehouse-lane.co.uk)',
  body: '## What is wrong\n\nIt says `IP not allowed` — «адрес», 地址. A header: `{"a": "{$client_name}"}`\n',
  language: 'en',
  cause: 'some-cause',
  fields: { account: 'lanternrow', outboundIp: '198.51.100.23', endpoint: null },
};

export interface Setting {
  /** The API with the credentials that `connect` uses. */
  readonly api: () => Api;
  /** `secret`: another one than the API knows, where given. `callMs`: how long a call may take. */
  readonly connect: (url: string, options: { readonly secret?: string; readonly callMs?: number }) => Helpdesk;
  /** Whether wrong words are answered as the API's own error: then a status says less. */
  readonly saysErrorsInWords?: boolean;
}

const WRONG = ['Wrong', 'Secret', 'Of', 'Someone'].join('-');

export function helpdeskContract(kind: string, { api, connect }: Setting): void {
  describe(`helpdesk contract: ${kind}`, () => {
    let fake: FakeHelpdesk;
    let desk: Helpdesk;
    const never = new AbortController().signal;
    beforeEach(async () => {
      fake = await fakeHelpdesk(api());
      desk = connect(fake.url, {});
    });
    afterEach(() => fake.close());
    const deliver = (number = 1, ticket = TICKET, by = desk): Promise<{ readonly reference?: string }> =>
      by.deliver(ticket, { number, signal: never });
    const faultOf = (promise: Promise<unknown>): Promise<DeliveryFault> =>
      promise.then(
        () => Promise.reject(new Error('it was delivered')),
        (error: unknown) => (error instanceof DeliveryFault ? error : Promise.reject(error as Error)),
      );

    test('a ticket arrives whole, under its id, and gives its reference', async () => {
      expect(desk.kind).toBe(kind);
      const { reference } = await deliver();
      expect(fake.tickets).toHaveLength(1);
      const [taken] = fake.tickets;
      expect(reference).toBe(taken?.reference);
      expect(taken?.id).toBe(TICKET.id);
      expect(taken?.subject).toContain(TICKET.subject);
      for (const words of ['## What is wrong', '`IP not allowed` — «адрес», 地址'])
        expect(taken?.body).toContain(words);
    });

    test('delivered twice it is there once, with the same reference', async () => {
      const first = await deliver(1);
      expect(await deliver(2)).toEqual(first);
      expect(await deliver(3)).toEqual(first);
      expect(fake.tickets).toHaveLength(1);
    });

    test('the ticket is taken and the answer is lost: the next try finds it', async () => {
      fake.mishaps.push('lose');
      expect(await faultOf(deliver(1))).toMatchObject({ reason: 'unreachable', retryable: true });
      expect((await deliver(2)).reference).toBe(fake.tickets[0]?.reference);
      expect(fake.tickets).toHaveLength(1);
    });

    test('an answer that does not come in time, and a stop, end the call', async () => {
      desk = connect(fake.url, { callMs: 150 });
      fake.mishaps.push('slow');
      expect(await faultOf(deliver(1))).toMatchObject({ reason: 'timed-out', retryable: true });
      fake.mishaps.push('slow');
      const stop = new AbortController();
      const patient = connect(fake.url, {});
      const call = faultOf(patient.deliver({ ...TICKET, id: `${TICKET.id}x` }, { number: 1, signal: stop.signal }));
      while (fake.tickets.length < 2) await new Promise((resolve) => setImmediate(resolve));
      stop.abort();
      expect(await call).toMatchObject({ reason: 'timed-out', retryable: true });
      expect((await deliver(2)).reference).toBe(fake.tickets[0]?.reference);
    });

    test('too many requests: it says when to come back', async () => {
      fake.mishaps.push('busy');
      expect(await faultOf(deliver())).toMatchObject({ reason: 'rate-limited', retryable: true, retryAfterMs: 7000 });
    });

    test.each([
      ['error', 'server-error', true],
      ['huge', 'answer-malformed', true],
      ['redirect', 'redirected', false],
      ['missing', 'address-wrong', false],
      ['refuse', 'refused', false],
      ['login', 'unauthorised', false],
    ] as const)('%s: %s, tried again: %s', async (mishap, reason, retryable) => {
      fake.mishaps.push(mishap);
      const fault = await faultOf(deliver());
      expect(fault).toMatchObject({ reason, retryable });
      expect(fake.requests.every(({ path }) => !path.includes('stolen'))).toBe(true);
    });

    test('nobody is there', async () => {
      await fake.close();
      expect(await faultOf(deliver())).toMatchObject({ reason: 'unreachable', retryable: true });
    });

    test('wrong credentials are said, not shown, and make no ticket', async () => {
      const fault = await faultOf(deliver(1, TICKET, connect(fake.url, { secret: WRONG })));
      expect(fault).toMatchObject({ reason: 'unauthorised', retryable: false });
      expect(fake.tickets).toEqual([]);
      expect(inspect(fault, { depth: 9, showHidden: true })).not.toContain(WRONG);
    });

    test('a fault says nothing of what was sent or answered', async () => {
      for (const mishap of ['refuse', 'malformed', 'error', 'lose'] as const) {
        fake.mishaps.push(mishap);
        const fault = await deliver().catch((error: unknown) => error);
        const shown = inspect(fault, { depth: 9, showHidden: true });
        for (const words of ['lanternrow', 'IP not allowed', 'maintenance', 'Sample-Words'])
          expect(shown).not.toContain(words);
      }
    });

    test('a subject can begin no line of its own', async () => {
      const subject = 'It fails\r\nBcc: everyone@example.com\r\n\r\nX\u2028Y\u0000Z';
      await deliver(1, { ...TICKET, subject });
      expect(fake.tickets[0]?.subject).toContain('It fails Bcc: everyone@example.com X Y Z');
      for (const { headers } of fake.requests) expect(headers).not.toHaveProperty('bcc');
    });

    test('a ticket without a subject or with a very long one is taken', async () => {
      await deliver(1, { ...TICKET, id: 'tk_a', subject: ' \n' });
      await deliver(1, { ...TICKET, id: 'tk_b', subject: '😀'.repeat(5000) });
      expect(fake.tickets[0]?.subject).toContain('tk_a');
      expect(fake.tickets[1]?.subject.length).toBeLessThan(255);
      expect(toUSVString(fake.tickets[1]?.subject ?? '')).toBe(fake.tickets[1]?.subject);
    });
  });
}

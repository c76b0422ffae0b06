// Tickets as durable work: asked for, delivered, tried again, failed, withdrawn, and once whatever dies in between.
import { PreticketError } from '../../src/errors';
import { DeliveryFault, type Helpdesk, type HelpdeskTicket } from '../../src/helpdesks/helpdesk';
import { createService, type Service, type ServiceOptions } from '../../src/service';
import { NO_METER } from '../../src/service/meter';
import { DELIVERY_KIND } from '../../src/service/ticket';
import { startWorkers, type Workers } from '../../src/service/worker';
import { createMemoryStore } from '../../src/stores/memory';
import type { Store } from '../../src/stores/store';
import { engine } from '../support/engine';
import { fakeTalk } from '../support/fake-talk';

const SECRET = ['Orchard', '-Gate-', '77'].join('');
const HOUR = 3600_000;

/** A helpdesk that knows tickets by their id. What `next` gives is thrown after (`lost`) or instead of taking the ticket. */
function fakeDesk(): {
  readonly desk: Helpdesk;
  readonly taken: Map<string, HelpdeskTicket>;
  readonly tries: { readonly number: number; readonly atMs: number }[];
  readonly next: (DeliveryFault | 'lost')[];
} {
  const taken = new Map<string, HelpdeskTicket>();
  const tries: { number: number; atMs: number }[] = [];
  const next: (DeliveryFault | 'lost')[] = [];
  const desk: Helpdesk = {
    kind: 'fake',
    deliver(ticket, { number }) {
      tries.push({ number, atMs: Date.now() });
      const mishap = next.shift();
      if (mishap instanceof DeliveryFault) return Promise.reject(mishap);
      if (!taken.has(ticket.id)) taken.set(ticket.id, ticket);
      if (mishap === 'lost') return Promise.reject(new DeliveryFault('unreachable', { retryable: true }));
      return Promise.resolve({ reference: `R-${[...taken.keys()].indexOf(ticket.id) + 1}` });
    },
  };
  return { desk, taken, tries, next };
}

let store: Store;
let service: Service;
let workers: Workers;
let fake: ReturnType<typeof fakeDesk>;
const outcomes: string[] = [];

async function serve(more: Partial<ServiceOptions> = {}): Promise<Service> {
  return createService({
    store,
    talk: fakeTalk(),
    engine: await engine(),
    maxMessageBytes: 1000,
    ttlDays: 30,
    helpdesk: fake.desk,
    random: () => 0.5,
    onWork: () => workers.wake(),
    meter: {
      ...NO_METER,
      delivery: (kind, outcome, attempt, reason) => void outcomes.push([kind, outcome, attempt, reason].join(' ')),
    },
    ...more,
  });
}
const work = (on: Store = store, by: Service = service): Workers =>
  startWorkers({ store: on, handlers: { [DELIVERY_KIND]: by.deliver }, ttlDays: 30, random: () => 0.5 });
const pass = (ms: number): Promise<unknown> => jest.advanceTimersByTimeAsync(ms);
const away = (): DeliveryFault => new DeliveryFault('unreachable', { retryable: true });
const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'none',
    (error: unknown) => (error instanceof PreticketError ? error.code : String(error)),
  );
const ticketOf = (body: string): { id: string; status: string } =>
  (JSON.parse(body) as { ticket: { id: string; status: string } }).ticket;

beforeEach(async () => {
  // Without the hooks of promises and immediates, that the workers' own waiting needs.
  jest.useFakeTimers({ now: Date.UTC(2026, 0, 5) });
  outcomes.length = 0;
  fake = fakeDesk();
  store = createMemoryStore();
  service = await serve();
  workers = work();
  await pass(0);
});
afterEach(async () => {
  await workers.stop(0);
  await service.stop();
  jest.useRealTimers();
});

test('a ticket that is asked for is pending, then delivered, and its reference comes back as a turn', async () => {
  const bearer = await service.open({});
  await service.message(bearer, 'it says IP not allowed');
  const heard: number[] = [];
  const { seq, end } = await service.follow(bearer, () => heard.push(Date.now()));
  const asked = ticketOf((await service.requestTicket(bearer, 'k')).body);
  expect(asked.status).toBe('pending');
  await pass(0);
  expect(await service.ticket(bearer)).toEqual({ id: asked.id, status: 'delivered', attempts: 1, reference: 'R-1' });
  expect(fake.taken.get(asked.id)).toMatchObject({
    id: asked.id,
    subject: 'It fails',
    body: 'it says IP not allowed',
    language: 'en',
  });
  const turns = await service.turnsAfter(bearer.id, seq);
  expect(turns?.map(({ answer }) => (JSON.parse(answer) as { replies: unknown[] }).replies)).toEqual([
    [{ kind: 'done', text: 'done' }],
    [{ kind: 'done', text: 'reference R-1' }],
  ]);
  expect(heard.length).toBeGreaterThanOrEqual(2);
  end();
  expect(await store.waiting(9)).toEqual([]);
  expect((await store.load(bearer.id))?.record).not.toContain('"body"');
  expect(outcomes).toEqual(['fake delivered 1 ']);
  // The same key, the same answer; another key comes too late.
  expect(ticketOf((await service.requestTicket(bearer, 'k')).body)).toEqual(asked);
  expect(await codeOf(service.requestTicket(bearer, 'other'))).toBe('CONVERSATION_DONE');
});

test('a helpdesk that is away is tried after 1, 5 and 25 s, and the answer that was lost makes no second ticket', async () => {
  fake.next.push(away(), 'lost', away());
  const bearer = await service.open({});
  const { id } = ticketOf((await service.requestTicket(bearer)).body);
  await pass(2000);
  expect(await service.ticket(bearer)).toMatchObject({ id, status: 'pending', attempts: 2 });
  await pass(60_000);
  expect(fake.tries.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  const gaps = fake.tries.slice(1).map(({ atMs }, i) => Math.round((atMs - (fake.tries[i]?.atMs ?? 0)) / 1000));
  expect(gaps).toEqual([1, 5, 25]);
  expect(await service.ticket(bearer)).toMatchObject({ id, status: 'delivered', attempts: 4, reference: 'R-1' });
  expect(fake.taken.size).toBe(1);
});

test('Retry-After is obeyed', async () => {
  fake.next.push(new DeliveryFault('rate-limited', { retryable: true, retryAfterMs: 90_000 }));
  await service.requestTicket(await service.open({}));
  await pass(89_000);
  expect(fake.tries).toHaveLength(1);
  await pass(2000);
  expect(fake.tries).toHaveLength(2);
});

test('after a day it has failed, the person hears it, and asking again tries again under the same id', async () => {
  fake.next.push(...Array.from({ length: 18 }, away));
  const bearer = await service.open({});
  await service.message(bearer, 'it fails');
  const { id } = ticketOf((await service.requestTicket(bearer, 'first')).body);
  await pass(25 * HOUR);
  expect(await service.ticket(bearer)).toMatchObject({ id, status: 'failed' });
  expect(fake.tries.length).toBeGreaterThan(15);
  expect(fake.tries.at(-1)?.atMs).toBeLessThanOrEqual(Date.UTC(2026, 0, 6));
  const { transcript, status } = await service.conversation(bearer);
  expect([transcript.at(-1), status]).toEqual([
    expect.objectContaining({ kind: 'warning', text: 'undelivered' }),
    'review',
  ]);
  expect(await service.deliveries(9)).toEqual([
    expect.objectContaining({ conversation: bearer.id, ticket: id, status: 'failed', reason: 'unreachable' }),
  ]);
  expect(await service.backlog()).toEqual({ pending: 0, failed: 1 });
  fake.next.length = 0;
  expect(ticketOf((await service.requestTicket(bearer, 'first')).body)).toEqual({ id, status: 'pending' });
  expect(fake.taken.size).toBe(0);
  expect(ticketOf((await service.requestTicket(bearer, 'second')).body)).toEqual({ id, status: 'pending' });
  fake.next.push(away());
  await pass(0);
  // The schedule begins anew; that it may be there already is not forgotten.
  await pass(2000);
  expect(fake.tries.at(-1)?.number).toBeGreaterThan(15);
  expect(await service.ticket(bearer)).toMatchObject({ id, status: 'delivered', reference: 'R-1' });
  expect(await store.waiting(9)).toEqual([]);
  expect((await service.conversation(bearer)).status).toBe('submitted');
});

test('what will never work fails at once, and whoever runs the server may try it again', async () => {
  fake.next.push(new DeliveryFault('unauthorised', { retryable: false, status: 401 }));
  const bearer = await service.open({});
  await service.requestTicket(bearer);
  await pass(0);
  expect(await service.ticket(bearer)).toMatchObject({ status: 'failed', attempts: 1 });
  expect(await service.retryDelivery(bearer.id)).toBe(true);
  expect(await service.retryDelivery(bearer.id)).toBe(false);
  expect(await service.retryDelivery('nonsense')).toBe(false);
  await pass(0);
  expect(await service.ticket(bearer)).toMatchObject({ status: 'delivered', attempts: 2, reference: 'R-1' });
  expect((await service.conversation(bearer)).status).toBe('submitted');
  expect(outcomes).toEqual(['fake failed 1 unauthorised', 'fake delivered 2 ']);
});

test('a draft in which the second redaction finds something does not leave, and says so', async () => {
  await workers.stop();
  service = await serve({ talk: fakeTalk({ draft: `my api password is ${SECRET}` }) });
  workers = work();
  const bearer = await service.open({});
  await service.requestTicket(bearer);
  await pass(0);
  expect(await service.ticket(bearer)).toMatchObject({ status: 'failed', attempts: 1 });
  expect(fake.tries).toEqual([]);
  const { transcript } = await service.conversation(bearer);
  expect(transcript.at(-1)?.text).toBe('withheld');
  expect(outcomes).toEqual(['fake withheld 1 redaction']);
  expect(JSON.stringify([await store.load(bearer.id), await store.entries(bearer.id, 0)])).not.toContain(SECRET);
});

test('the door looks again: what an older pack let through does not leave', async () => {
  fake.next.push(away());
  const bearer = await service.open({});
  await service.requestTicket(bearer);
  await pass(0);
  const { version, record } = (await store.load(bearer.id)) ?? { version: 0, record: '{}' };
  const old = JSON.parse(record) as { delivery: { ticket: { fields: Record<string, string> } } };
  old.delivery.ticket.fields = {
    note: `Authorization: Bearer ${['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxIn0', 'c2lnbmF0dXJlLW9mLXRlc3Q'].join('.')}`,
  };
  await store.save(bearer.id, version, { record: JSON.stringify(old), expiresAtMs: Date.now() + 1000 * HOUR });
  await pass(5000);
  expect(await service.ticket(bearer)).toMatchObject({ status: 'failed' });
  expect(fake.taken.size).toBe(0);
});

test('what the talk learned to be a secret only later does not leave with the words from before', async () => {
  const WORD = ['lantern', 'fish'].join('');
  const bearer = await service.open({});
  await service.message(bearer, `the thing is ${WORD} here`);
  const { body } = await service.message(bearer, `oh, my api password is ${WORD}`);
  expect(body).not.toContain(WORD);
  service = await serve({ talk: fakeTalk({ draft: `the thing is ${WORD} here` }) });
  const { id } = ticketOf((await service.requestTicket(bearer)).body);
  await pass(0);
  expect(fake.taken.get(id)?.body).toContain('[redacted:');
  expect(JSON.stringify(fake.taken.get(id))).not.toContain(WORD);
});

test('while the helpdesk is away one ticket asks for all, and all go once it is back', async () => {
  let isAway = true;
  const deliver = fake.desk.deliver.bind(fake.desk);
  let asked = 0;
  Object.assign(fake.desk, {
    deliver: (...args: Parameters<Helpdesk['deliver']>) => (
      asked++,
      isAway ? Promise.reject(away()) : deliver(...args)
    ),
  });
  const bearers = [];
  for (let i = 0; i < 60; i++) {
    const bearer = await service.open({});
    await service.requestTicket(bearer);
    bearers.push(bearer);
  }
  await pass(120_000);
  // Each by itself would have asked four times.
  expect(asked).toBeLessThan(40);
  expect(await service.backlog()).toMatchObject({ pending: 60, failed: 0 });
  isAway = false;
  await pass(13 * 60_000);
  expect(fake.taken.size).toBe(60);
  for (const bearer of bearers) expect(await service.ticket(bearer)).toMatchObject({ status: 'delivered' });
});

test('Retry-After holds for all tickets', async () => {
  fake.next.push(new DeliveryFault('rate-limited', { retryable: true, retryAfterMs: 60_000 }));
  await service.requestTicket(await service.open({}));
  await pass(0);
  await service.requestTicket(await service.open({}));
  await pass(58_000);
  expect(fake.tries).toHaveLength(1);
  await pass(20_000);
  expect(fake.taken.size).toBe(2);
});

test('deletion withdraws what is not delivered', async () => {
  fake.next.push(away(), away());
  const bearer = await service.open({});
  await service.requestTicket(bearer);
  await pass(1500);
  await service.remove(bearer);
  await pass(25 * HOUR);
  expect(fake.taken.size).toBe(0);
  expect(fake.tries.length).toBeLessThan(3);
  expect(await service.deliveries(9)).toEqual([]);
});

test('a process that dies between delivery and save: another one delivers under the same id, with the same words', async () => {
  await workers.stop();
  const bearer = await service.open({});
  await service.message(bearer, 'first words');
  const { id } = ticketOf((await service.requestTicket(bearer)).body);
  let died = false;
  // It delivers, and no save of it arrives any more.
  const dying: Store = {
    ...store,
    save: () => new Promise(() => (died = true)),
    lease: (...args) => (died ? Promise.resolve([]) : store.lease(...args)),
  };
  const one = await serve({ store: dying });
  const lost = work(dying, one);
  await pass(1000);
  expect([died, fake.taken.size]).toEqual([true, 1]);
  workers = work();
  await pass(40_000);
  expect(fake.tries.map(({ number }) => number)).toEqual([1, 2]);
  expect(fake.taken.size).toBe(1);
  expect(await service.ticket(bearer)).toMatchObject({ id, status: 'delivered', reference: 'R-1' });
  void lost;
});

test('every try sends the same words, whatever is said meanwhile', async () => {
  const sent: string[] = [];
  const deliver = fake.desk.deliver.bind(fake.desk);
  Object.assign(fake.desk, {
    deliver: (...args: Parameters<Helpdesk['deliver']>) => (sent.push(JSON.stringify(args[0])), deliver(...args)),
  });
  fake.next.push(away());
  const bearer = await service.open({});
  await service.message(bearer, 'first words');
  await service.requestTicket(bearer);
  await pass(0);
  await service.message(bearer, 'other words');
  await service.editFields(bearer, { account: 'someone-else' });
  await pass(5000);
  expect(sent).toHaveLength(2);
  expect(sent[1]).toBe(sent[0]);
});

test('whoever asks for a person is handed over with a ticket; asking for it by hand finds it', async () => {
  const bearer = await service.open({});
  await service.message(bearer, 'a human please');
  await pass(0);
  const { id } = await service.ticket(bearer);
  expect(fake.taken.size).toBe(1);
  const again = ticketOf((await service.requestTicket(bearer, 'k')).body);
  expect(again).toEqual({ id, status: 'delivered' });
  await pass(60_000);
  expect(fake.taken.size).toBe(1);
});

test('without a helpdesk the store keeps the ticket, a person who is handed over needs none, and tickets of before are kept', async () => {
  const waiting = await service.open({});
  fake.next.push(away());
  await service.requestTicket(waiting);
  await pass(0);
  await workers.stop();
  const { talk, ...rest } = { talk: fakeTalk() };
  expect(rest).toEqual({});
  service = createService({ store, talk, engine: await engine(), maxMessageBytes: 1000, ttlDays: 30 });
  workers = work();
  const bearer = await service.open({});
  expect(ticketOf((await service.requestTicket(bearer)).body).status).toBe('delivered');
  const handed = await service.open({});
  await service.message(handed, 'a human please');
  expect(await codeOf(service.ticket(handed))).toBe('NOT_FOUND');
  await pass(5000);
  expect(await service.ticket(waiting)).toMatchObject({ status: 'delivered' });
  expect(await store.waiting(9)).toEqual([]);
});

test('figures: how many wait, how many failed, since when', async () => {
  fake.next.push(away(), new DeliveryFault('refused', { retryable: false }), away());
  const began = Date.now();
  const open = async (): Promise<string> => {
    const bearer = await service.open({});
    await service.requestTicket(bearer);
    await pass(0);
    return bearer.id;
  };
  const [one, two] = [await open(), await open()];
  expect(await service.backlog()).toEqual({ pending: 1, failed: 1, oldestMs: began });
  const shown = await service.deliveries(9);
  expect(shown.map(({ conversation, status, reason }) => [conversation, status, reason])).toEqual([
    [two, 'failed', 'refused'],
    [one, 'pending', 'unreachable'],
  ]);
  expect(shown[1]?.dueAtMs).toBe(began + 1000);
  expect(JSON.stringify(shown)).not.toContain('It fails');
});

test('two keys at once ask for one ticket', async () => {
  const bearer = await service.open({});
  const asked = await Promise.all([
    codeOf(service.requestTicket(bearer, 'a')),
    codeOf(service.requestTicket(bearer, 'b')),
  ]);
  expect(asked.sort()).toEqual(['CONVERSATION_DONE', 'none']);
  await pass(60_000);
  expect(fake.taken.size).toBe(1);
});

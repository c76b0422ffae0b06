// The service on a store: identity, one turn at a time, keys that make a request once, the egress check, forgetting.
import { PreticketError } from '../../src/errors';
import { createService, type Service } from '../../src/service';
import { createMemoryStore } from '../../src/stores/memory';
import type { Store } from '../../src/stores/store';
import { engine } from '../support/engine';
import { fakeTalk } from '../support/fake-talk';

const SECRET = ['Orchard', '-Gate-', '77'].join('');
const HOUR = 3600_000;
let now = Date.UTC(2026, 0, 5);
let store: Store;
let service: Service;

async function serviceOn(on: Store): Promise<Service> {
  return createService({
    store: on,
    talk: fakeTalk(),
    engine: await engine(),
    maxMessageBytes: 1000,
    ttlDays: 30,
    now: () => now,
  });
}

beforeEach(async () => {
  now = Date.UTC(2026, 0, 5);
  store = createMemoryStore(() => now);
  service = await serviceOn(store);
});
afterEach(() => service.stop());

const codeOf = (error: unknown): string => (error instanceof PreticketError ? error.code : String(error));
const failure = async (promise: Promise<unknown>): Promise<string> => promise.then(() => 'none', codeOf);
const textOf = (body: string): string =>
  (JSON.parse(body) as { replies: { text: string }[] }).replies.map((reply) => reply.text).join('|');

describe('who may', () => {
  test('the token of a conversation opens it and no other', async () => {
    const [a, b] = [await service.open({}), await service.open({})];
    expect(await failure(service.message(a, 'hi'))).toBe('none');
    expect(await failure(service.message({ id: a.id, token: b.token }, 'hi'))).toBe('NOT_FOUND');
    expect(await failure(service.message({ id: 'nonsense', token: a.token }, 'hi'))).toBe('NOT_FOUND');
    expect(await failure(service.message({ id: a.id, token: 'nonsense' }, 'hi'))).toBe('TOKEN_MISSING');
    const stranger = { id: b.id, token: a.token };
    for (const call of [
      service.conversation(stranger),
      service.ticket(stranger),
      service.remove(stranger),
      service.seen(stranger),
    ])
      expect(await failure(call)).toBe('NOT_FOUND');
  });

  test('ids and tokens are long and never the same', async () => {
    const opened = await Promise.all(Array.from({ length: 200 }, () => service.open({})));
    expect(new Set(opened.flatMap(({ id, token }) => [id, token])).size).toBe(400);
    expect(opened[0]?.token).toMatch(/^[0-9a-z]{52}$/);
  });

  test('what is kept holds neither the token nor a secret that was sent', async () => {
    const { id, token } = await service.open({});
    await service.message({ id, token }, `my api password is ${SECRET}`);
    const kept = JSON.stringify([await store.load(id), await store.entries(id, 0)]);
    expect(kept).not.toContain(token);
    expect(kept).not.toContain(SECRET);
    expect(kept).toContain('[redacted:');
  });

  test('a secret that was seen once is known in later messages and in fields', async () => {
    const bearer = await service.open({});
    await service.message(bearer, `my api password is ${SECRET}`);
    expect(textOf((await service.message(bearer, `it says ${SECRET} is wrong`)).body)).not.toContain(SECRET);
    expect((await service.editFields(bearer, { account: SECRET })).body).not.toContain(SECRET);
  });
});

describe('turns', () => {
  test('messages at once are handled one after the other, each once', async () => {
    const bearer = await service.open({});
    const bodies = await Promise.all(Array.from({ length: 20 }, (_, i) => service.message(bearer, `m${i}`)));
    expect(bodies.map(({ body }) => textOf(body))).toEqual(Array.from({ length: 20 }, (_, i) => `${i + 1}: m${i}`));
    const { transcript, seq } = await service.conversation(bearer);
    expect(seq).toBe(21);
    expect(transcript.filter((line) => line.role === 'person').map((line) => line.text)).toEqual(
      Array.from({ length: 20 }, (_, i) => `m${i}`),
    );
  });

  test('two services on one store never lose or double a turn', async () => {
    const other = await serviceOn(store);
    const bearer = await service.open({});
    const results = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        failure((i % 2 ? other : service).message(bearer, `m${i}`, { key: `k${i}` })),
      ),
    );
    const accepted = results.filter((code) => code === 'none').length;
    expect(results.filter((code) => code !== 'none' && code !== 'CONVERSATION_STALE')).toEqual([]);
    const { transcript } = await service.conversation(bearer);
    expect(transcript.filter((line) => line.role === 'person')).toHaveLength(accepted);
    await other.stop();
  });

  test('too many at once are told to come back', async () => {
    const bearer = await service.open({});
    const results = await Promise.all(Array.from({ length: 60 }, (_, i) => failure(service.message(bearer, `m${i}`))));
    expect(results.filter((code) => code === 'none')).toHaveLength(32);
    expect(results.filter((code) => code === 'CONVERSATION_STALE')).toHaveLength(28);
  });

  test('a save that is late is begun anew; one that is always late is 409', async () => {
    const bearer = await service.open({});
    let late = 2;
    const flaky = await serviceOn({
      ...store,
      save: (id, version, change) => (late-- > 0 ? Promise.resolve(undefined) : store.save(id, version, change)),
    });
    expect(textOf((await flaky.message(bearer, 'hi')).body)).toBe('1: hi');
    late = Infinity;
    expect(await failure(flaky.message(bearer, 'hi'))).toBe('CONVERSATION_STALE');
    expect((await service.conversation(bearer)).seq).toBe(2);
    await flaky.stop();
  });

  test('a message over the limit, in bytes of UTF-8, changes nothing', async () => {
    const bearer = await service.open({});
    expect(await failure(service.message(bearer, 'x'.repeat(1000)))).toBe('none');
    expect(await failure(service.message(bearer, 'ж'.repeat(501)))).toBe('MESSAGE_TOO_LARGE');
    expect((await service.conversation(bearer)).seq).toBe(2);
  });
});

describe('keys', () => {
  test('the same key and body get the same bytes; another body is refused; without a key it is a new turn', async () => {
    const bearer = await service.open({});
    const first = await service.message(bearer, 'one', { key: 'k' });
    await service.message(bearer, 'two');
    expect(await service.message(bearer, 'one', { key: 'k' })).toEqual(first);
    expect(await failure(service.message(bearer, 'other', { key: 'k' }))).toBe('KEY_REUSED');
    expect(await failure(service.editFields(bearer, { account: 'a' }, 'k'))).toBe('KEY_REUSED');
    expect(textOf((await service.message(bearer, 'one')).body)).toBe('3: one');
  });

  test('twins at the same moment are one turn', async () => {
    const bearer = await service.open({});
    const bodies = await Promise.all(Array.from({ length: 10 }, () => service.message(bearer, 'one', { key: 'k' })));
    expect(new Set(bodies.map(({ body }) => body)).size).toBe(1);
    expect((await service.conversation(bearer)).seq).toBe(2);
  });

  test('another process answers from what the first one kept', async () => {
    const bearer = await service.open({});
    const first = await service.message(bearer, `password: ${SECRET}`, { key: 'k' });
    const other = await serviceOn(store);
    expect(await other.message(bearer, `password: ${SECRET}`, { key: 'k' })).toEqual(first);
    await other.stop();
  });

  test('a key belongs to its conversation', async () => {
    const [a, b] = [await service.open({}), await service.open({})];
    await service.message(a, 'one', { key: 'k' });
    expect(textOf((await service.message(b, 'two', { key: 'k' })).body)).toBe('1: two');
  });
});

describe('fields and ticket', () => {
  test('edited fields show; one that is refused changes nothing', async () => {
    const bearer = await service.open({});
    const { body } = await service.editFields(bearer, { account: 'larkhill', outboundIp: null });
    expect(JSON.parse(body)).toMatchObject({ fields: { account: 'larkhill', outboundIp: null }, missing: [] });
    expect(await failure(service.editFields(bearer, { account: 'bad' }))).toBe('FIELD_INVALID');
    expect((await service.conversation(bearer)).fields).toEqual({ account: 'larkhill', outboundIp: null });
  });

  test('one ticket a conversation, the same for its key', async () => {
    const bearer = await service.open({});
    expect(await failure(service.ticket(bearer))).toBe('NOT_FOUND');
    const first = await service.requestTicket(bearer, 'k');
    expect(await service.requestTicket(bearer, 'k')).toEqual(first);
    expect(await failure(service.requestTicket(bearer, 'l'))).toBe('CONVERSATION_DONE');
    const { ticket } = JSON.parse(first.body) as { ticket: { id: string } };
    expect(await service.ticket(bearer)).toMatchObject({ id: ticket.id, status: 'delivered' });
    expect(await service.conversation(bearer)).toMatchObject({ status: 'submitted', ticket: { id: ticket.id } });
  });

  test('of ten asked for at once under ten keys, one is made', async () => {
    const bearer = await service.open({});
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, i) => failure(service.requestTicket(bearer, `k${i}`))),
    );
    expect(results.filter((code) => code === 'none')).toHaveLength(1);
  });
});

describe('egress check', () => {
  const codeIn = (body: string): string => /\/e\/([0-9a-z]+)/.exec(body)?.[1] ?? '';
  const offered = async (): Promise<{ bearer: { id: string; token: string }; code: string }> => {
    const bearer = await service.open({});
    const { body } = await service.message(bearer, 'egress please', { origin: 'https://t.example' });
    expect(body).toContain('https://t.example/e/');
    return { bearer, code: codeIn(body) };
  };

  test('the conversation learns the address, twenty times, within an hour', async () => {
    const { bearer, code } = await offered();
    for (let i = 0; i < 20; i++) expect(await service.egress(code, `203.0.113.${i}`)).toBe(true);
    expect(await service.egress(code, '203.0.113.99')).toBe(false);
    expect((await service.conversation(bearer)).fields).toEqual({ outboundIp: '203.0.113.19' });
  });

  test('an hour later it is gone', async () => {
    const { code } = await offered();
    now += HOUR;
    expect(await service.egress(code, '203.0.113.1')).toBe(false);
  });

  test('of thirty calls at once, twenty count', async () => {
    const { code } = await offered();
    const results = await Promise.all(Array.from({ length: 30 }, () => service.egress(code, '203.0.113.1')));
    expect(results.filter(Boolean)).toHaveLength(20);
  });

  test.each([
    ['', 'empty'],
    ['x'.repeat(46), 'invented'],
    ['../../etc/passwd', 'path'],
    ['0'.repeat(5000), 'long'],
  ])('%#: what was never issued is unknown', async (code) => {
    expect(await service.egress(code, '203.0.113.1')).toBe(false);
  });

  test('a code that was not shown is not issued; one that was stays the same for a while', async () => {
    const bearer = await service.open({});
    await service.message(bearer, 'nothing', { origin: 'https://t.example' });
    const kept = JSON.parse((await store.load(bearer.id))?.record ?? '{}') as { codes: unknown[] };
    expect(kept.codes).toEqual([]);
    const ask = async (): Promise<string> =>
      codeIn((await service.message(bearer, 'egress', { origin: 'https://t.example' })).body);
    const first = await ask();
    expect(await ask()).toBe(first);
    now += HOUR - 60_000;
    const second = await ask();
    expect(second).not.toBe(first);
    expect(await service.egress(first, '203.0.113.1')).toBe(true);
  });

  test('another conversation cannot be reached by changing a code', async () => {
    const [a, b] = [await offered(), await offered()];
    expect(await service.egress(a.code.slice(0, 26) + b.code.slice(26), '203.0.113.1')).toBe(false);
  });
});

describe('forgetting', () => {
  test('deletion ends everything', async () => {
    const bearer = await service.open({});
    const { body } = await service.message(bearer, 'egress', { origin: 'https://t.example', key: 'k' });
    await service.remove(bearer);
    expect(await failure(service.conversation(bearer))).toBe('NOT_FOUND');
    expect(await failure(service.message(bearer, 'egress', { key: 'k' }))).toBe('NOT_FOUND');
    expect(await failure(service.remove(bearer))).toBe('NOT_FOUND');
    expect(await service.egress(/\/e\/(\w+)/.exec(body)?.[1] ?? '', '203.0.113.1')).toBe(false);
    expect(await service.turnsAfter(bearer.id, 0)).toBeUndefined();
  });

  test('what nobody touches for the time set is gone; a turn sets it anew', async () => {
    const bearer = await service.open({});
    now += 29 * 24 * HOUR;
    await service.message(bearer, 'still here');
    now += 29 * 24 * HOUR;
    expect((await service.conversation(bearer)).seq).toBe(2);
    now += 2 * 24 * HOUR;
    expect(await failure(service.conversation(bearer))).toBe('NOT_FOUND');
  });

  test('a service that stops takes nothing new', async () => {
    const bearer = await service.open({});
    const last = service.message(bearer, 'last');
    await service.stop();
    expect(textOf((await last).body)).toBe('1: last');
    expect(await failure(service.message(bearer, 'later'))).toBe('STOPPING');
    expect(await failure(service.ready())).toBe('STOPPING');
  });
});

test('triage redacts the fields that come with a text', () => {
  const result = service.triage('403 ip not allowed', {
    language: 'en-GB',
    fields: { account: `Authorization: Basic ${Buffer.from(`a:${SECRET}`).toString('base64')}` },
  });
  expect(JSON.stringify(result)).not.toContain(Buffer.from(`a:${SECRET}`).toString('base64'));
});

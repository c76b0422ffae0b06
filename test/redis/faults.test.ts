// What the Redis store promises when connections, servers and replicas fail: nothing twice, nothing acknowledged that may be lost,
// an answer within seconds, and back again without a restart.
import { createHash } from 'node:crypto';
import { openRedisStore, type RedisStore } from '../../src/stores/redis';
import { SAVE, REMOVE } from '../../src/stores/redis/scripts';
import type { Change } from '../../src/stores/store';
import { type CutProxy, cutProxy } from '../support/cut-proxy';
import { eventually, onlineReplicas, redisAlone, redisReplicated } from '../support/redis-server';

const secret = 'x'.repeat(40);
const change = (record: string, more: Partial<Change> = {}): Change => ({
  record,
  expiresAtMs: Date.now() + 86_400_000,
  ...more,
});
const entry = (seq: number): Partial<Change> => ({ entries: [{ seq, text: `e${seq}` }] });
const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'done',
    (error: { code: string }) => error.code,
  );

describe('an answer that is lost with its connection', () => {
  let alone: Awaited<ReturnType<typeof redisAlone>>;
  let proxy: CutProxy;
  let store: RedisStore;
  beforeAll(async () => {
    alone = await redisAlone();
    proxy = await cutProxy(alone.server.port);
    store = await openRedisStore({ url: `redis://127.0.0.1:${proxy.port}`, secret });
    // From here on the server knows the scripts, so that a cut falls on one that is run.
    await store.create('warm', change('0'));
    await store.delete('warm');
  });
  afterAll(async () => {
    await store.close();
    await proxy.close();
    await alone.stop();
  });

  test('a save is done once and answers as it would have', async () => {
    expect(await store.create('a', change('0', entry(1)))).toBe(true);
    proxy.cutAfter(SAVE.sha);
    expect(await store.save('a', 1, change('1', { ...entry(2), put: [{ name: 'w', kind: 'k', dueAtMs: 0 }] }))).toBe(2);
    expect(proxy.cuts()).toBe(1);
    expect(await store.load('a')).toEqual({ version: 2, record: '1' });
    expect(await store.entries('a', 0)).toHaveLength(2);
    expect(await store.lease(60_000, 10)).toHaveLength(1);
    expect(await store.save('a', 1, change('stale'))).toBeUndefined();
  });

  test('a conversation is created once, and it is the one that asked', async () => {
    proxy.cutAfter(SAVE.sha);
    expect(await store.create('b', change('first'))).toBe(true);
    expect(proxy.cuts()).toBe(2);
    expect(await store.create('b', change('second'))).toBe(false);
    expect((await store.load('b'))?.record).toBe('first');
  });

  test('a deletion says that it did it', async () => {
    await store.create('c', change('0'));
    proxy.cutAfter(REMOVE.sha);
    expect(await store.delete('c')).toBe(true);
    expect(proxy.cuts()).toBe(3);
    expect(await store.delete('c')).toBe(false);
  });

  test('a script is known by the hash that the server gives it', () => {
    expect(SAVE.sha).toBe(createHash('sha1').update(SAVE.source).digest('hex'));
    expect(alone.server.cli('script', 'exists', SAVE.sha, REMOVE.sha)).toBe('1\n1');
  });
});

test('killed in the midst of writing, it has all that was acknowledged, and calls go on when it is back', async () => {
  const alone = await redisAlone(['appendfsync always']);
  const store = await openRedisStore({ url: alone.url, secret });
  const acknowledged = new Map<string, number>();
  for (let round = 0; round < 3; round++) {
    let over = false;
    const lanes = Array.from({ length: 8 }, async (_, lane) => {
      const id = `lane-${lane}`;
      if (round === 0 && (await store.create(id, change('0', entry(1))))) acknowledged.set(id, 1);
      while (!over) {
        const loaded = await store.load(id).catch(() => undefined);
        if (loaded === undefined) continue;
        const saved = await store
          .save(id, loaded.version, change('r', entry(loaded.version + 1)))
          .catch(() => undefined);
        if (saved !== undefined) acknowledged.set(id, saved);
      }
    });
    const sum = (): number => [...acknowledged.values()].reduce((total, one) => total + one, 0);
    const before = sum();
    await eventually('some are acknowledged', () => sum() > before + 100);
    await alone.server.kill();
    await alone.server.start();
    over = true;
    await Promise.all(lanes);
  }
  for (const [id, version] of acknowledged) {
    const loaded = await store.load(id);
    expect(loaded?.version).toBeGreaterThanOrEqual(version);
    expect((await store.entries(id, 0)).map(({ seq }) => seq)).toEqual(
      Array.from({ length: loaded?.version ?? 0 }, (_, i) => i + 1),
    );
  }
  await store.close();
  await alone.stop();
});

test('away: calls end within seconds as unavailable, a store may be opened meanwhile, and both serve when it is back', async () => {
  const alone = await redisAlone();
  const store = await openRedisStore({ url: alone.url, secret });
  await store.create('a', change('0'));
  await alone.server.kill();
  const late = openRedisStore({ url: alone.url, secret });
  expect(
    await Promise.all([
      codeOf(store.load('a')),
      codeOf(store.save('a', 1, change('1'))),
      codeOf(store.ping()),
      codeOf(store.lease(1000, 5)),
      codeOf(store.delete('a')),
    ]),
  ).toEqual(Array(5).fill('STORE_UNAVAILABLE'));
  const other = await late;
  expect(await codeOf(other.ping())).toBe('STORE_UNAVAILABLE');
  await alone.server.start();
  await eventually('both answer', async () => {
    await Promise.all([store.ping(), other.ping()]);
    return true;
  });
  expect((await other.load('a'))?.record).toBe('0');
  expect(await store.save('a', 1, change('1'))).toBe(2);
  await Promise.all([store.close(), other.close()]);
  await alone.stop();
});

test('a server that takes connections and says nothing is away too', async () => {
  const alone = await redisAlone();
  const store = await openRedisStore({ url: alone.url, secret });
  await store.create('a', change('0'));
  alone.server.freeze();
  expect(await Promise.all([codeOf(store.load('a')), codeOf(store.ping())])).toEqual(
    Array(2).fill('STORE_UNAVAILABLE'),
  );
  alone.server.thaw();
  await eventually('it answers', async () => (await store.load('a')) !== undefined);
  await store.close();
  await alone.stop();
});

describe('a replica', () => {
  test('that does not answer: nothing is acknowledged; what was said again is acknowledged only once it has it', async () => {
    const both = await redisReplicated();
    const [replica] = both.replicas;
    const store = await openRedisStore({ url: both.url, secret });
    await store.create('a', change('0'));
    replica?.freeze();
    const kept = { remember: { key: 'k', value: 'v' } };
    expect(await codeOf(store.save('a', 1, change('1', kept)))).toBe('STORE_UNAVAILABLE');
    // The primary has it; saying so would be a promise that a fail-over could break.
    expect(await codeOf(store.load('a', 'k'))).toBe('STORE_UNAVAILABLE');
    replica?.thaw();
    await eventually('the replica answers', async () => (await store.load('a', 'k'))?.remembered === 'v');
    expect(await store.load('a')).toEqual({ version: 2, record: '1' });
    await store.close();
    await both.stop();
  });

  test('that dies is not waited for; one that comes is, from then on', async () => {
    const both = await redisReplicated();
    const [replica] = both.replicas;
    const store = await openRedisStore({ url: both.url, secret });
    await store.create('a', change('0'));
    await replica?.kill();
    await eventually('the primary knows', () => onlineReplicas(both.primary) === 0);
    expect(await store.save('a', 1, change('1'))).toBe(2);
    await replica?.start();
    await eventually('it is attached', () => onlineReplicas(both.primary) === 1);
    expect(await store.save('a', 2, change('2'))).toBe(3);
    replica?.freeze();
    expect(await codeOf(store.save('a', 3, change('3')))).toBe('STORE_UNAVAILABLE');
    replica?.thaw();
    await store.close();
    await both.stop();
  });

  test('has what was acknowledged, whenever the primary dies', async () => {
    const both = await redisReplicated();
    const [replica] = both.replicas;
    const store = await openRedisStore({ url: both.url, secret });
    for (let i = 0; i < 20; i++) await store.create(`c${i}`, change('0'));
    await Promise.all(Array.from({ length: 20 }, (_, i) => store.save(`c${i}`, 1, change('1'))));
    await both.primary.kill();
    await store.close();
    replica?.cli('replicaof', 'no', 'one');
    const next = await openRedisStore({ url: `redis://127.0.0.1:${replica?.port}`, secret });
    for (let i = 0; i < 20; i++) expect(await next.load(`c${i}`)).toEqual({ version: 2, record: '1' });
    await next.close();
    await both.stop();
  });
});

// What stands in Redis and in the files of its servers: nothing that can be read, and after a deletion nothing of it at all.
import { openRedisStore } from '../../src/stores/redis';
import { refOf } from '../../src/stores/redis/layout';
import { eventually, type Fixture, redisAlone, redisCluster, redisReplicated } from '../support/redis-server';
import { bytesBelow } from '../support/test-server';

const secret = 'x'.repeat(40);
const WORDS = ['heron', 'walks', 'alone'].join('-');
const filesOf = ({ servers }: Fixture): Buffer => Buffer.concat(servers.map(({ dir }) => bytesBelow(dir)));

describe.each([
  ['alone, with snapshots too', (): Promise<Fixture> => redisAlone(['save 3600 1'])],
  ['with a replica', (): Promise<Fixture> => redisReplicated()],
  ['Cluster', (): Promise<Fixture> => redisCluster()],
])('%s', (_name, make) => {
  test('no text is readable in any file, and a deleted conversation leaves its files within a minute', async () => {
    const fixture = await make();
    const store = await openRedisStore({ url: fixture.url, secret });
    const change = {
      record: `record ${WORDS}`,
      entries: [{ seq: 1, text: `entry ${WORDS}` }],
      remember: { key: `key ${WORDS}`, value: `kept ${WORDS}` },
      put: [{ name: `work ${WORDS}`, kind: `kind-${WORDS}`, dueAtMs: Date.now() + 1e7 }],
      expiresAtMs: Date.now() + 86_400_000,
    };
    const ids = ['gone-a', 'gone-b', 'gone-c', 'gone-d', 'stays'];
    for (const id of ids) await store.create(id, change);
    await store.counter.hit('203.0.113.77', 60_000);
    for (const server of fixture.servers) server.cli('bgsave', 'schedule');
    const refs = ids.map((id) => refOf(id).toString('hex'));
    await eventually('the files hold it', () => {
      const files = filesOf(fixture);
      return refs.every((ref) => files.includes(ref));
    });
    const files = filesOf(fixture);
    for (const text of [WORDS, ...ids.slice(0, 4), '203.0.113.77', secret]) expect(files.includes(text)).toBe(false);

    const begun = Date.now();
    for (const id of ids.slice(0, 4)) expect(await store.delete(id)).toBe(true);
    await eventually('nothing of it is left', () => {
      const now = filesOf(fixture);
      return refs.slice(0, 4).every((ref) => !now.includes(ref));
    });
    expect(Date.now() - begun).toBeLessThan(60_000);
    expect((await store.load('stays'))?.record).toBe(change.record);
    for (const server of fixture.servers) expect(server.cli('keys', `*${refs[0]}*`)).toBe('');
    await store.close();
    await fixture.stop();
  });
});

test('a node that dies after a deletion leaves the rest to another one', async () => {
  const fixture = await redisAlone();
  const [first, second] = [
    await openRedisStore({ url: fixture.url, secret }),
    await openRedisStore({ url: fixture.url, secret }),
  ];
  await first.create('a', { record: WORDS, expiresAtMs: Date.now() + 86_400_000 });
  const ref = refOf('a').toString('hex');
  await first.delete('a');
  await first.close();
  expect(filesOf(fixture).includes(ref)).toBe(true);
  await second.expire(10);
  await eventually('nothing of it is left', () => !filesOf(fixture).includes(ref));
  await second.close();
  await fixture.stop();
});

test('what expires is gone by the time of Redis too, with no node there', async () => {
  const fixture = await redisAlone();
  // A clock that is an hour late: what it gives an hour has a moment left.
  const store = await openRedisStore({ url: fixture.url, secret, now: () => 3_599_500 });
  await store.create('a', {
    record: WORDS,
    expiresAtMs: 3_600_000,
    put: [{ name: 'w', kind: 'k', dueAtMs: 0 }],
  });
  await eventually('it is gone', () => fixture.server.cli('keys', '*:c:*') === '');
  // Its work is nobody's: it is dropped, not handed out.
  expect(await store.lease(1000, 10)).toEqual([]);
  expect(fixture.server.cli('keys', '*:work')).toBe('');
  expect(await store.waiting(10)).toEqual([]);
  await store.close();
  await fixture.stop();
});

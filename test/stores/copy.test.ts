// Moving everything from a folder to Redis and back: whole, resumable, verified.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { copyStore } from '../../src/stores/copy';
import { openEmbeddedStore } from '../../src/stores/embedded';
import { openMovable } from '../../src/stores/movable';
import { openRedisStore } from '../../src/stores/redis';
import type { Store } from '../../src/stores/store';
import type { Movable } from '../../src/stores/whole';
import { type Fixture, redisAlone, redisCluster } from '../support/redis-server';
import { temporaryFolder } from '../support/test-server';

const MAIN = path.join(__dirname, '..', '..', 'dist', 'cli', 'main.js');
const secret = 'x'.repeat(40);
const expiresAtMs = Date.now() + 86_400_000;
const COUNT = 40;

async function fill(store: Store): Promise<void> {
  for (let i = 0; i < COUNT; i++) {
    await store.create(`c${i}`, { record: 'first', entries: [{ seq: 1, text: 'e1' }], expiresAtMs });
    await store.save(`c${i}`, 1, {
      record: `record ${i}`,
      entries: Array.from({ length: i }, (_, n) => ({ seq: n + 2, text: `e${n + 2}` })),
      remember: { key: `k${i}`, value: `v${i}` },
      put: i % 4 === 0 ? [{ name: `w${i}`, kind: 'deliver', dueAtMs: i }] : [],
      expiresAtMs,
    });
  }
}

async function check(store: Store): Promise<void> {
  for (let i = 0; i < COUNT; i++) {
    expect(await store.load(`c${i}`, `k${i}`)).toEqual({ version: 2, record: `record ${i}`, remembered: `v${i}` });
    expect((await store.entries(`c${i}`, 0)).map(({ text }) => text)).toEqual(
      Array.from({ length: i + 1 }, (_, n) => `e${n + 1}`),
    );
  }
  const leases = await store.lease(60_000, 100);
  // All were put back at one moment: their order says nothing.
  expect(leases.map(({ id, name, attempt }) => `${id} ${name} ${attempt}`).sort()).toEqual(
    Array.from({ length: COUNT / 4 }, (_, i) => `c${4 * i} w${4 * i} 2`).sort(),
  );
  expect(await store.save('c0', 2, { record: 'on', drop: ['w0'], expiresAtMs })).toBe(3);
  expect(await store.delete('c1')).toBe(true);
}

describe.each([
  ['alone', (): Promise<Fixture> => redisAlone()],
  ['Cluster', (): Promise<Fixture> => redisCluster()],
])('%s', (_name, make) => {
  let fixture: Fixture;
  const folder = temporaryFolder();
  beforeAll(async () => (fixture = await make()));
  afterAll(async () => {
    await fixture.stop();
    folder.remove();
  });
  const open = (place: string): Promise<Movable> => openMovable(place, secret, { make: true });

  test('from a folder to Redis, broken off and taken up again, and into another folder', async () => {
    const from = path.join(folder.dir, 'from');
    const embedded = await openEmbeddedStore({ dir: from });
    await fill(embedded);
    await embedded.lease(0, 100);
    await embedded.close();

    const [source, target] = [await open(from), await open(fixture.url)];
    let written = 0;
    const broken: Movable = {
      ...target,
      refs: () => target.refs(),
      write: (whole) => (written++ < 10 ? target.write(whole) : Promise.reject(new Error('broken off'))),
    };
    await expect(copyStore(source, broken, () => undefined)).rejects.toThrow('broken off');
    expect(await copyStore(source, target, () => undefined)).toEqual({
      conversations: COUNT,
      copied: COUNT - 10,
      same: 10,
      others: 0,
    });
    expect((await copyStore(source, target, () => undefined)).same).toBe(COUNT);
    await source.close();

    const back = await open(path.join(folder.dir, 'back'));
    expect((await copyStore(target, back, () => undefined)).copied).toBe(COUNT);
    await Promise.all([target.close(), back.close()]);
    const again = await openEmbeddedStore({ dir: path.join(folder.dir, 'back') });
    await check(again);
    await again.close();
    const redis = await openRedisStore({ url: fixture.url, secret });
    await check(redis);
    await redis.close();
  });
});

test('the command copies, says what it did, and refuses what is no store', async () => {
  const fixture = await redisAlone();
  const folder = temporaryFolder();
  const from = path.join(folder.dir, 'from');
  const embedded = await openEmbeddedStore({ dir: from });
  await fill(embedded);
  await embedded.close();
  const run = (args: string[], environment: NodeJS.ProcessEnv = { SESSION_SECRET: secret }) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, 'store', 'copy', ...args], {
      env: { PATH: process.env['PATH'], ...environment },
      timeout: 50_000,
    });
    return [status, stdout.toString(), stderr.toString()];
  };
  expect(run([from, fixture.url])).toEqual([
    0,
    `${COUNT} conversations: ${COUNT} copied, 0 there already; all verified\n`,
    '',
  ]);
  expect(run([fixture.url, path.join(folder.dir, 'to')])[1]).toContain(`${COUNT} copied`);
  expect(run([from, fixture.url], {})).toEqual([2, '', expect.stringMatching(/^preticket: SESSION_SECRET .*\n$/)]);
  expect(run([path.join(folder.dir, 'none'), fixture.url])).toEqual([
    2,
    '',
    expect.stringMatching(/^preticket: FROM is no folder of a store .*\n$/),
  ]);
  expect(run([from, from])).toEqual([2, '', 'preticket: FROM and TO are the same.\n']);
  const away = run([from, 'redis://127.0.0.1:1']);
  expect([away[0], away[2]]).toEqual([1, expect.stringMatching(/^preticket: The store does not answer\..*\n$/)]);
  await fixture.stop();
  folder.remove();
});

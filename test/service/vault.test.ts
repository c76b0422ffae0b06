// What a channel keeps beside conversations: sealed under its own key in whatever store, gone when it is deleted, and no conversation to anybody.
import { openEmbeddedStore } from '../../src/stores/embedded';
import { openRedisStore } from '../../src/stores/redis';
import { createVault, type VaultOptions } from '../../src/service/vault';
import type { Store } from '../../src/stores/store';
import { copyStore } from '../../src/stores/copy';
import { openMovable } from '../../src/stores/movable';
import { redisAlone } from '../support/redis-server';
import { bytesBelow, temporaryFolder } from '../support/test-server';

const secret = 's'.repeat(40);
const sealedBy = 'k'.repeat(40);
const VALUE = ['planted', 'value', '1f7'].join('-');
const vaultOf = (store: Store, more: Partial<VaultOptions> = {}) =>
  createVault({ store, now: Date.now, secret, sealedBy, ...more });

let redis: Awaited<ReturnType<typeof redisAlone>>;
const folder = temporaryFolder();
beforeAll(async () => (redis = await redisAlone()));
afterAll(async () => {
  await redis.stop();
  folder.remove();
});
const STORES: readonly (readonly [string, () => Promise<Store>])[] = [
  ['embedded', () => openEmbeddedStore({ dir: folder.dir })],
  ['Redis', () => openRedisStore({ url: redis.url, secret })],
];

describe.each(STORES)('%s', (_name, open) => {
  test('what is put is found again by who has the key, after the store was closed too', async () => {
    const first = await open();
    await vaultOf(first).put(['a', 'b'], 'old');
    await Promise.all([vaultOf(first).put(['a', 'b'], VALUE), vaultOf(first).put(['a', 'b'], VALUE)]);
    await first.close();
    const store = await open();
    const vault = vaultOf(store);
    expect(await vault.get(['a', 'b'])).toEqual({ text: VALUE });
    expect(await vault.get(['ab'])).toBeUndefined();
    expect(await vaultOf(store, { sealedBy: 'x'.repeat(40) }).get(['a', 'b'])).toEqual({});
    expect(await vaultOf(store, { secret: 'x'.repeat(40) }).get(['a', 'b'])).toBeUndefined();
    expect(await store.expire(10)).toBe(0);
    await store.close();
  });

  test('a mark is the first one’s alone, and what is deleted is gone', async () => {
    const store = await open();
    const vault = vaultOf(store);
    const won = await Promise.all([1, 2, 3].map(() => vault.once(['mark'], 60_000)));
    expect(won.filter(Boolean)).toHaveLength(1);
    await vault.put(['gone'], VALUE);
    expect([await vault.delete(['gone']), await vault.delete(['gone'])]).toEqual([true, false]);
    expect(await vault.get(['gone'])).toBeUndefined();
    await store.close();
  });
});

test('`store copy` takes it along, and no file has it in clear', async () => {
  const to = temporaryFolder();
  const from = await openMovable(redis.url, secret, { make: false });
  const target = await openMovable(to.dir, secret, { make: true });
  await copyStore(from, target, () => undefined);
  await Promise.all([from.close(), target.close()]);
  const store = await openEmbeddedStore({ dir: to.dir });
  expect(await vaultOf(store).get(['a', 'b'])).toEqual({ text: VALUE });
  await store.close();
  for (const dir of [folder.dir, to.dir]) expect(bytesBelow(dir).includes(VALUE)).toBe(false);
  to.remove();
});

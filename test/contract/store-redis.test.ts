// The Redis store under the one contract: alone, with a replica to wait for, and as a Cluster.
import { openRedisStore } from '../../src/stores/redis';
import { type Fixture, redisAlone, redisCluster, redisReplicated } from '../support/redis-server';
import { storeContract } from '../support/store-contract';

const SECRET = 'x'.repeat(40);

describe.each([
  ['alone', (): Promise<Fixture> => redisAlone()],
  ['with a replica', (): Promise<Fixture> => redisReplicated()],
  ['Cluster', (): Promise<Fixture> => redisCluster()],
])('%s', (name, make) => {
  let fixture: Fixture;
  beforeAll(async () => (fixture = await make()));
  afterAll(() => fixture.stop());

  storeContract(`redis, ${name}`, async (now) => {
    const store = await openRedisStore({ url: fixture.url, secret: SECRET, now });
    const end = (): Promise<void> => {
      for (const server of fixture.servers) if (server.cli('role').startsWith('master')) server.cli('flushall');
      return Promise.resolve();
    };
    return { store, end };
  });
});

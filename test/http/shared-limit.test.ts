// A rate limit that counts elsewhere: what it counts by, and what holds while that is away.
import { call, testServer } from '../support/test-server';

test('the shared count decides; while it is away this node counts by itself', async () => {
  let away = false;
  const counted: string[] = [];
  const counter = {
    hit(name: string) {
      if (away) return Promise.reject(new Error('away'));
      counted.push(name);
      return Promise.resolve({ count: counted.length * 2, leftMs: 1500 });
    },
  };
  const server = await testServer({ config: { rateLimit: 3 }, counter });
  const ask = (): Promise<number> =>
    call(`${server.url}/v1/triage`, { body: { text: 'a' } }).then(({ status }) => status);
  expect([await ask(), await ask()]).toEqual([200, 429]);
  expect(counted).toEqual(['127.0.0.1', '127.0.0.1']);
  expect((await call(`${server.url}/e/none`)).headers['retry-after']).toBe('2');
  away = true;
  expect((await Promise.all([ask(), ask(), ask(), ask()])).sort()).toEqual([200, 200, 200, 429]);
  await server.close();
});

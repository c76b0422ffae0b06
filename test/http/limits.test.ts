// Who may ask how often, from where, and whose word is taken for an address.
import { call, openConversation, testServer, type TestServer } from '../support/test-server';

let server: TestServer;
afterEach(() => server.close());

describe('rate limit', () => {
  test('messages, triages and egress calls count together for one address; the answer says when to come back', async () => {
    server = await testServer({ config: { rateLimit: 4 } });
    const { token, at } = await openConversation(server.url);
    expect((await call(`${at}/messages`, { token, body: { text: 'a' } })).status).toBe(200);
    expect((await call(`${server.url}/v1/triage`, { body: { text: 'a' } })).status).toBe(200);
    expect((await call(`${server.url}/e/none`)).status).toBe(404);
    expect((await call(`${at}/messages`, { token, body: 'no json' })).status).toBe(400);
    for (const answer of [
      await call(`${at}/messages`, { token, body: { text: 'a' } }),
      await call(`${server.url}/v1/triage`, { body: { text: 'a' } }),
      await call(`${server.url}/e/none`),
    ]) {
      expect([answer.status, answer.json.code]).toEqual([429, 'RATE_LIMITED']);
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
      expect(Number(answer.headers['retry-after'])).toBeLessThanOrEqual(60);
    }
    expect((await call(at, { token })).json.seq).toBe(2);
    expect((await call(`${server.url}/healthz`)).status).toBe(200);
    expect((await call(`${server.url}/metrics`)).text).toContain('preticket_rate_limited_total 3');
  });

  test('addresses behind a proxy are counted apart, networks of IPv6 together; the proxy’s word counts only where it is trusted', async () => {
    server = await testServer({ config: { rateLimit: 1, trustProxy: 1 } });
    const from = async (address: string): Promise<number> =>
      (await call(`${server.url}/v1/triage`, { headers: { 'x-forwarded-for': address }, body: { text: 'a' } })).status;
    expect(await from('203.0.113.1')).toBe(200);
    expect(await from('203.0.113.1')).toBe(429);
    expect(await from('203.0.113.2')).toBe(200);
    expect(await from('198.51.100.9, 203.0.113.2')).toBe(429);
    expect(await from('2001:db8:1:2::1')).toBe(200);
    expect(await from('2001:db8:1:2:ffff::9')).toBe(429);
    expect(await from('2001:db8:1:3::1')).toBe(200);
  });

  test('off is off', async () => {
    server = await testServer();
    const answers = await Promise.all(Array.from({ length: 100 }, () => call(`${server.url}/e/none`)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
  });
});

describe('the address of an egress call', () => {
  const seenWith = async (trustProxy: number, forwarded: string | undefined): Promise<string> => {
    server = await testServer({ config: { trustProxy } });
    const { token, at } = await openConversation(server.url);
    const code = /\/e\/(\w+)/.exec((await call(`${at}/messages`, { token, body: { text: 'egress' } })).text)?.[1] ?? '';
    return (
      await call(
        `${server.url}/e/${code}`,
        forwarded === undefined ? {} : { headers: { 'x-forwarded-for': forwarded } },
      )
    ).text;
  };
  test.each([
    [0, undefined, '127.0.0.1'],
    [0, '203.0.113.5', '127.0.0.1'],
    [1, undefined, '127.0.0.1'],
    [1, '203.0.113.5', '203.0.113.5'],
    [1, '198.51.100.1, 203.0.113.5', '203.0.113.5'],
    [2, '198.51.100.1, 203.0.113.5', '198.51.100.1'],
    [2, '192.0.2.66, 198.51.100.1, 203.0.113.5', '198.51.100.1'],
    [1, '::ffff:203.0.113.5', '203.0.113.5'],
    [1, '2001:0DB8:0:0:0:0:0:1', '2001:db8::1'],
    [1, '[2001:db8::7]:4711', '2001:db8::7'],
    [1, '203.0.113.5:4711', '203.0.113.5'],
    [1, 'unknown', '127.0.0.1'],
    [1, '<script>', '127.0.0.1'],
  ])('%d proxies, %s: %s', async (trustProxy, forwarded, expected) => {
    expect(await seenWith(trustProxy, forwarded)).toBe(expected);
  });
});

describe('other origins', () => {
  const preflight = (origin: string): ReturnType<typeof call> =>
    call(`${server.url}/v1/triage`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
    });

  test('none are allowed where nothing is set', async () => {
    server = await testServer();
    expect((await preflight('https://a.example')).headers['access-control-allow-origin']).toBeUndefined();
    expect(
      (await call(`${server.url}/v1/triage`, { headers: { origin: 'https://a.example' }, body: { text: 'a' } }))
        .headers['access-control-allow-origin'],
    ).toBeUndefined();
  });

  test('those that are listed, and no other', async () => {
    server = await testServer({ config: { allowedOrigins: ['https://a.example'] } });
    expect((await preflight('https://a.example')).headers['access-control-allow-origin']).toBe('https://a.example');
    expect((await preflight('https://b.example')).headers['access-control-allow-origin']).toBeUndefined();
    const answer = await call(`${server.url}/v1/triage`, {
      headers: { origin: 'https://a.example' },
      body: { text: 'a' },
    });
    expect([answer.headers['access-control-allow-origin'], answer.headers['access-control-expose-headers']]).toEqual([
      'https://a.example',
      'retry-after',
    ]);
  });

  test('any', async () => {
    server = await testServer({ config: { allowedOrigins: '*' } });
    expect((await preflight('https://b.example')).headers['access-control-allow-origin']).toBe('*');
  });
});

// Planted secrets, sent by every door, are looked for in everything that is kept, logged, counted or said.
import {
  bytesBelow,
  call,
  openConversation,
  temporaryFolder,
  testServer,
  type TestServer,
} from '../support/test-server';

const SECRET = ['Orchard', '-Gate-', '77'].join('');
const BASIC = Buffer.from(`larkhill:${SECRET}`).toString('base64');
const KEY_BODY = Array.from({ length: 6 }, (_, i) =>
  Buffer.from(`planted secret key ${i} `.repeat(2)).toString('base64'),
).join('\n');
const PEM = `-----BEGIN ${'PRIVATE'} KEY-----\n${KEY_BODY}\n-----END ${'PRIVATE'} KEY-----`;
const TEXTS = [
  `my api password is ${SECRET} and it does not work, 401`,
  `curl -u larkhill:${SECRET} https://api.example/v2/?action=check`,
  `Authorization: Basic ${BASIC}`,
  `Authorization: larkhill:${SECRET}`,
  `{"api_secret": "${SECRET}", "egress": true}`,
  PEM,
  `it still says ${SECRET} is wrong`,
];
const PLANTED = [SECRET, BASIC, KEY_BODY.slice(10, 40)];

const folder = temporaryFolder();
let server: TestServer;
beforeAll(async () => (server = await testServer({ dir: folder.dir, config: { maxMessageBytes: 8192 } })));
afterAll(async () => {
  await server.close();
  folder.remove();
});

test('no planted secret is in any answer, log line, figure or file', async () => {
  const said: string[] = [];
  const { token, at, id } = await openConversation(server.url);
  for (const [i, text] of TEXTS.entries()) {
    const headers = { 'idempotency-key': `k${i}` };
    for (const answer of [
      await call(`${at}/messages`, { token, headers, body: { text } }),
      await call(`${at}/messages`, { token, headers, body: { text: `${text} other` } }),
      // What only the talk's memory knows as a secret, one text alone cannot tell.
      ...(text === TEXTS.at(-1)
        ? []
        : [await call(`${server.url}/v1/triage`, { body: { text, fields: { account: text } } })]),
      await call(`${server.url}/v1/triage`, { body: { text: [text] } }),
      await call(`${server.url}/v1/triage`, { body: `{"text": "${SECRET}` }),
      await call(`${server.url}/v1/triage`, { body: { [SECRET]: text } }),
      await call(`${server.url}/v1/triage`, { body: { text: 'x', language: SECRET } }),
      await call(`${server.url}/v1/conversations`, { body: { channel: `${SECRET} ` } }),
      await call(`${at}/fields`, { method: 'PATCH', token, body: { account: text } }),
      await call(`${at}/messages`, { token, body: { text: text.padEnd(9000, ' ') } }),
      await call(`${server.url}/${encodeURIComponent(SECRET)}?token=${SECRET}`, {
        token: SECRET,
        headers: { 'user-agent': SECRET, 'x-forwarded-for': SECRET },
      }),
      await call(`${server.url}/e/${SECRET}`),
    ]) {
      said.push(answer.text, JSON.stringify(answer.headers));
    }
  }
  said.push((await call(at, { token })).text, (await call(`${server.url}/metrics`)).text);
  const places = { answers: said.join('\n'), log: server.log.join('\n') };
  const files = bytesBelow(folder.dir);
  for (const planted of PLANTED) {
    for (const [place, text] of Object.entries(places)) {
      const at = text.indexOf(planted);
      expect([place, at < 0 ? '' : text.slice(Math.max(0, at - 120), at + 40)]).toEqual([place, '']);
    }
    expect(files.includes(planted)).toBe(false);
  }
  // Who may speak is in no file and no line either.
  expect(places.log).not.toContain(token);
  expect(places.log).not.toContain(id);
  expect(files.includes(token)).toBe(false);
  expect(files.includes('larkhill')).toBe(false);
  expect((await call(`${server.url}/metrics`)).text).toContain('preticket_redactions_total{kind=');
  expect(server.log.length).toBeGreaterThan(50);
});

test('the log says what happened in closed words: a route is its pattern', async () => {
  const { id, token } = await openConversation(server.url);
  const before = server.log.length;
  await call(`${server.url}/v1/conversations/${id}?x=${SECRET}`, { token });
  const lines = server.log.slice(before).map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toMatchObject([{ event: 'request', method: 'GET', route: '/v1/conversations/:id', status: 200 }]);
});

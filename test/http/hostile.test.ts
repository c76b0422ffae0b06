// What the world sends: wrong types, sizes, encodings, slow and broken requests. Always an answer in kind, never an echo, never an end.
import http from 'node:http';
import { call, openConversation, raw, testServer, type TestServer } from '../support/test-server';

const CANARY = ['can', 'ary', '9731'].join('');
let server: TestServer;
beforeAll(async () => (server = await testServer({ requestTimeoutMs: 1500 })));
afterAll(() => server.close());
afterEach(async () => expect((await call(`${server.url}/healthz`)).status).toBe(200));

const json = { 'content-type': 'application/json' };
type Case = [name: string, body: string | Buffer, status: number, headers?: Readonly<Record<string, string>>];
const bodies: Case[] = [
  ['no JSON', `{"text": ${CANARY}`, 400],
  ['nothing', '', 400],
  ['null', 'null', 400],
  ['a list', `["${CANARY}"]`, 400],
  ['a number as text', '{"text": 5}', 400],
  ['an empty text', '{"text": ""}', 400],
  ['no text', `{"${CANARY}": "x"}`, 400],
  ['a property that is not known', `{"text": "x", "${CANARY}": 1}`, 400],
  ['a property that poisons', `{"text": "x", "__proto__": {"${CANARY}": 1}}`, 400],
  ['deep nesting', `{"text": ${'['.repeat(5000)}${']'.repeat(5000)}}`, 400],
  ['broken UTF-8', Buffer.concat([Buffer.from('{"text": "'), Buffer.from([0xff, 0xfe, 0xc0]), Buffer.from('"}')]), 400],
  ['UTF-16', Buffer.from('{"text": "x"}', 'utf16le'), 400],
  ['text over the limit', JSON.stringify({ text: 'x'.repeat(2049) }), 413],
  ['text over the limit in bytes', JSON.stringify({ text: '密'.repeat(700) }), 413],
  ['a body over any limit', JSON.stringify({ text: CANARY.repeat(20_000) }), 413],
  ['text as it may be at most', JSON.stringify({ text: 'x'.repeat(2048) }), 200],
  ['escapes that take six bytes each', `{"text": "${'\\u0000'.repeat(2048)}"}`, 200],
  ['a lone surrogate', '{"text": "a\\ud800b"}', 200],
  ['a byte-order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('{"text": "x"}')]), 200],
  ['another content type', `{"text": "x"}`, 415, { 'content-type': 'text/plain' }],
  ['a form', `text=${CANARY}`, 415, { 'content-type': 'application/x-www-form-urlencoded' }],
  ['another charset', '{"text": "x"}', 415, { 'content-type': 'application/json; charset=iso-8859-1' }],
  ['UTF-8 said aloud', '{"text": "x"}', 200, { 'content-type': 'application/json; charset="UTF-8"' }],
  ['a content coding', '{"text": "x"}', 415, { ...json, 'content-encoding': 'gzip' }],
  ['a content type that is none', '{"text": "x"}', 415, { 'content-type': `;;${CANARY}` }],
  ['a key that is too long', '{"text": "x"}', 400, { ...json, 'idempotency-key': CANARY.repeat(40) }],
];

describe.each([['/messages'], ['triage']])('bodies to %s', (where) => {
  test.each<Case>(bodies)('%s', async (_name, body, status, headers = json) => {
    const { token, at } = await openConversation(server.url);
    // Triage has no Idempotency-Key; a header that it does not know is passed over.
    const expected = where === 'triage' && headers['idempotency-key'] !== undefined ? 200 : status;
    const answer = await call(where === 'triage' ? `${server.url}/v1/triage` : `${at}${where}`, {
      method: 'POST',
      token,
      body,
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
    });
    expect(answer.status).toBe(expected);
    expect(answer.text).not.toContain(CANARY);
    if (expected === 200) return;
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(Object.keys(answer.json)).toEqual(['type', 'title', 'status', 'code', 'detail']);
    expect(answer.json.status).toBe(expected);
    if (where !== 'triage') expect((await call(at, { token })).json.seq).toBe(1);
  });
});

test.each([
  ['a field that is not known', { [CANARY]: 'x' }, 400],
  ['a number', { account: 5 }, 400],
  ['nothing', {}, 400],
  ['a value that is too long', { account: 'x'.repeat(9000) }, 400],
  ['a value that is refused', { account: 'bad' }, 422],
  ['unknown', { account: null }, 200],
])('fields: %s is %j', async (_name, body, status) => {
  const { token, at } = await openConversation(server.url);
  const answer = await call(`${at}/fields`, { method: 'PATCH', token, body });
  expect(answer.status).toBe(status);
  expect(answer.text).not.toContain(CANARY);
});

describe('requests that are none, or take too long', () => {
  test('what does not arrive in time is closed with 408', async () => {
    const pieces = [
      'POST /v1/triage HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n{"text": "',
      CANARY,
    ];
    const [body, head] = await Promise.all([
      raw(server.port, pieces),
      raw(server.port, ['GET /healthz HTTP/1.1\r\nhost: x\r\nx-slow: ']),
    ]);
    for (const text of [body, head]) {
      expect(text).toMatch(/^HTTP\/1.1 408/);
      expect(text).not.toContain(CANARY);
    }
  });

  test.each([
    ['no HTTP', [`${CANARY}\r\n\r\n`], 400],
    ['TLS', [Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03])], 400],
    ['headers without end', [`GET / HTTP/1.1\r\nhost: x\r\nx-${CANARY}: ${'a'.repeat(40_000)}\r\n\r\n`], 431],
    [
      'a length and chunks',
      ['POST /v1/triage HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'],
      400,
    ],
    [
      'two lengths',
      ['POST /v1/triage HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello'],
      400,
    ],
    [
      'a chunk size that is none',
      [
        'POST /v1/triage HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n',
      ],
      400,
    ],
    ['no host', [`GET /${CANARY} HTTP/1.1\r\nconnection: close\r\n\r\n`], 400],
    ['a tunnel', [`CONNECT ${CANARY}:443 HTTP/1.1\r\nhost: x\r\n\r\n`], 405],
    ['a path that is no text', [`GET /v1/%${CANARY} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`], 404],
    [
      'an expectation that nobody knows',
      [`GET /healthz HTTP/1.1\r\nhost: x\r\nexpect: ${CANARY}\r\nconnection: close\r\n\r\n`],
      417,
    ],
  ])('%s', async (_name, pieces, status) => {
    const text = await raw(server.port, pieces);
    expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status}`));
    expect(text).toMatch(/^content-type: application\/problem\+json/im);
    expect(text).toMatch(/^x-content-type-options: nosniff/im);
    expect(text).not.toContain(CANARY);
  });

  const upgrade = (method: string, path: string, to: string, body = ''): string =>
    `${method} ${path} HTTP/1.1\r\nhost: x\r\nconnection: Upgrade, HTTP2-Settings\r\nupgrade: ${to}\r\nhttp2-settings: AAMAAABkAAQ\r\n` +
    `content-type: application/json\r\ncontent-length: ${body.length}\r\nsec-websocket-version: 13\r\n` +
    `sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n${body}`;
  test.each([
    ['HTTP/2', upgrade('GET', '/healthz', 'h2c'), 200],
    ['HTTP/2, with a body', upgrade('POST', '/v1/triage', 'h2c', '{"text":"x"}'), 200],
    ['a WebSocket where there is none', upgrade('GET', '/healthz', 'websocket'), 200],
    ['a WebSocket nowhere', upgrade('GET', '/nowhere', 'websocket'), 404],
  ])('a wish for %s is passed over, and the connection goes on', async (_name, wish, status) => {
    const next = 'GET /nowhere HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n';
    const text = await raw(server.port, [wish, next]);
    expect([...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, each]) => Number(each))).toEqual([status, 404]);
  });

  test('who asks what a path takes is told', async () => {
    const answer = await call(`${server.url}/v1/triage`, { method: 'OPTIONS' });
    expect([answer.status, answer.headers.allow, answer.text]).toEqual([204, 'POST', '']);
  });

  test.each([
    ['', 'The body is empty; JSON is expected.'],
    ['null', 'The body must be an object'],
    ['{"text":""}', 'text is too short: at least 1 character'],
    ['{"text":"x","fields":{"account":5}}', 'fields.account must be a string or null'],
  ])('%j: which field, and why, in one sentence', async (body, detail) => {
    const answer = await call(`${server.url}/v1/triage`, { method: 'POST', body: Buffer.from(body), headers: json });
    expect(answer.json).toMatchObject({ status: 400, detail });
  });

  test('a conversation is opened with no body, not with null', async () => {
    const open = (body: string) =>
      call(`${server.url}/v1/conversations`, { method: 'POST', body: Buffer.from(body), headers: json });
    expect((await open('')).status).toBe(201);
    expect((await open('null')).status).toBe(400);
  });

  test('a client that leaves in the middle harms nobody', async () => {
    await Promise.all(
      Array.from(
        { length: 20 },
        () =>
          new Promise<void>((resolve) => {
            const headers = { ...json, 'content-length': 2011 };
            const request = http.request(`${server.url}/v1/triage`, { method: 'POST', headers, agent: false });
            request.on('error', () => undefined).on('close', resolve);
            request.write('{"text":"', () => request.destroy());
          }),
      ),
    );
    expect((await call(`${server.url}/v1/triage`, { body: { text: 'x' } })).status).toBe(200);
  });

  test.each([
    `/e/${'%2e%2e%2f'.repeat(10)}`,
    `/v1/conversations/${CANARY}%00`,
    `/v1/conversations/%ff`,
    `/${'a'.repeat(6000)}`,
    '//evil.example/e/x',
    `/v1/conversations/${'a'.repeat(300)}/messages`,
  ])('path %s', async (path) => {
    const text = await raw(server.port, [`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`]);
    expect(text).toMatch(/^HTTP\/1.1 4\d\d/);
    expect(text).not.toContain(CANARY);
  });
});

test('forty posts at once on one conversation: every one is answered, none is lost or doubled', async () => {
  const { token, at } = await openConversation(server.url);
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, i) => call(`${at}/messages`, { token, body: { text: `m${i}` } })),
  );
  const accepted = answers.filter(({ status }) => status === 200).length;
  expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
  const { transcript } = (await call(at, { token })).json;
  const said = transcript.filter((line) => line.role === 'person').map((line) => line.text);
  expect(said).toHaveLength(accepted);
  expect(new Set(said).size).toBe(accepted);
});

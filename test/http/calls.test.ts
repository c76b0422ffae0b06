// Every call of the contract on a real socket: status, shape, and what a wrong caller is told.
import Ajv from 'ajv';
import { call, openConversation, testServer, type TestServer } from '../support/test-server';

const SECRET = ['Orchard', '-Gate-', '77'].join('');
let server: TestServer;
beforeAll(async () => (server = await testServer()));
afterAll(() => server.close());

type Media = Readonly<Record<string, { readonly schema: object; readonly example?: unknown }>>;

interface Operation {
  readonly requestBody?: { readonly content: Media };
  readonly responses: Readonly<Record<string, { readonly content?: Media }>>;
}

interface OpenApi {
  readonly openapi: string;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const apiDocument = async (): Promise<OpenApi> => (await call(`${server.url}/openapi.json`)).json as unknown as OpenApi;

/** Against a schema that may name shapes of the document. */
function conforms({ components }: OpenApi, schema: object, value: unknown): boolean {
  return new Ajv({ strict: false, formats: { 'date-time': true } }).validate({ ...schema, components }, value);
}

/** Whether an answer is what `/openapi.json` says it is. */
async function fits(path: string, method: string, status: number, answer: unknown): Promise<boolean> {
  const api = await apiDocument();
  const schema = api.paths[path]?.[method]?.responses[String(status)]?.content?.['application/json']?.schema;
  if (schema === undefined) throw new Error(`openapi.json: ${method} ${path} ${status} has no schema`);
  return conforms(api, schema, answer);
}

describe('openapi.json', () => {
  test('all calls are there, by the names of their shapes', async () => {
    const { paths, components } = await apiDocument();
    const calls = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method} ${path}`),
    );
    expect(calls.sort()).toEqual([
      'delete /v1/conversations/{id}',
      'get /e/{code}',
      'get /healthz',
      'get /metrics',
      'get /readyz',
      'get /v1/conversations/{id}',
      'get /v1/conversations/{id}/socket',
      'get /v1/conversations/{id}/ticket',
      'patch /v1/conversations/{id}/fields',
      'post /v1/conversations',
      'post /v1/conversations/{id}/messages',
      'post /v1/conversations/{id}/ticket',
      'post /v1/triage',
    ]);
    const used = new Set(
      [...JSON.stringify([paths, components]).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name),
    );
    expect([...used].sort()).toEqual(Object.keys(components.schemas).sort());
  });

  test('every body that is sent or answered has an example, and it is one', async () => {
    const api = await apiDocument();
    let count = 0;
    for (const [path, operations] of Object.entries(api.paths))
      for (const [method, { requestBody, responses }] of Object.entries(operations))
        for (const [where, content = {}] of [
          ['request', requestBody?.content] as const,
          ...Object.entries(responses).map(([status, answer]) => [status, answer.content] as const),
        ])
          for (const [type, { schema, example }] of Object.entries(content)) {
            if (path === '/metrics') continue;
            const at = `${method} ${path} ${where} ${type}`;
            expect([at, example !== undefined && conforms(api, schema, example)]).toEqual([at, true]);
            count++;
          }
    expect(count).toBeGreaterThan(30);
  });

  test('what conversations are opened with may be left out, what they are told may not', async () => {
    const { paths } = await apiDocument();
    expect(paths['/v1/conversations']?.['post']?.requestBody).toMatchObject({ required: false });
    expect(paths['/v1/triage']?.['post']?.requestBody).toMatchObject({ required: true });
  });
});

describe('calls', () => {
  test('a conversation from its opening to its end', async () => {
    const opened = await call(`${server.url}/v1/conversations`, { body: { language: 'en', channel: 'web' } });
    expect(opened.status).toBe(201);
    expect(Object.keys(opened.json).sort()).toEqual(['id', 'replies', 'token']);
    expect(await fits('/v1/conversations', 'post', 201, opened.json)).toBe(true);
    const { id, token } = opened.json;
    const at = `${server.url}/v1/conversations/${id}`;

    const said = await call(`${at}/messages`, { token, body: { text: `verdict: password ${SECRET}` } });
    expect(said.status).toBe(200);
    expect(Object.keys(said.json)).toEqual(['replies', 'status', 'cause', 'fields', 'missing', 'unknown', 'question']);
    expect(await fits('/v1/conversations/{id}/messages', 'post', 200, said.json)).toBe(true);
    expect(said.text).not.toContain(SECRET);

    const edited = await call(`${at}/fields`, { method: 'PATCH', token, body: { account: 'larkhill' } });
    expect([edited.status, edited.json.fields]).toEqual([200, { account: 'larkhill' }]);
    expect(await fits('/v1/conversations/{id}/fields', 'patch', 200, edited.json)).toBe(true);

    expect((await call(`${at}/ticket`, { token })).status).toBe(404);
    const ticket = await call(`${at}/ticket`, { method: 'POST', token, headers: { 'idempotency-key': 'k' } });
    expect(ticket.status).toBe(202);
    expect(await fits('/v1/conversations/{id}/ticket', 'post', 202, ticket.json)).toBe(true);
    const again = await call(`${at}/ticket`, { method: 'POST', token, headers: { 'idempotency-key': 'k' } });
    expect(again.text).toBe(ticket.text);
    const state = await call(`${at}/ticket`, { token });
    expect(state.json).toMatchObject({ ticket: { id: ticket.json.ticket.id, status: 'delivered', attempts: 1 } });

    const whole = await call(at, { token });
    expect(whole.json).toMatchObject({
      id,
      status: 'submitted',
      cause: 'some-cause',
      ticket: { id: ticket.json.ticket.id },
    });
    expect(whole.json.transcript.map((line) => line.role)).toEqual(['assistant', 'person', 'assistant', 'assistant']);
    expect(await fits('/v1/conversations/{id}', 'get', 200, whole.json)).toBe(true);

    const gone = await call(at, { method: 'DELETE', token });
    expect([gone.status, gone.text]).toEqual([204, '']);
    expect((await call(at, { token })).status).toBe(404);
    expect((await call(at, { method: 'DELETE', token })).status).toBe(404);
  });

  test('triage answers and keeps nothing', async () => {
    const { status, json, text } = await call(`${server.url}/v1/triage`, {
      body: { text: `where do I add my IP? api password is ${SECRET}`, language: 'en', fields: { account: null } },
    });
    expect(status).toBe(200);
    expect(await fits('/v1/triage', 'post', 200, json)).toBe(true);
    expect(text).not.toContain(SECRET);
  });

  test('a body may be left out where nothing is needed', async () => {
    expect((await call(`${server.url}/v1/conversations`, { method: 'POST' })).status).toBe(201);
    expect(
      (
        await call(`${server.url}/v1/conversations`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
        })
      ).status,
    ).toBe(201);
  });

  test('health, readiness, figures, description', async () => {
    expect((await call(`${server.url}/healthz`)).status).toBe(200);
    expect((await call(`${server.url}/readyz`)).status).toBe(200);
    const metrics = await call(`${server.url}/metrics`);
    expect(metrics.headers['content-type']).toContain('text/plain');
    expect(metrics.text).toContain('preticket_turns_total{kind="message",channel="web"}');
    expect(await apiDocument()).toMatchObject({ openapi: '3.1.0' });
  });

  test('the same key gets the same bytes over HTTP, another body 422', async () => {
    const { token, at } = await openConversation(server.url);
    const headers = { 'idempotency-key': 'abc-1' };
    const [first, twin] = await Promise.all([
      call(`${at}/messages`, { token, headers, body: { text: 'one' } }),
      call(`${at}/messages`, { token, headers, body: { text: 'one' } }),
    ]);
    expect(twin.text).toBe(first.text);
    const other = await call(`${at}/messages`, { token, headers, body: { text: 'two' } });
    expect([other.status, other.json.code]).toEqual([422, 'KEY_REUSED']);
  });

  test('an egress call says the address as it is and the conversation learns it', async () => {
    const { token, at } = await openConversation(server.url);
    const { text } = await call(`${at}/messages`, { token, body: { text: 'egress' } });
    const url = /http:\/\/[^"\s]+\/e\/\w+/.exec(text)?.[0] ?? '';
    expect(url.startsWith(server.url)).toBe(true);
    const seen = await call(url, { headers: { 'x-forwarded-for': '198.51.100.7' } });
    expect([seen.status, seen.text]).toEqual([200, '127.0.0.1']);
    expect(seen.headers['content-type']).toContain('text/plain');
    expect((await call(at, { token })).json.fields).toEqual({ outboundIp: '127.0.0.1' });
    expect((await call(url, { method: 'HEAD' })).status).toBe(405);
    expect((await call(`${server.url}/e/nonsense`)).status).toBe(404);
  });
});

describe('who is told what', () => {
  test('no token and a malformed one are 401; unknown and another’s are one and the same 404', async () => {
    const [mine, other] = [await openConversation(server.url), await openConversation(server.url)];
    for (const token of [undefined, 'short', 'x'.repeat(5000), `${mine.token}'`]) {
      const answer = await call(mine.at, token === undefined ? {} : { token });
      expect([answer.status, answer.headers['www-authenticate']]).toEqual([401, 'Bearer']);
    }
    expect((await call(mine.at, { headers: { authorization: `Basic ${mine.token}` } })).status).toBe(401);
    expect((await call(`${mine.at}?token=${mine.token}`)).status).toBe(401);
    const answers = await Promise.all(
      [mine.at, `${server.url}/v1/conversations/${'0'.repeat(26)}`, `${server.url}/v1/conversations/nope`].map((at) =>
        call(at, { token: other.token }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  });

  test('the token is looked at before the body', async () => {
    const { at } = await openConversation(server.url);
    expect((await call(`${at}/messages`, { body: 'no json' })).status).toBe(401);
  });

  test.each([
    ['/nothing', 'GET', 404],
    ['/', 'GET', 404],
    ['/form', 'GET', 404],
    ['/admin', 'GET', 404],
    ['/v1/triage', 'GET', 405],
    ['/v1/conversations', 'DELETE', 405],
    ['/healthz', 'POST', 405],
  ])('%s %s is %d', async (path, method, status) => {
    const answer = await call(`${server.url}${path}`, { method });
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    if (status === 405) expect(answer.headers.allow).toBeDefined();
  });
});

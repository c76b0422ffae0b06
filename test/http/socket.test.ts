// The conversation over a WebSocket: the same answers, live, in order, resumable; and who is kept out.
import WebSocket from 'ws';
import { call, type Opened, openConversation, testServer, type TestServer } from '../support/test-server';

let server: TestServer;
beforeEach(async () => (server = await testServer({ config: { rateLimit: 1000 } })));
afterEach(() => server.close());

interface Out {
  readonly type: string;
  readonly seq: number;
  readonly key?: string;
  readonly replies: readonly { readonly text: string }[];
  readonly status: string;
  readonly problem: { readonly status: number; readonly code: string };
}

interface Client {
  readonly socket: WebSocket;
  readonly got: Out[];
  /** Resolves once so many frames came. */
  until(count: number): Promise<Out[]>;
  readonly closed: Promise<number>;
}

async function connect(
  { id, token }: Opened,
  protocols: string[] = ['preticket', token],
  headers: Record<string, string> = {},
): Promise<Client> {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/v1/conversations/${id}/socket`, protocols, { headers });
  const got: Out[] = [];
  let wake: () => void = () => undefined;
  socket.on('message', (data: Buffer) => {
    got.push(JSON.parse(data.toString()) as Out);
    wake();
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
  const until = async (count: number): Promise<Out[]> => {
    while (got.length < count) await new Promise<void>((resolve) => (wake = resolve));
    return got;
  };
  return { socket, got, until, closed };
}
const refused = (opened: Opened, protocols: string[], headers: Record<string, string> = {}): Promise<string> =>
  connect(opened, protocols, headers).then(
    () => 'open',
    (error: Error) => error.message,
  );
const send = ({ socket }: Client, frame: unknown): void =>
  socket.send(typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame));

describe('who is let in', () => {
  test('a token in a subprotocol or in the header; the subprotocol that is chosen is not the token', async () => {
    const opened = await openConversation(server.url);
    const browser = await connect(opened);
    expect(browser.socket.protocol).toBe('preticket');
    const other = await connect(opened, [], { authorization: `Bearer ${opened.token}` });
    expect(other.socket.protocol).toBe('');
    for (const { socket } of [browser, other]) socket.close();
  });

  test('nobody else', async () => {
    const [mine, other] = [await openConversation(server.url), await openConversation(server.url)];
    expect(await refused(mine, [])).toContain('401');
    expect(await refused(mine, ['preticket'])).toContain('401');
    expect(await refused(mine, ['preticket', 'short'])).toContain('401');
    expect(await refused(mine, ['preticket', other.token])).toContain('404');
    expect(await refused({ ...mine, id: '0'.repeat(26) }, ['preticket', mine.token])).toContain('404');
    expect(await refused(mine, ['preticket', mine.token], { origin: 'https://evil.example' })).toContain('403');
    expect(await refused(mine, ['preticket', mine.token], { origin: server.url })).toBe('open');
    expect(await refused(mine, ['preticket', mine.token], { origin: server.url.replace('http:', 'https:') })).toBe(
      'open',
    );
    expect(await refused(mine, ['preticket', mine.token], { origin: 'null' })).toContain('403');
    expect((await call(`${mine.at}/socket`, { token: mine.token })).status).toBe(400);
  });
});

describe('turns', () => {
  test('a message gets the turn that HTTP would get, with its key', async () => {
    const opened = await openConversation(server.url);
    const client = await connect(opened);
    send(client, { type: 'message', text: 'hi', key: 'k1' });
    const [turn] = await client.until(1);
    const twin = await call(`${opened.at}/messages`, {
      token: opened.token,
      headers: { 'idempotency-key': 'k1' },
      body: { text: 'hi' },
    });
    const { type, seq, key, ...answer } = turn as Out;
    expect([type, seq, key]).toEqual(['turn', 2, 'k1']);
    expect(answer).toEqual(twin.json);
    client.socket.close();
  });

  test('many at once come back in order, each once', async () => {
    const client = await connect(await openConversation(server.url));
    for (let i = 0; i < 30; i++) send(client, { type: 'message', text: `m${i}`, key: `k${i}` });
    const turns = await client.until(30);
    expect(turns.map(({ seq }) => seq)).toEqual(Array.from({ length: 30 }, (_, i) => i + 2));
    expect(turns.map(({ key }) => key)).toEqual(Array.from({ length: 30 }, (_, i) => `k${i}`));
    client.socket.close();
  });

  test('what happens elsewhere is heard: another socket, HTTP, an egress call', async () => {
    const opened = await openConversation(server.url);
    const [a, b] = [await connect(opened), await connect(opened)];
    send(a, { type: 'message', text: 'egress' });
    const [first] = await b.until(1);
    await call(`${opened.at}/messages`, { token: opened.token, body: { text: 'over http' } });
    const code = /\/e\/(\w+)/.exec(JSON.stringify(first))?.[1] ?? '';
    await b.until(2);
    await call(`${server.url}/e/${code}`);
    await Promise.all([a.until(3), b.until(3)]);
    expect(a.got.map(({ seq }) => seq)).toEqual([2, 3, 4]);
    expect(b.got).toEqual(a.got);
    for (const { socket } of [a, b]) socket.close();
  });

  test('a key that was used before gets its turn again; another text under it is an error', async () => {
    const opened = await openConversation(server.url);
    const client = await connect(opened);
    send(client, { type: 'message', text: 'one', key: 'k' });
    send(client, { type: 'message', text: 'two' });
    send(client, { type: 'message', text: 'one', key: 'k' });
    send(client, { type: 'message', text: 'other', key: 'k' });
    const [one, two, again, error] = await client.until(4);
    expect(again).toEqual(one);
    expect(two?.seq).toBe(3);
    expect(error).toMatchObject({ type: 'error', problem: { status: 422, code: 'KEY_REUSED' } });
    client.socket.close();
  });

  test('after a break a client goes on where it was', async () => {
    const opened = await openConversation(server.url);
    const first = await connect(opened);
    send(first, { type: 'message', text: 'm1', key: 'k1' });
    await first.until(1);
    first.socket.terminate();
    for (let i = 2; i < 70; i++) await call(`${opened.at}/messages`, { token: opened.token, body: { text: `m${i}` } });
    const second = await connect(opened);
    send(second, { type: 'resume', after: 2 });
    const turns = await second.until(68);
    expect(turns.map(({ seq }) => seq)).toEqual(Array.from({ length: 68 }, (_, i) => i + 3));
    send(second, { type: 'resume', after: 0 });
    await second.until(68 + 70);
    expect(second.got[68]?.replies[0]?.text).toBe('hello');
    second.socket.close();
  });
});

describe('what is not as it should be', () => {
  test('a bad frame gets an error that repeats nothing, and the socket goes on', async () => {
    const client = await connect(await openConversation(server.url));
    const canary = ['can', 'ary'].join('');
    const bad: unknown[] = [
      canary,
      '[]',
      'null',
      { type: canary },
      { type: 'message' },
      { type: 'message', text: 5 },
      { type: 'message', text: '' },
      { type: 'message', text: 'x', key: 'é' },
      { type: 'resume', after: -1 },
      { type: 'resume', after: canary },
      { type: 'resume', after: 1e99 },
      Buffer.from([1, 2, 3]),
    ];
    for (const frame of bad) send(client, frame);
    const errors = await client.until(bad.length);
    expect(new Set(errors.map(({ type, problem }) => `${type} ${problem.status}`))).toEqual(new Set(['error 400']));
    expect(JSON.stringify(errors)).not.toContain(canary);
    send(client, { type: 'message', text: 'x'.repeat(3000) });
    send(client, { type: 'message', text: 'still here' });
    const all = await client.until(bad.length + 2);
    expect(all.slice(-2)).toMatchObject([
      { type: 'error', problem: { status: 413 } },
      { type: 'turn', seq: 2 },
    ]);
    client.socket.close();
  });

  test('a frame over any limit closes the socket; others live on', async () => {
    const opened = await openConversation(server.url);
    const [a, b] = [await connect(opened), await connect(opened)];
    send(a, 'x'.repeat(1_000_000));
    expect(await a.closed).toBe(1009);
    send(b, { type: 'message', text: 'hi' });
    await b.until(1);
    b.socket.close();
  });

  test('the rate limit holds for sockets too', async () => {
    await server.close();
    server = await testServer({ config: { rateLimit: 2 } });
    const client = await connect(await openConversation(server.url));
    for (let i = 0; i < 3; i++) send(client, { type: 'message', text: 'hi' });
    const [, , last] = await client.until(3);
    expect(last).toMatchObject({ type: 'error', problem: { status: 429 } });
    client.socket.close();
  });

  test('a conversation that is deleted closes its sockets', async () => {
    const opened = await openConversation(server.url);
    const client = await connect(opened);
    await call(opened.at, { method: 'DELETE', token: opened.token });
    expect(await client.closed).toBe(1000);
    expect(client.got).toMatchObject([{ type: 'error', problem: { status: 404 } }]);
  });

  test('a server that stops says so', async () => {
    const client = await connect(await openConversation(server.url));
    const stopped = server.close();
    expect(await client.closed).toBe(1001);
    await stopped;
    server = await testServer();
  });
});

// Two nodes, each a process of its own, on one Redis: a conversation is at home on both, live too, and Redis holds no secret.
import WebSocket from 'ws';
import { redisAlone } from '../support/redis-server';
import { type Served, served } from '../support/served';
import { bytesBelow, call, type Opened, openConversation } from '../support/test-server';

const SECRET = ['Orchard', '-Gate-', '77'].join('');
let redis: Awaited<ReturnType<typeof redisAlone>>;
let a: Served;
let b: Served;
beforeAll(async () => {
  redis = await redisAlone();
  const environment = { REDIS_URL: redis.url, SESSION_SECRET: 'x'.repeat(40), LOG_LEVEL: 'trace' };
  [a, b] = await Promise.all([served('', 0, environment), served('', 0, { ...environment, RATE_LIMIT: '30' })]);
});
afterAll(async () => {
  await Promise.all([a.kill(), b.kill()]);
  await redis.stop();
});

interface Turn {
  readonly type: string;
  readonly seq: number;
  readonly key?: string;
  readonly problem?: { readonly status: number };
}

async function connect(url: string, { id, token }: Opened) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/conversations/${id}/socket`, ['preticket', token]);
  const got: Turn[] = [];
  let wake: () => void = () => undefined;
  socket.on('message', (data: Buffer) => {
    got.push(JSON.parse(data.toString()) as Turn);
    wake();
  });
  await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
  return {
    got,
    close: () => socket.terminate(),
    send: (frame: unknown) => socket.send(JSON.stringify(frame)),
    async until(isSo: () => boolean) {
      while (!isSo()) await new Promise<void>((resolve) => (wake = resolve));
    },
  };
}
const say = (node: Served, { id, token }: Opened, text: string, key = text) =>
  call(`${node.url}/v1/conversations/${id}/messages`, { token, headers: { 'idempotency-key': key }, body: { text } });

test('what is said at one node shows on a socket at the other, and a client that comes back elsewhere goes on where it was', async () => {
  const talk = await openConversation(a.url);
  const atB = await connect(b.url, talk);
  // A socket hears from when it follows on; the answer to its own message says that it does.
  atB.send({ type: 'message', text: 'begin', key: 'begin' });
  await atB.until(() => atB.got.length > 0);
  for (let i = 0; i < 5; i++) expect((await say(a, talk, `note ${i}`)).status).toBe(200);
  await atB.until(() => atB.got.length >= 6);
  expect(atB.got.map(({ seq }) => seq)).toEqual([2, 3, 4, 5, 6, 7]);
  expect(atB.got.map(({ key }) => key)).toEqual(['begin', 'note 0', 'note 1', 'note 2', 'note 3', 'note 4']);
  atB.close();
  await say(b, talk, 'while away');
  const atA = await connect(a.url, talk);
  atA.send({ type: 'resume', after: 4 });
  await atA.until(() => atA.got.length >= 4);
  expect(atA.got.map(({ seq }) => seq)).toEqual([5, 6, 7, 8]);
  atA.send({ type: 'message', text: 'while away', key: 'while away' });
  await atA.until(() => atA.got.length >= 5);
  expect(atA.got[4]).toMatchObject({ type: 'turn', seq: 8, key: 'while away' });
  expect((await call(`${b.url}/v1/conversations/${talk.id}`, { method: 'DELETE', token: talk.token })).status).toBe(
    204,
  );
  await atA.until(() => atA.got.some(({ type }) => type === 'error'));
  expect(atA.got.at(-1)?.problem?.status).toBe(404);
  atA.close();
});

test('twins at both nodes are one turn', async () => {
  const talk = await openConversation(a.url);
  for (let i = 0; i < 8; i++) {
    const answers = await Promise.all([say(a, talk, `note ${i}`), say(b, talk, `note ${i}`)]);
    const good = answers.filter(({ status }) => status === 200);
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
    expect(new Set(good.map(({ text }) => text)).size).toBe(1);
  }
  const { json } = await call(`${b.url}/v1/conversations/${talk.id}`, { token: talk.token });
  const said = json.transcript.filter(({ role }) => role === 'person').map(({ text }) => text);
  expect(said).toEqual(Array.from({ length: 8 }, (_, i) => `note ${i}`));
});

test('the rate limit counts at all nodes together', async () => {
  const environment = { REDIS_URL: redis.url, SESSION_SECRET: 'x'.repeat(40), RATE_LIMIT: '10', TRUST_PROXY: '1' };
  const nodes = await Promise.all([served('', 0, environment), served('', 0, environment)]);
  const statuses: number[] = [];
  for (let i = 0; i < 12; i++) {
    const answer = await call(`${nodes[i % 2]?.url}/e/none`, { headers: { 'x-forwarded-for': '203.0.113.9' } });
    statuses.push(answer.status);
    if (answer.status === 429) expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  }
  expect(statuses).toEqual([...Array<number>(10).fill(404), 429, 429]);
  const other = await call(`${nodes[0]?.url}/e/none`, { headers: { 'x-forwarded-for': '203.0.113.10' } });
  expect(other.status).toBe(404);
  await Promise.all(nodes.map((node) => node.kill()));
});

test('no planted secret and no word of a person is in Redis or its files, nor in what nodes log', async () => {
  const talk = await openConversation(a.url);
  const texts = [
    `my api password is ${SECRET} and the heron says 401`,
    `curl -u larkhill:${SECRET} https://api.example/v2/?action=check`,
    `it still says ${SECRET} is wrong`,
  ];
  for (const text of texts) expect((await say(a, talk, text)).status).toBe(200);
  const base64 = Buffer.from(`larkhill:${SECRET}`).toString('base64');
  const keys = redis.server.cli('keys', '*').split('\n');
  expect(keys.length).toBeGreaterThan(5);
  const dumps = keys.map((key) => (redis.server.cli('type', key) === 'hash' ? redis.server.cli('hgetall', key) : key));
  const all = `${dumps.join('\n')}${bytesBelow(redis.server.dir).toString('latin1')}${a.out()}${b.out()}`;
  for (const word of [SECRET, base64, 'heron', 'larkhill', talk.id, talk.token]) expect(all).not.toContain(word);
});

test('away: 503 with Retry-After, not ready but alive; the limit still counts; back without a restart', async () => {
  const talk = await openConversation(b.url);
  await redis.server.kill();
  for (const answer of await Promise.all([
    say(b, talk, 'lost?'),
    call(`${b.url}/v1/conversations/${talk.id}`, { token: talk.token }),
    call(`${b.url}/readyz`),
    call(`${b.url}/v1/conversations`, { body: {} }),
  ]))
    expect([answer.status, answer.headers['retry-after'], answer.json.code]).toEqual([503, '5', 'STORE_UNAVAILABLE']);
  expect((await call(`${b.url}/healthz`)).status).toBe(200);
  const triages = await Promise.all(
    Array.from({ length: 40 }, () => call(`${b.url}/v1/triage`, { body: { text: 'a' } })),
  );
  expect(new Set(triages.map(({ status }) => status))).toEqual(new Set([200, 429]));
  await redis.server.start();
  for (;;) if ((await call(`${b.url}/readyz`)).status === 200) break;
  expect((await say(b, talk, 'lost?')).status).toBe(200);
  const { json } = await call(`${b.url}/v1/conversations/${talk.id}`, { token: talk.token });
  expect(json.transcript.filter(({ role }) => role === 'person').map(({ text }) => text)).toEqual(['lost?']);
});

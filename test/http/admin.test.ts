// Who may see /admin, what it tells, and that it tells no word of a ticket.
import { DeliveryFault, type Helpdesk } from '../../src/helpdesks/helpdesk';
import { DELIVERY_KIND } from '../../src/service/ticket';
import { startWorkers, type Workers } from '../../src/service/worker';
import { call, openConversation, testServer, type TestServer } from '../support/test-server';

const TOKEN = ['operator', 'token', 'of', 'tests'].join('-');
const SECRET = ['Orchard', '-Gate-', '77'].join('');
const basic = (password: string, user = 'admin'): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});
const bearer = { authorization: `Bearer ${TOKEN}` };
const PATHS = ['/admin', '/admin/admin.js', '/admin/admin.css', '/admin/figures', '/admin/deliveries'];
const POSTS = ['/admin/explain', '/admin/deliveries/retry', `/admin/deliveries/${'0'.repeat(26)}/retry`];

let server: TestServer;
let workers: Workers;
let fault: DeliveryFault | undefined;
const desk: Helpdesk = {
  kind: 'fake',
  deliver: () => (fault === undefined ? Promise.resolve({ reference: 'R-1' }) : Promise.reject(fault)),
};

beforeEach(async () => {
  fault = new DeliveryFault('unauthorised', { retryable: false });
  server = await testServer({ config: { adminToken: TOKEN }, helpdesk: desk, onWork: () => workers.wake() });
  workers = startWorkers({ store: server.store, handlers: { [DELIVERY_KIND]: server.service.deliver }, ttlDays: 30 });
});
afterEach(async () => {
  await workers.stop();
  await server.close();
});

const get = (path: string, headers: Record<string, string> = bearer) => call(`${server.url}${path}`, { headers });
const post = (path: string, body: unknown = {}, headers: Record<string, string> = bearer) =>
  call(`${server.url}${path}`, { body, headers });
const json = async (path: string): Promise<Record<string, unknown>> =>
  JSON.parse((await get(path)).text) as Record<string, unknown>;
/** A conversation whose ticket has come to this status. */
async function ticketThatIs(
  status: string,
  text = 'it says IP not allowed',
): Promise<{ id: string; at: string; token: string }> {
  const { id, at, token } = await openConversation(server.url);
  await call(`${at}/messages`, { token, body: { text } });
  await call(`${at}/ticket`, { method: 'POST', token });
  await until(at, token, status);
  return { id, at, token };
}
async function until(at: string, token: string, status: string): Promise<void> {
  for (;;) {
    const { text } = await call(`${at}/ticket`, { token });
    if (text.includes(`"status":"${status}"`)) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('without a token nothing is there', async () => {
  const plain = await testServer();
  for (const path of PATHS) expect((await call(`${plain.url}${path}`, { headers: bearer })).status).toBe(404);
  for (const path of POSTS) expect((await call(`${plain.url}${path}`, { body: {}, headers: bearer })).status).toBe(404);
  await plain.close();
});

test('only who holds the token is let in, as Bearer or as the password of Basic, whatever the name', async () => {
  const wrong: Record<string, string>[] = [
    {},
    { authorization: `Bearer ${TOKEN}x` },
    { authorization: `Bearer` },
    { authorization: TOKEN },
    { authorization: 'Basic !!!' },
    basic(''),
    basic(TOKEN.slice(1)),
    basic('x', TOKEN),
    { authorization: `Digest ${TOKEN}` },
  ];
  for (const headers of wrong) {
    const answer = await get('/admin', headers);
    expect([answer.status, answer.headers['www-authenticate']]).toEqual([
      401,
      'Basic realm="preticket", charset="UTF-8"',
    ]);
    expect(answer.text).not.toContain(TOKEN);
  }
  for (const path of PATHS.slice(1)) expect((await get(path, {})).status).toBe(401);
  for (const path of POSTS) expect((await post(path, {}, {})).status).toBe(401);
  for (const headers of [bearer, basic(TOKEN), basic(TOKEN, 'any:one'.split(':')[0])])
    expect((await get('/admin', headers)).status).toBe(200);
});

test('the page brings nothing from elsewhere and nothing inline, and is kept nowhere', async () => {
  const { headers, text } = await get('/admin');
  expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
  expect(headers['content-security-policy']).not.toContain('unsafe');
  expect(headers['cache-control']).toBe('no-store');
  expect(text).not.toMatch(/<script(?![^>]* src=)|<style|\son\w+=|\sstyle=|https?:\/\//);
});

test('pages of other origins cannot act with a browser’s password', async () => {
  const evil = { ...basic(TOKEN), origin: 'https://evil.example' };
  for (const path of POSTS) expect((await post(path, { text: 'x' }, evil)).status).toBe(403);
  expect((await post('/admin/explain', { text: 'x' }, { ...basic(TOKEN), origin: server.url })).status).toBe(200);
});

test('requests of one address are limited, good or bad', async () => {
  let limited = 0;
  for (let i = 0; i < 100; i++) if ((await get('/admin', basic(`guess-${i}`))).status === 429) limited++;
  expect(limited).toBe(10);
  expect((await get('/admin')).status).toBe(429);
});

test('figures, and the same in Prometheus', async () => {
  await ticketThatIs('failed');
  const figures = await json('/admin/figures');
  expect(figures).toMatchObject({
    opened: [{ channel: 'web', count: 1 }],
    statuses: [
      { status: 'submitted', count: 1 },
      { status: 'review', count: 1 },
    ],
    tickets: 1,
    resolved: 0,
    lacking: [{ field: 'account', count: 1 }],
    deliveries: [{ helpdesk: 'fake', outcome: 'failed', reason: 'unauthorised', count: 1 }],
    backlog: { pending: 0, failed: 1 },
  });
  const { text } = await call(`${server.url}/metrics`);
  expect(text).toContain('preticket_deliveries_total{helpdesk="fake",outcome="failed",reason="unauthorised"} 1');
  expect(text).toContain('preticket_deliveries_waiting{status="failed"} 1');
  expect(text).toContain('preticket_delivery_oldest_age_seconds 0');
});

test('deliveries name ticket and reason, never a word of the ticket; a press tries again', async () => {
  const { id, at, token } = await ticketThatIs('failed', 'lanternrow says IP not allowed');
  const listed = await get('/admin/deliveries');
  expect(JSON.parse(listed.text)).toMatchObject({
    deliveries: [{ conversation: id, status: 'failed', reason: 'unauthorised', attempts: 1 }],
  });
  for (const words of ['lanternrow', 'IP not allowed', 'It fails', token]) expect(listed.text).not.toContain(words);
  fault = undefined;
  expect((await post(`/admin/deliveries/${id}/retry`)).status).toBe(202);
  await until(at, token, 'delivered');
  expect((await post(`/admin/deliveries/${id}/retry`)).status).toBe(404);
  expect((await post('/admin/deliveries/nonsense/retry')).status).toBe(404);
});

test('one press tries all failed ones again', async () => {
  const all = [await ticketThatIs('failed'), await ticketThatIs('failed'), await ticketThatIs('failed')];
  fault = undefined;
  expect((await post('/admin/deliveries/retry')).text).toBe('{"retried":3}');
  for (const { at, token } of all) await until(at, token, 'delivered');
});

test('the playground shows every rule that fired, on redacted text, and keeps nothing', async () => {
  const text = `It says "IP not allowed". I have not whitelisted the IP. my api password is ${SECRET}`;
  const answer = await post('/admin/explain', { text });
  expect(answer.status).toBe(200);
  const explained = JSON.parse(answer.text) as { fired: { id: string; weight: number; why: string; quote: string }[] };
  expect(explained.fired.length).toBeGreaterThan(0);
  for (const { id, why, quote } of explained.fired) for (const part of [id, why, quote]) expect(part).not.toBe('');
  expect(answer.text).not.toContain(SECRET);
  expect(server.log.join('')).not.toContain(SECRET);
  expect((await post('/admin/explain', {})).status).toBe(400);
  expect((await post('/admin/explain', { text: 'x'.repeat(40_000) })).status).toBe(400);
});

test('the token is in no log', async () => {
  await get('/admin');
  await get('/admin', basic(`${TOKEN}x`));
  expect(server.log.join('')).not.toContain(TOKEN);
});

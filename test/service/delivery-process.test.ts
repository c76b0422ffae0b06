// Deliveries of real processes on one store to a real socket: killed without warning in between, each ticket arrives under one id.
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { fakeHelpdesk, type FakeHelpdesk } from '../support/fake-helpdesk';
import { webhookApi } from '../support/helpdesk-apis';
import { bytesBelow, call, openConversation, type Opened, temporaryFolder } from '../support/test-server';

jest.setTimeout(90_000);

const MAIN = path.join(__dirname, '..', '..', 'dist', 'cli', 'main.js');
const SIGNING = ['signing', 'key', 'of', 'tests'].join('-');
const SECRET = ['Orchard', '-Gate-', '77'].join('');
const folder = temporaryFolder();
const children = new Set<ChildProcess>();
let desk: FakeHelpdesk;
let out = '';

beforeAll(async () => {
  desk = await fakeHelpdesk(webhookApi(SIGNING, 'raw'));
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await desk.close();
  folder.remove();
});

async function serve(): Promise<{ readonly url: string; end(signal: NodeJS.Signals): Promise<number | null> }> {
  const child = spawn(process.execPath, [MAIN, 'serve'], {
    env: {
      PATH: process.env['PATH'],
      DATA_DIR: folder.dir,
      PORT: '0',
      RATE_LIMIT: 'off',
      LOG_LEVEL: 'trace',
      HELPDESK: 'webhook',
      HELPDESK_URL: `${desk.url}/in`,
      HELPDESK_SECRET: SIGNING,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      out += chunk.toString();
    });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  for (;;) {
    const url = /preticket: (http:\S+)/.exec(said)?.[1];
    if (url !== undefined)
      return {
        url,
        end(signal) {
          child.kill(signal);
          return ended;
        },
      };
    if (child.exitCode !== null) throw new Error(said);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const ticketAt = async (url: string, { id, token }: Opened): Promise<Record<string, unknown>> => {
  const { text } = await call(`${url}/v1/conversations/${id}/ticket`, { token });
  return (JSON.parse(text) as { ticket: Record<string, unknown> }).ticket;
};

test('killed between taking a ticket and writing it down, another process finishes; nothing is doubled or leaks', async () => {
  let [a, b] = [await serve(), await serve()];
  const talks: Opened[] = [];
  const asked = new Map<string, string>();
  // Every third answer is lost, and two tickets hang: their process dies with them.
  desk.mishaps.push(...Array.from({ length: 12 }, (_, i) => (i % 3 === 1 ? ('lose' as const) : ('slow' as const))));
  for (let i = 0; i < 12; i++) {
    const { url } = i % 2 === 0 ? a : b;
    const talk = await openConversation(url);
    await call(`${url}/v1/conversations/${talk.id}/messages`, {
      token: talk.token,
      body: { text: `case ${i}: it says IP not allowed, my api password is ${SECRET}` },
    });
    const answer = await call(`${url}/v1/conversations/${talk.id}/ticket`, { method: 'POST', token: talk.token });
    expect([answer.status, answer.text]).toEqual([202, expect.stringContaining('"pending"')]);
    talks.push(talk);
    asked.set(talk.id, answer.json.ticket.id);
  }
  while (desk.tickets.length < 6) await new Promise((resolve) => setTimeout(resolve, 5));
  await Promise.all([a.end('SIGKILL'), b.end('SIGKILL')]);
  desk.mishaps.length = 0;
  [a, b] = [await serve(), await serve()];
  for (const [i, talk] of talks.entries()) {
    const { url } = i % 2 === 0 ? b : a;
    for (;;) {
      const ticket = await ticketAt(url, talk);
      expect(ticket['status']).not.toBe('failed');
      if (ticket['status'] === 'delivered') {
        expect(ticket['id']).toBe(asked.get(talk.id));
        expect(ticket['reference']).toBe(desk.tickets.find(({ id }) => id === ticket['id'])?.reference);
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  expect(desk.tickets.map(({ id }) => id).sort()).toEqual([...asked.values()].sort());
  expect([await a.end('SIGTERM'), await b.end('SIGTERM')]).toEqual([0, 0]);
  const sent = desk.requests.map(({ text, headers }) => `${text}${JSON.stringify(headers)}`).join('\n');
  expect(sent).toContain('[redacted:');
  for (const place of [sent, out, bytesBelow(folder.dir).toString('latin1')]) expect(place).not.toContain(SECRET);
  for (const place of [sent, out]) expect(place).not.toContain(SIGNING);
  expect(out).not.toContain('IP not allowed');
});

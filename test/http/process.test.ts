// The built server as a process: starts and refusals in one line, death without warning, two on one store, an orderly end.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { bytesBelow, call, openConversation, type Opened, temporaryFolder } from '../support/test-server';

jest.setTimeout(90_000);

const MAIN = path.join(__dirname, '..', '..', 'dist', 'cli', 'main.js');
const folder = temporaryFolder();
const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  folder.remove();
});

const environment = (dir: string): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  DATA_DIR: dir,
  PORT: '0',
  RATE_LIMIT: 'off',
  LOG_LEVEL: 'trace',
});

interface Server {
  readonly child: ChildProcess;
  readonly url: string;
  readonly ended: Promise<number | null>;
  readonly out: () => string;
}

async function serve(dir: string): Promise<Server> {
  const child = spawn(process.execPath, [MAIN, 'serve'], { env: environment(dir), stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let out = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  void ended.then(() => running.delete(child));
  for (;;) {
    const url = /preticket: (http:\S+)/.exec(out)?.[1];
    if (url !== undefined) return { child, url, ended, out: () => out };
    if (child.exitCode !== null) throw new Error(out);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const personLines = async (url: string, { id, token }: Opened): Promise<string[]> => {
  const { json } = await call(`${url}/v1/conversations/${id}`, { token });
  return json.transcript.filter(({ role }) => role === 'person').map(({ text }) => text);
};

test('killed four times under load, it loses and doubles nothing that it acknowledged; retries get the first answer', async () => {
  const dir = path.join(folder.dir, 'killed');
  const acknowledged = new Map<string, string>();
  const talks: Opened[] = [];
  for (let round = 0; round < 4; round++) {
    const server = await serve(dir);
    while (talks.length < 4) talks.push(await openConversation(server.url));
    const begun = acknowledged.size;
    const lanes = talks.map(async ({ id, token }, lane) => {
      for (let i = 0; ; i++) {
        const text = `note ${round}-${lane}-${i}`;
        const answer = await call(`${server.url}/v1/conversations/${id}/messages`, {
          token,
          headers: { 'idempotency-key': text },
          body: { text },
        }).catch(() => undefined);
        if (answer === undefined) return;
        if (answer.status !== 200) throw new Error(answer.text);
        acknowledged.set(`${lane} ${text}`, answer.text);
      }
    });
    const enough = (async () => {
      while (acknowledged.size < begun + 8) await new Promise((resolve) => setTimeout(resolve, 5));
    })();
    await Promise.race([enough, Promise.all(lanes)]);
    server.child.kill('SIGKILL');
    await server.ended;
    await Promise.all(lanes);
  }
  const server = await serve(dir);
  for (const [lane, talk] of talks.entries()) {
    const said = await personLines(server.url, talk);
    expect(new Set(said).size).toBe(said.length);
    const mine = [...acknowledged].filter(([name]) => name.startsWith(`${lane} `));
    for (const [name, answer] of mine) {
      const text = name.slice(2);
      expect(said).toContain(text);
      const again = await call(`${server.url}/v1/conversations/${talk.id}/messages`, {
        token: talk.token,
        headers: { 'idempotency-key': text },
        body: { text },
      });
      expect(again.text).toBe(answer);
    }
    expect(await personLines(server.url, talk)).toEqual(said);
  }
  server.child.kill('SIGTERM');
  expect(await server.ended).toBe(0);
});

test('two servers on one store: a conversation begun on one goes on at the other, and twins are one turn', async () => {
  const dir = path.join(folder.dir, 'two');
  const [a, b] = [await serve(dir), await serve(dir)];
  const talk = await openConversation(a.url);
  const at = (server: Server): string => `${server.url}/v1/conversations/${talk.id}/messages`;
  for (let i = 0; i < 10; i++) {
    const request = { token: talk.token, headers: { 'idempotency-key': `k${i}` }, body: { text: `note ${i}` } };
    const answers = await Promise.all([call(at(a), request), call(at(b), request)]);
    const texts = answers.filter(({ status }) => status === 200).map(({ text }) => text);
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
    expect(new Set(texts).size).toBe(1);
  }
  expect(await personLines(b.url, talk)).toEqual(Array.from({ length: 10 }, (_, i) => `note ${i}`));
  await call(`${a.url}/v1/conversations/${talk.id}`, { method: 'DELETE', token: talk.token });
  expect((await call(`${b.url}/v1/conversations/${talk.id}`, { token: talk.token })).status).toBe(404);
  for (const { child, ended } of [a, b]) {
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  }
  expect(bytesBelow(dir).includes('note')).toBe(false);
});

test('an orderly end answers what was begun', async () => {
  const server = await serve(path.join(folder.dir, 'end'));
  const talk = await openConversation(server.url);
  const answers = Array.from({ length: 8 }, (_, i) =>
    call(`${server.url}/v1/conversations/${talk.id}/messages`, { token: talk.token, body: { text: `note ${i}` } }).then(
      ({ status }) => status,
      () => 0,
    ),
  );
  await answers[0];
  server.child.kill('SIGTERM');
  expect(await server.ended).toBe(0);
  const statuses = await Promise.all(answers);
  expect(statuses.filter((status) => ![200, 503, 0].includes(status))).toEqual([]);
  expect(server.out()).toContain('"event":"stopped"');
});

describe('refusals to start, in one line', () => {
  const start = (extra: NodeJS.ProcessEnv): { status: number | null; err: string } => {
    const { status, stderr } = spawnSync(process.execPath, [MAIN, 'serve'], {
      env: { ...environment(path.join(folder.dir, 'refused')), ...extra },
      timeout: 60_000,
    });
    return { status, err: stderr.toString() };
  };
  test.each<[string, NodeJS.ProcessEnv, number, RegExp]>([
    ['a bad port', { PORT: 'x' }, 2, /^preticket: PORT must be a whole number from 0 to 65535\n$/],
    ['two faults', { PORT: 'x', LOG_LEVEL: 'x' }, 2, /^preticket: PORT .*\npreticket: LOG_LEVEL .*\n$/],
    ['Redis without the secret that nodes share', { REDIS_URL: 'redis://h' }, 2, /^preticket: SESSION_SECRET .*\n$/],
    ['a data folder that is a file', { DATA_DIR: MAIN }, 1, /^preticket: DATA_DIR .*: it is not a folder\..*\n$/],
    ['a data folder that cannot be made', { DATA_DIR: '/proc/nowhere/data' }, 1, /^preticket: DATA_DIR .*\n$/],
    ['a pack that is not there', { PACK_DIR: '/nowhere' }, 2, /^preticket: PACK_DIR must be .*\n$/],
    [
      'an address that is not this machine',
      { HOST: '192.0.2.1' },
      1,
      /^preticket: HOST and PORT: cannot listen, .*\n$/,
    ],
  ])('%s', (_name, extra, status, line) => {
    const result = start(extra);
    expect(result.status).toBe(status);
    expect(result.err).toMatch(line);
  });

  test('a damaged data file', async () => {
    const dir = path.join(folder.dir, 'damaged');
    const server = await serve(dir);
    await openConversation(server.url);
    server.child.kill('SIGKILL');
    await server.ended;
    fs.truncateSync(path.join(dir, 'data.mdb'), 6000);
    const { status, err } = start({ DATA_DIR: dir });
    expect(status).toBe(1);
    expect(err).toMatch(/^preticket: DATA_DIR .* is damaged\. .*\n$/);
  });

  test('a read-only disk', () => {
    const dir = path.join(folder.dir, 'read-only');
    fs.mkdirSync(dir);
    const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', dir]).status === 0;
    // Where nothing can be mounted: a folder without the right to write, and for root one that takes no files.
    if (!isMounted) {
      process.stderr.write('No read-only disk can be mounted here; a folder that takes no files stands in for it.\n');
      fs.chmodSync(dir, 0o555);
    }
    try {
      const { status, err } = start({ DATA_DIR: isMounted || process.getuid?.() !== 0 ? dir : '/proc/self/fd' });
      expect([status, err]).toEqual([1, expect.stringMatching(/^preticket: DATA_DIR .*: it cannot be written\..*\n$/)]);
    } finally {
      if (isMounted) spawnSync('umount', ['-l', dir]);
    }
  });
});

test('chat talks over standard input with the same store', () => {
  const dir = path.join(folder.dir, 'chat');
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, 'chat', '--language', 'en'], {
    env: environment(dir),
    input: '401 on the server\nhello\n/ticket\n/quit\n',
    timeout: 60_000,
  });
  expect([status, stderr.toString()]).toEqual([0, '']);
  expect(stdout.toString()).toMatch(/tk_[0-9a-z]{26}/);
  expect(fs.existsSync(path.join(dir, 'data.mdb'))).toBe(true);
});

// A store that is away, full or broken: the right status, a time to come back, nothing half done, and recovery without a restart.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { PreticketError } from '../../src/errors';
import type { Store } from '../../src/stores/store';
import { fakeTalk } from '../support/fake-talk';
import { storeProcess } from '../support/store-process';
import { call, openConversation, temporaryFolder, testServer, type TestServer } from '../support/test-server';

test('a store that does not answer is 503 with Retry-After; readiness says so, health does not', async () => {
  let away = false;
  const guard =
    <A extends unknown[], R>(run: (...args: A) => Promise<R>) =>
    (...args: A): Promise<R> =>
      away
        ? Promise.reject(new PreticketError('STORE_UNAVAILABLE', 'The store does not answer. Try again later.'))
        : run(...args);
  const wrap = (store: Store): Store => ({
    ...store,
    load: guard((...args: Parameters<Store['load']>) => store.load(...args)),
    save: guard((...args: Parameters<Store['save']>) => store.save(...args)),
    create: guard((...args: Parameters<Store['create']>) => store.create(...args)),
    ping: guard(() => store.ping()),
  });
  const server = await testServer({ store: wrap });
  const { token, at } = await openConversation(server.url);
  away = true;
  for (const answer of [
    await call(`${at}/messages`, { token, body: { text: 'a' } }),
    await call(at, { token }),
    await call(`${server.url}/v1/conversations`, { body: {} }),
    await call(`${server.url}/readyz`),
  ]) {
    expect([answer.status, answer.headers['retry-after'], answer.json.code]).toEqual([503, '5', 'STORE_UNAVAILABLE']);
  }
  expect((await call(`${server.url}/healthz`)).status).toBe(200);
  expect((await call(`${server.url}/v1/triage`, { body: { text: 'a' } })).status).toBe(200);
  away = false;
  expect((await call(`${server.url}/readyz`)).status).toBe(200);
  expect((await call(`${at}/messages`, { token, body: { text: 'a' } })).status).toBe(200);
  await server.close();
});

test('an error that nobody expected is 500 without a word of it', async () => {
  const talk = fakeTalk();
  const server = await testServer({
    talk: {
      ...talk,
      reduce(conversation, event) {
        if (event.type === 'message') throw new TypeError(`cannot read ${event.redaction.text}`);
        return talk.reduce(conversation, event);
      },
    },
  });
  const { token, at } = await openConversation(server.url);
  const answer = await call(`${at}/messages`, { token, body: { text: 'canary words' } });
  expect([answer.status, answer.json.code]).toEqual([500, 'UNEXPECTED']);
  expect(answer.text + server.log.join()).not.toContain('canary');
  expect(server.log.join()).toContain('"error":"TypeError"');
  expect((await call(at, { token })).json.seq).toBe(1);
  await server.close();
});

describe('a full disk', () => {
  const folder = temporaryFolder();
  const { dir } = folder;
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', dir]);
  const isMounted = mounted.status === 0;
  if (!isMounted)
    process.stderr.write(
      `No small disk can be mounted here (${mounted.stderr.toString()}); 'a file that may not grow' stands in for it.\n`,
    );
  let server: TestServer | undefined;
  afterAll(async () => {
    await server?.close();
    // Lazily: a failure must not leave a mount behind.
    if (isMounted) spawnSync('umount', ['-l', dir]);
    folder.remove();
  });
  const onSmallDisk = isMounted ? test : test.skip;

  onSmallDisk(
    '507 when it is full; all that was acknowledged stays; deleting works, without any room too',
    async () => {
      server = await testServer({ dir, config: { maxMessageBytes: 100_000 } });
      const { url } = server;
      const opened: { at: string; token: string; said: number }[] = [];
      let status = 200;
      for (let i = 0; i < 1000 && status === 200; i++) {
        const created = await call(`${url}/v1/conversations`, { body: {} });
        if (created.status !== 201) {
          status = created.status;
          break;
        }
        const conversation = { at: `${url}/v1/conversations/${created.json.id}`, token: created.json.token, said: 0 };
        opened.push(conversation);
        ({ status } = await call(`${conversation.at}/messages`, {
          token: conversation.token,
          body: { text: `${i} `.repeat(9000) },
        }));
        if (status === 200) conversation.said = 1;
      }
      expect(status).toBe(507);
      expect(opened.length).toBeGreaterThan(10);
      // The room that is kept for deletions is taken away too: now the data file itself hits the end of the disk.
      const filler = fs.openSync(path.join(dir, 'filler'), 'a');
      try {
        for (;;) fs.writeSync(filler, Buffer.alloc(4096));
      } catch (error) {
        expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC');
      } finally {
        fs.closeSync(filler);
      }
      // Pages that the data file has to spare are used up first.
      let refused = await call(`${url}/v1/conversations`, { body: {} });
      for (let i = 0; i < 500 && refused.status === 201; i++)
        refused = await call(`${url}/v1/conversations`, { body: {} });
      expect([refused.status, refused.json.code, refused.headers['retry-after']]).toEqual([507, 'STORE_FULL', '5']);
      expect((await call(`${url}/healthz`)).status).toBe(200);
      for (const { at, token, said } of opened) expect((await call(at, { token })).json.seq).toBe(1 + said);
      const forget = async (some: typeof opened): Promise<void> => {
        for (const { at, token } of some) {
          expect((await call(at, { method: 'DELETE', token })).status).toBe(204);
          expect((await call(at, { token })).status).toBe(404);
          expect((await call(at, { method: 'DELETE', token })).status).toBe(404);
        }
      };
      const half = Math.floor(opened.length / 2);
      await forget(opened.slice(0, half));
      fs.rmSync(path.join(dir, 'filler'));
      await server.store.expire(1);
      await forget(opened.slice(half, -1));
      const [last] = opened.slice(-1);
      expect((await call(last?.at ?? '', { token: last?.token ?? '' })).json.seq).toBe(1 + (last?.said ?? 0));
      await server.close();
      // What stands on disk is sound: opening checks every row.
      server = await testServer({ dir });
      const { pathname } = new URL(last?.at ?? '');
      expect((await call(server.url + pathname, { token: last?.token ?? '' })).status).toBe(200);
    },
  );

  test('a file that may not grow: nothing is lost, and everything can be deleted', async () => {
    const other = temporaryFolder();
    // 8192 blocks of 512 bytes.
    const { lines, ended } = storeProcess(
      other.dir,
      `let made = 0, code = '';
       while (code === '' && made < 5000)
         await store.create('c' + made, { record: 'r'.repeat(9000), expiresAtMs }).then(() => made++, (error) => (code = error.code));
       say(code + ' ' + (made > 10));
       const count = async (run) => { let n = 0; for (let i = 0; i < made; i++) if (await run('c' + i)) n++; return n; };
       say('lost ' + (made - await count((id) => store.load(id))));
       say('not deleted ' + (made - await count((id) => store.delete(id))));
       say('left ' + await count((id) => store.load(id)));`,
      'ulimit -f 8192',
    );
    expect(await ended).toBe(0);
    expect(lines).toEqual(['STORE_FULL true', 'lost 0', 'not deleted 0', 'left 0']);
    other.remove();
  });
});

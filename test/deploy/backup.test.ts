// Backup and restore as the README of src/deploy has it: copied while the server runs, started from the copy, and talked on.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { redisAlone } from '../support/redis-server';
import { served } from '../support/served';
import { call, openConversation } from '../support/test-server';

const MAIN = path.join(__dirname, '..', '..', 'dist', 'cli', 'main.js');
const SECRET = 'backup '.repeat(6);
const temporary = (): string => fs.mkdtempSync(path.join(os.tmpdir(), 'preticket-backup-'));
const copy = (from: string, to: string): string =>
  execFileSync(process.execPath, [MAIN, 'store', 'copy', from, to], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], SESSION_SECRET: SECRET },
  });

const say = async (url: string, talk: { id: string; token: string }, text: string): Promise<string[]> => {
  const path = `${url}/v1/conversations/${talk.id}`;
  expect((await call(`${path}/messages`, { token: talk.token, body: { text } })).status).toBe(200);
  const { json } = await call(path, { token: talk.token });
  return json.transcript.filter(({ role }) => role === 'person').map((entry) => entry.text);
};

test('the embedded store is copied while it is talked to; a server on the copy goes on where it was', async () => {
  const [data, backup] = [temporary(), path.join(temporary(), 'backup')];
  const server = await served(data);
  const talk = await openConversation(server.url);
  await say(server.url, talk, 'first words');
  expect(copy(data, backup)).toContain('1 conversations: 1 copied');
  await say(server.url, talk, 'said after the copy');
  await server.kill();
  const restored = await served(backup);
  expect(await say(restored.url, talk, 'and on')).toEqual(['first words', 'and on']);
  await restored.kill();
});

test('Redis is copied into a folder and from there into an empty Redis', async () => {
  const [first, second] = [await redisAlone(), await redisAlone()];
  const backup = path.join(temporary(), 'backup');
  const environment = { SESSION_SECRET: SECRET };
  const server = await served('', 0, { ...environment, REDIS_URL: first.url });
  const talk = await openConversation(server.url);
  await say(server.url, talk, 'first words');
  copy(first.url, backup);
  await server.kill();
  await first.stop();
  copy(backup, second.url);
  const restored = await served('', 0, { ...environment, REDIS_URL: second.url });
  expect(await say(restored.url, talk, 'and on')).toEqual(['first words', 'and on']);
  await restored.kill();
  await second.stop();
});

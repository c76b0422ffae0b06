// Who pays for Botkit: a process that hosts chat, from its first message on. Nobody else.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../support/test-server';

jest.setTimeout(30_000);

const DIST = path.join(__dirname, '..', '..', 'dist');
const SCRIPT = `
const { startServer } = require(${JSON.stringify(path.join(DIST, 'main.js'))});
const { readConfig } = require(${JSON.stringify(path.join(DIST, 'config.js'))});
const WebSocket = require('ws');
const loaded = () => Object.keys(require.cache).some((file) => /node_modules[\\\\/](botkit|botbuilder)/.test(file));
(async () => {
  const server = await startServer(readConfig(process.env));
  const said = [loaded()];
  const post = async (path, body, token) => (await fetch(server.url + path, { method: 'POST', body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...(token ? { authorization: 'Bearer ' + token } : {}) } })).json();
  const { id, token } = await post('/v1/conversations', {});
  await post('/v1/conversations/' + id + '/messages', { text: 'it says 401' }, token);
  await post('/v1/triage', { text: 'it says 401' });
  said.push(loaded());
  const socket = new WebSocket(server.url.replace('http', 'ws') + '/v1/conversations/' + id + '/socket', ['preticket', token]);
  socket.on('open', () => socket.send(JSON.stringify({ type: 'message', text: 'and from curl too' })));
  const turn = await new Promise((resolve) => socket.on('message', (data) => resolve(JSON.parse(data))));
  said.push(turn.type, turn.replies.length > 0, loaded());
  socket.close();
  await server.stop();
  console.log(JSON.stringify(said));
})();
`;

test('the API over HTTP never loads Botkit; the first message over a socket does, and is answered', () => {
  const folder = temporaryFolder();
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', SCRIPT], {
    cwd: path.join(DIST, '..'),
    env: { PATH: process.env['PATH'], DATA_DIR: folder.dir, PORT: '0', LOG_LEVEL: 'silent' },
    timeout: 25_000,
  });
  folder.remove();
  expect(stderr.toString()).toBe('');
  expect(JSON.parse(stdout.toString())).toEqual([false, false, 'turn', true, true]);
});

test.each(['triage', 'redact', 'rules explain'])('%s never loads it', (command) => {
  const folder = temporaryFolder();
  const hook = path.join(folder.dir, 'hook.js');
  fs.writeFileSync(
    hook,
    `process.on('exit', (code) => { if (Object.keys(require.cache).some((f) => /botkit|botbuilder/.test(f))) process.exitCode = 9; });`,
  );
  const args = ['--require', hook, path.join(DIST, 'cli', 'main.js'), ...command.split(' '), '-'];
  const { status } = spawnSync(process.execPath, args, {
    input: 'it says 401',
    env: { PATH: process.env['PATH'] },
    timeout: 20_000,
  });
  folder.remove();
  expect(status).toBe(0);
});

// A Redis that may not be used is refused with one line that prints no secret; TLS is checked against who signed it.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { readRedisAddress } from '../../src/stores/redis/address';
import { openRedisStore } from '../../src/stores/redis';
import { redisAlone, redisProcess } from '../support/redis-server';
import { served } from '../support/served';
import { call, openConversation, temporaryFolder } from '../support/test-server';

const secret = 'x'.repeat(40);
const PASSWORD = ['Orchard', 'Gate', '77'].join('-');
const refusalOf = (url: string, with_ = secret): Promise<string> =>
  openRedisStore({ url, secret: with_ }).then(
    async (store) => {
      await store.close();
      return 'opened';
    },
    (error: { code: string; message: string }) => `${error.code} ${error.message}`,
  );

test('another secret, a password that is wrong or missing, data that may be thrown away', async () => {
  const redis = await redisAlone();
  const { url, server } = redis;
  expect(await refusalOf(url)).toBe('opened');
  expect(await refusalOf(url, 'y'.repeat(40))).toMatch(/^CONFIG_INVALID SESSION_SECRET is not the one/);
  server.cli('config', 'set', 'maxmemory', '100mb');
  server.cli('config', 'set', 'maxmemory-policy', 'allkeys-lru');
  expect(await refusalOf(url)).toMatch(/^CONFIG_INVALID REDIS_URL: maxmemory-policy must be noeviction/);
  server.cli('config', 'set', 'maxmemory', '0');
  server.cli('config', 'set', 'requirepass', PASSWORD);
  const wrong = await refusalOf(url.replace('//', `//:not-${PASSWORD}@`));
  expect(wrong).toMatch(/^CONFIG_INVALID REDIS_URL: the user name or password is not the right one/);
  expect(wrong).not.toContain(PASSWORD);
  expect(await refusalOf(url)).toMatch(/^CONFIG_INVALID REDIS_URL: the user name or password/);
  expect(await refusalOf(url.replace('//', `//:${PASSWORD}@`))).toBe('opened');
  await redis.stop();
});

test('no room: full, nothing changed, and deleting makes room', async () => {
  const redis = await redisAlone();
  const { url, server } = redis;
  const store = await openRedisStore({ url, secret });
  const expiresAtMs = Date.now() + 86_400_000;
  await store.create('a', { record: 'r'.repeat(100_000), expiresAtMs });
  server.cli('config', 'set', 'maxmemory', '1mb');
  const code = await store.save('a', 1, { record: '2', expiresAtMs }).catch((error: { code: string }) => error.code);
  expect(code).toBe('STORE_FULL');
  expect((await store.load('a'))?.version).toBe(1);
  expect(await store.delete('a')).toBe(true);
  await store.close();
  await redis.stop();
});

test('rediss: served with the signer known, refused without', async () => {
  const folder = temporaryFolder();
  const at = (name: string): string => path.join(folder.dir, name);
  const make = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const who = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'];
  execFileSync('openssl', [...make, ...who, '-keyout', at('key.pem'), '-out', at('cert.pem')], { stdio: 'ignore' });
  const server = await redisProcess();
  const plain = server.port;
  const tls = plain + 1;
  server.cli(
    'config',
    'set',
    'tls-cert-file',
    at('cert.pem'),
    'tls-key-file',
    at('key.pem'),
    'tls-ca-cert-file',
    at('cert.pem'),
    'tls-auth-clients',
    'no',
    'tls-port',
    String(tls),
  );
  const environment = { REDIS_URL: `rediss://127.0.0.1:${tls}`, SESSION_SECRET: secret };
  await expect(served('', 0, environment)).rejects.toThrow(
    /^preticket: REDIS_URL: its certificate is not trusted here .*\n$/,
  );
  const node = await served('', 0, { ...environment, NODE_EXTRA_CA_CERTS: at('cert.pem') });
  const { at: conversation, token } = await openConversation(node.url);
  expect((await call(conversation, { token })).status).toBe(200);
  await node.kill();
  await server.kill();
  folder.remove();
});

test.each([
  ['redis://h', { kind: 'alone', hosts: [{ host: 'h', port: 6379 }], tls: false }],
  ['redis://u:p%40@h:1/3', { username: 'u', password: 'p@', db: 3, hosts: [{ host: 'h', port: 1 }] }],
  ['rediss://[::1]:7', { tls: true, hosts: [{ host: '::1', port: 7 }] }],
  [
    'redis+cluster://h1:1,[::2]:2',
    {
      kind: 'cluster',
      hosts: [
        { host: 'h1', port: 1 },
        { host: '::2', port: 2 },
      ],
    },
  ],
  ['redis+cluster://u:p@h1:1', { kind: 'cluster', username: 'u', password: 'p' }],
  [
    'redis+sentinel://h1:1,h2:2/main',
    {
      kind: 'sentinel',
      name: 'main',
      hosts: [
        { host: 'h1', port: 1 },
        { host: 'h2', port: 2 },
      ],
    },
  ],
])('%s', (url, expected) => {
  expect(readRedisAddress(url)).toMatchObject(expected);
});

test.each(['http://h', 'redis+sentinel://h:1', 'redis://h/x', 'redis+cluster://h', 'redis://'])('not %s', (url) => {
  expect(() => readRedisAddress(url)).toThrow(/^REDIS_URL must be/);
});

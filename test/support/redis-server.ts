// Real Redis servers of a test's own: alone, under Sentinel, as a Cluster; each on free ports of loopback, in a folder of its own,
// to be killed and started again. Needs redis-server (npm run setup installs it).
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

export interface RedisProcess {
  readonly port: number;
  readonly dir: string;
  /** Answer of redis-cli, trimmed. */
  cli(...args: string[]): string;
  kill(): Promise<void>;
  /** Stops it answering, without its connections being closed. */
  freeze(): void;
  thaw(): void;
  /** Starts it again with its files. */
  start(): Promise<void>;
  readonly running: () => boolean;
}

const all = new Set<ChildProcess>();
process.once('exit', () => all.forEach((child) => child.kill('SIGKILL')));

export interface Fixture {
  readonly url: string;
  readonly servers: readonly RedisProcess[];
  stop(): Promise<void>;
}

/** Ports below 20000, so that the bus of a Cluster (10000 above) has one too. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_240 + Math.floor(Math.random() * 10_000);
    const isFree = (candidate: number): Promise<boolean> =>
      new Promise((resolve) => {
        const server = net.createServer();
        server.once('error', () => resolve(false));
        server.listen(candidate, '127.0.0.1', () => server.close(() => resolve(true)));
      });
    if ((await isFree(port)) && (await isFree(port + 10_000))) return port;
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until something is so; fails after a minute. */
export async function eventually(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (const begun = Date.now(); Date.now() - begun < 60_000; await pause(50)) {
    try {
      if (await isSo()) return;
    } catch {
      // Not yet: what is asked may be down.
    }
  }
  throw new Error(`never: ${what}`);
}

function needRedis(): void {
  try {
    execFileSync('redis-server', ['--version']);
  } catch {
    throw new Error('redis-server is missing: npm run setup installs it.');
  }
}

/** One server. `settings`: lines of its configuration beyond port, folder and append-only file. */
export async function redisProcess(
  settings: readonly string[] = [],
  mode: 'server' | 'sentinel' = 'server',
): Promise<RedisProcess> {
  needRedis();
  const port = await freePort();
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'preticket-redis-'));
  const file = path.join(dir, 'redis.conf');
  const durable =
    mode === 'server' ? ['appendonly yes', 'appendfsync everysec', 'save ""', 'repl-diskless-sync-delay 0'] : [];
  fs.writeFileSync(file, [`port ${port}`, 'bind 127.0.0.1', `dir ${dir}`, ...durable, ...settings, ''].join('\n'));
  let child: ChildProcess | undefined;
  let ended: Promise<void> = Promise.resolve();
  const cli = (...args: string[]): string =>
    execFileSync('redis-cli', ['-p', String(port), ...args], { timeout: 5000, stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim();
  const self: RedisProcess = {
    port,
    dir,
    cli,
    running: () => child !== undefined,
    async kill() {
      child?.ref();
      child?.kill('SIGKILL');
      await ended;
    },
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    async start() {
      const one = spawn('redis-server', [file, ...(mode === 'sentinel' ? ['--sentinel'] : [])], { stdio: 'ignore' });
      child = one;
      all.add(one);
      // A test that fails before it stops its servers must not wait for them.
      one.unref();
      ended = new Promise((resolve) =>
        one.once('close', () => {
          all.delete(one);
          child = undefined;
          resolve();
        }),
      );
      await eventually(`redis on ${port}`, () => {
        if (child !== one) throw new Error('redis-server ended');
        return /PONG|NOAUTH/.test(cli('ping'));
      });
    },
  };
  await self.start();
  return self;
}

/** Servers of a fixture that could not be set up must not stay. */
async function orStop<T>(all: readonly RedisProcess[], setUp: () => Promise<T>): Promise<T> {
  try {
    return await setUp();
  } catch (error) {
    await stopAll(all);
    throw error;
  }
}

async function stopAll(all: readonly RedisProcess[]): Promise<void> {
  await Promise.all(all.map((server) => server.kill()));
  for (const { dir } of all) fs.rmSync(dir, { recursive: true, force: true });
}

export async function redisAlone(
  settings: readonly string[] = [],
): Promise<Fixture & { readonly server: RedisProcess }> {
  const server = await redisProcess(settings);
  return { url: `redis://127.0.0.1:${server.port}`, server, servers: [server], stop: () => stopAll([server]) };
}

/** A primary with replicas, no Sentinel. */
export async function redisReplicated(
  replicas = 1,
): Promise<Fixture & { readonly primary: RedisProcess; readonly replicas: readonly RedisProcess[] }> {
  const primary = await redisProcess();
  const others = await Promise.all(
    Array.from({ length: replicas }, () => redisProcess([`replicaof 127.0.0.1 ${primary.port}`])),
  );
  await eventually('replicas are attached', () => onlineReplicas(primary) === replicas);
  const servers = [primary, ...others];
  return { url: `redis://127.0.0.1:${primary.port}`, primary, replicas: others, servers, stop: () => stopAll(servers) };
}

export const onlineReplicas = (server: RedisProcess): number =>
  (server.cli('info', 'replication').match(/state=online/g) ?? []).length;

/** A primary with two replicas under three Sentinels. */
export async function redisSentinel(): Promise<Fixture & { readonly primary: () => RedisProcess | undefined }> {
  const primary = await redisProcess(['replica-priority 100']);
  const replicas = await Promise.all([0, 1].map(() => redisProcess([`replicaof 127.0.0.1 ${primary.port}`])));
  const watch = [
    `sentinel monitor tickets 127.0.0.1 ${primary.port} 2`,
    'sentinel down-after-milliseconds tickets 700',
    'sentinel failover-timeout tickets 4000',
    'sentinel parallel-syncs tickets 2',
  ];
  const sentinels = await Promise.all([0, 1, 2].map(() => redisProcess(watch, 'sentinel')));
  const servers = [primary, ...replicas];
  await orStop([...sentinels, ...servers], async () => {
    await eventually('replicas are attached', () => onlineReplicas(primary) === 2);
    await eventually('sentinels know each other', () =>
      sentinels.every((one) => {
        const about = one.cli('sentinel', 'master', 'tickets').split('\n');
        const value = (name: string): string => about[about.indexOf(name) + 1] ?? '';
        return value('num-other-sentinels') === '2' && value('num-slaves') === '2';
      }),
    );
  });
  return {
    url: `redis+sentinel://${sentinels.map(({ port }) => `127.0.0.1:${port}`).join(',')}/tickets`,
    servers,
    primary() {
      const [, port] = (sentinels[0]?.cli('sentinel', 'get-master-addr-by-name', 'tickets') ?? '').split('\n');
      return servers.find((server) => server.port === Number(port));
    },
    stop: () => stopAll([...sentinels, ...servers]),
  };
}

/** Three primaries; with `replicas`, one replica each. */
export async function redisCluster(replicas = false): Promise<Fixture> {
  const settings = ['cluster-enabled yes', 'cluster-node-timeout 1500', 'cluster-config-file nodes.conf'];
  const servers = await Promise.all(Array.from({ length: replicas ? 6 : 3 }, () => redisProcess(settings)));
  const hosts = servers.map(({ port }) => `127.0.0.1:${port}`);
  await orStop(servers, () => joinCluster(servers, hosts, replicas));
  return {
    url: `redis+cluster://${hosts.slice(0, 3).join(',')}`,
    servers,
    stop: () => stopAll(servers),
  };
}

async function joinCluster(
  servers: readonly RedisProcess[],
  hosts: readonly string[],
  replicas: boolean,
): Promise<void> {
  execFileSync(
    'redis-cli',
    ['--cluster', 'create', ...hosts, '--cluster-replicas', replicas ? '1' : '0', '--cluster-yes'],
    { stdio: 'ignore', timeout: 60_000 },
  );
  await eventually('the cluster stands', () =>
    servers.every(
      (server) =>
        server.cli('cluster', 'info').includes('cluster_state:ok') &&
        (!replicas || (server.cli('cluster', 'nodes').match(/\bslave\b/g) ?? []).length === 3),
    ),
  );
  if (replicas)
    await eventually('replicas are attached', () => servers.reduce((sum, one) => sum + onlineReplicas(one), 0) === 3);
}

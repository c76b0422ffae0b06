// After deletions the servers write their files anew, so that what was deleted is not in them either: the append-only file, and
// the snapshot where one is kept. A mark in each shard says that this is still to be done, whichever node dies.
import { randomBytes } from 'node:crypto';
import { Cluster, Redis } from 'ioredis';
import type { Client } from './clients';
import type { Lanes } from './lanes';
import { MARK_KEY, SHARD_KEYS } from './layout';
import { WIPED } from './scripts';

/** After a deletion, so that several share one writing; and between two of them. */
const AFTER_MS = 2000;
const BETWEEN_MS = 20_000;
const LOOK_MS = 250;
const GIVE_UP_MS = 45_000;
const LOCK_KEY = MARK_KEY.replace(/store$/, 'wiping');

interface Persistence {
  readonly get: (name: string) => string;
}

async function persistence(server: Redis): Promise<Persistence> {
  const text = await server.info('persistence');
  const all = new Map(text.split(/\r?\n/).map((line) => line.split(':', 2) as [string, string]));
  return { get: (name) => all.get(name) ?? '' };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());

/** Resolves once `isDone`; false where that took too long. */
async function until(server: Redis, isDone: (now: Persistence) => boolean): Promise<boolean> {
  for (const begun = performance.now(); performance.now() - begun < GIVE_UP_MS; await pause(LOOK_MS))
    if (isDone(await persistence(server))) return true;
  return false;
}

/**
 * Whether a snapshot may lie in the server's folder: it makes them by itself, made one since it began, or is a replica, whose
 * first copy of the primary came as one. A server that does not say is taken to have one.
 */
async function hasSnapshot(server: Redis): Promise<boolean> {
  const role = await server.role();
  if (String(role[0]) !== 'master') return true;
  if ((await persistence(server)).get('rdb_saves') !== '0') return true;
  try {
    const [, value] = await server.config('GET', 'save');
    return value !== '';
  } catch {
    return true;
  }
}

/** Writes the files of one server anew, after what runs already: that may have begun before the deletion. */
async function rewrite(server: Redis): Promise<boolean> {
  const idle = (now: Persistence): boolean =>
    now.get('aof_rewrite_in_progress') === '0' &&
    now.get('aof_rewrite_scheduled') === '0' &&
    now.get('rdb_bgsave_in_progress') === '0';
  if (!(await until(server, idle))) return false;
  if ((await persistence(server)).get('aof_enabled') === '1') {
    await server.bgrewriteaof();
    if (!(await until(server, idle))) return false;
    if ((await persistence(server)).get('aof_last_bgrewrite_status') !== 'ok') return false;
  }
  if (await hasSnapshot(server)) {
    await server.bgsave();
    if (!(await until(server, idle))) return false;
    if ((await persistence(server)).get('rdb_last_bgsave_status') !== 'ok') return false;
  }
  return true;
}

export class Forgetting {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private lastMs = -Infinity;
  private closed = false;

  constructor(
    private readonly client: Client,
    private readonly reads: Lanes,
    private readonly writes: Lanes,
    private readonly onFault: (error: unknown) => void,
  ) {}

  /** Something was deleted here. */
  asked(): void {
    if (this.timer !== undefined || this.closed) return;
    const wait = Math.max(AFTER_MS, this.lastMs + BETWEEN_MS - performance.now());
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.look();
    }, wait).unref();
  }

  /** Does what is marked and not done yet, by whichever node it was marked. */
  look(): Promise<void> {
    return (this.running ??= this.run().finally(() => (this.running = undefined)));
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
  }

  private async run(): Promise<void> {
    try {
      const marks = await this.marks();
      if (marks.length === 0 || this.closed) return;
      const mine = randomBytes(9).toString('base64url');
      const locked = await this.reads.send(LOCK_KEY, (pipeline) =>
        pipeline.set(LOCK_KEY, mine, 'PX', 2 * GIVE_UP_MS, 'NX'),
      );
      if (locked !== 'OK') return;
      try {
        if (await this.rewriteAll())
          await Promise.all(marks.map(([key, value]) => this.writes.run(WIPED, [key], [value])));
        this.lastMs = performance.now();
      } finally {
        await this.writes.run(WIPED, [LOCK_KEY], [mine]);
      }
      if ((await this.marks()).length > 0) this.asked();
    } catch (error) {
      this.onFault(error);
    }
  }

  private async marks(): Promise<[string, string][]> {
    const keys = SHARD_KEYS.map(({ wipe }) => wipe);
    const values = await Promise.all(keys.map((key) => this.reads.send(key, (pipeline) => pipeline.get(key))));
    return keys.flatMap((key, i): [string, string][] => (typeof values[i] === 'string' ? [[key, values[i]]] : []));
  }

  /** Replicas that cannot be reached from here do it when they next do it by themselves. */
  private async rewriteAll(): Promise<boolean> {
    if (this.client instanceof Cluster) {
      const replicas = this.client.nodes('slave').map((server) => rewrite(server).catch(() => false));
      const primaries = await Promise.all(this.client.nodes('master').map((server) => rewrite(server)));
      await Promise.all(replicas);
      return primaries.every(Boolean);
    }
    const replicas = await this.replicasOf(this.client);
    try {
      const others = replicas.map((server) => rewrite(server).catch(() => false));
      const done = await rewrite(this.client);
      await Promise.all(others);
      return done;
    } finally {
      for (const server of replicas) server.disconnect();
    }
  }

  private async replicasOf(primary: Redis): Promise<Redis[]> {
    const role = await primary.role();
    const replicas = Array.isArray(role[2]) ? (role[2] as [string, string, string][]) : [];
    const { username, password, tls, connectTimeout, commandTimeout } = primary.options;
    return replicas.map(([host, port]) => {
      const server = new Redis({
        host,
        port: Number(port),
        ...(username === undefined ? {} : { username }),
        ...(password === undefined ? {} : { password }),
        ...(tls === undefined ? {} : { tls }),
        ...(connectTimeout === undefined ? {} : { connectTimeout }),
        ...(commandTimeout === undefined ? {} : { commandTimeout }),
        retryStrategy: null,
        maxRetriesPerRequest: 0,
      });
      server.on('error', () => server.disconnect());
      return server;
    });
  }
}

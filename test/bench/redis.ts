// How much the Redis store costs over what Redis can do at all: turns a second beside a bare read and Lua write at the same
// concurrency, and processor time a message with two nodes on one Redis beside two with a Redis each.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { Redis } from 'ioredis';
import { createService } from '../../src/service';
import { openRedisStore } from '../../src/stores/redis';
import { engine } from '../support/engine';
import { fakeTalk } from '../support/fake-talk';
import { redisAlone } from '../support/redis-server';
import { type Served, served } from '../support/served';
import { call, openConversation } from '../support/test-server';

const AT_ONCE = 64;
const TURNS = 24_000;
const MESSAGES = 600;
const ROUNDS = 3;
const RECORD = 'r'.repeat(1900);
const SECRET = 'x'.repeat(40);
const BARE =
  "if redis.call('HGET', KEYS[1], 'v') ~= ARGV[1] then return 0 end redis.call('HSET', KEYS[1], 'v', ARGV[1] + 1, 'r', ARGV[2], 'e' .. ARGV[1], ARGV[3]) return 1";
const ENTRY = 'a turn of some hundred letters '.repeat(10);

/** Calls a second of `run`, `AT_ONCE` side by side, each lane on an item of its own. */
async function rate(count: number, run: (lane: number) => Promise<unknown>): Promise<number> {
  let left = count;
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async (_, lane) => {
      while (left-- > 0) await run(lane);
    }),
  );
  return (count / (performance.now() - begun)) * 1000;
}

async function bare(url: string): Promise<number> {
  const redis = new Redis(url);
  await Promise.all(Array.from({ length: AT_ONCE }, (_, lane) => redis.hset(`bare:${lane}`, 'v', 1, 'r', RECORD)));
  const turn = async (lane: number): Promise<void> => {
    const [version] = await redis.hmget(`bare:${lane}`, 'v', 'r');
    await redis.eval(BARE, 1, `bare:${lane}`, version ?? '', RECORD, ENTRY);
  };
  await rate(TURNS / 4, turn);
  const result = await rate(TURNS, turn);
  redis.disconnect();
  return result;
}

async function turns(url: string): Promise<number> {
  const store = await openRedisStore({ url, secret: SECRET });
  const expiresAtMs = Date.now() + 86_400_000;
  await Promise.all(
    Array.from({ length: AT_ONCE }, (_, lane) => store.create(`lane ${lane}`, { record: RECORD, expiresAtMs })),
  );
  const turn = async (lane: number): Promise<void> => {
    const loaded = await store.load(`lane ${lane}`, 'key');
    await store.save(`lane ${lane}`, loaded?.version ?? 0, {
      record: RECORD,
      entries: [{ seq: loaded?.version ?? 1, text: ENTRY }],
      expiresAtMs,
    });
  };
  await rate(TURNS / 4, turn);
  const result = await rate(TURNS, turn);
  await store.close();
  return result;
}

/** Messages through the whole service, with a core of a few rules in place of the engine. */
async function messages(url: string): Promise<number> {
  const store = await openRedisStore({ url, secret: SECRET });
  const service = createService({
    store,
    talk: fakeTalk(),
    engine: await engine(),
    maxMessageBytes: 4096,
    ttlDays: 30,
  });
  const talks = await Promise.all(Array.from({ length: AT_ONCE }, () => service.open({ language: 'en' })));
  let count = 0;
  const say = (lane: number): Promise<unknown> => {
    const talk = talks[lane];
    if (talk === undefined) return Promise.resolve();
    return service.message(talk, 'it says 401 since this morning', { key: String(count++) });
  };
  await rate(TURNS / 8, say);
  const result = await rate(TURNS / 2, say);
  await service.stop();
  await store.close();
  return result;
}

/** Processor seconds that a process has used. */
function cpuSeconds(pid: number): number {
  const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const ticks = Number(execFileSync('getconf', ['CLK_TCK']).toString());
  return (Number(fields[11]) + Number(fields[12])) / ticks;
}

/** Milliseconds of processor time a message, in all nodes together. `stay`: a conversation does not go from node to node. */
async function cpuPerMessage(nodes: readonly Served[], stay = false): Promise<number> {
  const talks = await Promise.all(
    nodes.flatMap(({ url }) => Array.from({ length: 8 / nodes.length }, () => openConversation(url))),
  );
  const lane = async (index: number, count: number): Promise<void> => {
    for (let i = 0; i < count; i++) {
      const talk = talks[index];
      const url = nodes[(Math.floor((index * nodes.length) / talks.length) + (stay ? 0 : i)) % nodes.length]?.url;
      if (talk === undefined) return;
      const body = { text: `note ${index} ${i}: it says 401 since this morning` };
      await call(`${url}/v1/conversations/${talk.id}/messages`, { token: talk.token, body });
    }
  };
  const run = (count: number): Promise<unknown> =>
    Promise.all(talks.map((_, index) => lane(index, count / talks.length)));
  await run(MESSAGES / 3);
  const before = nodes.map(({ pid }) => cpuSeconds(pid));
  await run(MESSAGES);
  const used = nodes.reduce((sum, { pid }, i) => sum + cpuSeconds(pid) - (before[i] ?? 0), 0);
  return (used / MESSAGES) * 1000;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

/**
 * Two busy processes take more processor time for the same work than one, on two cores shared with the clients and Redis: also where
 * they share nothing. So what sharing costs is told by two nodes that do beside two that do not, by turns.
 */
async function cpuOfNodes(url: string): Promise<{ one: number; shared: number; apart: number }> {
  const other = await redisAlone();
  const start = (redisUrl: string): Promise<Served> =>
    served('', 0, { REDIS_URL: redisUrl, SESSION_SECRET: SECRET, LOG_LEVEL: 'silent' });
  const [first, second, lone] = [await start(url), await start(url), await start(other.url)];
  try {
    // All are as warm before any counts.
    for (const node of [first, second, lone]) await cpuPerMessage([node]);
    const rounds: { one: number; shared: number; apart: number }[] = [];
    for (let i = 0; i < ROUNDS; i++)
      rounds.push({
        one: await cpuPerMessage([first]),
        shared: await cpuPerMessage([first, second]),
        apart: await cpuPerMessage([first, lone], true),
      });
    return {
      one: median(rounds.map((round) => round.one)),
      shared: median(rounds.map((round) => round.shared)),
      apart: median(rounds.map((round) => round.apart)),
    };
  } finally {
    await Promise.all([first, second, lone].map((node) => node.kill()));
    await other.stop();
  }
}

export async function benchRedis(): Promise<string[]> {
  const redis = await redisAlone();
  try {
    const [bareRate, turnRate, messageRate] = [
      await bare(redis.url),
      await turns(redis.url),
      await messages(redis.url),
    ];
    const { one, shared, apart } = await cpuOfNodes(redis.url);
    const show = (value: number): string => value.toFixed(0);
    return [
      `redis, ${AT_ONCE} at once: bare read and Lua write ${show(bareRate)}/s; turns of the store ${show(turnRate)}/s (${(turnRate / bareRate).toFixed(2)}); messages of the service without the engine ${show(messageRate)}/s (${(messageRate / bareRate).toFixed(2)})`,
      `redis, processor time a message with the engine: one node ${one.toFixed(2)} ms; two nodes with a Redis each ${apart.toFixed(2)} ms, two on one Redis ${shared.toFixed(2)} ms (${(shared / apart).toFixed(2)})`,
    ];
  } finally {
    await redis.stop();
  }
}

// Chaos: two nodes on one Redis, people who talk to both, and deaths without warning; then everything acknowledged is counted.
// Tickets go to a helpdesk that fails in every way (`desk.ts`). To add something that dies: a target beside the others, and what must hold of it in `judge`.
import { eventually, pause, redisAlone, redisCluster, redisSentinel } from '../support/redis-server';
import { type Served, served } from '../support/served';
import { call } from '../support/test-server';
import type { Mishap } from '../support/fake-helpdesk';
import { Client, type Tally } from './clients';
import { chaosDesk, type DeskKind } from './desk';
import { aloneTarget, clusterTarget, nodeTarget, sentinelTarget, type Target } from './targets';
import { judge, judgeTickets, type Verdict } from './verdict';

export const TOPOLOGIES = ['alone', 'sentinel', 'cluster'] as const;
export type Topology = (typeof TOPOLOGIES)[number];

export interface ChaosOptions {
  readonly topology: Topology;
  /** Acknowledged operations to reach. */
  readonly operations: number;
  readonly kills: number;
  readonly people: number;
  /** Messages of one conversation. */
  readonly messages: number;
  readonly desk: DeskKind;
  /** What the first requests for tickets meet at the helpdesk. */
  readonly mishaps: readonly (Mishap | undefined)[];
}

export interface Report extends Verdict, Tally {
  readonly topology: Topology;
  readonly seconds: number;
  readonly conversations: number;
  readonly kills: Readonly<Record<string, number>>;
  readonly desk: DeskKind;
  /** Requests that the helpdesk failed, and times it was unreachable. */
  readonly mishaps: number;
  readonly outages: number;
}

const SECRET = 'chaos '.repeat(8);
const ADMIN = 'chaos-'.repeat(4);
/** The helpdesk is unreachable once for so many deaths. */
const KILLS_AN_OUTAGE = 3;

async function setUp(topology: Topology): Promise<{ url: string; redis: Target; stop: () => Promise<void> }> {
  switch (topology) {
    case 'alone': {
      // With `everysec` Redis answers before it has written where the disk is slow: then a death loses what it acknowledged.
      const fixture = await redisAlone(['appendfsync always']);
      return { url: fixture.url, redis: aloneTarget(fixture), stop: () => fixture.stop() };
    }
    case 'sentinel': {
      const fixture = await redisSentinel();
      return { url: fixture.url, redis: sentinelTarget(fixture), stop: () => fixture.stop() };
    }
    case 'cluster': {
      const fixture = await redisCluster(true);
      return { url: fixture.url, redis: clusterTarget(fixture), stop: () => fixture.stop() };
    }
  }
}

export async function chaos(
  options: ChaosOptions,
  onProgress: (line: string) => void = () => undefined,
): Promise<Report> {
  const { url, redis, stop } = await setUp(options.topology);
  const nodes: Served[] = [];
  const desk = await chaosDesk(options.desk, options.mishaps);
  let outages = 0;
  const begun = Date.now();
  try {
    const environment = {
      REDIS_URL: url,
      SESSION_SECRET: SECRET,
      ADMIN_TOKEN: ADMIN,
      LOG_LEVEL: 'silent',
      ...desk.environment,
    };
    for (let i = 0; i < 2; i++) nodes.push(await served('', 0, environment));
    const urls = nodes.map((node) => node.url);
    const targets = [redis, nodeTarget('node 1', nodes, 0, environment), nodeTarget('node 2', nodes, 1, environment)];
    const kills: Record<string, number> = Object.fromEntries(targets.map(({ name }) => [name, 0]));
    const count = (): number => Object.values(kills).reduce((sum, one) => sum + one, 0);
    const tally: Tally = { acknowledged: 0, retries: 0, slowestMs: 0 };
    let failed = false;
    const isOver = (): boolean => failed || (tally.acknowledged >= options.operations && count() >= options.kills);
    const people = Array.from(
      { length: options.people },
      (_, i) => new Client(i, { urls, tally, messages: options.messages, isOver }),
    );
    // Deaths are spread over the operations. A node may die while Redis fails over, but nothing that is still coming back.
    const underWay = new Map<Target, Promise<void>>();
    const killer = async (): Promise<void> => {
      for (let planned = 1; !failed && planned <= options.kills; planned++) {
        const due = (planned * options.operations) / (options.kills + 1);
        while (!failed && tally.acknowledged < due) await pause(20);
        const order = targets.map((_, i) => targets[(planned + i) % targets.length] ?? redis);
        let free: Target | undefined;
        while ((free = order.find((target) => !underWay.has(target))) === undefined)
          await Promise.race(underWay.values());
        const target = free;
        const strike = target.strike().then(() => {
          kills[target.name] = (kills[target.name] ?? 0) + 1;
          underWay.delete(target);
          onProgress(`${options.topology}: ${tally.acknowledged} acknowledged, ${count()} kills`);
        });
        underWay.set(target, strike);
        strike.catch(() => (failed = true));
        if (planned % KILLS_AN_OUTAGE === 0) {
          await desk.strike();
          outages++;
        }
      }
      await Promise.all(underWay.values());
    };
    await Promise.all(
      [...people.map((one) => one.run()), killer()].map((work) =>
        work.catch((error: unknown) => {
          failed = true;
          throw error;
        }),
      ),
    );
    await eventually('both nodes are ready', async () => {
      const ready = await Promise.all(urls.map((one) => call(`${one}/readyz`)));
      return ready.every(({ status }) => status === 200);
    });
    const talks = people.flatMap((one) => one.talks);
    desk.recover();
    const delivered = await judgeTickets(urls, talks, desk, ADMIN);
    const verdict = await judge(urls, talks);
    return {
      topology: options.topology,
      seconds: Math.round((Date.now() - begun) / 1000),
      conversations: talks.length,
      kills,
      desk: options.desk,
      mishaps: desk.mishaps(),
      outages,
      ...tally,
      ...verdict,
      ...delivered,
    };
  } finally {
    await Promise.all(nodes.map((node) => node.kill()));
    await desk.close();
    await stop();
  }
}

export const isGood = (verdict: Verdict): boolean =>
  verdict.lost + verdict.doubled + verdict.reordered + verdict.changed + verdict.undead === 0 &&
  verdict.undelivered + verdict.twice + verdict.strange === 0;

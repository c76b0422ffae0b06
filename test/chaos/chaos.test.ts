// A small chaos for the ordinary run; the whole of it is `npm run chaos`.
import type { Mishap } from '../support/fake-helpdesk';
import type { DeskKind } from './desk';
import { chaos, isGood, type Topology } from './play';

jest.setTimeout(120_000);

/** What the first tickets meet, every second of them; all ways but the slow one, which takes a quarter of a minute. */
const RUNS: readonly (readonly [Topology, DeskKind, readonly Mishap[]])[] = [
  ['alone', 'webhook', ['lose', 'busy', 'error', 'login']],
  ['sentinel', 'zendesk', ['lose', 'malformed', 'huge', 'redirect']],
  ['cluster', 'whmcs', ['lose', 'malformed', 'error', 'missing']],
];

test.each(RUNS)(
  '%s, %s: nothing acknowledged is lost, doubled or reordered when nodes and Redis die, and every ticket gets there once',
  async (topology, desk, ways) => {
    const mishaps = ways.flatMap((way) => [way, undefined]);
    const report = await chaos({ topology, operations: 120, kills: 3, people: 4, messages: 8, desk, mishaps });
    expect(report).toMatchObject({ lost: 0, doubled: 0, reordered: 0, changed: 0, undead: 0 });
    expect(report).toMatchObject({ undelivered: 0, twice: 0, strange: 0, outages: 1 });
    expect(isGood(report)).toBe(true);
    expect(report.acknowledged).toBeGreaterThanOrEqual(120);
    expect(report.tickets).toBeGreaterThan(0);
    expect(report.mishaps).toBeGreaterThan(0);
    expect(Object.values(report.kills).reduce((sum, count) => sum + count, 0)).toBe(3);
  },
);

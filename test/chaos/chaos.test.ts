// A small chaos for the ordinary run; the whole of it is `npm run chaos`.
import { chaos, isGood, TOPOLOGIES } from './play';

jest.setTimeout(120_000);

test.each(TOPOLOGIES)(
  '%s: nothing acknowledged is lost, doubled or reordered when nodes and Redis die',
  async (topology) => {
    const report = await chaos({ topology, operations: 120, kills: 3, people: 4, messages: 8 });
    expect(report).toMatchObject({ lost: 0, doubled: 0, reordered: 0, changed: 0, undead: 0 });
    expect(isGood(report)).toBe(true);
    expect(report.acknowledged).toBeGreaterThanOrEqual(120);
    expect(Object.values(report.kills).reduce((sum, count) => sum + count, 0)).toBe(3);
  },
);

// Work that is due, by shard: a look at all shards, then the oldest of it taken from those that have it.
import type { Lease } from '../store';
import { type Conversations, open } from './conversations';
import type { Lanes } from './lanes';
import * as layout from './layout';
import { LEASE, ORPHAN } from './scripts';

const REF_LETTERS = 32;
/** Another worker may have been quicker; then it is looked again. */
const MAX_LOOKS = 4;

type Leased = [member: string, sealed: string, attempt: number, dueAtMs: string];

export interface QueueDeps {
  readonly reads: Lanes;
  readonly writes: Lanes;
  readonly conversations: Conversations;
  readonly now: () => number;
  readonly scriptNow: () => number | '';
}

export class Queue {
  constructor(private readonly deps: QueueDeps) {}

  async lease(leaseMs: number, max: number): Promise<Lease[]> {
    const leases: Lease[] = [];
    for (let looks = 0; looks < MAX_LOOKS && leases.length < max; looks++) {
      const counts = await this.look(max - leases.length);
      if (counts.size === 0) break;
      const taken = await Promise.all([...counts].map(([shard, count]) => this.take(shard, leaseMs, count)));
      const inOrder = taken.flat().sort((a, b) => Number(a[3]) - Number(b[3]));
      for (const one of inOrder) {
        const lease = await this.read(one);
        if (lease !== undefined) leases.push(lease);
      }
    }
    return leases;
  }

  /** How much of the oldest due work lies in which shard. */
  private async look(max: number): Promise<Map<number, number>> {
    const heads = await Promise.all(
      layout.SHARD_KEYS.map(async ({ due }, shard) => {
        const found = (await this.deps.reads.send(due, (pipeline) =>
          pipeline.zrange(due, '-inf', String(this.deps.now()), 'BYSCORE', 'LIMIT', 0, max, 'WITHSCORES'),
        )) as string[];
        return found.flatMap((_, i) => (i % 2 === 1 ? [{ shard, dueAtMs: Number(found[i]) }] : []));
      }),
    );
    const oldest = heads
      .flat()
      .sort((a, b) => a.dueAtMs - b.dueAtMs)
      .slice(0, max);
    const counts = new Map<number, number>();
    for (const { shard } of oldest) counts.set(shard, (counts.get(shard) ?? 0) + 1);
    return counts;
  }

  private async take(shard: number, leaseMs: number, count: number): Promise<Leased[]> {
    const { due, work, tries } = layout.shardKeys(shard);
    return (await this.deps.writes.run(LEASE, [due, work, tries], [this.deps.scriptNow(), leaseMs, count])) as Leased[];
  }

  private async read([member, sealed, attempt]: Leased): Promise<Lease | undefined> {
    const ref = Buffer.from(member.slice(0, REF_LETTERS), 'hex');
    const known = await this.deps.conversations.ask(ref);
    if (known === undefined) {
      const { due, work, tries } = layout.shardKeys(layout.shardOf(ref));
      await this.deps.writes.run(ORPHAN, [layout.conversationKey(ref), due, work, tries], [member]);
      return undefined;
    }
    const text = open(known, layout.workPlace(ref, member.slice(REF_LETTERS)), Buffer.from(sealed, 'base64'));
    return { ...(JSON.parse(text) as Omit<Lease, 'attempt'>), attempt: Number(attempt) };
  }
}

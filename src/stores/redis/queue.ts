// Work that is due, by shard: a look at all shards, then the oldest of it taken from those that have it.
import type { Lease, WaitingWork } from '../store';
import { type Conversations, open } from './conversations';
import type { Lanes } from './lanes';
import * as layout from './layout';
import { LEASE, ORPHAN } from './scripts';

const REF_LETTERS = 32;
/** Another worker may have been quicker; then it is looked again. */
const MAX_LOOKS = 4;

type Leased = [member: string, sealed: string, attempt: number, dueAtMs: string];

interface Head {
  readonly shard: number;
  readonly member: string;
  readonly dueAtMs: number;
}

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

  /** Soonest due first; what ends while it is read is passed over. */
  async waiting(max: number): Promise<WaitingWork[]> {
    const { reads } = this.deps;
    const members = await this.heads('+inf', max);
    const found = await Promise.all(
      members.map(async ({ shard, member, dueAtMs }): Promise<WaitingWork[]> => {
        const { work, tries } = layout.shardKeys(shard);
        const [sealed, attempt] = await Promise.all([
          reads.send(work, (pipeline) => pipeline.hget(work, member)),
          reads.send(tries, (pipeline) => pipeline.hget(tries, member)),
        ]);
        if (typeof sealed !== 'string') return [];
        const text = await this.open(member, sealed);
        if (text === undefined) return [];
        return [{ ...(JSON.parse(text) as Omit<WaitingWork, 'attempt'>), dueAtMs, attempt: Number(attempt ?? 0) }];
      }),
    );
    return found.flat();
  }

  /** How much of the oldest due work lies in which shard. */
  private async look(max: number): Promise<Map<number, number>> {
    const counts = new Map<number, number>();
    for (const { shard } of await this.heads(String(this.deps.now()), max))
      counts.set(shard, (counts.get(shard) ?? 0) + 1);
    return counts;
  }

  /** What is due until a time, the oldest first, from all shards. */
  private async heads(until: string, max: number): Promise<Head[]> {
    const heads = await Promise.all(
      layout.SHARD_KEYS.map(async ({ due }, shard) => {
        const found = (await this.deps.reads.send(due, (pipeline) =>
          pipeline.zrange(due, '-inf', until, 'BYSCORE', 'LIMIT', 0, max, 'WITHSCORES'),
        )) as string[];
        return found.flatMap((member, i): Head[] =>
          i % 2 === 0 ? [{ shard, member, dueAtMs: Number(found[i + 1]) }] : [],
        );
      }),
    );
    return heads
      .flat()
      .sort((a, b) => a.dueAtMs - b.dueAtMs)
      .slice(0, max);
  }

  private async take(shard: number, leaseMs: number, count: number): Promise<Leased[]> {
    const { due, work, tries } = layout.shardKeys(shard);
    return (await this.deps.writes.run(LEASE, [due, work, tries], [this.deps.scriptNow(), leaseMs, count])) as Leased[];
  }

  private async read([member, sealed, attempt]: Leased): Promise<Lease | undefined> {
    const text = await this.open(member, sealed);
    if (text !== undefined) return { ...(JSON.parse(text) as Omit<Lease, 'attempt'>), attempt: Number(attempt) };
    const ref = Buffer.from(member.slice(0, REF_LETTERS), 'hex');
    const { due, work, tries } = layout.shardKeys(layout.shardOf(ref));
    await this.deps.writes.run(ORPHAN, [layout.conversationKey(ref), due, work, tries], [member]);
    return undefined;
  }

  /** Undefined where the conversation is gone. */
  private async open(member: string, sealed: string): Promise<string | undefined> {
    const ref = Buffer.from(member.slice(0, REF_LETTERS), 'hex');
    const known = await this.deps.conversations.ask(ref);
    if (known === undefined) return undefined;
    return open(known, layout.workPlace(ref, member.slice(REF_LETTERS)), Buffer.from(sealed, 'base64'));
  }
}

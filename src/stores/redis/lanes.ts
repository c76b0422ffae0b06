// Sends commands: those of one tick to one server travel together, and what must survive a fail-over is confirmed by a replica.
// What fails in passing is sent again for a few seconds, then the store is away.
import { type ChainableCommander, Cluster, Command } from 'ioredis';
import type { Client } from './clients';
import { isPassing, isUnknownScript, storeError, unavailable } from './faults';
import type { Script } from './scripts';

/** In all, for one call, with every retry. */
export const BUDGET_MS = 3500;
/** How long a replica may take to say that it has what was written. */
const REPLICA_MS = 1000;
const RETRY_MS = [0, 25, 50, 100, 200, 300];
const MAX_BATCH = 256;
/** Batches under way to one server; what comes meanwhile goes together in the next one. */
const MAX_UNDER_WAY = 4;

interface Operation {
  readonly key: string;
  /** `whole`: the script itself in place of its hash, for a server that has not seen it. */
  readonly add: (pipeline: ChainableCommander, whole: boolean) => void;
  readonly resolve: (reply: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly deadlineMs: number;
  tries: number;
  whole: boolean;
}

interface Lane {
  queue: Operation[];
  underWay: number;
  scheduled: boolean;
  /** Whether the server had a replica when it was last asked: then writes wait for one. */
  replicated: boolean;
}

type Result = [Error | null, unknown];

export class Lanes {
  private readonly lanes = new Map<string, Lane>();
  private readonly slots = new Map<string, number>();
  private readonly waiting = new Set<NodeJS.Timeout>();
  private closed = false;

  /** `confirms`: every command writes, and answers only once a replica has it, where there is one. */
  constructor(
    private readonly client: Client,
    private readonly confirms: boolean,
    private readonly budgetMs = BUDGET_MS,
  ) {}

  run(script: Script, keys: readonly string[], args: readonly (string | number | Buffer)[]): Promise<unknown> {
    const [key = ''] = keys;
    return this.send(key, (pipeline, whole) => {
      if (whole) pipeline.eval(script.source, keys.length, ...keys, ...args);
      else pipeline.evalsha(script.sha, keys.length, ...keys, ...args);
    });
  }

  /** `add` adds one command on `key`. */
  send(key: string, add: Operation['add']): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const operation: Operation = {
        key,
        add,
        resolve,
        reject,
        deadlineMs: performance.now() + this.budgetMs,
        tries: 0,
        whole: false,
      };
      this.enqueue(operation);
    });
  }

  /** Fails what is not answered yet. */
  close(): void {
    this.closed = true;
    for (const timer of this.waiting) clearTimeout(timer);
    for (const { queue } of this.lanes.values())
      for (const operation of queue.splice(0)) operation.reject(unavailable());
  }

  private enqueue(operation: Operation): void {
    if (this.closed) return operation.reject(unavailable());
    const name = this.laneOf(operation.key);
    let lane = this.lanes.get(name);
    if (lane === undefined)
      this.lanes.set(name, (lane = { queue: [], underWay: 0, scheduled: false, replicated: false }));
    lane.queue.push(operation);
    this.schedule(lane);
  }

  private schedule(lane: Lane): void {
    if (lane.scheduled || lane.queue.length === 0 || lane.underWay >= MAX_UNDER_WAY) return;
    lane.scheduled = true;
    setImmediate(() => {
      lane.scheduled = false;
      const batch = lane.queue.splice(0, MAX_BATCH);
      if (batch.length === 0) return;
      lane.underWay++;
      void this.flush(lane, batch).finally(() => {
        lane.underWay--;
        this.schedule(lane);
      });
      this.schedule(lane);
    });
  }

  /** Servers that a Cluster's slot lies on; one lane for all else. */
  private laneOf(key: string): string {
    if (!(this.client instanceof Cluster)) return '';
    const hashTag = key.slice(0, key.indexOf('}') + 1);
    let slot = this.slots.get(hashTag);
    if (slot === undefined) this.slots.set(hashTag, (slot = new Command('exists', [key]).getSlot() ?? 0));
    return this.client.slots[slot]?.join() ?? '';
  }

  private async flush(lane: Lane, batch: readonly Operation[]): Promise<void> {
    const pipeline = this.client.pipeline();
    for (const operation of batch) operation.add(pipeline, operation.whole);
    const asks = this.confirms && lane.replicated;
    if (asks) pipeline.wait(1, REPLICA_MS);
    if (this.confirms) pipeline.role();
    let results: readonly Result[] | Error;
    try {
      results = await this.inTime(pipeline.exec());
    } catch (error) {
      results = error as Error;
    }
    const isConfirmed = !this.confirms || (Array.isArray(results) && this.confirm(lane, asks, results as Result[]));
    batch.forEach((operation, i) => {
      const [error, reply] = Array.isArray(results)
        ? ((results as Result[])[i] ?? [unavailable(), undefined])
        : [results as Error, undefined];
      if (error) this.failed(operation, error);
      else if (isConfirmed) operation.resolve(reply);
      else this.failed(operation, unavailable());
    });
  }

  /**
   * Whether what this batch wrote may be acknowledged, from what came after it on the same connection: a replica has it, or
   * the server is a primary without a replica.
   */
  private confirm(lane: Lane, asked: boolean, results: readonly Result[]): boolean {
    const [roleError, role] = results.at(-1) ?? [];
    const [waitError, holders] = asked ? (results.at(-2) ?? []) : [];
    if (roleError || waitError || !Array.isArray(role)) return false;
    const [name, , replicas] = role as [unknown, unknown, unknown];
    if (String(name) !== 'master' || !Array.isArray(replicas)) return false;
    lane.replicated = replicas.length > 0;
    return (asked && Number(holders) >= 1) || !lane.replicated;
  }

  /** A server that does not answer must not hold its lane. */
  private async inTime(sent: Promise<Result[] | null>): Promise<readonly Result[]> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(unavailable()), this.budgetMs);
    });
    try {
      return (await Promise.race([sent, late])) ?? [];
    } finally {
      clearTimeout(timer);
    }
  }

  private failed(operation: Operation, error: Error): void {
    if (isUnknownScript(error)) {
      operation.whole = true;
      return this.enqueue(operation);
    }
    const delay = RETRY_MS[Math.min(operation.tries++, RETRY_MS.length - 1)] ?? 0;
    if (this.closed || !isPassing(error) || performance.now() + delay > operation.deadlineMs)
      return operation.reject(storeError(error));
    // Its servers may be others by now.
    if (this.client instanceof Cluster) this.client.refreshSlotsCache();
    const timer = setTimeout(() => {
      this.waiting.delete(timer);
      this.enqueue(operation);
    }, delay);
    this.waiting.add(timer);
  }
}

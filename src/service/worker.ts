// Does work that is due: leases it on whatever node is free, hands it to the handler of its kind, and leaves what fails to a later time.
// A dead worker's lease runs out. Order within a conversation: see README.md, "Durable work".
import { PreticketError, type ErrorCode } from '../errors';
import type { Clock, Lease, Store } from '../stores/store';
import { MAX_ATTEMPTS, retryDelayMs } from './backoff';
import { postpone } from './postpone';

const DAY_MS = 24 * 3600_000;
const AT_ONCE = 8;
const LEASE_MS = 30_000;
/** What a handler gets of its lease; the rest is for the save that completes it. */
const HANDLER_PART = 0.8;
const POLL_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
const GRACE_MS = 8000;
const LATE_MS = 1000;
/** Until work of a kind that this process does not know is due again, the first time. */
const HAND_BACK_MS = 1000;
/** This process looks for no work meanwhile, unless it is woken. */
const LONGEST_HOLD_MS = 2000;

/** Due time of work that a person waits for: it is handed out before all that is merely due. */
export const URGENT_MS = 0;

/** Work in the hands of a handler. */
export interface Job extends Lease {
  /** Aborts before the lease runs out, and where a stop waits no longer. */
  readonly signal: AbortSignal;
  /** No further try follows where this one throws, unless the store was away or the kind is one of `keeps`. */
  readonly isLast: boolean;
}

/**
 * Does the work and completes it by a save that drops it, or moves it by one that puts it. At least once: the same work may come
 * again, also on another node. What throws is tried again later; nothing may be thrown after the completing save.
 */
export type WorkHandler = (job: Job) => Promise<void>;

/** What went wrong: no texts, no ids. `kind` is undefined where the store did not hand out work. */
export interface WorkFault {
  readonly code: ErrorCode | 'WORK_KIND_UNKNOWN' | 'UNEXPECTED';
  readonly kind?: string;
  readonly attempt?: number;
  /** For its class and place only. */
  readonly error?: unknown;
}

export interface WorkerOptions {
  readonly store: Store;
  /** By kind. */
  readonly handlers: Readonly<Record<string, WorkHandler>>;
  /** Kinds whose handler sees to the end itself: never dropped, however often they throw. */
  readonly keeps?: readonly string[];
  /** Days until a conversation of which only work moved is forgotten. */
  readonly ttlDays: number;
  readonly now?: Clock;
  readonly random?: () => number;
  /** Handlers that run at the same time. */
  readonly atOnce?: number;
  readonly leaseMs?: number;
  /** How often due work is looked for. */
  readonly pollMs?: number;
  readonly onFault?: (fault: WorkFault) => void;
}

export interface Workers {
  /** There is new work: looks at once. */
  wake(): void;
  /** Takes nothing new, lets what runs end; after `graceMs` its signals abort. */
  stop(graceMs?: number): Promise<void>;
}

/** Starts the loop; errors go to `onFault`, none are thrown. */
export function startWorkers(options: WorkerOptions): Workers {
  const { store, handlers, now = Date.now, random = Math.random, onFault = () => undefined, keeps = [] } = options;
  const { atOnce = AT_ONCE, leaseMs = LEASE_MS, pollMs = POLL_MS } = options;
  const running = new Set<Promise<void>>();
  /** Jobs of one conversation that this process holds run one after the other. */
  const tails = new Map<string, Promise<void>>();
  /** Kinds that were handed back; each is said once. */
  const unknown = new Set<string>();
  const hurry = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;
  let again = false;
  let failures = 0;
  let ended = false;
  let holdUntilMs = 0;

  const faultOf = (error: unknown): Pick<WorkFault, 'code' | 'error'> => ({
    code: error instanceof PreticketError ? error.code : 'UNEXPECTED',
    error,
  });
  const leave = async (lease: Lease, dueAtMs: number | undefined): Promise<void> => {
    try {
      await postpone(store, lease, dueAtMs, now() + options.ttlDays * DAY_MS);
    } catch (error) {
      // It becomes due again when the lease has run out.
      onFault({ ...faultOf(error), kind: lease.kind, attempt: lease.attempt });
    }
  };
  const run = async (lease: Lease, untilMs: number): Promise<void> => {
    if (ended) return leave(lease, now());
    const handler = Object.hasOwn(handlers, lease.kind) ? handlers[lease.kind] : undefined;
    // A node of another version, or one with more configured, may know the kind: it gets it long before the lease would run out.
    if (handler === undefined) {
      if (!unknown.has(lease.kind)) onFault({ code: 'WORK_KIND_UNKNOWN', kind: lease.kind, attempt: lease.attempt });
      unknown.add(lease.kind);
      const delayMs = Math.min(HAND_BACK_MS * 2 ** (lease.attempt - 1), leaseMs);
      // By then every other process has looked once.
      if (delayMs <= LONGEST_HOLD_MS) holdUntilMs = now() + delayMs + 1.5 * pollMs;
      return leave(lease, now() + delayMs);
    }
    const leftMs = untilMs - now();
    // It waited too long for another job of its conversation.
    if (leftMs <= 0) return;
    const isLast = lease.attempt >= MAX_ATTEMPTS;
    const tooLong = new AbortController();
    const timers = [setTimeout(() => tooLong.abort(), leftMs)];
    // A handler that heeds no signal must not keep its place, nor its conversation, for good.
    const overdue = new Promise<never>((_resolve, reject) => {
      const error = new PreticketError('TURN_TIMED_OUT', 'Work did not end within its lease.');
      timers.push(setTimeout(() => reject(error), leftMs + leaseMs * (1 - HANDLER_PART)));
    });
    try {
      const signal = AbortSignal.any([hurry.signal, tooLong.signal]);
      await Promise.race([handler({ ...lease, signal, isLast }), overdue]);
    } catch (error) {
      onFault({ ...faultOf(error), kind: lease.kind, attempt: lease.attempt });
      // A store that is away or full is no fault of the work.
      const isNoFault = error instanceof PreticketError && error.retryable;
      const isOver = isLast && !isNoFault && !keeps.includes(lease.kind);
      await leave(lease, isOver ? undefined : now() + retryDelayMs(lease.attempt, random));
    } finally {
      for (const timer of timers) clearTimeout(timer);
    }
  };
  const start = (lease: Lease, untilMs: number): void => {
    const turn = (tails.get(lease.id) ?? Promise.resolve()).then(() => run(lease, untilMs));
    tails.set(lease.id, turn);
    running.add(turn);
    void turn.finally(() => {
      running.delete(turn);
      if (tails.get(lease.id) === turn) tails.delete(lease.id);
      if (again) look();
    });
  };
  const lookOnce = async (): Promise<void> => {
    const free = atOnce - running.size;
    if (free <= 0) {
      again = true;
      return;
    }
    again = false;
    try {
      const untilMs = now() + leaseMs * HANDLER_PART;
      const leases = await store.lease(leaseMs, free);
      failures = 0;
      if (leases.length === free) again = true;
      for (const lease of leases) start(lease, untilMs);
    } catch (error) {
      // Said once; a store that stays away is no news.
      if (failures++ === 0) onFault(faultOf(error));
    }
  };
  function look(): void {
    if (looking !== undefined || ended) {
      again = true;
      return;
    }
    clearTimeout(timer);
    looking = lookOnce().finally(() => {
      looking = undefined;
      if (ended) return;
      if (again && failures === 0 && running.size < atOnce) look();
      else timer = setTimeout(look, failures === 0 ? Math.max(pollMs, holdUntilMs - now()) : pauseMs()).unref();
    });
  }
  const pauseMs = (): number => Math.min(pollMs * 2 ** failures, LONGEST_PAUSE_MS);

  look();
  return {
    wake: look,
    async stop(graceMs = GRACE_MS) {
      ended = true;
      clearTimeout(timer);
      await looking;
      const cut = setTimeout(() => hurry.abort(), graceMs);
      const idle = (async (): Promise<void> => {
        while (running.size > 0) await Promise.all(running);
      })();
      // What heeds no signal is left to its lease.
      let late: NodeJS.Timeout | undefined;
      await Promise.race([idle, new Promise<void>((resolve) => (late = setTimeout(resolve, graceMs + LATE_MS)))]);
      for (const timer of [cut, late]) clearTimeout(timer);
    },
  };
}

// The worker's side of tickets: offers one to the helpdesk, and writes down what came of it.
import { createHash } from 'node:crypto';
import { PreticketError } from '../errors';
import { DeliveryFault, type DeliveryReason, type Helpdesk } from '../helpdesks/helpdesk';
import type { Redactor } from '../redact/redactor';
import type { Clock, Store } from '../stores/store';
import { notFound } from './admit';
import { GIVE_UP_MS, retryDelayMs } from './backoff';
import { Breaker } from './breaker';
import type { Meter } from './meter';
import { postpone } from './postpone';
import { type ConversationRecord, type Delivery, readRecord, type Ticket } from './record';
import { FAILED_KIND, isUnsafe, NEVER_MS } from './ticket';
import type { TurnRequest } from './turn';
import type { Job, WorkHandler } from './worker';

/** Tickets that are remembered to have passed the door. */
const MOST_PASSED = 20_000;
const DAY_MS = 24 * 3600_000;
const MAX_TRIES = 8;
const HOLD_PAUSE_MS = 100;
/** Longest time that a ticket waits unsent because the helpdesk is away: so long after it is back all have gone. */
const LONGEST_HOLD_MS = 10 * 60_000;

export interface DeliveryDeps {
  readonly store: Store;
  /** Undefined: tickets that another configuration left are kept, and kept is delivered. */
  readonly helpdesk: Helpdesk | undefined;
  readonly redactor: Pick<Redactor, 'recheck'>;
  readonly meter: Pick<Meter, 'delivery'>;
  readonly now: Clock;
  readonly random: () => number;
  readonly ttlDays: number;
  readonly turn: (request: TurnRequest) => Promise<unknown>;
}

/** A ticket that is to be delivered, as the record had it. */
interface Due {
  readonly ticket: Ticket;
  readonly delivery: Delivery & { readonly ticket: NonNullable<Delivery['ticket']> };
}

function dueOf({ ticket, delivery }: ConversationRecord, work: string): Due | undefined {
  if (ticket?.status !== 'pending' || delivery?.ticket === undefined || delivery.work !== work) return undefined;
  return { ticket, delivery: { ...delivery, ticket: delivery.ticket } };
}

/** Errors: the store's; then the work comes again. */
export function createDelivery(deps: DeliveryDeps): WorkHandler {
  const { store, helpdesk, redactor, meter, now } = deps;
  const kind = helpdesk?.kind ?? 'none';
  const breaker = new Breaker();
  const passed = new Set<string>();

  return async (job) => {
    const loaded = await store.load(job.id);
    if (loaded === undefined) return;
    const due = dueOf(readRecord(loaded.record), job.name);
    if (due === undefined) {
      await postpone(store, job, undefined, now() + deps.ttlDays * DAY_MS);
      return;
    }
    const attempts = due.ticket.attempts + 1;
    const outcome = isHeldBack(due) ? new DeliveryFault('redaction', { retryable: false }) : await offer(due, job);
    if (outcome === 'hold') return;
    if (outcome instanceof DeliveryFault) await note(deps, kind, job, due, attempts, outcome);
    else {
      const { reference } = outcome;
      const delivered: Ticket = { id: due.ticket.id, status: 'delivered', attempts };
      await end(deps, job, { ...delivered, ...(reference === undefined ? {} : { reference }) }, null);
      meter.delivery(kind, 'delivered', attempts);
    }
  };

  /** The door. The same words under the same rules have the same end: they are looked at once a process. */
  function isHeldBack({ delivery: { blocked, ticket } }: Due): boolean {
    const hash = createHash('sha256').update(JSON.stringify(ticket)).digest('base64');
    if (blocked === true || (!passed.has(hash) && isUnsafe(redactor, ticket))) return true;
    if (passed.size >= MOST_PASSED) passed.clear();
    passed.add(hash);
    return false;
  }

  async function offer(
    { ticket, delivery }: Due,
    job: Job,
  ): Promise<DeliveryFault | { readonly reference?: string } | 'hold'> {
    if (helpdesk === undefined) return {};
    const nowMs = now();
    const waitMs = breaker.begin(nowMs);
    if (waitMs > 0) {
      // Ever less often, as if it had been tried: a thousand that wait must not keep anybody busy.
      const holdMs = Math.max(waitMs, Math.min(retryDelayMs(job.attempt, deps.random), LONGEST_HOLD_MS));
      if (nowMs + holdMs - delivery.askedAtMs > GIVE_UP_MS)
        return new DeliveryFault('unreachable', { retryable: false });
      await postpone(store, job, nowMs + holdMs, nowMs + deps.ttlDays * DAY_MS);
      // Keeps its slot for a moment, so that ten thousand of them take their time; what is urgent comes first all the same.
      await new Promise((resolve) => setTimeout(resolve, HOLD_PAUSE_MS));
      return 'hold';
    }
    // A try whose end was never written down counts: the helpdesk may have the ticket.
    const number = Math.max(job.attempt, ticket.attempts + 1);
    const { signal } = job;
    const outcome = await helpdesk
      .deliver(delivery.ticket, { number, signal })
      .catch((error: unknown) =>
        error instanceof DeliveryFault ? error : new DeliveryFault('unexpected', { retryable: true }),
      );
    breaker.ended(outcome instanceof DeliveryFault ? outcome : undefined, now());
    return outcome;
  }
}

/** Writes down a try that failed: another one follows, or the ticket has failed. */
async function note(
  deps: DeliveryDeps,
  kind: string,
  job: Job,
  { ticket, delivery }: Due,
  attempts: number,
  fault: DeliveryFault,
): Promise<void> {
  const { meter, now, random } = deps;
  const { reason } = fault;
  const dueAtMs = now() + Math.max(retryDelayMs((delivery.tries ?? 0) + 1, random), fault.retryAfterMs ?? 0);
  if (fault.retryable && dueAtMs - delivery.askedAtMs <= GIVE_UP_MS) {
    await later(deps, job, attempts, reason, dueAtMs);
    meter.delivery(kind, 'retried', attempts, reason);
    return;
  }
  await end(deps, job, { id: ticket.id, status: 'failed', attempts }, reason);
  meter.delivery(kind, reason === 'redaction' ? 'withheld' : 'failed', attempts, reason);
}

/** No turn: the person hears of the end alone. */
async function later(
  { store, now, ttlDays }: DeliveryDeps,
  job: Job,
  attempts: number,
  reason: DeliveryReason,
  dueAtMs: number,
): Promise<void> {
  for (let tries = 1; tries <= MAX_TRIES; tries++) {
    const loaded = await store.load(job.id);
    const record = loaded && readRecord(loaded.record);
    const due = record && dueOf(record, job.name);
    if (loaded === undefined || record === undefined || due === undefined) return;
    const next: ConversationRecord = {
      ...record,
      ticket: { ...due.ticket, attempts },
      delivery: { ...due.delivery, reason, tries: (due.delivery.tries ?? 0) + 1 },
    };
    const saved = await store.save(job.id, loaded.version, {
      record: JSON.stringify(next),
      put: [{ name: job.name, kind: job.kind, dueAtMs }],
      expiresAtMs: now() + ttlDays * DAY_MS,
    });
    if (saved !== undefined) return;
  }
  throw new PreticketError('CONVERSATION_STALE', 'The conversation changed while its ticket was handled.');
}

/** The ticket's end is a turn of its own, so that who looks on hears of it. `reason`: why it failed; null where it is delivered. */
async function end(
  { turn, now }: DeliveryDeps,
  job: Job,
  ticket: Ticket,
  reason: DeliveryReason | null,
): Promise<void> {
  try {
    await turn({
      id: job.id,
      kind: 'delivery',
      admit(record) {
        // Withdrawn, or done by another node meanwhile.
        if (record === undefined || dueOf(record, job.name) === undefined) throw notFound();
        return record;
      },
      plan({ delivery }, _memory, at) {
        if (reason === null)
          return {
            event: { type: 'delivered', at, reference: ticket.reference ?? ticket.id },
            also: () => ({ ticket, delivery: null }),
            drop: [job.name],
          };
        const work = `${FAILED_KIND}:${now()}`;
        return {
          event: { type: 'undelivered', at, withheld: reason === 'redaction' },
          also: () => ({ ticket, delivery: { work, askedAtMs: delivery?.askedAtMs ?? now(), reason } }),
          put: [{ name: work, kind: FAILED_KIND, dueAtMs: NEVER_MS }],
          drop: [job.name],
        };
      },
    });
  } catch (error) {
    if (!(error instanceof PreticketError && error.code === 'NOT_FOUND')) throw error;
  }
}

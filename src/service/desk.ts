// For those who run the server: which tickets wait or failed, and another try for one that failed. Never a word of a ticket.
import type { Clock, Store, WaitingWork } from '../stores/store';
import type { DeliveryReason } from '../helpdesks/helpdesk';
import { type ConversationRecord, readRecord } from './record';
import { isId } from './secrets';
import { DELIVERY_KIND, FAILED_KIND, issueTicket, type TicketDesk } from './ticket';

const DAY_MS = 24 * 3600_000;
const MAX_TRIES = 5;
/** Work that is counted; beyond it there are "at least" so many. */
const MOST_COUNTED = 10_000;
/** A count holds so long, and so much longer for each that was counted: the more wait, the dearer it is. */
const COUNT_HOLDS_MS = 5000;
const HOLDS_MS_EACH = 3;

export interface ShownDelivery {
  /** The conversation; opens nothing without its token. */
  readonly conversation: string;
  readonly ticket: string;
  readonly status: 'pending' | 'failed';
  readonly attempts: number;
  readonly reason?: DeliveryReason;
  readonly askedAtMs: number;
  /** When it is tried next. */
  readonly dueAtMs?: number;
}

export interface Backlog {
  readonly pending: number;
  readonly failed: number;
  /** When the oldest of those that wait was asked for. */
  readonly oldestMs?: number;
}

export interface DeskCalls {
  /** Numbers of all deliveries under way, up to 10,000 of them. Errors: the store's. */
  backlog(): Promise<Backlog>;
  /** Failed ones first, then those that wait, the next to be tried first; at most `max` of each. Errors: the store's. */
  deliveries(max: number): Promise<ShownDelivery[]>;
  /** Tries a failed ticket again, with the draft as it is now. False where there is no such one. Errors: the store's. */
  retryDelivery(conversation: string): Promise<boolean>;
}

export interface DeskDeps {
  readonly store: Store;
  readonly desk: TicketDesk;
  readonly now: Clock;
  readonly ttlDays: number;
  readonly onWork: () => void;
}

const askedAtOf = ({ name }: WaitingWork): number => Number(name.slice(name.indexOf(':') + 1)) || 0;

export function createDeskCalls({ store, desk, now, ttlDays, onWork }: DeskDeps): DeskCalls {
  let known: { untilMs: number; readonly backlog: Promise<Backlog> } | undefined;

  const count = async (): Promise<Backlog> => {
    const work = await store.waiting(MOST_COUNTED);
    const pending = work.filter(({ kind }) => kind === DELIVERY_KIND).map(askedAtOf);
    const oldestMs = pending.reduce((least, atMs) => Math.min(least, atMs), Infinity);
    const failed = work.filter(({ kind }) => kind === FAILED_KIND).length;
    return { pending: pending.length, failed, ...(pending.length === 0 ? {} : { oldestMs }) };
  };
  const load = async (id: string): Promise<{ version: number; record: ConversationRecord } | undefined> => {
    const loaded = await store.load(id);
    return loaded && { version: loaded.version, record: readRecord(loaded.record) };
  };
  const show = async ({ id, kind, dueAtMs }: WaitingWork): Promise<ShownDelivery[]> => {
    const { ticket, delivery } = (await load(id))?.record ?? {};
    if (!ticket || !delivery || ticket.status === 'delivered') return [];
    const { reason, askedAtMs } = delivery;
    return [
      {
        conversation: id,
        ticket: ticket.id,
        status: ticket.status,
        attempts: ticket.attempts,
        askedAtMs,
        ...(reason === undefined ? {} : { reason }),
        ...(kind === DELIVERY_KIND ? { dueAtMs } : {}),
      },
    ];
  };

  return {
    backlog() {
      if (known !== undefined && now() < known.untilMs) return known.backlog;
      const counted = { untilMs: now() + COUNT_HOLDS_MS, backlog: count() };
      counted.backlog.then(
        ({ pending, failed }) => (counted.untilMs += (pending + failed) * HOLDS_MS_EACH),
        () => (known = undefined),
      );
      known = counted;
      return counted.backlog;
    },

    async deliveries(max) {
      const work = await store.waiting(MOST_COUNTED);
      const of = (wanted: string): WaitingWork[] => work.filter(({ kind }) => kind === wanted);
      const latest = of(FAILED_KIND).sort((a, b) => askedAtOf(b) - askedAtOf(a));
      const shown = await Promise.all([...latest.slice(0, max), ...of(DELIVERY_KIND).slice(0, max)].map(show));
      return shown.flat();
    },

    async retryDelivery(id) {
      for (let tries = 1; tries <= MAX_TRIES && isId(id); tries++) {
        const found = await load(id);
        if (found?.record.ticket?.status !== 'failed') return false;
        const { version, record } = found;
        const { ticket, delivery, put, drop } = issueTicket(desk, record, record.talk, now());
        const saved = await store.save(id, version, {
          record: JSON.stringify({ ...record, ticket, delivery } satisfies ConversationRecord),
          put,
          drop,
          expiresAtMs: now() + ttlDays * DAY_MS,
        });
        if (saved === undefined) continue;
        onWork();
        return true;
      }
      return false;
    },
  };
}

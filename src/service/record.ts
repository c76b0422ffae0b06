// What is kept of a conversation, and how records of older versions are read.
import { PreticketError } from '../errors';
import type { DeliveryReason, HelpdeskTicket } from '../helpdesks/helpdesk';
import type { MemoryData } from '../redact/memory';
import type { Redacted } from '../redact/redacted';

/** Version of the record's shape; a change of shape adds a step to `MIGRATIONS`. */
export const RECORD_VERSION = 1;

export interface EgressCode {
  readonly secret: string;
  readonly expiresAtMs: number;
  readonly callsLeft: number;
}

export interface Ticket {
  readonly id: string;
  readonly status: 'pending' | 'delivered' | 'failed';
  readonly attempts: number;
  readonly reference?: string;
}

/** What is under way or failed; null once the ticket is delivered. */
export interface Delivery {
  /** Name of its work. */
  readonly work: string;
  readonly askedAtMs: number;
  /** Tries since it was asked for; the ticket counts those of all times. */
  readonly tries?: number;
  /** Why the last try failed. */
  readonly reason?: DeliveryReason;
  /** What every try sends; left out once it has failed. */
  readonly ticket?: HelpdeskTicket;
  /** The second redaction found something in the draft: it will not leave. */
  readonly blocked?: boolean;
}

export interface ConversationRecord {
  readonly v: typeof RECORD_VERSION;
  readonly tokenHash: string;
  readonly channel: string;
  readonly createdAt: string;
  /** Number of the last entry. */
  readonly seq: number;
  /** Salted hashes of the secrets seen, never a value. */
  readonly memory: MemoryData;
  readonly fingerprintKey: string;
  readonly codes: readonly EgressCode[];
  readonly ticket: Ticket | null;
  /** Left out in records that are older than deliveries. */
  readonly delivery?: Delivery | null;
  /** For the figures: questions asked so far, and whether a verdict was given. */
  readonly asked: number;
  readonly judged: boolean;
  /** What the channel keeps beside the talk: plain JSON of its own, redacted. */
  readonly beside?: unknown;
  /** The core's own data. */
  readonly talk: unknown;
}

/** One turn as it is kept. */
export interface TurnRecord {
  readonly at: string;
  readonly said?: Redacted;
  /** The Idempotency-Key that it came with. */
  readonly key?: string;
  /** JSON of what the turn answers, sent byte for byte to who asks again. */
  readonly answer: string;
  /** JSON of what the call answers where that is not `answer`. */
  readonly body?: string;
}

/** What is kept under an Idempotency-Key. */
export interface KeyRecord {
  readonly fingerprint: string;
  readonly seq: number;
}

type Migration = (old: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/** From the version that is the key to the one after it. */
const MIGRATIONS: Readonly<Record<number, Migration>> = {};

/** Reads a record of this version or an older one. Throws STORE_DAMAGED for one of a later version. */
export function readRecord(
  text: string,
  migrations: Readonly<Record<number, Migration>> = MIGRATIONS,
): ConversationRecord {
  let record = JSON.parse(text) as Record<string, unknown> & { v: number };
  while (record.v < RECORD_VERSION) {
    const step = migrations[record.v];
    if (step === undefined) break;
    record = { ...step(record), v: record.v + 1 };
  }
  if (record.v !== RECORD_VERSION) {
    throw new PreticketError(
      'STORE_DAMAGED',
      `A record has version ${Number(record.v)}; this program reads up to ${RECORD_VERSION}. Use a newer one.`,
    );
  }
  return record as unknown as ConversationRecord;
}

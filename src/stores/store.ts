// The port that every store implements: records changed by compare-and-set, with all that must change together in one atomic step.

/** One turn's entry in the log of a conversation; `seq` counts from 1 without gaps. */
export interface Entry {
  readonly seq: number;
  readonly text: string;
}

/** Work to be done later for a conversation. `name` is unique within the conversation; putting it again moves it. */
export interface Work {
  readonly name: string;
  readonly kind: string;
  /** Milliseconds since 1970. */
  readonly dueAtMs: number;
}

/** Work handed to one worker until the lease runs out. Done by a save that drops it. */
export interface Lease {
  /** The conversation. */
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  /** 1 for the first time that it is handed out. */
  readonly attempt: number;
}

/** Work as it stands in the queue, in nobody's hands or leased. */
export interface WaitingWork extends Work {
  /** The conversation. */
  readonly id: string;
  /** How often it was handed out. */
  readonly attempt: number;
}

/** All that changes in one atomic step. Texts are opaque to the store, and redacted before they come here. */
export interface Change {
  /** Replaces the record whole. */
  readonly record: string;
  /** Appended to the log; numbers follow the last one. */
  readonly entries?: readonly Entry[];
  /** Kept as long as the conversation, found by `load`. */
  readonly remember?: { readonly key: string; readonly value: string };
  readonly put?: readonly Work[];
  /** Names of work that is done or withdrawn. */
  readonly drop?: readonly string[];
  /** Milliseconds since 1970, kept to the hour above. */
  readonly expiresAtMs: number;
}

export interface Loaded {
  /** 1 after `create`, one more after each `save`. */
  readonly version: number;
  readonly record: string;
  /** What was remembered under the key that was asked for. */
  readonly remembered?: string;
}

/**
 * Every promise that resolves stands for something that survives the death of the process.
 * Errors: STORE_UNAVAILABLE, STORE_FULL (nothing was changed; try again later), STORE_DAMAGED.
 */
export interface Store {
  /** False where the id is taken. */
  create(id: string, change: Change): Promise<boolean>;
  /** Undefined: not there, deleted or expired. */
  load(id: string, remembered?: string): Promise<Loaded | undefined>;
  /** Entries with a number above `after`, in order; all that a conversation has where `limit` is left out. */
  entries(id: string, after: number, limit?: number): Promise<Entry[]>;
  /** The new version; undefined where `version` is not the one that stands, or the conversation is gone. */
  save(id: string, version: number, change: Change): Promise<number | undefined>;
  /** Leaves nothing readable, in freed pages and copies of the data file neither. False where it is not there. */
  delete(id: string): Promise<boolean>;
  /** Hands out due work, oldest first; what is not dropped in time becomes due again when the lease has run out. */
  lease(leaseMs: number, max: number): Promise<Lease[]>;
  /** Work that is not done yet, soonest due first, at most `max`; for figures and lists, not for doing it. */
  waiting(max: number): Promise<WaitingWork[]>;
  /** Deletes what has expired, at most `max`; resolves to how many. */
  expire(max: number): Promise<number>;
  /** Calls `listener` after each change or deletion, by whichever process. Returns the function that ends it. */
  watch(id: string, listener: () => void): () => void;
  /** Resolves where the store answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Milliseconds of an hour: expiry is kept by the hour, so that a turn does not move its index row each time. */
export const EXPIRY_GRAIN_MS = 3600_000;

/** A clock in milliseconds since 1970. */
export type Clock = () => number;

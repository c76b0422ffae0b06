// A conversation as a whole, to be moved from one store to another. It is known by its ref alone: no store holds its id.
import type { Entry } from './store';

/** Hashes are hex, the same in all stores. */
export interface Whole {
  /** 16 bytes. */
  readonly ref: Buffer;
  readonly version: number;
  readonly expiresAtMs: number;
  readonly record: string;
  readonly entries: readonly Entry[];
  readonly remembered: readonly { readonly hash: string; readonly value: string }[];
  readonly work: readonly {
    readonly hash: string;
    /** JSON of conversation, name and kind. */
    readonly text: string;
    readonly dueAtMs: number;
    /** How often it was handed out. */
    readonly attempt: number;
  }[];
}

/** A store as copying sees it. Errors: those of stores. */
export interface Movable {
  /** Refs of all conversations that have not expired. */
  refs(): AsyncIterable<Buffer>;
  /** Undefined where it is not there. */
  version(ref: Buffer): Promise<number | undefined>;
  read(ref: Buffer): Promise<Whole | undefined>;
  /** Puts it in place of what is there. */
  write(whole: Whole): Promise<void>;
  close(): Promise<void>;
}

// Small things that a channel must keep and that are no conversation: sealed under a key of its own before they reach the store, found by name.
import { createHash, hkdfSync } from 'node:crypto';
import { PreticketError } from '../errors';
import { seal, unseal } from '../stores/seal';
import type { Clock, Store } from '../stores/store';
import { RECORD_VERSION } from './record';
import { namedId } from './secrets';

const MAX_TRIES = 12;
/** Nothing here expires by itself but marks. */
const FOR_GOOD_MS = 100 * 365 * 24 * 3600_000;

type Name = readonly string[];

/** Errors of every call: the store's; of `put`, CONVERSATION_STALE too. */
export interface Vault {
  /** Undefined: not there. Without a text: sealed under another key. */
  get(name: Name): Promise<{ readonly text?: string } | undefined>;
  put(name: Name, text: string): Promise<void>;
  /** False where it was not there. */
  delete(name: Name): Promise<boolean>;
  /** True for the first who asks, on whatever node; forgotten after `keepMs`. */
  once(name: Name, keepMs: number): Promise<boolean>;
}

export interface VaultOptions {
  readonly store: Store;
  readonly now: Clock;
  /** The session secret: names in the store are made of it. */
  readonly secret: string;
  /** The values' key is derived from it. */
  readonly sealedBy: string;
}

export function createVault({ store, now, secret, sealedBy }: VaultOptions): Vault {
  const key = Buffer.from(hkdfSync('sha256', sealedBy, '', 'preticket vault', 32));
  const idOf = (name: Name): string => namedId(secret, ['vault', ...name]);
  const place = (id: string): Buffer => createHash('sha256').update(id).digest();
  // Of the shape of a conversation that nobody can speak for, whoever may look at it.
  const recordOf = (sealed?: string): string => JSON.stringify({ v: RECORD_VERSION, tokenHash: '', sealed });
  return {
    async get(name) {
      const id = idOf(name);
      const { sealed } = JSON.parse((await store.load(id))?.record ?? '{}') as { readonly sealed?: string };
      if (sealed === undefined) return undefined;
      const text = unseal(key, place(id), Buffer.from(sealed, 'base64'));
      return text === undefined ? {} : { text };
    },
    async put(name, text) {
      const id = idOf(name);
      const change = {
        record: recordOf(seal(key, place(id), text).toString('base64')),
        expiresAtMs: now() + FOR_GOOD_MS,
      };
      for (let tries = 1; tries <= MAX_TRIES; tries++) {
        const loaded = await store.load(id);
        const saved = await (loaded === undefined ? store.create(id, change) : store.save(id, loaded.version, change));
        if (saved !== false && saved !== undefined) return;
      }
      throw new PreticketError('CONVERSATION_STALE', 'It changed while it was written. Try again.');
    },
    delete: (name) => store.delete(idOf(name)),
    once: (name, keepMs) => store.create(idOf(name), { record: recordOf(), expiresAtMs: now() + keepMs }),
  };
}

// The calls that change nothing.
import { PreticketError } from '../errors';
import type { Store } from '../stores/store';
import { admitBearer, type Bearer } from './admit';
import { type ConversationRecord, readRecord, type Ticket, type TurnRecord } from './record';
import { isId, isToken } from './secrets';
import { showConversation, type ShownConversation } from './show';
import type { Talk } from './talk';

/** A turn as a socket gets it. */
export interface Turn {
  readonly seq: number;
  readonly key?: string;
  /** JSON of what the turn answers. */
  readonly answer: string;
}

export interface Reading {
  readonly read: (bearer: Bearer) => Promise<ConversationRecord>;
  /** Throws where the bearer is not good. */
  seen(bearer: Bearer): Promise<void>;
  /** Throws NOT_FOUND where no ticket was asked for. */
  ticket(bearer: Bearer): Promise<Ticket>;
  /** `after`: the transcript begins after the turn of that number. */
  conversation(bearer: Bearer, after?: number): Promise<ShownConversation>;
  /** Turns after a number; undefined where the conversation is gone. */
  turnsAfter(id: string, after: number, limit?: number): Promise<Turn[] | undefined>;
}

/** Errors of every call: TOKEN_MISSING, NOT_FOUND, the store's. */
export function createReading(store: Store, talk: Talk): Reading {
  const read = async ({ id, token }: Bearer): Promise<ConversationRecord> => {
    const loaded = isId(id) && isToken(token) ? await store.load(id) : undefined;
    return admitBearer(token)(loaded && readRecord(loaded.record));
  };
  return {
    read,
    async seen(bearer) {
      await read(bearer);
    },
    async ticket(bearer) {
      const { ticket } = await read(bearer);
      if (ticket === null) throw new PreticketError('NOT_FOUND', 'No ticket was asked for in this conversation.');
      return ticket;
    },
    async conversation(bearer, after = 0) {
      const record = await read(bearer);
      return showConversation(bearer.id, record, talk, await store.entries(bearer.id, after));
    },
    async turnsAfter(id, after, limit) {
      const entries = await store.entries(id, after, limit);
      if (entries.length === 0 && (await store.load(id)) === undefined) return undefined;
      return entries.map(({ seq, text }) => {
        const { key, answer } = JSON.parse(text) as TurnRecord;
        return { seq, answer, ...(key === undefined ? {} : { key }) };
      });
    },
  };
}

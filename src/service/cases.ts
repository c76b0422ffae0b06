// Conversations that a channel holds on behalf of somebody else: known by a name of the channel's own, with what the channel keeps
// beside the talk, changed in the same compare-and-set. Texts come in here already redacted.
import { PreticketError } from '../errors';
import { type MemoryData, RedactionMemory } from '../redact/memory';
import type { RedactResult } from '../redact/redactor';
import type { Clock, Store, Work } from '../stores/store';
import type { FieldKey } from '../types';
import { type Bearer, notFound } from './admit';
import type { Ingest } from './ingest';
import type { Meter } from './meter';
import { beginConversation } from './opening';
import { type ConversationRecord, readRecord, type Ticket } from './record';
import { namedId, namedToken, tokenHash } from './secrets';
import type { CaseView, Talk, TalkView } from './talk';
import type { TurnRequest, TurnResult } from './turn';

const MAX_TRIES = 12;
const DAY_MS = 24 * 3600_000;

/** What a change makes of what is kept beside. */
export interface CaseChange {
  readonly beside: unknown;
  /** The memory of credentials, where the change redacted something. */
  readonly memory?: MemoryData;
  readonly put?: readonly Work[];
  readonly drop?: readonly string[];
}

export interface ChangeRequest {
  /** Of who begins it, where it is not there yet; without it nothing is made. */
  readonly open?: { readonly channel: string };
  /** Makes the change once: a key as long-lived as the conversation. */
  readonly once?: string;
  /** Called once a try; undefined leaves all as it is. `beside` is undefined in a new conversation. */
  readonly change: (beside: unknown, memory: RedactionMemory, ticket: Ticket | null) => CaseChange | undefined;
}

export interface HeardMessage {
  /** What redaction made of it, with what the conversation remembers by then. */
  readonly redaction: (memory: RedactionMemory) => RedactResult;
  /** Makes the turn once. */
  readonly key: string;
  /** Who speaks never saw the question that waits, nor may send the ticket. */
  readonly unasked: boolean;
  readonly beside: (beside: unknown, view: TalkView) => unknown;
}

export interface SeenCase {
  readonly beside: unknown;
  readonly ticket: Ticket | null;
  readonly record: ConversationRecord;
}

export interface CasesOptions {
  readonly store: Store;
  readonly talk: Talk;
  readonly ingest: Ingest;
  readonly meter: Meter;
  readonly turn: (request: TurnRequest) => Promise<TurnResult>;
  readonly now: Clock;
  readonly ttlDays: number;
  /** Told of work that was put. */
  readonly onWork: () => void;
}

export type Cases = ReturnType<typeof createCases>;

/** Errors of every call: the store's, STOPPING, CONVERSATION_STALE, and what the call says. */
export function createCases({ store, talk, ingest, meter, turn, now, ttlDays, onWork }: CasesOptions) {
  const expiresAtMs = (): number => now() + ttlDays * DAY_MS;

  const begin = (bearer: Bearer, channel: string): ReturnType<typeof beginConversation> => {
    const opening = beginConversation(talk, now, channel, undefined);
    return { ...opening, record: { ...opening.record, tokenHash: tokenHash(bearer.token) } };
  };

  return {
    /** Who speaks for the conversation of that name. `secret`: the session secret. */
    bearerOf(secret: string, name: readonly string[]): Bearer {
      const id = namedId(secret, name);
      return { id, token: namedToken(secret, id) };
    },

    /** The same by its id. */
    bearerOfId: (secret: string, id: string): Bearer => ({ id, token: namedToken(secret, id) }),

    /** Redacts what a conversation is about to take. Throws MESSAGE_TOO_LARGE, REDACTION_FAILED. @unredacted */
    redact: (raw: string, memory?: RedactionMemory): RedactResult => ingest.message(raw, memory),

    /** `gone`: not there and not to be made. `twice`: the key was there before. */
    async change(bearer: Bearer, request: ChangeRequest): Promise<'changed' | 'unchanged' | 'twice' | 'gone'> {
      const { open, once, change } = request;
      const remember = once === undefined ? {} : { remember: { key: once, value: '1' } };
      for (let tries = 1; tries <= MAX_TRIES; tries++) {
        const loaded = await store.load(bearer.id, once);
        if (loaded === undefined && open === undefined) return 'gone';
        if (loaded?.remembered !== undefined) return 'twice';
        const opening = loaded === undefined ? begin(bearer, open?.channel ?? '') : undefined;
        const record = opening?.record ?? readRecord(loaded?.record ?? '');
        const made = change(record.beside, RedactionMemory.from(record.memory), record.ticket);
        if (made === undefined) return 'unchanged';
        const { beside, memory = record.memory, put, drop } = made;
        const next = {
          record: JSON.stringify({ ...record, memory, beside } satisfies ConversationRecord),
          ...remember,
          ...(put === undefined ? {} : { put }),
          ...(drop === undefined ? {} : { drop }),
          expiresAtMs: expiresAtMs(),
        };
        const saved =
          loaded === undefined
            ? opening !== undefined &&
              (await store.create(bearer.id, { ...next, entries: [{ seq: 1, text: JSON.stringify(opening.first) }] }))
            : (await store.save(bearer.id, loaded.version, next)) !== undefined;
        if (!saved) continue;
        if (opening !== undefined) meter.opened(opening.channel);
        if (put !== undefined && put.length > 0) onWork();
        return 'changed';
      }
      throw new PreticketError('CONVERSATION_STALE', 'The conversation changed while this was handled. Try again.');
    },

    /** Undefined where it is not there. */
    async load({ id }: Bearer): Promise<SeenCase | undefined> {
      const loaded = await store.load(id);
      if (loaded === undefined) return undefined;
      const record = readRecord(loaded.record);
      return { record, beside: record.beside, ticket: record.ticket };
    },

    /** The conversation in the words of who reads along. */
    view: (record: ConversationRecord, language: string): CaseView => talk.case(record.talk, language),

    /** What its people said, in order, redacted. */
    async said({ id }: Bearer): Promise<string[]> {
      const entries = await store.entries(id, 0);
      return entries.flatMap(({ text }) => (JSON.parse(text) as { readonly said?: string }).said ?? []);
    },

    /** A turn with a message that was redacted before; also changes what is kept beside. Throws NOT_FOUND, CONVERSATION_DONE. */
    hear({ id }: Bearer, heard: HeardMessage): Promise<TurnResult> {
      const { key, unasked } = heard;
      return turn({
        id,
        kind: 'message',
        once: { key, body: key },
        admit(record) {
          if (record === undefined) throw notFound();
          return record;
        },
        plan(record, memory, at) {
          const redaction = heard.redaction(memory);
          meter.redacted(redaction.redactions);
          return {
            event: { type: 'message', at, redaction, memory: memory.toData(), ...(unasked ? { unasked: true } : {}) },
            said: redaction.text,
            also: (_step, view) => ({ beside: heard.beside(record.beside, view) }),
          };
        },
      });
    },

    /** Why values of fields are not taken, by field, in `language`; nothing is changed. Throws FIELD_INVALID, REDACTION_FAILED. @unredacted */
    refusals(
      record: ConversationRecord,
      values: Readonly<Record<FieldKey, string | null>>,
      language: string,
    ): Readonly<Record<FieldKey, string>> {
      const fields = ingest.fields(values, RedactionMemory.from(record.memory));
      return Object.fromEntries(talk.refusals(fields, language).map(({ field, reason }) => [field, reason]));
    },
  };
}

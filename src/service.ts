// The one way to conversations, whatever the channel: identity, turns one after the other, keys that make a request once, retention.
import type { Engine, Explanation } from './engine';
import { PreticketError } from './errors';
import type { Helpdesk } from './helpdesks/helpdesk';
import { RedactionMemory } from './redact/memory';
import type { Redacted } from './redact/redacted';
import { createCases } from './service/cases';
import { recordEgress } from './service/egress-call';
import { createReading } from './service/reading';
import { createIngest } from './service/ingest';
import { type Meter, NO_METER } from './service/meter';
import { admitBearer, type Bearer, notFound, stoppingError } from './service/admit';
import { spokenLanguage } from './service/language';
import { beginConversation } from './service/opening';
import { planMessage } from './service/message';
import type { Reply, Talk } from './service/talk';
import { createDelivery } from './service/delivery';
import { createDeskCalls } from './service/desk';
import { isId } from './service/secrets';
import { runTurn, type TurnDeps, type TurnRequest, type TurnResult } from './service/turn';
import { TurnQueue } from './service/turn-queue';
import { startSweep } from './service/sweep';
import type { Clock, Store } from './stores/store';
import type { FieldKey, TriageResult } from './types';

const DAY_MS = 24 * 3600_000;

export interface ServiceOptions {
  readonly store: Store;
  readonly talk: Talk;
  readonly engine: Pick<Engine, 'redactor' | 'triage' | 'explain' | 'languages'>;
  readonly maxMessageBytes: number;
  readonly ttlDays: number;
  /** Where tickets go; left out: they are kept in the store. */
  readonly helpdesk?: Helpdesk;
  readonly meter?: Meter;
  readonly now?: Clock;
  /** Chance of the delays between tries; 0 to 1. */
  readonly random?: () => number;
  /** Told when there is new work for the workers. */
  readonly onWork?: () => void;
  /** Told when a sweep of expired conversations fails. */
  readonly onSweepError?: (error: PreticketError) => void;
}

export type Service = ReturnType<typeof createService>;

/** Errors of every call: TOKEN_MISSING, NOT_FOUND (also for another's conversation), the store's, and what the call says. */
export function createService(options: ServiceOptions) {
  const { store, talk, engine, helpdesk, meter = NO_METER, now = Date.now } = options;
  const { random = Math.random, onWork = (): void => undefined, ttlDays } = options;
  const ingest = createIngest(engine.redactor, options.maxMessageBytes);
  const queue = new TurnQueue();
  const desk = { delivers: helpdesk !== undefined, redactor: engine.redactor, talk };
  const deps: TurnDeps = { store, talk, meter, now, ttlDays, desk, onWork };
  const sweep = startSweep(store, meter, options.onSweepError);
  let stopping = false;

  const { read, ...reading } = createReading(store, talk);
  const turn = async (request: TurnRequest): Promise<TurnResult> => {
    // What a helpdesk took is written down to the last moment.
    if (stopping && request.kind !== 'delivery') throw stoppingError();
    if (!isId(request.id)) request.admit(undefined);
    const result = queue.run(request.id, () => runTurn(deps, request));
    if (result === undefined)
      throw new PreticketError('CONVERSATION_STALE', 'Too much of this conversation is being handled. Try again.');
    return result;
  };
  const languageOf = (tag: string | undefined): string | undefined => spokenLanguage(engine.languages, tag);

  return {
    fieldKeys: talk.fieldKeys,

    /** Conversations of a channel that knows them by names of its own. */
    cases: createCases({ store, talk, ingest, meter, turn, now, ttlDays, onWork }),

    /** Keeps nothing. Throws MESSAGE_TOO_LARGE, FIELD_INVALID, REDACTION_FAILED. @unredacted */
    triage(
      raw: string,
      more: { readonly language?: string; readonly fields?: Readonly<Record<FieldKey, string | null>> } = {},
    ): TriageResult {
      const language = languageOf(more.language);
      const text = ingest.check(raw);
      const fields = more.fields && ingest.checkFields(more.fields);
      const result = engine.triage(text, {
        ...(language === undefined ? {} : { language }),
        ...(fields === undefined ? {} : { fields }),
      });
      meter.triaged(result.cause, result.language);
      meter.redacted(result.redactions);
      return result;
    },

    /** For those who write rules: every rule that fired on a text, and each that nearly did. Errors as `triage`. @unredacted */
    explain(raw: string, language?: string): Explanation {
      const spoken = languageOf(language);
      return engine.explain(ingest.check(raw), spoken === undefined ? {} : { language: spoken });
    },

    async open(start: {
      readonly language?: string;
      readonly channel?: string;
    }): Promise<Bearer & { readonly replies: readonly Reply[] }> {
      if (stopping) throw stoppingError();
      const { id, token, replies, record, first, channel } = beginConversation(
        talk,
        now,
        start.channel,
        languageOf(start.language),
      );
      const made = await store.create(id, {
        record: JSON.stringify(record),
        entries: [{ seq: record.seq, text: JSON.stringify(first) }],
        expiresAtMs: now() + options.ttlDays * DAY_MS,
      });
      if (!made) throw new PreticketError('CONVERSATION_STALE', 'The conversation could not be opened. Try again.');
      meter.opened(channel);
      return { id, token, replies };
    },

    /**
     * A message of the person. `origin`: where people reach this server, for the address of the egress check.
     * Throws MESSAGE_TOO_LARGE, REDACTION_FAILED, KEY_REUSED, CONVERSATION_STALE, CONVERSATION_DONE. @unredacted
     */
    message(
      { id, token }: Bearer,
      raw: string,
      more: { readonly key?: string; readonly origin?: string } = {},
    ): Promise<TurnResult> {
      return turn({
        id,
        kind: 'message',
        admit: admitBearer(token),
        ...(more.key === undefined ? {} : { once: { key: more.key, body: `message\n${raw}` } }),
        plan: (record, memory, at) => {
          const redaction = ingest.message(raw, memory);
          meter.redacted(redaction.redactions);
          return planMessage({
            record,
            redaction,
            memory,
            at,
            now,
            ...(more.origin === undefined ? {} : { egressBase: `${more.origin}/e/${id}` }),
          });
        },
      });
    },

    /**
     * A message as this conversation would keep it, for what must see it before the turn is run. Changes nothing.
     * Throws MESSAGE_TOO_LARGE, REDACTION_FAILED. @unredacted
     */
    async redact(bearer: Bearer, raw: string): Promise<Redacted> {
      const { memory } = await read(bearer);
      return ingest.message(raw, RedactionMemory.from(memory)).text;
    },

    /** The person edits fields of the draft. Throws FIELD_INVALID and as `message`. @unredacted */
    editFields(
      { id, token }: Bearer,
      values: Readonly<Record<FieldKey, string | null>>,
      key?: string,
    ): Promise<TurnResult> {
      return turn({
        id,
        kind: 'fields',
        admit: admitBearer(token),
        ...(key === undefined ? {} : { once: { key, body: `fields\n${JSON.stringify(values)}` } }),
        plan: (_record, memory, at) => ({ event: { type: 'fields', at, fields: ingest.fields(values, memory) } }),
      });
    },

    /** Asks for the ticket, also once more for one that failed. Throws CONVERSATION_DONE where it was sent already. */
    async requestTicket({ id, token }: Bearer, key?: string): Promise<TurnResult> {
      return turn({
        id,
        kind: 'ticket',
        admit: admitBearer(token),
        ...(key === undefined ? {} : { once: { key, body: 'ticket' } }),
        plan: (record, _memory, at) => {
          const { ticket } = record;
          const again = ticket?.status === 'failed';
          const { status } = talk.state(record.talk);
          // Where a person took over, and while a failed one is tried again, the ticket is there before it was asked for.
          if (ticket !== null && !again && status !== 'handed-over' && status !== 'review')
            throw new PreticketError('CONVERSATION_DONE', 'This conversation has its ticket already.');
          return {
            event: { type: 'ticket', at, ...(again ? { again } : {}) },
            body: (next) => JSON.stringify({ ticket: { id: next.ticket?.id, status: next.ticket?.status } }),
          };
        },
      });
    },

    ...reading,
    ...createDeskCalls({ store, desk, now, ttlDays, onWork }),

    /** Does the work of the kind `DELIVERY_KIND`. */
    deliver: createDelivery({ store, helpdesk, redactor: engine.redactor, meter, now, random, ttlDays, turn }),

    async remove(bearer: Bearer): Promise<void> {
      await read(bearer);
      if (!(await store.delete(bearer.id))) throw notFound();
      meter.removed('asked', 1);
    },

    /** Records the address that a call with an egress code came from; false where the code is not good. */
    egress: (code: string, address: string): Promise<boolean> => recordEgress(turn, now, code, address),

    /** Number of the last turn, once the bearer is known to be good; `listener` hears that there may be more, or that all is gone. */
    async follow(bearer: Bearer, listener: () => void): Promise<{ readonly seq: number; readonly end: () => void }> {
      const { seq } = await read(bearer);
      return { seq, end: store.watch(bearer.id, listener) };
    },

    /** Errors: STOPPING, the store's. */
    async ready(): Promise<void> {
      if (stopping) throw stoppingError();
      await store.ping();
    },

    /** Takes no more turns and waits for those that run; the store stays open. */
    async stop(): Promise<void> {
      stopping = true;
      await sweep.stop();
      await queue.drained();
    },
  };
}

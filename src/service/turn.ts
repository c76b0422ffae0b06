// One turn of a conversation: load, reduce, save in one compare-and-set; begun anew where another process was quicker.
import { PreticketError } from '../errors';
import { RedactionMemory } from '../redact/memory';
import type { Redacted } from '../redact/redacted';
import type { Clock, Store, Work } from '../stores/store';
import type { Meter, TurnKind } from './meter';
import { type ConversationRecord, type KeyRecord, readRecord, type TurnRecord } from './record';
import { fingerprint, isSame } from './secrets';
import { issueTicket, type TicketDesk } from './ticket';
import type { ConversationStatus, Talk, TalkEvent, TalkStep, TalkView } from './talk';

/** Turns that one conversation may have; what it costs to keep and to show is bounded by it. */
export const MAX_TURNS = 2000;
const MAX_TRIES = 8;
const DAY_MS = 24 * 3600_000;

export interface TurnDeps {
  readonly store: Store;
  readonly talk: Talk;
  readonly meter: Meter;
  readonly now: Clock;
  readonly ttlDays: number;
  readonly desk: TicketDesk;
  /** Told when a save put work. */
  readonly onWork: () => void;
}

/** What a turn does to the record, seen by the one who runs it. */
export interface TurnPlan {
  readonly event: TalkEvent;
  readonly said?: Redacted;
  /** Changes of the record beside those of every turn, once the replies are known. */
  readonly also?: (step: TalkStep, view: TalkView) => Partial<ConversationRecord>;
  /** JSON that the call answers in place of the turn's answer, from the record as it is saved. */
  readonly body?: (next: ConversationRecord) => string;
  /** Work that the save puts and drops. */
  readonly put?: readonly Work[];
  readonly drop?: readonly string[];
}

export interface TurnRequest {
  readonly id: string;
  readonly kind: TurnKind;
  /** Throws where the caller may not. */
  readonly admit: (record: ConversationRecord | undefined) => ConversationRecord;
  /** `body`: what came with the key, to be told from another one under the same key. @unredacted */
  readonly once?: { readonly key: string; readonly body: string };
  /** Reads what came in; called once a try. */
  readonly plan: (record: ConversationRecord, memory: RedactionMemory, at: string) => TurnPlan;
}

export interface TurnResult {
  readonly seq: number;
  /** JSON, the same bytes each time for one key. */
  readonly body: string;
}

/** JSON of what a turn answers. */
export function answerOf(step: Pick<TalkStep, 'replies'>, view: TalkView): string {
  const { status, cause, fields, missing, unknown, question, draft } = view;
  return JSON.stringify({
    replies: step.replies,
    status,
    cause,
    fields,
    missing,
    unknown,
    question,
    ...(draft === undefined ? {} : { draft }),
  });
}

/** Errors: those of `admit` and `plan`, KEY_REUSED, FIELD_INVALID, CONVERSATION_STALE, CONVERSATION_DONE, the store's. */
export async function runTurn(deps: TurnDeps, request: TurnRequest): Promise<TurnResult> {
  const { store } = deps;
  const begun = deps.now();
  for (let tries = 1; tries <= MAX_TRIES; tries++) {
    const loaded = await store.load(request.id, request.once?.key);
    const record = request.admit(loaded === undefined ? undefined : readRecord(loaded.record));
    if (loaded === undefined) break;
    if (loaded.remembered !== undefined && request.once)
      return replay(store, request.id, record, loaded.remembered, request.once);
    // A ticket's end is said however long the talk was.
    if (record.seq >= MAX_TURNS && request.kind !== 'delivery')
      throw new PreticketError(
        'CONVERSATION_DONE',
        'This conversation has had all the turns it may have. Open a new one.',
      );
    const result = await attempt(deps, request, record, loaded.version, begun);
    if (result !== undefined) return result;
  }
  throw new PreticketError('CONVERSATION_STALE', 'The conversation changed while this was handled. Try again.');
}

async function replay(
  store: Store,
  id: string,
  record: ConversationRecord,
  kept: string,
  once: { body: string },
): Promise<TurnResult> {
  const { fingerprint: first, seq } = JSON.parse(kept) as KeyRecord;
  if (!isSame(first, fingerprint(record.fingerprintKey, once.body))) {
    throw new PreticketError(
      'KEY_REUSED',
      'Idempotency-Key: was used with another body. Use a new key for a new request.',
    );
  }
  const [entry] = await store.entries(id, seq - 1, 1);
  if (entry === undefined)
    throw new PreticketError('CONVERSATION_STALE', 'The conversation changed while this was handled. Try again.');
  const turn = JSON.parse(entry.text) as TurnRecord;
  return { seq, body: turn.body ?? turn.answer };
}

/** Undefined where the save came too late. */
async function attempt(
  deps: TurnDeps,
  request: TurnRequest,
  record: ConversationRecord,
  version: number,
  begunMs: number,
): Promise<TurnResult | undefined> {
  const { store, talk, meter, now, ttlDays } = deps;
  const { once } = request;
  const at = new Date(now()).toISOString();
  const memory = RedactionMemory.from(record.memory);
  const plan = request.plan(record, memory, at);
  const step = talk.reduce(record.talk, plan.event);
  if (step.refused && step.refused.length > 0) {
    throw new PreticketError(
      'FIELD_INVALID',
      step.refused.map(({ field, reason }) => `${field}: ${reason}`).join('; '),
    );
  }
  const view = talk.view(step.conversation);
  const before = talk.state(record.talk);
  const { language } = talk.state(step.conversation);
  const answer = answerOf(step, view);
  const seq = record.seq + 1;
  const firstVerdict = !record.judged && view.cause !== null;
  const issued = wantsTicket(deps.desk, record, before.status, view.status)
    ? issueTicket(deps.desk, { ...record, memory: memory.toData() }, step.conversation, now())
    : undefined;
  const next: ConversationRecord = {
    ...record,
    seq,
    memory: memory.toData(),
    asked: record.asked + (view.question === null ? 0 : 1),
    judged: record.judged || firstVerdict,
    ...(issued === undefined ? {} : { ticket: issued.ticket, delivery: issued.delivery }),
    ...plan.also?.(step, view),
    talk: step.conversation,
  };
  const body = plan.body?.(next);
  const turn: TurnRecord = {
    at,
    ...(plan.said === undefined ? {} : { said: plan.said }),
    ...(once === undefined ? {} : { key: once.key }),
    answer,
    ...(body === undefined ? {} : { body }),
  };
  const kept: KeyRecord | undefined = once && { fingerprint: fingerprint(record.fingerprintKey, once.body), seq };
  const put = [...(plan.put ?? []), ...(issued?.put ?? [])];
  const saved = await store.save(request.id, version, {
    record: JSON.stringify(next),
    entries: [{ seq, text: JSON.stringify(turn) }],
    ...(once && kept ? { remember: { key: once.key, value: JSON.stringify(kept) } } : {}),
    put,
    drop: [...(plan.drop ?? []), ...(issued?.drop ?? [])],
    expiresAtMs: now() + ttlDays * DAY_MS,
  });
  if (saved === undefined) return undefined;
  if (put.length > 0) deps.onWork();
  meter.turn(request.kind, record.channel, now() - begunMs);
  if (firstVerdict && view.cause !== null) meter.verdict(view.cause, language, record.asked);
  if (next.ticket !== null && record.ticket === null) {
    meter.ticket(next.ticket.status);
    meter.lacked([...view.missing, ...view.unknown]);
  }
  if (view.status !== before.status) meter.status(view.status, next.ticket !== null);
  return { seq, body: body ?? answer };
}

/**
 * The person may say that the ticket shall go, in whatever words; one that failed goes once more. Where a person takes over, the talk
 * goes to the helpdesk with them.
 */
function wantsTicket(
  { delivers }: TicketDesk,
  { ticket }: ConversationRecord,
  before: ConversationStatus,
  after: ConversationStatus,
): boolean {
  if (after === 'submitted') return ticket === null || (ticket.status === 'failed' && before !== 'submitted');
  return delivers && after === 'handed-over' && ticket === null;
}

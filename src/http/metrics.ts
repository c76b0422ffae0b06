// Figures for Prometheus. Labels come from closed sets: no ids, no texts, no addresses.
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Backlog } from '../service/desk';
import type { Meter } from '../service/meter';
import { type Figures, rowsOf, totalOf } from './figures';

const LATENCY_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const ATTEMPTS = [1, 2, 3, 4, 6, 9, 13, 18];
const QUESTIONS = [0, 1, 2, 3, 4, 5, 6, 8, 10];

export interface Metrics extends Meter {
  request(method: string, route: string, status: number, durationMs: number): void;
  limited(): void;
  /** Sockets that are open now. */
  sockets(count: number): void;
  /** Deliveries under way, as far as is known now. */
  backlog(backlog: Backlog, nowMs: number): void;
  /** Of this process, for people. */
  figures(): Promise<Figures>;
  render(): Promise<string>;
  readonly contentType: string;
}

/** `process`: also figures of the process (memory, event loop); only one registry of a process should have them. */
export function createMetrics(options: { readonly process?: boolean } = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (options.process) collectDefaultMetrics({ register: registry, prefix: 'preticket_' });
  const counter = <L extends string>(name: string, help: string, labelNames: L[]): Counter<L> =>
    new Counter({ name: `preticket_${name}`, help, labelNames, registers });
  const histogram = <L extends string>(name: string, help: string, labelNames: L[], buckets: number[]): Histogram<L> =>
    new Histogram({ name: `preticket_${name}`, help, labelNames, buckets, registers });

  const opened = counter('conversations_opened_total', 'Conversations opened', ['channel']);
  const turns = counter('turns_total', 'Turns handled', ['kind', 'channel']);
  const turnTime = histogram('turn_duration_seconds', 'Time of a turn, saved', ['kind'], LATENCY_S);
  const redactions = counter('redactions_total', 'Credentials removed', ['kind']);
  const verdicts = counter('verdicts_total', 'First verdicts of conversations', ['cause', 'language']);
  const questions = histogram('questions_to_verdict', 'Questions asked before the first verdict', [], QUESTIONS);
  const statuses = counter('conversations_reached_total', 'Conversations that came to a status', ['status']);
  const resolved = counter('resolved_without_ticket_total', 'Conversations that a fix ended without a ticket', []);
  const triages = counter('triages_total', 'Texts judged without a conversation', ['cause', 'language']);
  const tickets = counter('tickets_total', 'Tickets', ['status']);
  const lacking = counter('ticket_fields_lacking_total', 'Fields that a ticket went without', ['field']);
  const deliveries = counter('deliveries_total', 'Tries to hand a ticket over', ['helpdesk', 'outcome', 'reason']);
  const attempts = histogram(
    'delivery_attempts',
    'Tries until a ticket was delivered or failed',
    ['outcome'],
    ATTEMPTS,
  );
  const removals = counter('conversations_removed_total', 'Conversations deleted', ['why']);
  const requests = histogram(
    'http_request_duration_seconds',
    'Time of a request',
    ['method', 'route', 'status'],
    LATENCY_S,
  );
  const limits = counter('rate_limited_total', 'Requests refused by the rate limit', []);
  const waiting = new Gauge({
    name: 'preticket_deliveries_waiting',
    help: 'Tickets that are not delivered, of all nodes',
    labelNames: ['status'],
    registers,
  });
  const oldest = new Gauge({
    name: 'preticket_delivery_oldest_age_seconds',
    help: 'Age of the oldest ticket that waits, of all nodes',
    registers,
  });
  const startedMs = Date.now();
  const sockets = new Gauge({ name: 'preticket_sockets_open', help: 'WebSockets open now', registers });

  return {
    opened: (channel) => opened.inc({ channel }),
    turn(kind, channel, durationMs) {
      turns.inc({ kind, channel });
      turnTime.observe({ kind }, durationMs / 1000);
    },
    redacted(counts) {
      for (const { kind, count } of counts) redactions.inc({ kind }, count);
    },
    verdict(cause, language, count) {
      verdicts.inc({ cause, language });
      questions.observe(count);
    },
    status(status, hasTicket) {
      statuses.inc({ status });
      if (status === 'resolved' && !hasTicket) resolved.inc();
    },
    triaged: (cause, language) => triages.inc({ cause: cause ?? 'none', language }),
    ticket: (status) => tickets.inc({ status }),
    lacked(fields) {
      for (const field of fields) lacking.inc({ field });
    },
    delivery(helpdesk, outcome, attempt, reason = 'none') {
      deliveries.inc({ helpdesk, outcome, reason });
      if (outcome !== 'retried') attempts.observe({ outcome }, attempt);
    },
    removed: (why, count) => removals.inc({ why }, count),
    request: (method, route, status, durationMs) =>
      requests.observe({ method, route, status: String(status) }, durationMs / 1000),
    limited: () => limits.inc(),
    sockets: (count) => sockets.set(count),
    backlog({ pending, failed, oldestMs }, nowMs) {
      waiting.set({ status: 'pending' }, pending);
      waiting.set({ status: 'failed' }, failed);
      oldest.set(oldestMs === undefined ? 0 : Math.max(0, nowMs - oldestMs) / 1000);
    },
    async figures() {
      return {
        sinceMs: startedMs,
        opened: await rowsOf(opened),
        statuses: await rowsOf(statuses),
        verdicts: await rowsOf(verdicts),
        triages: await rowsOf(triages),
        resolved: totalOf(await rowsOf(resolved)),
        tickets: totalOf(await rowsOf(tickets)),
        lacking: await rowsOf(lacking),
        deliveries: await rowsOf(deliveries),
        redactions: await rowsOf(redactions),
      };
    },
    render: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

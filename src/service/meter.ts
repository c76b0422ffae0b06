// What the service counts. Labels come from closed sets: no ids, no texts.
import type { RedactionCount } from '../types';
import type { ConversationStatus } from './talk';

export type TurnKind = 'open' | 'message' | 'fields' | 'egress' | 'ticket' | 'delivery';

export type DeliveryOutcome = 'delivered' | 'retried' | 'failed' | 'withheld';

export interface Meter {
  opened(channel: string): void;
  turn(kind: TurnKind, channel: string, durationMs: number): void;
  redacted(redactions: readonly RedactionCount[]): void;
  /** The first verdict of a conversation, after so many questions. */
  verdict(cause: string, language: string, questions: number): void;
  status(status: ConversationStatus, hasTicket: boolean): void;
  triaged(cause: string | null, language: string): void;
  ticket(status: string): void;
  /** Fields that a ticket went without. */
  lacked(fields: readonly string[]): void;
  /** A try of a delivery, the so manieth of its ticket, and what it led to. */
  delivery(helpdesk: string, outcome: DeliveryOutcome, attempt: number, reason?: string): void;
  removed(why: 'asked' | 'expired', count: number): void;
}

const nothing = (): void => undefined;

export const NO_METER: Meter = {
  opened: nothing,
  turn: nothing,
  redacted: nothing,
  verdict: nothing,
  status: nothing,
  triaged: nothing,
  ticket: nothing,
  lacked: nothing,
  delivery: nothing,
  removed: nothing,
};

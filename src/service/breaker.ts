// Spares a helpdesk that is away, and this process: after a few faults in a row one ticket tries at a time, and the others wait unsent.
import type { DeliveryFault, DeliveryReason } from '../helpdesks/helpdesk';

/** Faults in a row after which the helpdesk counts as away. */
const MOST_FAULTS = 5;
const FIRST_REST_MS = 1000;
const LONGEST_REST_MS = 30_000;

/** Faults of the helpdesk as a whole, not of one ticket. */
const OF_ALL: readonly DeliveryReason[] = ['unreachable', 'timed-out', 'tls', 'rate-limited', 'server-error'];

export class Breaker {
  private faults = 0;
  private restUntilMs = 0;
  private probing = false;

  /** Milliseconds until a try is worth it; 0: now, and `ended` must follow. */
  begin(nowMs: number): number {
    if (this.faults < MOST_FAULTS) return 0;
    if (nowMs < this.restUntilMs) return this.restUntilMs - nowMs;
    if (this.probing) return FIRST_REST_MS;
    this.probing = true;
    return 0;
  }

  /** How a try ended; undefined: the helpdesk took the ticket. */
  ended(fault: DeliveryFault | undefined, nowMs: number): void {
    this.probing = false;
    if (fault === undefined || !OF_ALL.includes(fault.reason)) {
      this.faults = 0;
      return;
    }
    // Who asks all to come back later is not asked again by the others meanwhile.
    this.faults = Math.max(this.faults + 1, fault.retryAfterMs === undefined ? 0 : MOST_FAULTS);
    const rest = Math.min(FIRST_REST_MS * 2 ** Math.max(0, this.faults - MOST_FAULTS), LONGEST_REST_MS);
    this.restUntilMs = nowMs + Math.max(rest, fault.retryAfterMs ?? 0);
  }
}

// What can go wrong with a call, and what the person is told of it. Never holds what was sent.
import type { Say } from './texts';

/**
 * `offline`: nothing answered; `refused`: the server takes no calls from this site; `busy`: comes back by itself;
 * `gone`, `finished`: another conversation is needed; `tooLarge`, `invalid`: not to be tried again.
 */
export type FailureKind = 'offline' | 'refused' | 'busy' | 'gone' | 'finished' | 'tooLarge' | 'invalid' | 'failed';

const RETRY_MS = 3000;
const LONGEST_MS = 60_000;

export class Failure extends Error {
  /** `afterMs`: when trying again can help; `detail`: the server's own words. */
  constructor(
    readonly kind: FailureKind,
    readonly afterMs = RETRY_MS,
    readonly detail = '',
  ) {
    super(kind);
  }
}

export interface Problem {
  readonly status: number;
  readonly code?: string;
  readonly detail?: string;
  /** Seconds; 0: not said. */
  readonly retryAfter?: number;
}

/** The failure that a problem (RFC 9457) means. */
export function failureOf({ status, code, detail, retryAfter }: Problem): Failure {
  const afterMs = Math.min(Math.max((retryAfter || RETRY_MS / 1000) * 1000, 1000), LONGEST_MS);
  if (status === 413) return new Failure('tooLarge');
  if (status === 401 || status === 404) return new Failure('gone');
  if (status === 409 && code === 'CONVERSATION_DONE') return new Failure('finished');
  if (status === 400 || status === 422) return new Failure('invalid', afterMs, detail);
  if ([409, 429, 503, 507].includes(status)) return new Failure('busy', afterMs);
  return new Failure(status === 502 || status === 504 ? 'offline' : 'failed', afterMs);
}

export const asFailure = (error: unknown): Failure => (error instanceof Failure ? error : new Failure('failed'));

/** What the person is told; the kinds are ids of sentences. */
export const wordsOf = ({ kind }: Failure, say: Say): string => say(kind) || say('failed');

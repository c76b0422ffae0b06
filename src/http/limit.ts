// The rate limit: messages, triages and egress calls of one address, over HTTP and sockets alike.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { callerAddress, limitKey } from './address';
import type { Metrics } from './metrics';
import { RateLimited } from './problem';

const WINDOW_MS = 60_000;

/** Throws RATE_LIMITED. */
export type Limit = (request: FastifyRequest) => Promise<void>;

/** Counts under a name in a window that begins with the first of them, for all nodes together. */
export interface SharedCounter {
  hit(name: string, windowMs: number): Promise<{ readonly count: number; readonly leftMs: number }>;
}

/** `max`: a minute for one address; undefined: no limit. While the shared counter is away, each node counts by itself. */
export function createLimit(
  app: FastifyInstance,
  max: number | undefined,
  metrics: Pick<Metrics, 'limited'>,
  counter?: SharedCounter,
): Limit {
  if (max === undefined) return () => Promise.resolve();
  const check = app.createRateLimit({
    max,
    timeWindow: WINDOW_MS,
    keyGenerator: (request) => limitKey(callerAddress(request)),
  });
  const refuse = (leftMs: number): never => {
    metrics.limited();
    throw new RateLimited(Math.max(1, Math.ceil(leftMs / 1000)));
  };
  // The plug-in reads a count a moment after it made it: one at a time, or all of a burst would be refused for its last.
  let before: Promise<unknown> = Promise.resolve();
  const alone: Limit = async (request) => {
    const checked = before.then(() => check(request));
    before = checked.catch(() => undefined);
    const result = await checked;
    if (!result.isAllowed && result.isExceeded) refuse(result.ttl);
  };
  if (counter === undefined) return alone;
  return async (request) => {
    let shared: { readonly count: number; readonly leftMs: number };
    try {
      shared = await counter.hit(limitKey(callerAddress(request)), WINDOW_MS);
    } catch {
      return alone(request);
    }
    if (shared.count > max) refuse(shared.leftMs);
  };
}

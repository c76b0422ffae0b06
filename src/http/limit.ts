// The rate limit: messages, triages and egress calls of one address, over HTTP and sockets alike.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { callerAddress, limitKey } from './address';
import type { Metrics } from './metrics';
import { RateLimited } from './problem';

const WINDOW_MS = 60_000;

/** Throws RATE_LIMITED. */
export type Limit = (request: FastifyRequest) => Promise<void>;

/** `max`: a minute for one address; undefined: no limit. */
export function createLimit(app: FastifyInstance, max: number | undefined, metrics: Pick<Metrics, 'limited'>): Limit {
  if (max === undefined) return () => Promise.resolve();
  const check = app.createRateLimit({
    max,
    timeWindow: WINDOW_MS,
    keyGenerator: (request) => limitKey(callerAddress(request)),
  });
  return async (request) => {
    const result = await check(request);
    if (result.isAllowed || !result.isExceeded) return;
    metrics.limited();
    throw new RateLimited(Math.max(1, result.ttlInSeconds));
  };
}

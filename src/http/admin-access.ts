// Who may see the page of those who run the server: whoever holds ADMIN_TOKEN, as Bearer or as the password of HTTP Basic.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PreticketError } from '../errors';
import { callerAddress, isOriginAllowed, limitKey } from './address';
import type { RouteDeps } from './deps';
import { PROBLEM_TYPE, problemOf, RateLimited } from './problem';

const WINDOW_MS = 60_000;
/** Requests of one address a minute: a page that is looked at, and no search for a token. */
const MOST_REQUESTS = 90;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

function tokenOf({ authorization = '' }: FastifyRequest['headers']): string | undefined {
  const [scheme = '', value = ''] = authorization.trim().split(/ +/, 2);
  if (/^bearer$/i.test(scheme)) return value;
  if (!/^basic$/i.test(scheme)) return undefined;
  const login = Buffer.from(value, 'base64').toString('utf8');
  const colon = login.indexOf(':');
  return colon < 0 ? undefined : login.slice(colon + 1);
}

/** A hook for every route below /admin. Throws RATE_LIMITED, ORIGIN_REFUSED; 401 asks a browser for the password. */
export function guardAdmin(
  app: FastifyInstance,
  token: string,
  { config, metrics }: Pick<RouteDeps, 'config' | 'metrics'>,
): (request: FastifyRequest, reply: FastifyReply) => Promise<unknown> {
  const wanted = digest(token);
  const count = app.createRateLimit({
    max: MOST_REQUESTS,
    timeWindow: WINDOW_MS,
    keyGenerator: (request) => `admin ${limitKey(callerAddress(request))}`,
  });
  return async (request, reply) => {
    const limited = await count(request);
    if (!limited.isAllowed && limited.isExceeded) {
      metrics.limited();
      throw new RateLimited(Math.max(1, limited.ttlInSeconds));
    }
    const given = tokenOf(request.headers);
    // Hashes have one length, so that how long the comparison takes says nothing.
    if (given === undefined || !timingSafeEqual(digest(given), wanted)) {
      const problem = problemOf(new PreticketError('TOKEN_MISSING', 'This page needs the password of the operator.'));
      reply.header('www-authenticate', 'Basic realm="preticket", charset="UTF-8"');
      return reply.code(problem.status).type(PROBLEM_TYPE).send(JSON.stringify(problem));
    }
    // A browser sends a password that it knows wherever a page of anybody asks it to.
    if (request.method !== 'GET' && !isOriginAllowed(request, undefined, config.publicUrl))
      throw new PreticketError('ORIGIN_REFUSED', 'Pages of this origin may not act here.');
    return undefined;
  };
}

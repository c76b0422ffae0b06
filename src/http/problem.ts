// RFC 9457 problem details. What is said comes from the program; nothing that was sent is repeated.
import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { FastifyReply } from 'fastify';
import { type ErrorCode, PreticketError } from '../errors';

export interface Problem {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ErrorCode | 'UNEXPECTED';
}

export const PROBLEM_TYPE = 'application/problem+json';
/** Seconds after which trying again can help, where nothing better is known. */
const RETRY_AFTER_S = 5;

export function problemOf(error: unknown): Problem {
  if (!(error instanceof PreticketError)) {
    return {
      type: 'about:blank',
      title: 'Internal Server Error',
      status: 500,
      code: 'UNEXPECTED',
      detail: 'Something went wrong here. Nothing was kept of this request.',
    };
  }
  const { status, code, message } = error;
  return { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, code, detail: message };
}

export class RateLimited extends PreticketError {
  /** `afterS`: whole seconds until the next request is taken. */
  constructor(readonly afterS: number) {
    super('RATE_LIMITED', `Too many requests from this address. Try again in ${afterS} s.`);
  }
}

/** Seconds for `Retry-After`, undefined where trying again cannot help. */
export function retryAfter(error: unknown): number | undefined {
  if (error instanceof RateLimited) return error.afterS;
  return error instanceof PreticketError && error.retryable && error.status !== 409 ? RETRY_AFTER_S : undefined;
}

export async function sendProblem(reply: FastifyReply, error: unknown): Promise<void> {
  const problem = problemOf(error);
  const after = retryAfter(error);
  if (after !== undefined) reply.header('retry-after', String(after));
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
  await reply.code(problem.status).type(PROBLEM_TYPE).send(JSON.stringify(problem));
}

/** What every answer says that no route wrote. */
const BARE_HEADERS = {
  'content-type': PROBLEM_TYPE,
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
} as const;

/** A problem where no plug-in has seen the request. */
export function sendBareProblem(response: ServerResponse, error: unknown): void {
  const problem = problemOf(error);
  const body = JSON.stringify(problem);
  response.writeHead(problem.status, { ...BARE_HEADERS, 'content-length': Buffer.byteLength(body) }).end(body);
}

/** A whole HTTP message for where there is no reply yet; the connection ends with it. */
export function problemMessage(problem: Problem): string {
  const body = JSON.stringify(problem);
  const headers = { ...BARE_HEADERS, 'content-length': Buffer.byteLength(body), connection: 'close' };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return `HTTP/1.1 ${problem.status} ${problem.title}\r\n${lines.join('\r\n')}\r\n\r\n${body}`;
}

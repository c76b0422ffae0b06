// One HTTP call to a helpdesk: bounded in time and size, no redirects, and errors that say nothing of what was sent or answered.
import { DeliveryFault } from './helpdesk';

/** What one call may take, the answer read. */
const CALL_MS = 15_000;
const MOST_ANSWER_BYTES = 256 * 1024;
/** Longest wait that a helpdesk may ask for. */
const MOST_RETRY_AFTER_MS = 6 * 3600_000;

export interface HelpdeskCall {
  readonly url: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
  /** For tests. */
  readonly callMs?: number;
}

export interface HelpdeskAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** At most 256 KiB. */
  readonly text: string;
}

/** Throws `DeliveryFault` where no whole answer came. Any status is an answer, see `checkStatus`. */
export async function callHelpdesk({
  url,
  method = 'POST',
  headers = {},
  body,
  signal,
  callMs = CALL_MS,
}: HelpdeskCall): Promise<HelpdeskAnswer> {
  const timeout = AbortSignal.timeout(callMs);
  try {
    const response = await fetch(url, {
      method,
      headers: { accept: 'application/json', 'user-agent': 'preticket', ...headers },
      redirect: 'manual',
      signal: AbortSignal.any([signal, timeout]),
      ...(body === undefined ? {} : { body }),
    });
    return { status: response.status, headers: response.headers, text: await readBounded(response) };
  } catch (error) {
    if (error instanceof DeliveryFault) throw error;
    if (timeout.aborted || signal.aborted) throw new DeliveryFault('timed-out', { retryable: true });
    const { code } = (error as { cause?: { code?: unknown } }).cause ?? {};
    throw new DeliveryFault(isTlsFault(code) ? 'tls' : 'unreachable', { retryable: true });
  }
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > MOST_ANSWER_BYTES) {
      await response.body?.cancel().catch(() => undefined);
      throw new DeliveryFault('answer-malformed', { retryable: true, status: response.status });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** By codes of Node's TLS: a certificate that is not trusted, too old or of another host, or no TLS at all. */
export const isTlsFault = (code: unknown): boolean =>
  /^(?:CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO$|ETLS)/.test(String(code));

/** What a status other than 2xx means. Throws `DeliveryFault`; 4xx that will never work are not tried again. */
export function checkStatus({ status, headers }: Pick<HelpdeskAnswer, 'status' | 'headers'>): void {
  if (status >= 200 && status < 300) return;
  const after = retryAfterMs(headers.get('retry-after'), Date.now());
  const later = { retryable: true, status, ...(after === undefined ? {} : { retryAfterMs: after }) };
  const never = { retryable: false, status };
  if (status === 429) throw new DeliveryFault('rate-limited', later);
  if (status === 408 || status === 409 || status === 425 || status >= 500)
    throw new DeliveryFault('server-error', later);
  if (status === 401 || status === 403 || status === 407) throw new DeliveryFault('unauthorised', never);
  if (status === 404 || status === 405 || status === 410) throw new DeliveryFault('address-wrong', never);
  if (status === 413) throw new DeliveryFault('too-large', never);
  if (status < 400) throw new DeliveryFault('redirected', never);
  throw new DeliveryFault('refused', never);
}

/** `Retry-After` in milliseconds from `nowMs` (RFC 9110, 10.2.3: seconds or a date); undefined where it says nothing. */
export function retryAfterMs(value: string | null, nowMs: number): number | undefined {
  if (value === null) return undefined;
  const text = value.trim();
  const ms = /^\d{1,9}(?:\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  return Number.isFinite(ms) ? Math.min(Math.max(0, Math.ceil(ms)), MOST_RETRY_AFTER_MS) : undefined;
}

/** JSON of an answer; undefined where it is none. */
export function jsonOf({ text }: Pick<HelpdeskAnswer, 'text'>): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** A member of what may be an object. */
export const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;

/** An answer that does not say what it should: whether the ticket was taken is not known. */
export const malformed = (): DeliveryFault => new DeliveryFault('answer-malformed', { retryable: true });

export const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

/** A part of an address as it was before it was written there; as it stands where it is not well encoded. */
export function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

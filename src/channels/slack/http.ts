// Slack over HTTP: one request URL. The signature is over the raw body, so nothing is parsed before it was checked.
import type { Outcome } from './receiver';
import { isSigned } from './signature';

/** What came in, whatever server it came through. */
export interface RawRequest {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface RawAnswer {
  readonly status: number;
  /** JSON; nothing where undefined. */
  readonly json?: unknown;
}

export interface HttpOptions {
  readonly signingSecret: string;
  readonly now: () => number;
  readonly deliver: (body: Record<string, unknown>, retryNum?: number) => Promise<Outcome>;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

const one = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? undefined : value);

/** Events are JSON; commands are a form; everything else is JSON in a form. Undefined: neither. */
function parse(body: Buffer, contentType: string): Record<string, unknown> | undefined {
  let value: unknown;
  try {
    const text = utf8.decode(body);
    if (contentType.startsWith('application/x-www-form-urlencoded')) {
      const form = new URLSearchParams(text);
      const payload = form.get('payload');
      value = payload === null ? Object.fromEntries(form) : JSON.parse(payload);
    } else value = JSON.parse(text);
  } catch {
    // What is not UTF-8 or not JSON; the parser's message quotes it.
    return undefined;
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

/** Takes one request of Slack's. 401: not signed by Slack now; 503: to be sent again. Never throws. @unredacted */
export async function takeRequest(options: HttpOptions, { body, headers }: RawRequest): Promise<RawAnswer> {
  const timestamp = one(headers['x-slack-request-timestamp']);
  const signature = one(headers['x-slack-signature']);
  if (!isSigned(options.signingSecret, body, { timestamp, signature }, options.now())) return { status: 401 };
  const parsed = parse(body, (one(headers['content-type']) ?? '').toLowerCase());
  if (parsed === undefined) return { status: 400 };
  if (parsed['type'] === 'url_verification') return { status: 200, json: { challenge: parsed['challenge'] } };
  if (parsed['ssl_check'] !== undefined) return { status: 200 };
  const retry = Number(one(headers['x-slack-retry-num']));
  const outcome = await options.deliver(parsed, Number.isInteger(retry) && retry > 0 ? retry : undefined);
  if (outcome.kind !== 'acked') return { status: outcome.kind === 'failed' ? 503 : 400 };
  return { status: 200, ...(outcome.answer === undefined ? {} : { json: outcome.answer }) };
}

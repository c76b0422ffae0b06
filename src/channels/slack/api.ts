// The Web API as this channel calls it: bounded in time, rate limits and failures told apart, nothing retried behind our back, nothing logged.
import type { webApi } from '@slack/bolt';
import { SILENT } from './silent';

const TIMEOUT_MS = 10_000;
/** Where Slack names no time. */
const BUSY_MS = 5000;

/** What Slack answered instead of doing it. `reason`: Slack's own word for it. */
export class SlackRefusal extends Error {
  constructor(
    readonly reason: string,
    /** Trying again later can help. */
    readonly passing: boolean,
    /** Milliseconds to wait first, where Slack names them. */
    readonly waitMs?: number,
  ) {
    super(`Slack: ${/^[a-z_0-9]{1,60}$/.test(reason) ? reason : 'refused'}`);
    this.name = 'SlackRefusal';
  }
}

/** Slack's words for what is wrong with Slack, not with the call. */
const PASSING = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'ratelimited',
  'rate_limited',
  'team_added_to_org',
  'accesslimited',
  // The operator can put these right within the day that work is tried.
  'invalid_auth',
  'not_authed',
  'token_expired',
  'token_revoked',
  'account_inactive',
]);

export type Answer = Readonly<Record<string, unknown>>;

export interface SlackApi {
  /** Throws SlackRefusal. */
  call(method: string, args: Readonly<Record<string, unknown>>): Promise<Answer>;
}

type Client = Pick<webApi.WebClient, 'apiCall'>;

/** Options of every client of Slack's, Bolt's own too. */
export const clientOptions = (apiUrl: string): webApi.WebClientOptions => ({
  slackApiUrl: apiUrl.endsWith('/') ? apiUrl : `${apiUrl}/`,
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  timeout: TIMEOUT_MS,
  logger: SILENT,
  allowAbsoluteUrls: false,
});

/** `tokenOf`: the bot's; undefined where the workspace has removed the assistant, which no waiting mends. Its errors are passed on. */
export function createApi(client: Client, tokenOf: () => Promise<string | undefined>): SlackApi {
  return {
    async call(method, args) {
      const token = await tokenOf();
      if (token === undefined) throw new SlackRefusal('not_installed', false);
      try {
        return (await client.apiCall(method, { ...args, token })) as unknown as Answer;
      } catch (error) {
        throw refusalOf(error);
      }
    },
  };
}

/** The clients' errors quote what was sent; only Slack's own word is kept. */
export function refusalOf(error: unknown): SlackRefusal {
  const { code, data, retryAfter, statusCode } = (error ?? {}) as {
    readonly code?: unknown;
    readonly data?: { readonly error?: unknown };
    readonly retryAfter?: unknown;
    readonly statusCode?: unknown;
  };
  if (code === 'slack_webapi_rate_limited_error')
    return new SlackRefusal('ratelimited', true, typeof retryAfter === 'number' ? retryAfter * 1000 : BUSY_MS);
  if (code === 'slack_webapi_platform_error') {
    const reason = typeof data?.error === 'string' ? data.error : 'unknown';
    return new SlackRefusal(reason, PASSING.has(reason));
  }
  if (code === 'slack_webapi_http_error') {
    const passing = typeof statusCode !== 'number' || statusCode >= 500 || statusCode === 408;
    return new SlackRefusal('http', passing);
  }
  return new SlackRefusal('unreachable', true);
}

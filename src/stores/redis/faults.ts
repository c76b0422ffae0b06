// What an error of Redis or of the connection to it means to a caller.
import { PreticketError } from '../../errors';

export const damaged = (): PreticketError =>
  new PreticketError('STORE_DAMAGED', 'A record of the store is damaged, or was sealed with another SESSION_SECRET.');

/** Answers of a server that is starting, being replaced or being moved: the same command may do a moment later. */
const PASSING = /^(LOADING|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|MOVED|ASK|NOREPLICAS|UNBLOCKED|BUSY|FAILOVER)\b/;
const REFUSED = /^(NOAUTH|WRONGPASS|NOPERM|DENIED)\b/;
const FULL = /^OOM\b|^MISCONF .*(No space left|Disk quota)/s;

const isReply = (error: Error): boolean => error.name === 'ReplyError';

export const isUnknownScript = (error: Error): boolean => error.message.startsWith('NOSCRIPT');

/** Whether the same thing may succeed a moment later. Everything that is no answer of the server is a fault of the connection. */
export function isPassing(error: Error): boolean {
  if (error instanceof PreticketError) return error.retryable && error.code !== 'STORE_FULL';
  return !isReply(error) || PASSING.test(error.message);
}

/** Why a server may not be used at all; undefined where the error says nothing of that kind. */
export function refusal(error: unknown): string | undefined {
  const message = error instanceof Error ? error.message : '';
  if (/^(NOAUTH|WRONGPASS)\b|invalid (username-)?password|invalid username-password/i.test(message))
    return 'the user name or password is not the right one';
  if (/^NOPERM\b/.test(message)) return 'its user lacks a permission that is needed';
  if (
    /CERT|SSL|TLS|certificate|self.signed/i.test(`${(error as { code?: string } | undefined)?.code ?? ''} ${message}`)
  )
    return 'its certificate is not trusted here (NODE_EXTRA_CA_CERTS names a file of further ones)';
  return undefined;
}

export const unavailable = (cause?: unknown): PreticketError =>
  new PreticketError('STORE_UNAVAILABLE', 'The store does not answer. Try again later.', { cause });

/** The error that a caller of the store sees. What the command held is left behind. */
export function storeError(error: unknown): PreticketError {
  if (error instanceof PreticketError) return error;
  if (!(error instanceof Error)) return unavailable();
  const word = isReply(error) ? (/^[A-Z]{2,20}/.exec(error.message)?.[0] ?? 'ERR') : error.name;
  const cause = new Error(word);
  if (FULL.test(error.message))
    return new PreticketError('STORE_FULL', 'The store has no room left; nothing was changed. Try again later.', {
      cause,
    });
  if (error.message.startsWith('WRONGTYPE')) return damaged();
  if (REFUSED.test(error.message))
    return new PreticketError('STORE_UNAVAILABLE', 'The store refuses this server. Its operator must look.', { cause });
  return unavailable(cause);
}

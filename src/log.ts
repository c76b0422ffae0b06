// Structured logs. Every field has a closed type: numbers, words of the program itself, and text only as what redaction made.
import pino from 'pino';
import type { LogLevel } from './config';
import type { ErrorCode } from './errors';
import type { Redacted } from './redact/redacted';

export type LogEvent =
  | 'listening'
  | 'stopping'
  | 'stopped'
  | 'request'
  | 'request-failed'
  | 'turn-failed'
  | 'sweep-failed'
  | 'work-failed'
  | 'store-failed'
  | 'socket-opened'
  | 'socket-closed'
  | 'socket-failed'
  | 'client-error'
  | 'slack-connected'
  | 'slack-disconnected'
  | 'slack-failed'
  | 'slack-installed'
  | 'slack-uninstalled'
  | 'slack-install-failed'
  | 'unexpected';

/** A route's pattern or a label of a metric: made from the program's own tables, never from a request. */
export type Label = string & { readonly label: unique symbol };

export interface LogFields {
  readonly method?: Label;
  readonly route?: Label;
  readonly status?: number;
  readonly durationMs?: number;
  readonly code?: ErrorCode | Label;
  /** Of work, and how often it was tried. */
  readonly kind?: Label;
  readonly attempt?: number;
  readonly port?: number;
  readonly sockets?: number;
  /** Name of an error's class. Its message may quote what was sent and is never logged. */
  readonly error?: Label;
  /** Where in the program it came from: files and lines only. */
  readonly at?: Label;
  readonly text?: Redacted;
}

export interface Log {
  trace(event: LogEvent, fields?: LogFields): void;
  debug(event: LogEvent, fields?: LogFields): void;
  info(event: LogEvent, fields?: LogFields): void;
  warn(event: LogEvent, fields?: LogFields): void;
  error(event: LogEvent, fields?: LogFields): void;
}

/** One JSON object a line, to `destination` (standard output where left out). */
export function createLog(level: LogLevel, destination?: { write(line: string): void }): Log {
  const logger = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, messageKey: 'event' },
    destination ?? pino.destination({ fd: 1, sync: true }),
  );
  const at =
    (name: 'trace' | 'debug' | 'info' | 'warn' | 'error') =>
    (event: LogEvent, fields: LogFields = {}): void =>
      logger[name](fields, event);
  return { trace: at('trace'), debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

export const NO_LOG: Log = createLog('silent');

/** What may be said of an error nobody expected: its class, and the places in the program that it passed. */
export function describeError(error: unknown): Pick<LogFields, 'error' | 'at'> {
  if (!(error instanceof Error)) return { error: 'unknown' as Label };
  const frames = [...(error.stack ?? '').matchAll(/^\s+at .*?([\w.-]+\.[jt]s:\d+):\d+\)?$/gm)]
    .slice(0, 6)
    .map((match) => match[1]);
  return { error: (/^\w{1,40}$/.test(error.name) ? error.name : 'Error') as Label, at: frames.join(' < ') as Label };
}

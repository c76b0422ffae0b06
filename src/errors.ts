// The one error table. Callers switch on `code`, never on text; no message repeats a value that was sent.

/** Every error of the program: exit status of the command line, HTTP status, and whether trying again can help. */
export const ERRORS = {
  USAGE: { exit: 2, status: 400, retryable: false },
  INPUT_TOO_LARGE: { exit: 1, status: 413, retryable: false },
  INPUT_UNREADABLE: { exit: 1, status: 400, retryable: false },
  OUTPUT_UNWRITABLE: { exit: 1, status: 500, retryable: false },
  INPUT_BAD_LINE: { exit: 1, status: 400, retryable: false },
  PACK_INVALID: { exit: 1, status: 500, retryable: false },
  PACK_MISSING: { exit: 1, status: 500, retryable: false },
  CHECK_FAILED: { exit: 1, status: 500, retryable: false },
  REDACTION_FAILED: { exit: 1, status: 500, retryable: false },
  CONFIG_INVALID: { exit: 2, status: 500, retryable: false },
  LISTEN_FAILED: { exit: 1, status: 500, retryable: false },
  STORE_DAMAGED: { exit: 1, status: 503, retryable: false },
  STORE_UNWRITABLE: { exit: 1, status: 503, retryable: false },
  STORE_UNAVAILABLE: { exit: 1, status: 503, retryable: true },
  STORE_FULL: { exit: 1, status: 507, retryable: true },
  STOPPING: { exit: 1, status: 503, retryable: true },
  REQUEST_INVALID: { exit: 1, status: 400, retryable: false },
  TOKEN_MISSING: { exit: 1, status: 401, retryable: false },
  ORIGIN_REFUSED: { exit: 1, status: 403, retryable: false },
  NOT_FOUND: { exit: 1, status: 404, retryable: false },
  METHOD_NOT_ALLOWED: { exit: 1, status: 405, retryable: false },
  TURN_TIMED_OUT: { exit: 1, status: 503, retryable: true },
  CONVERSATION_STALE: { exit: 1, status: 409, retryable: true },
  CONVERSATION_DONE: { exit: 1, status: 409, retryable: false },
  MESSAGE_TOO_LARGE: { exit: 1, status: 413, retryable: false },
  CONTENT_TYPE: { exit: 1, status: 415, retryable: false },
  EXPECTATION: { exit: 1, status: 417, retryable: false },
  FIELD_INVALID: { exit: 1, status: 422, retryable: false },
  KEY_REUSED: { exit: 1, status: 422, retryable: false },
  RATE_LIMITED: { exit: 1, status: 429, retryable: true },
} as const;

export type ErrorCode = keyof typeof ERRORS;

/** The only error class that the program throws on purpose. */
export class PreticketError extends Error {
  readonly exit: number;
  readonly status: number;
  readonly retryable: boolean;

  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'PreticketError';
    ({ exit: this.exit, status: this.status, retryable: this.retryable } = ERRORS[code]);
  }
}

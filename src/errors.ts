// The one error table. Callers switch on `code`, never on text; no message repeats a value that was sent.

/** Every error of the program: exit status of the command line, HTTP status, and whether trying again can help. */
export const ERRORS = {
  USAGE: { exit: 2, status: 400, retryable: false },
  INPUT_TOO_LARGE: { exit: 1, status: 413, retryable: false },
  INPUT_UNREADABLE: { exit: 1, status: 400, retryable: false },
  INPUT_BAD_LINE: { exit: 1, status: 400, retryable: false },
  PACK_INVALID: { exit: 1, status: 500, retryable: false },
  PACK_MISSING: { exit: 1, status: 500, retryable: false },
  CHECK_FAILED: { exit: 1, status: 500, retryable: false },
  REDACTION_FAILED: { exit: 1, status: 500, retryable: false },
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

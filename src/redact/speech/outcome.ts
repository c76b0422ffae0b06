// What a line of running text leaves for the next one.

/** What a line leaves for the next one. */
export interface Outcome {
  /** Kind of the last noun. */
  readonly noun?: string;
  /** Kind of the value that is waited for. */
  readonly waits?: string;
}

// The logger that Slack's libraries are given: they would log what people wrote and what tokens are. What matters is logged by us, by code.
import type { Logger, LogLevel } from '@slack/bolt';

const nothing = (): void => undefined;

export const SILENT: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  // Of the enum, which would load the library.
  getLevel: () => 'error' as LogLevel,
  setName: nothing,
};

// Everything that requests and replies in a text tell.
import type { Observation, Redacted } from '../redact/redacted';
import type { Api } from './api';
import type { ParsedRequest } from './model';
import { findReplies, type Reply } from './responses';

export interface RequestReading {
  readonly requests: readonly ParsedRequest[];
  readonly replies: readonly Reply[];
  readonly facts: readonly { readonly fact: string; readonly start: number; readonly end: number }[];
}

export function readRequests(text: Redacted, _observations: readonly Observation[], api: Api): RequestReading {
  return { requests: [], replies: findReplies(text, api.data.envelope), facts: [] };
}

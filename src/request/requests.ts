// Everything that requests and replies in a text tell.
import type { Observation, Redacted } from '../redact/redacted';
import type { Api } from './api';
import { checkRequests } from './check/check';
import type { RequestFinding } from './check/finding';
import { correctRequest, type Correction } from './correct';
import { requestFacts, type RequestFact } from './facts';
import type { ParsedRequest } from './model';
import { parseRequests } from './parse';
import { findReplies, type Reply } from './responses';

export interface RequestReading {
  readonly requests: readonly ParsedRequest[];
  readonly replies: readonly Reply[];
  readonly findings: readonly RequestFinding[];
  /** The first faulty request as it should be; null where nothing is wrong or nothing can be written. */
  readonly correction: Correction | null;
  readonly facts: readonly RequestFact[];
}

export function readRequests(text: Redacted, observations: readonly Observation[], api: Api): RequestReading {
  const requests = parseRequests(text, observations, api);
  const replies = findReplies(text, api.data.envelope);
  const findings = checkRequests(requests, api, text, { observations });
  return {
    requests,
    replies,
    findings,
    correction: findings.length === 0 ? null : correctRequest(requests, findings, text),
    facts: requestFacts(requests, findings, replies, api, text),
  };
}

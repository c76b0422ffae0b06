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
  const correction = findings.length === 0 ? null : correctRequest(requests, findings, text);
  return {
    requests,
    replies,
    findings,
    correction: correction !== null && isRight(correction, requests, findings, text, api) ? correction : null,
    facts: requestFacts(requests, findings, replies, api, text),
  };
}

/** Read again in its place, the correction shows none of the faults that it mends. */
function isRight(
  correction: Correction,
  requests: readonly ParsedRequest[],
  findings: readonly RequestFinding[],
  text: Redacted,
  api: Api,
): boolean {
  const mended = `${text.slice(0, correction.start)}${correction.text}${text.slice(correction.end)}` as Redacted;
  const end = correction.start + correction.text.length;
  const again = checkRequests(parseRequests(mended, [], api), api, mended, { sandboxMeant: false });
  const index = findings.find((f) => f.edits !== null && f.edits.length > 0)?.request;
  const fixed = new Set(
    findings.filter((f) => f.request === index && requests[f.request] !== undefined).map((f) => keyOf(f)),
  );
  return !again.some((f) => f.start < end && correction.start < f.end && fixed.has(keyOf(f)));
}

function keyOf(f: RequestFinding): string {
  return `${f.id} ${f.param ?? ''}`;
}

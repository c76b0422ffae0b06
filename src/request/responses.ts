// All replies that a text shows: status lines, envelopes in any dump, exceptions of HTTP libraries, and errors of the client itself.

import { findClientErrors, type ClientErrorKind } from './client-errors';
import { findEnvelopes, type EnvelopeNames } from './envelope';
import { findStatuses } from './statuses';

/** One reply, or one failure to get any. Offsets: UTF-16 units into the redacted text. */
export interface Reply {
  readonly start: number;
  readonly end: number;
  /** HTTP status, null where none is shown. */
  readonly status: number | null;
  readonly statusSpan: { readonly start: number; readonly end: number } | null;
  /** Standard reason phrase as written, null where none. */
  readonly reason: string | null;
  /** Code of the envelope in digits as written, null where there is no envelope. */
  readonly code: string | null;
  readonly codeSpan: { readonly start: number; readonly end: number } | null;
  /** The envelope's message as written (unescaped), or the words that an exception quotes. */
  readonly message: string | null;
  readonly messageSpan: { readonly start: number; readonly end: number } | null;
  /** A failure of the client itself: nothing came back from the service. */
  readonly client: boolean;
  readonly clientKind: ClientErrorKind | null;
  /** Host of a URL that the same line names, lower case; null where none is named. */
  readonly host: string | null;
}

/** Names of the keys of the service's envelope, from the API description. */
export type { EnvelopeNames } from './envelope';
export type { ClientErrorKind } from './client-errors';

/** How far behind a status its envelope may stand, in characters: headers of a reply fit. */
const REACH = 2_000;

const URL_ON_LINE = /\bhttps?:\/\/([A-Za-z0-9.-]+)/;

function hostOnLine(text: string, at: number): string | null {
  const before = text.slice(Math.max(0, at - 300), at);
  const after = text.slice(at, at + 300);
  const stop = after.indexOf('\n');
  const line = before.slice(before.lastIndexOf('\n') + 1) + (stop < 0 ? after : after.slice(0, stop));
  return URL_ON_LINE.exec(line)?.[1]?.toLowerCase() ?? null;
}

/**
 * Finds every reply in a text, in order of place. A status and the envelope behind it make one reply.
 * @param names key names of the envelope; without them only statuses and client errors are found
 */
export function findReplies(text: string, names: EnvelopeNames | null): Reply[] {
  const statuses = findStatuses(text);
  const envelopes = names === null ? [] : findEnvelopes(text, names);
  const out: Reply[] = [];
  let e = 0;
  for (let s = 0; s < statuses.length; s++) {
    const status = statuses[s];
    if (status === undefined) break;
    const next = statuses[s + 1]?.start ?? Infinity;
    while (e < envelopes.length && (envelopes[e]?.end ?? 0) <= status.start) out.push(only(text, envelopes, e++));
    const envelope = envelopes[e];
    if (envelope !== undefined && envelope.start <= status.numberStart && envelope.end >= status.numberEnd) continue;
    const joined = envelope !== undefined && envelope.start < next && envelope.start - status.end < REACH;
    if (joined) e++;
    out.push({
      start: status.start,
      end: joined ? Math.max(status.end, envelope.end) : status.end,
      status: status.status,
      statusSpan: { start: status.numberStart, end: status.numberEnd },
      reason: status.reason,
      code: joined ? envelope.code : null,
      codeSpan: joined ? envelope.codeSpan : null,
      message: joined ? envelope.message : status.message,
      messageSpan: joined ? envelope.messageSpan : status.messageSpan,
      client: false,
      clientKind: null,
      host: hostOnLine(text, status.start),
    });
  }
  while (e < envelopes.length) out.push(only(text, envelopes, e++));
  for (const c of findClientErrors(text)) {
    out.push({
      start: c.start,
      end: c.end,
      status: null,
      statusSpan: null,
      reason: null,
      code: null,
      codeSpan: null,
      message: null,
      messageSpan: null,
      client: true,
      clientKind: c.kind,
      host: hostOnLine(text, c.start),
    });
  }
  return out.sort((a, b) => a.start - b.start);
}

function only(text: string, envelopes: ReturnType<typeof findEnvelopes>, i: number): Reply {
  const e = envelopes[i];
  if (e === undefined) throw new RangeError('no envelope there');
  return {
    start: e.start,
    end: e.end,
    status: null,
    statusSpan: null,
    reason: null,
    code: e.code,
    codeSpan: e.codeSpan,
    message: e.message,
    messageSpan: e.messageSpan,
    client: false,
    clientKind: null,
    host: hostOnLine(text, e.start),
  };
}

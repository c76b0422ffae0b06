// HTTP statuses that a text shows: status lines, access logs, exceptions of HTTP libraries, dumps and arrows of hand-made logs.

import { STATUS_CODES } from 'node:http';

export interface StatusHit {
  /** Span of the status with its reason phrase. */
  readonly start: number;
  readonly end: number;
  readonly status: number;
  readonly numberStart: number;
  readonly numberEnd: number;
  readonly reason: string | null;
  /** Words that the exception quotes behind the status, where it is more than the reason. */
  readonly message: string | null;
  readonly messageSpan: { readonly start: number; readonly end: number } | null;
}

const NUMBER = /(?<![\w.:,/-])[1-5]\d\d(?![\w]|[.,:]\d|-\d)/g;
/** What stands before a status. Protocol and library words only. */
const BEFORE =
  /(?:HTTP\/\d(?:\.\d)?"?|\bHTTP(?:[ _]?(?:status|code|error|response))?(?:[ _]code)?|\bstatus(?:[ _]?code)?|\bresponse(?:[ _]?(?:code|status))?|res(?:p|ponse)?\.(?:code|status(?:Code|_code)?)|\bERROR|Exception|<-+|<=+|[-=]+>|→|←|➜|curl: \(22\).{0,40}error:)["'\])]*[\s:=>([\]"'`]*(?:int\(|string\(\d\) ")?$/i;
const REASONS = new Map(Object.entries(STATUS_CODES).map(([code, text]) => [Number(code), (text ?? '').toLowerCase()]));
const AFTER =
  /^\s?[)\]'"]?\s?(?:\(|Client Error:\s|Server Error:\s|:\s)?\s?([A-Z][A-Za-z'-]{1,20}(?: [A-Za-z-]{1,20}){0,5})/;

/** Finds statuses in order of place; linear. */
export function findStatuses(text: string): StatusHit[] {
  const out: StatusHit[] = [];
  NUMBER.lastIndex = 0;
  for (let m = NUMBER.exec(text); m !== null; m = NUMBER.exec(text)) {
    const at = m.index;
    const end = at + 3;
    const status = Number(m[0]);
    const reason = readReason(text, end, status);
    const before = text.slice(Math.max(0, at - 60), at);
    const lineStart = before.lastIndexOf('\n') + 1;
    const cue = BEFORE.exec(before.slice(lineStart)) ?? BEFORE.exec(before.trimEnd().slice(-40));
    const arrow = cue !== null && /[<>=-]+\s*$/.test(cue[0]) && !/[a-z]/i.test(cue[0]);
    if (cue === null && reason === null && !/^ ?\{ ?\\?["']?\w/.test(text.slice(end, end + 6))) continue;
    if (
      arrow &&
      reason === null &&
      /^\s*[A-Za-z%€$]/.test(text.slice(end, end + 3)) &&
      !/^\s*(?:in|after|\()/.test(text.slice(end, end + 8))
    )
      continue;
    if (status < 200 && status !== 100 && status !== 101 && status !== 103) continue;
    out.push({
      start: cue !== null && /^http\/|^http\b/i.test(cue[0]) ? at - cue[0].length : at,
      end: reason === null ? end : reason.end,
      status,
      numberStart: at,
      numberEnd: end,
      reason: reason === null ? null : text.slice(reason.start, reason.end),
      message: null,
      messageSpan: null,
    });
  }
  return out;
}

function readReason(text: string, end: number, status: number): { start: number; end: number } | null {
  const known = REASONS.get(status);
  if (known === undefined) return null;
  const behind = AFTER.exec(text.slice(end, end + 60));
  if (behind?.[1] === undefined) return null;
  if (!behind[1].toLowerCase().startsWith(known)) return null;
  const start = end + behind[0].length - behind[1].length;
  return { start, end: start + known.length };
}

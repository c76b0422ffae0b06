// Every request in a text, whatever its syntax, each with the replies that belong to it.

import type { Observation, Redacted } from '../redact/redacted';
import type { Api } from './api';
import { detectLanguage, type Language } from './code/language';
import { render } from './code/render';
import { codeRequests } from './code/requests';
import { distance } from './check/distance';
import { commandRequests } from './shell/commands';
import { configRequests } from './config';
import { describedRequests } from './described';
import { dumpRequests } from './dumps';
import { httpRequests } from './http-text';
import { jsonRequests } from './json/documents';
import { loggedRequests, queryRequests } from './log-lines';
import { withLoosePairs } from './loose/beside-code';
import type { LooseNames } from './loose/names';
import { looseRequests } from './loose/requests';
import type { ParsedRequest, Syntax } from './model';
import { findReplies, type Reply } from './responses';

/** Characters of a text that are read as requests; a longer one is read around the last mention of the API. */
const DEPTH = 65_536;
/** Of these several may stand in one stretch: calls of a snippet, proxies of a section. */
const SHARED: ReadonlySet<Syntax> = new Set<Syntax>(['code', 'nginx-conf']);
/** Without one of these a text holds no request. */
const SIGN =
  /https?:\/\/|\bcurl\b|\bwget\b|uthori[sz]?ation|\b(?:GET|POST) +\/|HTTP\/\d|\bhttps? +(?:GET|POST|-)|HTTPS?Connection|=>|s:\d+:"/;

/** Requests and replies of a text, in order of place. */
export function parseRequests(text: Redacted, observations: readonly Observation[], api: Api): ParsedRequest[] {
  void observations;
  const lower = text.length <= DEPTH ? null : [...api.production, ...api.sandbox, ...api.brands];
  const { start, end } = stretch(text, lower);
  const body = text.length <= DEPTH ? text : text.slice(start, end);
  const mentions = [...api.production, ...api.sandbox, ...api.brands].some((h) => body.includes(h));
  if (!mentions && !SIGN.test(body) && !body.includes(`${api.data.selector.names[0] ?? ''}=`)) return [];
  const taken: ParsedRequest[] = [];
  const take = (found: readonly ParsedRequest[]): void => {
    for (const r of found)
      if (
        !taken.some((t) => t.start < r.end && r.start < t.end && !(t.syntax === r.syntax && SHARED.has(r.syntax))) &&
        !isPart(r, taken)
      )
        taken.push(r);
  };
  const isApi = (host: string): boolean =>
    api.production.has(host) ||
    api.sandbox.has(host) ||
    api.brands.some((b) => host.includes(b)) ||
    api.mirrors.some((m) => host.endsWith(m));
  take(commandRequests(text, start, end));
  take(jsonRequests(text, start, end, []));
  take(httpRequests(text, start, end));
  const language = detectLanguage(text.slice(start, end));
  take(codeRequests(text, start, end, language));
  take(dumpRequests(text, start, end, api.data.selector.names));
  take(jsonRequests(text, start, end, api.data.selector.names));
  const names = looseNames(api, isApi, language);
  const known = withLoosePairs(text, start, end, taken, names);
  taken.splice(0, taken.length, ...known);
  const described = describedRequests(text, start, end).filter((r) =>
    r.headers.some((h) => names.isHeader(h.name.toLowerCase()) && !/^content/i.test(h.name)),
  );
  take(described);
  take(looseRequests(text, start, end, taken, names));
  take(describedRequests(text, start, end));
  take(configRequests(text, start, end));
  take(loggedRequests(text, start, end, taken, isApi));
  take(queryRequests(text, start, end, api.data.selector.names));
  const whole = taken.filter((r) => !isUsed(r, taken));
  taken.splice(0, taken.length, ...whole);
  taken.sort((a, b) => a.start - b.start);
  return withReplies(
    taken,
    findReplies(body, { code: api.data.envelope.code, message: api.data.envelope.message }),
    start,
  );
}

/** Parameters without an address that another request has already, such as a map of code that is read as a dump. */
function isPart(r: ParsedRequest, taken: readonly ParsedRequest[]): boolean {
  const own = [...r.query, ...r.bodyParams];
  if (r.url !== null || own.length === 0) return false;
  return taken.some((t) => {
    const theirs = [...t.query, ...t.bodyParams];
    return own.every((p) => theirs.some((q) => q.nameSpan.start < p.nameSpan.end && p.nameSpan.start < q.nameSpan.end));
  });
}

/** A setting or a mere address of which another request is made: what goes out is judged there. */
function isUsed(r: ParsedRequest, taken: readonly ParsedRequest[]): boolean {
  const own = r.url;
  if ((r.syntax !== 'env-file' && r.syntax !== 'log-line') || own === null) return false;
  return taken.some(
    (t) =>
      t !== r && t.url?.value.pieces.some((p) => own.start <= p.start && p.end <= own.end && p.end > p.start) === true,
  );
}

function looseNames(api: Api, isApi: (host: string) => boolean, language: Language | null): LooseNames {
  const { authorization, contentType, selector } = api.data;
  const right = authorization.name.toLowerCase();
  return {
    headers: [right, contentType.name.toLowerCase()],
    params: api.paramNames,
    selector: selector.names,
    isApi,
    render: (value, quote) => (language === null ? null : render(value, language, quote)),
    isHeader: (n) =>
      distance(n, right, 3) <= 3 || api.instead.has(n) || distance(n, contentType.name.toLowerCase(), 2) <= 2,
  };
}

function stretch(text: string, names: readonly string[] | null): { start: number; end: number } {
  if (names === null) return { start: 0, end: text.length };
  let last = -1;
  for (const n of names) last = Math.max(last, text.lastIndexOf(n));
  const start = last < 0 ? 0 : Math.max(0, Math.min(last - DEPTH * 0.75, text.length - DEPTH));
  return { start, end: Math.min(text.length, start + DEPTH) };
}

/** A reply belongs to the last request that begins before it. */
function withReplies(requests: readonly ParsedRequest[], replies: readonly Reply[], base: number): ParsedRequest[] {
  const moved = base === 0 ? replies : replies.map((r) => shifted(r, base));
  return requests.map((r, i) => {
    const next = requests[i + 1]?.start ?? Infinity;
    const own = moved.filter((p) => p.start >= r.start && p.start < next);
    return own.length === 0 ? r : { ...r, replies: own };
  });
}

function shifted(r: Reply, by: number): Reply {
  const move = <T extends { start: number; end: number } | null>(s: T): T =>
    s === null ? s : { ...s, start: s.start + by, end: s.end + by };
  return { ...move(r), statusSpan: move(r.statusSpan), codeSpan: move(r.codeSpan), messageSpan: move(r.messageSpan) };
}

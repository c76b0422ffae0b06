// What stands in a text beside a request that code shows in part: headers whose way was not seen, parameters, credentials.

import { type RequestDraft, reopened } from '../draft';
import type { ParsedRequest, Span } from '../model';
import { besides, headerOf, looseHeaders, statement, takeHeaders } from './headers';
import type { LooseNames } from './names';
import { repeatPair } from './pair-edits';
import { paramChain, takeParams } from './params';
import { pascalLogin } from './pascal-login';
import { isUnused, isWhole, lines } from './places';
import { takeCredential } from './requests';

/**
 * Requests of code whose headers were not all understood, with the pairs of the text that belong to none.
 * A header that stands in the text and went nowhere is not missing: its way was not seen.
 */
export function withLoosePairs(
  text: string,
  start: number,
  end: number,
  found: readonly ParsedRequest[],
  names: LooseNames,
): ParsedRequest[] {
  const requests = withLooseParams(text, start, end, found, names).map((r) =>
    withFallbacks(text, start, end, r, names),
  );
  const lacking = requests.filter((r) => isLacking(r, names));
  if (lacking.length === 0) return requests;
  const calls = requests.filter((r) => r.syntax === 'code' && r.url?.host != null && names.isApi(r.url.host));
  const pairs = looseHeaders(text, start, end, names).filter(
    (p) =>
      !requests.some(
        (r) =>
          r.headers.some((h) => h.start < p.end && p.start < h.end) ||
          within(r.body, p) ||
          r.query.some((q) => within(q, p)) ||
          (r.syntax !== 'code' && within(r, p)) ||
          r.faults.some((f) => within(f, p)),
      ) && !isUnused(text, p),
  );
  if (pairs.length === 0) return requests;
  return requests.map((r) => {
    if (!lacking.includes(r)) return r;
    const own = pairs.filter((p) => calls.length <= 1 || (p.start >= r.start - 600 && p.end <= r.end + 200));
    if (own.length === 0) return r;
    const draft = reopened(r);
    const before = draft.addHeader;
    const place = draft.headerPlace;
    const fresh = own.filter(
      (p) => !r.headers.some((h) => h.name.toLowerCase() === headerOf(text, p, names).name.toLowerCase()),
    );
    takeHeaders(text, draft, fresh, names);
    if (r.headers.length > 0) {
      draft.headerPlace = place;
      const loose = draft.addHeader;
      draft.addHeader = (n, v) => before(n, v) ?? loose(n, v);
    } else {
      const loose = draft.addHeader;
      draft.addHeader = (n, v) => loose(n, v) ?? before(n, v);
    }
    const whole = isWhole(text.slice(start, end), [...fresh], {
      ...names,
      headers: names.headers.filter((n) => !r.headers.some((h) => h.name.toLowerCase() === n)),
    });
    draft.headersComplete = r.headersComplete || whole;
    return {
      ...draft,
      replies: r.replies,
      ...lines(
        text,
        r,
        fresh.filter((p) => Math.abs(p.start - r.start) < 3_000),
      ),
    };
  });
}

/** The only call of the API in a snippet, whose parameters were not understood, with the pairs that choose its operation. */
function withLooseParams(
  text: string,
  start: number,
  end: number,
  requests: readonly ParsedRequest[],
  names: LooseNames,
): ParsedRequest[] {
  const calls = requests.filter((r) => r.syntax === 'code' && r.url?.host != null && names.isApi(r.url.host));
  const [only] = calls.filter((r) => r.method !== null || r.headers.length > 0 || calls.length === 1);
  if (only === undefined || calls.some((r) => r.query.length > 0 || r.bodyParams.length > 0)) return [...requests];
  const draft: RequestDraft = { ...reopened(only), query: [], bodyParams: [] };
  takeParams(text, draft, { start, end }, names);
  if (draft.url !== null && draft.url.path === '/') draft.url = { ...draft.url, path: null };
  if (draft.query.length === 0) return [...requests];
  return requests.map((r) => (r === only ? { ...draft, replies: r.replies } : r));
}

function isLacking(r: ParsedRequest, names: LooseNames): boolean {
  return (
    r.syntax === 'code' &&
    r.url !== null &&
    (r.url.host === null || names.isApi(r.url.host)) &&
    names.headers.some((n) => !r.headers.some((h) => h.name.toLowerCase() === n)) &&
    !r.faults.some((f) => f.kind.startsWith('header-'))
  );
}

export function within(whole: Span | null, part: Span): boolean {
  return whole !== null && whole.start <= part.start && part.end <= whole.end;
}

/** Where the reader of code knows no way to write a header or sees no credential, what stands in the text shows both. */
function withFallbacks(text: string, start: number, end: number, r: ParsedRequest, names: LooseNames): ParsedRequest {
  if (r.syntax !== 'code' || r.url?.host == null || !names.isApi(r.url.host)) return r;
  const scope = { start: Math.max(start, r.start - 600), end: Math.min(end, r.end + 200) };
  const draft: RequestDraft = {
    ...reopened(r),
    addHeader: (name, value) =>
      r.addHeader(name, value) ??
      statement(text, scope, name, value, names) ??
      besides(text, looseHeaders(text, scope.start, scope.end, names), name, value, names),
    addParam: (name, value) => {
      const own = r.addParam(name, value);
      const last = own === null ? paramChain(text, scope, names)?.pairs.at(-1) : undefined;
      return last === undefined ? own : repeatPair(text, last, name, value);
    },
  };
  draft.credentials = draft.credentials.map((c) => ({
    ...c,
    write: (name, value) => c.write(name, value) ?? pascalLogin(text, scope, name),
  }));
  if (r.headers.length > 0 || r.method !== null) takeCredential(text, draft, scope, names);
  return { ...draft, replies: r.replies };
}

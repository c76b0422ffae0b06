// Requests in notations that no parser knows: an address of the API, and the headers and parameters that stand by it as pairs.

import { type RequestDraft, finish, newDraft, takeUrl } from '../draft';
import type { ParsedRequest, Span } from '../model';
import { plainValue } from '../value';
import { looseCredential } from './credentials';
import { looseHeaders, statement, takeHeaders } from './headers';
import type { LooseNames } from './names';
import { takeParams } from './params';
import { blockOf, isWhole, lines } from './places';

const ADDRESS = /https?:\/\/(?:\{\{[^{}\n]{1,120}\}\}|\$\{\{?[^{}\n]{1,120}\}\}?|[^\s"'`<>|\\^)\]},])+/gi;

/** Requests around addresses of the API that nothing else took, with at least one header beside them. */
export function looseRequests(
  text: string,
  start: number,
  end: number,
  taken: readonly Span[],
  names: LooseNames,
): ParsedRequest[] {
  const addresses: (Span & { readonly raw: string })[] = [];
  const re = new RegExp(ADDRESS.source, 'gi');
  re.lastIndex = start;
  for (let m = re.exec(text); m !== null && m.index < end && addresses.length < 100; m = re.exec(text)) {
    const raw = m[0].replace(/[.;:]+$/, '');
    const host = /^https?:\/\/(?:[^/@\s]*@)?([^/:?#]+)/i.exec(raw)?.[1]?.toLowerCase() ?? '';
    if (!names.isApi(host)) continue;
    addresses.push({ start: m.index, end: m.index + raw.length, raw });
  }
  if (addresses.length === 0 || addresses.length > 20 || text.includes('proxy_pass')) return [];
  const out: ParsedRequest[] = [];
  addresses.forEach((a, i) => {
    if (taken.some((t) => t.start < a.end && a.start < t.end)) return;
    const previous = addresses[i - 1]?.end ?? start;
    const next = addresses[i + 1]?.start ?? end;
    const scope = blockOf(text, a, previous, next);
    const pairs = looseHeaders(text, scope.start, scope.end, names).filter(
      (p) => !taken.some((t) => t.start < p.end && p.start < t.end),
    );
    if (pairs.length === 0) return;
    const draft = newDraft('code', null, lines(text, a, pairs));
    if (!takeUrl(draft, plainValue(text, a.start, a.end, 'template'), null)) return;
    if (draft.url?.host == null) return;
    // A base that other words add a path to.
    if (
      !/[/?]/.test(a.raw.replace(/^https?:\/\/[^/?]*\/?/, '')) &&
      draft.url.path !== null &&
      draft.url.path.length < 2 &&
      draft.query.length === 0
    )
      draft.url = { ...draft.url, path: null };
    takeHeaders(text, draft, pairs, names);
    takeParams(text, draft, scope, names);
    const around = text.slice(scope.start, a.start) + text.slice(a.end, scope.end);
    draft.headersComplete = isWhole(around, pairs, names);
    const besidePairs = draft.addHeader;
    draft.addHeader = (name, value) => statement(text, scope, name, value, names) ?? besidePairs(name, value);
    takeCredential(text, draft, scope, names);
    out.push(finish(draft));
  });
  return out;
}

export function takeCredential(text: string, draft: RequestDraft, scope: Span, names: LooseNames): void {
  const [right] = names.headers;
  if (draft.credentials.length > 0 || draft.headers.some((h) => h.name.toLowerCase() === right)) return;
  const credential = looseCredential(text, scope.start, scope.end, (n, v) => draft.addHeader(n, v));
  if (credential !== null) draft.credentials.push(credential);
}

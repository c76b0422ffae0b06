// Requests in notations that no parser knows: an address of the API, and the headers and parameters that stand by it as pairs.

import { writeStatement } from './header-statements';
import { takeUrl, newDraft, finish, type RequestDraft } from './draft';
import { lineStartAt } from './lines';
import type { Edit, Header, Param, ParsedRequest, Piece, Span, Value } from './model';
import { looseCredential } from './loose-credentials';
import { findPairs, type Pair, pairAt, repeatPair, writePair } from './pairs';
import { pascalLogin } from './pascal-login';
import { removePair } from './pair-removal';
import { parseQuery } from './url';
import { flat, plainValue } from './value';

/** What the description of an API gives for this. */
export interface LooseNames {
  /** Headers that matter, lower case. */
  readonly headers: readonly string[];
  readonly params: ReadonlySet<string>;
  readonly selector: readonly string[];
  isApi(host: string): boolean;
  /** A name that is meant to be one of the headers. */
  isHeader(name: string): boolean;
  /** A value as an expression of the snippet's language, null where it is not known. */
  render(value: Value, quote: string): string | null;
}

const ADDRESS = /https?:\/\/[^\s"'`<>|\\^)\]},]+/gi;
/** Header names, and what people make of them. */
const HEADER_NAME = /\bauth\w*|content[-_]?type|(?<![\w-])x-[\w-]+|api[-_]?key|\btoken\b|\baccept\b/;
/** Words that say that a credential comes from somewhere. */
const AUTH_WORD =
  /auth|credential|token|secret|password|passwd|login|\bapi_?key|\bsign|headers?\b(?=\s*[),}])|interceptor|middleware/i;
const TYPE_WORD = /content.{0,3}type|\bjson\b|mime|media/i;

/** Text of a value in a notation that is not known: variables as they stand there. */
function written(text: string, value: Value): string {
  const opens = (p: Piece): string => text.slice(p.start, p.start + 2);
  const hash = value.pieces.some((p) => p.kind === 'variable' && opens(p) === '#{');
  return value.pieces
    .map((p) => {
      if (p.kind !== 'variable' || p.end <= p.start) return p.text;
      if (hash && opens(p) !== '#{') return `#{${/^[A-Z_]+$/.test(p.text) ? `System.get_env("${p.text}")` : p.text}}`;
      return /^[{$%<#]/.test(opens(p)) ? text.slice(p.start, p.end) : `{{${p.text}}}`;
    })
    .join('');
}

function headerOf(text: string, pair: Pair, names: LooseNames): Header {
  const name = pair.name.replace(/_/g, '-').replace(/^ContentType(?:Header)?$/i, 'Content-Type');
  return {
    name,
    nameSpan: pair.nameSpan,
    value: pair.value,
    start: pair.start,
    end: pair.end,
    write: (n, v) =>
      rewritten(pair, n.toLowerCase() === name.toLowerCase() ? pair.name : n, v, names) ??
      writePair(
        quotedPair(text, pair, v, names),
        n.toLowerCase() === name.toLowerCase() ? pair.name : n,
        textOf(text, pair, v, names),
      ),
  };
}

/** A pair whose value is an expression: another name, and another expression where the value changes. */
function rewritten(pair: Pair, name: string, value: Value, names: LooseNames): Edit[] | null {
  if (pair.inner !== null || pair.unit.end !== pair.value.end) return null;
  const renamed: Edit[] = name === pair.name ? [] : [{ ...pair.nameSpan, text: name }];
  if (value === pair.value) return renamed;
  const expression = names.render(value, '"');
  return expression === null ? null : [...renamed, { start: pair.value.start, end: pair.value.end, text: expression }];
}

/** Header pairs of a stretch, those of other kinds left out. */
export function looseHeaders(text: string, start: number, end: number, names: LooseNames): Pair[] {
  return findPairs(text, start, end, HEADER_NAME, (name, quoted, at) => {
    if (/^[ \t]*(?:\/\/|\*[ \t]|--[ \t])/.test(text.slice(lineStartAt(text, at), at))) return false;
    const n = name.toLowerCase().replace(/_/g, '-');
    return (
      /^(?:accept|x-[\w-]+|user-agent|content-?type(?:header)?)$/.test(n) ||
      (names.isHeader(n) && (quoted || n.length > 8 || n.includes('-')))
    );
  });
}

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

function takeCredential(text: string, draft: RequestDraft, scope: Span, names: LooseNames): void {
  const [right] = names.headers;
  if (draft.credentials.length > 0 || draft.headers.some((h) => h.name.toLowerCase() === right)) return;
  const credential = looseCredential(text, scope.start, scope.end, (n, v) => draft.addHeader(n, v));
  if (credential !== null) draft.credentials.push(credential);
}

function takeHeaders(text: string, draft: RequestDraft, pairs: readonly Pair[], names: LooseNames): void {
  draft.headers.push(...pairs.map((p) => headerOf(text, p, names)));
  const place = pairs.at(-1);
  if (place !== undefined) draft.headerPlace = { start: place.start, end: place.end };
  draft.addHeader = (name, value) => besides(text, pairs, name, value, names);
}

/** Another header in the notation of one that is there. */
function besides(text: string, pairs: readonly Pair[], name: string, value: Value, names: LooseNames): Edit[] | null {
  const model = pairs.find((p) => p.inner !== null && /^content/i.test(p.name)) ?? pairs.find((p) => p.inner !== null);
  if (model?.inner == null) return null;
  return repeatPair(text, quotedPair(text, model, value, names), name, textOf(text, model, value, names));
}

/** A statement that sets the header on the object that is sent. */
function statement(text: string, scope: Span, name: string, value: Value, names: LooseNames): Edit[] | null {
  const expression = names.render(value, '"');
  return expression === null ? null : writeStatement(text, scope, name, expression);
}

/** The text that stands for a value in the place of a pair's own. */
function textOf(text: string, pair: Pair, value: Value, names: LooseNames): string {
  const expression = expressionFor(text, pair, value, names);
  return expression ?? written(text, value);
}

function expressionFor(text: string, pair: Pair, value: Value, names: LooseNames): string | null {
  const quote = pair.inner === null ? '' : (text[pair.inner.start - 1] ?? '');
  const whole =
    /["'`]/.test(quote) &&
    pair.inner !== null &&
    text[pair.inner.end] === quote &&
    pair.nameSpan.end < pair.inner.start - 1 &&
    text.slice(pair.nameSpan.end, pair.inner.start).includes(quote);
  return whole && value.pieces.some((p) => p.kind === 'variable') ? names.render(value, quote) : null;
}

/** The pair with its quotes as part of the value, where an expression takes the place of a string. */
function quotedPair(text: string, pair: Pair, value: Value, names: LooseNames): Pair {
  if (pair.inner === null || expressionFor(text, pair, value, names) === null) return pair;
  return { ...pair, inner: { start: pair.inner.start - 1, end: pair.inner.end + 1 } };
}

function takeParams(text: string, draft: RequestDraft, scope: Span, names: LooseNames): void {
  if (draft.query.length > 0 || draft.bodyParams.length > 0) return;
  const chain = paramChain(text, scope, names);
  if (chain === null) return takeQuery(text, draft, scope, names);
  draft.query.push(
    ...chain.pairs.map((p): Param => ({
      name: p.name,
      nameSpan: p.nameSpan,
      value: p.value,
      in: 'query',
      start: p.start,
      end: p.end,
      remove: () => removePair(text, p),
    })),
  );
  const last = chain.pairs.at(-1);
  draft.paramsComplete = chain.complete;
  draft.addParam = (name, value) => (last === undefined ? null : repeatPair(text, last, name, value));
}

/** A query behind a variable: `url: {{base}}?category=…`. */
function takeQuery(text: string, draft: RequestDraft, scope: Span, names: LooseNames): void {
  const re = /(?:\}|\w)\?([\w.[\]%-]+=[^\s"'`<>]{1,2000})/g;
  re.lastIndex = scope.start;
  const [first] = names.selector;
  for (let m = re.exec(text); m !== null && m.index < scope.end; m = re.exec(text)) {
    const query = m[1] ?? '';
    if (first === undefined || !query.includes(`${first}=`)) continue;
    const at = m.index + m[0].length - query.length;
    const value = plainValue(text, at, at + query.length, 'template');
    const read = parseQuery(value, 0, flat(value).length, 'query');
    draft.query.push(...read.query);
    draft.paramsComplete = read.queryComplete;
    draft.addParam = (name, v) => [{ start: at + query.length, end: at + query.length, text: `&${name}=${v}` }];
    return;
  }
}

/** How the pairs of one container are written: the quote before the name, and what stands between name and value. */
function notation(text: string, pair: Pair): string {
  const from = pair.inner === null ? pair.value.start : pair.inner.start;
  const quote = /["'`]/.exec(text[pair.nameSpan.start - 1] ?? '')?.[0] ?? '';
  return from < pair.nameSpan.end ? quote : quote + text.slice(pair.nameSpan.end, from).replace(/["'`\s]/g, '');
}

/** The pairs beside each other that choose an operation and give its parameters; null where none choose one. */
export function paramChain(text: string, scope: Span, names: LooseNames): { pairs: Pair[]; complete: boolean } | null {
  const known = new Set([...names.params, ...names.selector]);
  const re = new RegExp(`(?<![\\w-])(?:${[...known].map((n) => n.replace(/\W/g, '\\$&')).join('|')})(?![\\w-])`);
  const all = findPairs(text, scope.start, scope.end, re, (n) => known.has(n.toLowerCase()));
  const chosen = names.selector.map((n) => all.find((p) => p.name.toLowerCase() === n && p.value.pieces.length > 0));
  const [head] = chosen.filter((p) => p !== undefined).sort((a, b) => a.start - b.start);
  if (head === undefined) return null;
  const form = notation(text, head);
  let last: Pair =
    all.find((p) => head.start - p.start < 400 && p.start <= head.start && notation(text, p) === form) ?? head;
  const pairs = [last];
  const gaps = new Set<string>();
  for (
    let next = following(text, last, scope.end, form);
    next !== null && pairs.length < 60;
    next = following(text, last, scope.end, form)
  ) {
    gaps.add(text.slice(last.unit.end, next.unit.start).replace(/\s+/g, ''));
    pairs.push(next);
    last = next;
  }
  const found = names.selector.filter((n) => pairs.some((p) => p.name.toLowerCase() === n)).length;
  // One of the two may be misspelt; with neither it is something else.
  if (found === 0 || (found < names.selector.length && pairs.length < 3)) return null;
  const rest = text.slice(last.unit.end, last.unit.end + 60);
  const complete =
    gaps.size === 1 &&
    !/^[^\w]{0,8}(?:\.\.\.|\*\*|…)/.test(rest) &&
    !/^\W{0,4}(?:merge|update|putAll|concat|\+)/.test(rest);
  return { pairs, complete };
}

function following(text: string, last: Pair, end: number, form: string): Pair | null {
  const word = /[A-Za-z_][\w-]{0,40}/g;
  word.lastIndex = last.unit.end;
  for (let m = word.exec(text); m !== null && m.index - last.unit.end < 60 && m.index < end; m = word.exec(text)) {
    if (/\n[ \t]*\n/.test(text.slice(last.unit.end, m.index))) return null;
    const pair = pairAt(text, m.index, m.index + m[0].length, last.unit.end, end);
    if (pair !== null && notation(text, pair) === form && !(pair.inner === null && /^(?:array\s*\(|\[(?!redacted)|\{|new\s)/.test(text.slice(pair.value.start, pair.value.start + 12))))
      return pair;
  }
  return null;
}

/** Nothing beside the pairs speaks of a header that they lack. */
function isWhole(around: string, pairs: readonly Pair[], names: LooseNames): boolean {
  const has = (n: string): boolean =>
    pairs.some(
      (p) => p.name.toLowerCase().replace(/_/g, '-') === n || (n === 'content-type' && /^content-?type/i.test(p.name)),
    );
  if (/(?:\.{3}|…)["'`)\]};]*[ \t]*$/m.test(around)) return false;
  return names.headers.every(
    (n) =>
      has(n) ||
      !(n === 'content-type' ? TYPE_WORD : AUTH_WORD).test(around.replace(/\bAuthorization\b(?=[^\n]{0,3}none)/gi, '')),
  );
}

function lines(text: string, at: Span, pairs: readonly Pair[]): Span {
  const start = lineStartAt(text, Math.min(at.start, ...pairs.map((p) => p.unit.start)));
  const last = Math.max(at.end, ...pairs.map((p) => p.unit.end));
  const nl = text.indexOf('\n', last);
  return { start: paragraph(text, start, -1), end: paragraph(text, nl < 0 ? text.length : nl, 1) };
}

const MOST_LINES = 20;

/** To the blank line before or behind, over lines that are no prose. */
function paragraph(text: string, from: number, step: -1 | 1): number {
  let at = from;
  for (let i = 0; i < MOST_LINES; i++) {
    const next = step < 0 ? lineStartAt(text, at - 1) : text.indexOf('\n', at + 1);
    const edge = next < 0 ? text.length : next;
    if (step < 0 ? at <= 0 : at >= text.length) return at;
    const line = step < 0 ? text.slice(edge, at) : text.slice(at, edge);
    if (line.trim() === '' || /^\s*(?:`{3}|~{3})/.test(line) || !/[=:;{}()[\]<>"']/.test(line)) return at;
    at = edge;
  }
  return at;
}

/** The lines around an address that belong together: at most forty each way, not beyond the next address. */
function blockOf(text: string, at: Span, from: number, to: number): Span {
  let start = lineStartAt(text, at.start);
  for (let i = 0; i < 40 && start > from; i++) start = Math.max(from, lineStartAt(text, start - 1));
  let end = at.end;
  for (let i = 0; i < 40 && end < to; i++) {
    const nl = text.indexOf('\n', end + 1);
    end = nl < 0 || nl > to ? to : nl;
  }
  return { start: Math.max(start, from), end: Math.min(end, to) };
}

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
    const draft: RequestDraft = {
      ...r,
      headers: [...r.headers],
      query: [...r.query],
      bodyParams: [...r.bodyParams],
      credentials: [...r.credentials],
      faults: [...r.faults],
      tidy: [...r.tidy],
    };
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
  const draft: RequestDraft = {
    ...only,
    headers: [...only.headers],
    query: [],
    bodyParams: [],
    credentials: [...only.credentials],
    faults: [...only.faults],
    tidy: [...only.tidy],
  };
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

function within(whole: Span | null, part: Span): boolean {
  return whole !== null && whole.start <= part.start && part.end <= whole.end;
}

/** The pair stands in a container that is given a name, and the name is never used again. */
function isUnused(text: string, pair: Pair): boolean {
  const before = text
    .slice(Math.max(0, pair.unit.start - 400), pair.unit.start)
    .replace(/[$#]?\{[^{}\n]{0,60}\}|\([^()\n]{0,60}\)/g, 'x');
  const m =
    /(?:^|[\s;(])(?:[$@]{0,2}|self\.|this\.)([A-Za-z_]\w{0,40})\s*(?::\s*[\w<>[\], ]{1,60})?\s*:?=\s*(?:@|array|dict|Map\.of|new \w+\()?\s*[{[(][^{}()\n]*(?:\n[^{}()\n]*){0,8}$/.exec(
      before,
    );
  const name = m?.[1];
  if (name === undefined || m === null) return false;
  const rest = text.slice(pair.end);
  // What belongs to an object is used with its sigil; the word alone may stand in prose.
  const own = /(?:@|self\.|this\.)$/.exec(before.slice(0, before.lastIndexOf(name, m.index + m[0].indexOf(name) + name.length)));
  if (own !== null) return !rest.includes(own[0] + name);
  return !new RegExp(`(?<![\\w-])[@$]?${name}\\b`).test(rest) && /\S/.test(rest.replace(/^[^\n]*/, ''));
}

/** Where the reader of code knows no way to write a header or sees no credential, what stands in the text shows both. */
function withFallbacks(text: string, start: number, end: number, r: ParsedRequest, names: LooseNames): ParsedRequest {
  if (r.syntax !== 'code' || r.url?.host == null || !names.isApi(r.url.host)) return r;
  const scope = { start: Math.max(start, r.start - 600), end: Math.min(end, r.end + 200) };
  const draft: RequestDraft = {
    ...r,
    headers: [...r.headers],
    query: [...r.query],
    bodyParams: [...r.bodyParams],
    credentials: [...r.credentials],
    faults: [...r.faults],
    tidy: [...r.tidy],
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

// Requests in JSON: Postman, Insomnia and Hoppscotch exports, HAR, dumps and logs with url, headers, method of any tool, configurations.

import { parseTree, type Node, type ParseError } from 'jsonc-parser';

import { detectLanguage } from '../code/language';
import { finish, newDraft, takeUrl, type RequestDraft } from '../draft';
import { jsonEnd } from '../http-text';
import type { Edit, ParsedRequest, Value } from '../model';
import { flat, joinValues, literalValueOf } from '../value';
import { optionAuth, takeAuth } from './auth';
import { takeBody } from './body';
import { jsonFault } from './body-text';
import { configRequest } from './config';
import { Doc, get, unwrapped } from './document';
import { takeHeaders } from './headers';
import { appendRow, mirror, paramOf, takeParams, takeQuery } from './params';
import { variablesOf } from './variables';

const URL_KEY = /^(?:url|uri|requestUrl|request_url|endpoint|href|fullUrl|requestUri|request_uri)$/i;
const NAMED =
  /"(?:url|uri|request|requestUrl|request_url|request_?uri|endpoint|href|fullUrl|host|hostname|values|[\w-]*(?:base|api|host|endpoint)[\w-]*)"\s*:|"(?:key|name)"\s*:/i;

/** Finds JSON documents that hold requests. */
export function jsonRequests(text: string, start: number, end: number, selector: readonly string[]): ParsedRequest[] {
  const out: ParsedRequest[] = [];
  let budget = 400_000;
  for (let at = text.indexOf('{', start); at >= 0 && at < end;) {
    const close = jsonEnd(text, at, end);
    budget -= close - at;
    if (budget < 0) break;
    const source = text.slice(at, close);
    const named = NAMED.test(source) || (selector.length > 0 && selector.every((n) => source.includes(`"${n}"`)));
    if (source.length > 30 && named && !deep(source)) {
      const errors: ParseError[] = [];
      const root = parseTree(source, errors, { allowTrailingComma: true });
      if (root !== undefined) {
        const bare = new Doc(text, at, new Map<string, Value>());
        const strict = errors.length === 0 && isDocument(text, at);
        visit(new Doc(text, at, variablesOf(bare, root)), root, out, 0, selector, strict);
      }
      at = text.indexOf('{', close);
    } else at = text.indexOf('{', source.length > 30 && source.includes('\n') ? close : at + 1);
    if (out.length > 40) break;
  }
  return out;
}

/** Nothing of code stands before it: it is a file or an export. */
function isDocument(text: string, at: number): boolean {
  return /(?:^|\n|[>:`])[ \t]*\[?[ \t]*$/.test(text.slice(Math.max(0, at - 60), at).replace(/\r/g, ''));
}

/** Nested beyond what any tool writes: not worth a parser's stack. */
function deep(source: string): boolean {
  let depth = 0;
  for (const c of source) {
    if (c === '{' || c === '[') {
      if (++depth > 150) return true;
    } else if (c === '}' || c === ']') depth--;
  }
  return false;
}

function visit(
  doc: Doc,
  n: Node,
  out: ParsedRequest[],
  depth: number,
  selector: readonly string[],
  strict: boolean,
): void {
  if (depth > 40 || out.length > 40) return;
  if (n.type === 'object') {
    const r =
      selector.length > 0 ? selecting(doc, n, selector) : (request(doc, n) ?? (strict ? configRequest(doc, n) : null));
    if (r !== null) {
      out.push(r);
      if (r.syntax !== 'env-file') return;
    }
  }
  for (const c of n.children ?? []) visit(doc, c, out, depth + 1, selector, strict);
}

function request(doc: Doc, n: Node): ParsedRequest | null {
  const url = get(n, URL_KEY);
  const raw = url?.type === 'object' ? get(url, 'raw') : url;
  const postman =
    url !== undefined &&
    (get(n, 'header') !== undefined || url.type === 'object' || get(get(n, 'auth'), 'type') !== undefined);
  const har =
    !postman &&
    (get(n, 'httpVersion') !== undefined || get(n, 'headersSize') !== undefined || get(n, 'queryString') !== undefined);
  const draft = newDraft(har ? 'har' : postman ? 'postman-json' : 'json-dump', postman ? 'postman' : null, doc.span(n));
  if (!takeAddress(doc, n, url, raw, draft)) return null;
  const method = get(n, /^(?:method|requestMethod|request_method|verb)$/i);
  draft.method = method?.type === 'string' ? String(method.value).toUpperCase() : null;
  const headers = unwrapped(get(n, /^(?:headers?|requestHeaders|request_headers|headerParameters)$/i));
  if (headers !== undefined) takeHeaders(doc, headers, draft);
  draft.headersComplete =
    headers !== undefined &&
    (headers.type === 'array' || headers.type === 'object') &&
    (postman || har || draft.headers.length > 0) &&
    !/\.\.\.|…/.test(doc.source(headers));
  draft.headerPlace = headers === undefined ? doc.span(n) : doc.span(headers);
  let listed = takeQuery(doc, n, draft);
  const rows = postman && url.type === 'object' ? get(url, 'query') : undefined;
  if (rows !== undefined && draft.query.length > 0) {
    mirror(doc, rows.children ?? [], draft);
    listed ??= rows;
  }
  if (postman) takeAuth(doc, n, draft);
  else optionAuth(doc, n, draft);
  takeBody(doc, n, draft);
  const inBody = get(n, 'body') ?? get(n, 'data');
  draft.addParam = (name, v): Edit[] => {
    const member = inBody?.type === 'object' && draft.bodyParams.length >= 3 ? appendRow(doc, inBody, name, v) : null;
    if (member !== null) return [member];
    const row = listed === null ? null : appendRow(doc, listed, name, v);
    const q = draft.query.filter((p) => p.in === 'query' && p.nameSpan.end <= (draft.url?.end ?? 0)).at(-1);
    if (row !== null && q === undefined) return [row];
    const at = q?.end ?? draft.url?.end ?? draft.end;
    const added = { start: at, end: at, text: `${q === undefined ? '?' : '&'}${name}=${v}` };
    return row === null ? [added] : [added, row];
  };
  return finish(draft);
}

/** Address of a request, whole or in parts; false where there is none. */
function takeAddress(doc: Doc, n: Node, url: Node | undefined, raw: Node | undefined, draft: RequestDraft): boolean {
  const postman = draft.syntax === 'postman-json';
  if (raw?.type === 'string') {
    const value = doc.filled(raw);
    const s = flat(value);
    if (s.startsWith('/')) return hostAndPath(doc, n, raw, draft) || takeUrl(draft, value, null);
    return /^(?:[a-z]+:\/\/|\uE000|[\w-]+\.[\w.-]+\/|\/)/i.test(s) && takeUrl(draft, value, postman ? 'http' : null);
  }
  if (url?.type === 'object') return urlParts(doc, url, draft) || hostAndPath(doc, url, undefined, draft);
  return hostAndPath(doc, n, undefined, draft);
}

/** `"host": "…", "path": "/…"` and what else says where it goes. */
function hostAndPath(doc: Doc, n: Node, given: Node | undefined, draft: RequestDraft): boolean {
  const host = get(n, /^(?:host|hostname|domain|authority|server_name)$/i);
  const path = given ?? get(n, /^(?:path|pathname|uri|request_?uri)$/i);
  const scheme = get(n, /^(?:protocol|scheme)$/i);
  const asked = get(n, /^(?:method|requestMethod|request_method|verb)$/i) ?? scheme;
  if (host?.type !== 'string' || path?.type !== 'string' || asked === undefined) return false;
  const [h, p] = [doc.filled(host), doc.filled(path)];
  if (!/^[\w.\uE000-]+(?::\d+)?$/.test(flat(h)) || !/^[/?]/.test(flat(p))) return false;
  const at = { start: h.start, end: h.start };
  const word = scheme?.type === 'string' ? /^https?/i.exec(String(scheme.value))?.[0] : undefined;
  const head =
    word === undefined || scheme === undefined
      ? [literalValueOf('//', at)]
      : [
          literalValueOf(word, { start: doc.inside(scheme).start, end: doc.inside(scheme).start + word.length }),
          literalValueOf('://', at),
        ];
  return takeUrl(draft, joinValues([...head, h, p], h.start, p.end), null);
}

/** An object that holds the parameters which choose an operation, without a URL. */
function selecting(doc: Doc, n: Node, selector: readonly string[]): ParsedRequest | null {
  if (selector.length === 0 || !selector.every((name) => get(n, name)?.type === 'string')) return null;
  const draft = newDraft('json-dump', null, doc.span(n));
  takeParams(doc, n, draft, 'body');
  // A map of a programming language is no JSON: its names and variables were passed over.
  const before = doc.text.slice(Math.max(0, draft.start - 40), draft.start);
  const assigned = /[\w\])]\s*:?=\s*$|\breturn\s*$/.test(before) && detectLanguage(doc.text) !== null;
  if (assigned || jsonFault(doc.source(n)) !== null) draft.paramsComplete = false;
  return finish(draft);
}

/** Postman's url without `raw`: protocol, host, path, query as lists. */
function urlParts(doc: Doc, url: Node, draft: RequestDraft): boolean {
  const list = (key: string): Value[] =>
    (get(url, key)?.children ?? []).filter((c) => c.type === 'string').map((c) => doc.filled(c));
  const host = list('host');
  if (host.length === 0) return false;
  const at = doc.span(url);
  const glue = (parts: readonly Value[], sep: string): Value[] =>
    parts.flatMap((p, i) => (i === 0 ? [p] : [literalValueOf(sep, { start: p.start, end: p.start }), p]));
  const protocol = get(url, 'protocol');
  const scheme =
    protocol?.type === 'string'
      ? [doc.value(protocol), literalValueOf('://', { start: at.start, end: at.start })]
      : [literalValueOf('//', { start: at.start, end: at.start })];
  const path = list('path');
  const value = joinValues(
    [...scheme, ...glue(host, '.'), literalValueOf('/', { start: at.start, end: at.start }), ...glue(path, '/')],
    at.start,
    at.end,
  );
  if (!takeUrl(draft, value, null)) return false;
  for (const q of get(url, 'query')?.children ?? []) {
    const [k, v, off] = [get(q, 'key'), get(q, 'value'), get(q, 'disabled')];
    if (k === undefined || off?.value === true) continue;
    draft.query.push({ ...paramOf(doc, q, k, v, 'query'), remove: () => null });
  }
  return true;
}

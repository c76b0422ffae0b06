// Requests in JSON: Postman collections, HAR, and dumps with url, headers, method of any tool.

import { lastBefore } from './lines';
import { parseTree, type Node } from 'jsonc-parser';

import type { Edit, Header, Param, ParsedRequest, Span, Value } from './model';
import { finish, literalBody, newDraft, plainText, takeUrl, type RequestDraft } from './draft';
import { detectLanguage } from './code/language';
import { jsonFault, jsonParams } from './json-body';
import { jsonEnd } from './http-text';
import { flat, joinValues, literalValueOf, makeValue, plainValue } from './value';

const URL_KEY = /^(?:url|uri|requestUrl|request_url|endpoint|href|fullUrl)$/i;

/** Finds JSON documents that hold requests. */
export function jsonRequests(text: string, start: number, end: number, selector: readonly string[]): ParsedRequest[] {
  const out: ParsedRequest[] = [];
  let budget = 400_000;
  for (let at = text.indexOf('{', start); at >= 0 && at < end;) {
    const close = jsonEnd(text, at, end);
    budget -= close - at;
    if (budget < 0) break;
    const source = text.slice(at, close);
    const named =
      /"(?:url|uri|request|requestUrl|request_url|endpoint|href|fullUrl)"\s*:/i.test(source) ||
      (selector.length > 0 && selector.every((n) => source.includes(`"${n}"`)));
    if (source.length > 30 && named && !deep(source)) {
      const root = parseTree(source, [], { allowTrailingComma: true });
      if (root !== undefined) visit(new Doc(text, at), root, out, 0, selector);
      at = text.indexOf('{', close);
    } else at = text.indexOf('{', source.length > 30 && source.includes('\n') ? close : at + 1);
    if (out.length > 40) break;
  }
  return out;
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

class Doc {
  constructor(
    readonly text: string,
    readonly base: number,
  ) {}

  span(n: Node): Span {
    return { start: this.base + n.offset, end: this.base + n.offset + n.length };
  }

  source(n: Node): string {
    const s = this.span(n);
    return this.text.slice(s.start, s.end);
  }

  /** Value of a scalar; the quotes of a string are not part of it. */
  value(n: Node): Value {
    const s = this.span(n);
    return n.type === 'string'
      ? plainValue(this.text, s.start + 1, Math.max(s.start + 1, s.end - 1), 'template')
      : plainValue(this.text, s.start, s.end, 'none');
  }
}

function get(n: Node | undefined, key: RegExp | string): Node | undefined {
  if (n?.type !== 'object') return undefined;
  for (const p of n.children ?? []) {
    const [k, v] = p.children ?? [];
    if (k !== undefined && (typeof key === 'string' ? k.value === key : key.test(String(k.value)))) return v;
  }
  return undefined;
}

function visit(doc: Doc, n: Node, out: ParsedRequest[], depth: number, selector: readonly string[]): void {
  if (depth > 40 || out.length > 40) return;
  if (n.type === 'object') {
    const r = selector.length === 0 ? request(doc, n) : selecting(doc, n, selector);
    if (r !== null) {
      out.push(r);
      return;
    }
  }
  for (const c of n.children ?? []) visit(doc, c, out, depth + 1, selector);
}

function request(doc: Doc, n: Node): ParsedRequest | null {
  const url = get(n, URL_KEY);
  if (url === undefined) return null;
  const raw = url.type === 'object' ? get(url, 'raw') : url;
  if (raw?.type !== 'string' && url.type !== 'object') return null;
  const postman = get(n, 'header') !== undefined || url.type === 'object' || get(get(n, 'auth'), 'type') !== undefined;
  const har =
    !postman &&
    (get(n, 'httpVersion') !== undefined || get(n, 'headersSize') !== undefined || get(n, 'queryString') !== undefined);
  const draft = newDraft(har ? 'har' : postman ? 'postman-json' : 'json-dump', postman ? 'postman' : null, doc.span(n));
  if (raw?.type === 'string') {
    const value = doc.value(raw);
    if (
      !/^(?:[a-z]+:\/\/|\uE000|[\w-]+\.[\w.-]+\/|\/)/i.test(flat(value)) ||
      !takeUrl(draft, value, postman ? 'http' : null)
    )
      return null;
  } else if (!urlParts(doc, url, draft)) return null;
  const method = get(n, /^method$/i);
  draft.method = method?.type === 'string' ? String(method.value).toUpperCase() : null;
  const headers = get(n, /^(?:headers?|requestHeaders|request_headers)$/i);
  if (headers !== undefined) takeHeaders(doc, headers, draft);
  draft.headersComplete =
    headers !== undefined &&
    (headers.type === 'array' || headers.type === 'object') &&
    (postman || har || draft.headers.length > 0) &&
    !/\.\.\.|…/.test(doc.text.slice(doc.span(headers).start, doc.span(headers).end));
  draft.headerPlace = headers === undefined ? doc.span(n) : doc.span(headers);
  let listed: Node | null = null;
  for (const key of [/^params$/i, /^query(?:_?params|String)?$/i]) {
    const q = get(n, key);
    if (q?.type !== 'object') continue;
    takeParams(doc, q, draft, 'query');
    listed = q.children?.at(-1) ?? null;
  }
  if (postman && url.type === 'object' && draft.query.length > 0) mirrorQuery(url, draft);
  if (postman) takeAuth(doc, n, draft);
  else optionAuth(doc, n, draft);
  takeBody(doc, n, draft);
  draft.addParam = (name, v): Edit[] => {
    if (listed !== null) {
      const end = doc.span(listed).end;
      return [{ start: end, end, text: `, ${JSON.stringify(name)}: ${/^\d+$/.test(v) ? v : JSON.stringify(v)}` }];
    }
    const q = draft.query.at(-1);
    const at = q?.end ?? draft.url?.end ?? draft.end;
    return [{ start: at, end: at, text: `${q === undefined ? '?' : '&'}${name}=${v}` }];
  };
  return finish(draft);
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
    (get(url, key)?.children ?? []).filter((c) => c.type === 'string').map((c) => doc.value(c));
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
    const name = doc.span(k);
    draft.query.push({
      name: String(k.value),
      nameSpan: { start: name.start + 1, end: name.end - 1 },
      value: v === undefined ? makeValue([], name.end, name.end) : doc.value(v),
      in: 'query',
      ...doc.span(q),
      remove: () => null,
    });
  }
  return true;
}

/** A parameter that stands both in `raw` and in the list is one; both places change together. */
function mirrorQuery(url: Node, draft: RequestDraft): void {
  const list = get(url, 'query')?.children ?? [];
  for (const q of list) {
    const [k, off] = [get(q, 'key'), get(q, 'disabled')];
    if (k === undefined || off?.value !== true) continue;
    const i = draft.query.findIndex((p) => p.name === k.value);
    if (i >= 0) draft.query.splice(i, 1);
  }
}

function header(doc: Doc, at: Span, key: Node, value: Node, write: Header['write']): Header {
  const k = doc.span(key);
  return {
    name: String(key.value),
    nameSpan: { start: k.start + 1, end: k.end - 1 },
    value: doc.value(value),
    ...at,
    write,
  };
}

function takeHeaders(doc: Doc, n: Node, draft: RequestDraft): void {
  const children = n.children ?? [];
  const lines = n.type === 'array';
  for (const c of children) {
    if (lines && c.type === 'string') {
      const v = doc.value(c);
      const m = /^([\w-]+):\s?/.exec(flat(v));
      if (m?.[1] === undefined) continue;
      const s = doc.span(c);
      draft.headers.push({
        name: m[1],
        nameSpan: { start: s.start + 1, end: s.start + 1 + m[1].length },
        value: plainValue(doc.text, s.start + 1 + m[0].length, s.end - 1, 'template'),
        ...s,
        write: (name, x) => [{ ...s, text: JSON.stringify(`${name}: ${plainText(x)}`) }],
      });
      continue;
    }
    const [k, v] = lines ? [get(c, /^(?:key|name)$/i), get(c, /^value$/i)] : (c.children ?? []);
    if (k === undefined || v === undefined) continue;
    const at = doc.span(c);
    const [ks, vs] = [doc.span(k), doc.span(v)];
    const write: Header['write'] = (name, x) => [
      { ...ks, text: JSON.stringify(name) },
      { ...vs, text: JSON.stringify(plainText(x)) },
    ];
    if (get(c, 'disabled')?.value === true || get(c, 'enabled')?.value === false) {
      const flag = get(c, /^(?:disabled|enabled)$/);
      const from = lastBefore(doc.text, ',', flag === undefined ? at.start : doc.span(flag).start, 400);
      const edits: Edit[] =
        flag === undefined ? [] : [{ start: Math.max(at.start, from), end: doc.span(flag).end, text: '' }];
      draft.faults.push({ kind: 'header-disabled', name: String(k.value), ...at, edits });
      continue;
    }
    if (v.type === 'array') {
      const first = v.children?.[0];
      if (first !== undefined) draft.headers.push(header(doc, at, k, first, () => null));
      continue;
    }
    draft.headers.push(header(doc, at, k, v, write));
  }
  const last = children.at(-1);
  draft.addHeader = (name, x): Edit[] | null => {
    const whole = doc.span(n);
    const place = last === undefined ? whole.start + 1 : doc.span(last).end;
    const [kn, vn] = draft.client === 'postman' ? ['key', 'value'] : ['name', 'value'];
    const item = lines
      ? last?.type === 'string'
        ? JSON.stringify(`${name}: ${plainText(x)}`)
        : `{ "${kn}": ${JSON.stringify(name)}, "${vn}": ${JSON.stringify(plainText(x))} }`
      : `${JSON.stringify(name)}: ${JSON.stringify(plainText(x))}`;
    return [{ start: place, end: place, text: last === undefined ? item : `, ${item}` }];
  };
}

function takeParams(doc: Doc, n: Node, draft: RequestDraft, place: 'query' | 'body'): void {
  for (const c of n.children ?? []) {
    const [k, v] = c.children ?? [];
    if (k === undefined || v === undefined) continue;
    const name = doc.span(k);
    const p: Param = {
      name: String(k.value),
      nameSpan: { start: name.start + 1, end: name.end - 1 },
      value: doc.value(v),
      in: place,
      ...doc.span(c),
      remove: () => removeMember(doc, c),
    };
    (place === 'query' ? draft.query : draft.bodyParams).push(p);
  }
}

function takeAuth(doc: Doc, n: Node, draft: RequestDraft): void {
  const auth = get(n, 'auth');
  const type = get(auth, 'type');
  if (auth?.type !== 'object' || type === undefined) {
    if (auth === undefined || auth.type !== 'null') return;
    return;
  }
  const kind = String(type.value);
  if (kind === 'noauth') return;
  const at = doc.span(auth);
  const list = get(auth, kind)?.children ?? [];
  const part = (name: string): Value | null => {
    const hit = list.find((c) => get(c, 'key')?.value === name);
    const v = get(hit, 'value');
    return v === undefined ? null : doc.value(v);
  };
  const write = (name: string, v: Value): Edit[] | null => {
    const added = draft.addHeader(name, v);
    return added === null ? null : [{ ...at, text: '{ "type": "noauth" }' }, ...added];
  };
  if (kind === 'basic')
    draft.credentials.push({ role: 'basic', user: part('username'), secret: part('password'), ...at, write });
  else if (kind === 'bearer')
    draft.credentials.push({ role: 'bearer', user: null, secret: part('token'), ...at, write });
  else if (kind === 'digest')
    draft.credentials.push({ role: 'digest', user: part('username'), secret: part('password'), ...at, write });
  else if (kind === 'apikey') {
    const [key, value] = [part('key'), part('value')];
    const inQuery = part('in');
    if (key !== null && value !== null && (inQuery === null || flat(inQuery) !== 'query')) {
      draft.headers.push({
        name: flat(key),
        nameSpan: { start: key.start, end: key.end },
        value,
        ...at,
        write: (_n, v) => (v.pieces.length === 0 ? null : [{ start: value.start, end: value.end, text: plainText(v) }]),
      });
    }
  } else draft.headersComplete = false;
}

/** `auth: { username, password }` as axios and others dump their options. */
function optionAuth(doc: Doc, n: Node, draft: RequestDraft): void {
  const auth = get(n, 'auth');
  if (auth?.type !== 'object') return;
  const [u, p] = [get(auth, /user/i), get(auth, /pass/i)];
  if (u === undefined && p === undefined) return;
  draft.credentials.push({
    role: 'basic',
    user: u === undefined ? null : doc.value(u),
    secret: p === undefined ? null : doc.value(p),
    ...doc.span(auth),
    write: (name, v) => {
      const added = draft.addHeader(name, v);
      return added === null ? null : [...removeMember(doc, auth.parent ?? auth), ...added];
    },
  });
}

/** A member or item with the comma before or behind it. */
function removeMember(doc: Doc, n: Node): Edit[] {
  const at = doc.span(n);
  const behind = /^\s*,\s*/.exec(doc.text.slice(at.end, at.end + 400));
  if (behind !== null) return [{ start: at.start, end: at.end + behind[0].length, text: '' }];
  const before = /\s*,\s*$/.exec(doc.text.slice(Math.max(0, at.start - 400), at.start));
  return [{ start: at.start - (before?.[0].length ?? 0), end: at.end, text: '' }];
}

function takeBody(doc: Doc, n: Node, draft: RequestDraft): void {
  const body = get(n, 'body') ?? get(n, 'postData') ?? get(n, 'data');
  if (body === undefined || body.type === 'null') return;
  const at = doc.span(body);
  const mode = get(body, 'mode');
  const raw =
    mode !== undefined
      ? get(body, String(mode.value))
      : (get(body, 'text') ?? (body.type === 'string' ? body : undefined));
  if (mode !== undefined && (mode.value === 'urlencoded' || mode.value === 'formdata')) {
    const encoding = mode.value === 'urlencoded' ? 'form' : 'multipart';
    draft.body = { ...at, encoding, literal: null, complete: true };
    draft.impliedContentType = encoding === 'form' ? 'application/x-www-form-urlencoded' : 'multipart/form-data';
    for (const c of raw?.children ?? []) {
      const [k, v] = [get(c, 'key'), get(c, 'value')];
      if (k === undefined || v === undefined || get(c, 'disabled')?.value === true) continue;
      const s = doc.span(k);
      draft.bodyParams.push({
        name: String(k.value),
        nameSpan: { start: s.start + 1, end: s.end - 1 },
        value: doc.value(v),
        in: 'body',
        ...doc.span(c),
        remove: () => null,
      });
    }
    if (raw?.children?.length === 0) draft.body = null;
    return;
  }
  if (raw?.type === 'string') {
    const s = doc.span(raw);
    const inner = String(raw.value);
    if (inner.trim() === '') return;
    // The text with its escapes taken out; places point to the whole string.
    const value = literalValueOf(inner, { start: s.start + 1, end: s.end - 1 });
    const { body: parsed, params } = literalBody(value, null);
    draft.body = parsed;
    draft.bodyParams.push(...params, ...(parsed.encoding === 'json' ? jsonParams(value).params : []));
    const language = get(get(get(body, 'options'), 'raw'), 'language');
    draft.impliedContentType =
      draft.client === 'postman' ? (language?.value === 'json' ? 'application/json' : 'text/plain') : null;
    if (parsed.encoding === 'json' && !jsonParams(value).complete) draft.paramsComplete = false;
    return;
  }
  if (body.type === 'object' && mode === undefined) {
    draft.body = { ...at, encoding: 'json', literal: null, complete: true };
    takeParams(doc, body, draft, 'body');
  }
}

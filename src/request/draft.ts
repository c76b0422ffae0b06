// A request while a parser builds it, and the defaults of everything that the syntax does not show.

import type { Body, Credential, Edit, Header, Param, ParsedRequest, Span, Syntax, SyntaxFault, Value } from './model';
import { displayed, flat, plainValue, sliceValue, trimmed, type VariableStyle } from './value';
import { parseQuery, parseUrl } from './url';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Mutable form of {@link ParsedRequest}. */
export type RequestDraft = Mutable<
  Omit<ParsedRequest, 'headers' | 'query' | 'bodyParams' | 'credentials' | 'faults' | 'replies' | 'tidy' | 'mirrors'>
> & {
  mirrors: { span: Span; also: Span }[];
  headers: Header[];
  query: Param[];
  bodyParams: Param[];
  credentials: Credential[];
  faults: SyntaxFault[];
  tidy: Edit[];
};

export function newDraft(syntax: Syntax, client: string | null, span: Span): RequestDraft {
  return {
    syntax,
    client,
    start: span.start,
    end: span.end,
    method: null,
    url: null,
    headers: [],
    headersComplete: false,
    headerPlace: { start: span.start, end: span.end },
    query: [],
    paramsComplete: true,
    body: null,
    bodyParams: [],
    impliedContentType: null,
    credentials: [],
    faults: [],
    tidy: [],
    mirrors: [],
    addHeader: () => null,
    addParam: () => null,
  };
}

export function finish(draft: RequestDraft): ParsedRequest {
  return { ...draft, replies: [] };
}

/** A request to be added to: lists of its own, all else as it is. */
export function reopened(r: ParsedRequest): RequestDraft {
  return {
    ...r,
    headers: [...r.headers],
    query: [...r.query],
    bodyParams: [...r.bodyParams],
    credentials: [...r.credentials],
    faults: [...r.faults],
    tidy: [...r.tidy],
    mirrors: [...r.mirrors],
  };
}

/** Syntaxes that show a request as some page or log wrote it down, with its own escapes. */
const SHOWN: ReadonlySet<Syntax> = new Set<Syntax>([
  'log-line',
  'module-log',
  'php-dump',
  'json-dump',
  'har',
  'wire-log',
  'raw-http',
  'http-file',
  'curl-verbose',
  'described',
]);

/** Takes a URL into the draft. Returns false where it is no URL. */
export function takeUrl(draft: RequestDraft, value: Value, implied: string | null): boolean {
  const parts = parseUrl(SHOWN.has(draft.syntax) ? displayed(value) : value, implied);
  if (parts === null) return false;
  draft.url = parts.url;
  draft.query.push(...parts.query);
  if (!parts.queryComplete) draft.paramsComplete = false;
  return true;
}

/** Name and value of `Name: value`, null where there is no colon. */
export function splitHeader(value: Value): { name: string; nameSpan: Span; value: Value; separator: string } | null {
  const s = flat(value);
  const m = /^\s*([A-Za-z0-9_.-]+)[ \t]*(:)[ \t]?/.exec(s);
  if (m?.[1] === undefined) return null;
  const from = s.indexOf(m[1]);
  const name = sliceValue(value, from, from + m[1].length);
  return {
    name: m[1],
    nameSpan: { start: name.start, end: name.end },
    value: sliceValue(value, m[0].length, s.length),
    separator: m[2] ?? ':',
  };
}

/** Reads a body that is written as text: JSON, a form, or something else. */
export function literalBody(value: Value, encoding: Body['encoding'] | null): { body: Body; params: Param[] } {
  const s = flat(trimmed(value));
  const span = { start: value.start, end: value.end };
  const kind =
    encoding ??
    (s === ''
      ? 'empty'
      : /^[[{]/.test(s)
        ? 'json'
        : /^[\w.%+[\]-]+=/.test(s)
          ? 'form'
          : value.known
            ? 'text'
            : 'unknown');
  if (kind === 'form') {
    const f = flat(value);
    const { query, queryComplete } = parseQuery(value, 0, f.length, 'body');
    return {
      body: {
        ...span,
        encoding: 'form',
        literal: { ...span, text: flat(value), value },
        complete: queryComplete,
        write: (json) => (json === null ? null : [{ ...span, text: json }]),
      },
      params: query,
    };
  }
  if (kind === 'json')
    return {
      body: {
        ...span,
        encoding: 'json',
        literal: { ...span, text: flat(value), value },
        complete: value.known,
        write: (json) => (json === null ? null : [{ ...span, text: json }]),
      },
      params: [],
    };
  return {
    body: {
      ...span,
      encoding: kind,
      literal: value.known ? { ...span, text: flat(value), value } : null,
      complete: value.known,
    },
    params: [],
  };
}

/** Plain header line of an HTTP message. */
export function headerLine(text: string, start: number, end: number, style: VariableStyle): Header | null {
  const m = /^([ \t]*)([A-Za-z][A-Za-z0-9_-]*)([ \t]*:[ \t]?)/.exec(text.slice(start, Math.min(end, start + 200)));
  if (m?.[2] === undefined) return null;
  const nameStart = start + (m[1] ?? '').length;
  const valueStart = start + m[0].length;
  let valueEnd = end;
  while (valueEnd > valueStart && /[ \t\r]/.test(text[valueEnd - 1] ?? '')) valueEnd--;
  const [nameEnd, name] = [nameStart + m[2].length, m[2]];
  return {
    name,
    nameSpan: { start: nameStart, end: nameEnd },
    value: plainValue(text, valueStart, valueEnd, style),
    start: nameStart,
    end: valueEnd,
    write: (n, v) => [{ start: nameStart, end: valueEnd, text: `${n}: ${plainText(v)}` }],
  };
}

/** A value in a syntax without quoting. */
export function plainText(value: Value): string {
  return value.pieces.map((p) => (p.kind === 'variable' ? `{{${p.text}}}` : p.text)).join('');
}

// HTTP messages as text: raw requests, curl -v, wire logs of libraries, REST Client files; also inside a dump or with `\r\n` written out.

import { lineStartAt } from './lines';
import type { Edit, ParsedRequest, Span, Syntax } from './model';
import { finish, headerLine, literalBody, newDraft, plainText, takeUrl, type RequestDraft } from './draft';
import { jsonParams } from './json/body-text';
import { flat, joinValues, literalValueOf, plainValue } from './value';

/** A line without its prefix. */
interface Line extends Span {
  /** Where the line's text begins behind `> `, a log's time or a quote. */
  readonly from: number;
  /** The line stands in quotes. */
  readonly quoted: boolean;
}

const REQUEST_LINE =
  /(?:^|[\s>'"`|\]:-])((?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) +(\S+?)(?: +HTTP\/(?:[\d.]+|x))?)(?=$|\r?\n|\\r\\n|\\n|\[\\r\]|\s*["'\\]|\s+\(|\s*\n)/gim;
const BREAK = /\r?\n|\\r\\n(?:["']\r?\n)?|\\n(?:["']\r?\n)?|\[\\r\]\[\\n\](?:"?\r?\n)?/g;
const PREFIX =
  /^(?:[ \t]*(?:\[[^\]\n]{1,60}\]|\d{4}[-/]\d\d[-/]\d\d[T ]?[\d:.,+Z-]*|\d\d:\d\d:\d\d[\d.,]*|(?:DEBUG|INFO|TRACE|WARN|ERROR|header|send)\b:?|[\w.-]+:?(?= >> )|>{1,3}|<{1,2}|->|-->|\*|\||#|'|"|b'|b"|\+)(?=[ \t"'\w]|$))*[ \t]*["']?/;
const MAX_LINES = 80;

/** Finds HTTP requests written out as text. `variables`: `@name = value` of a REST Client file above. */
export function httpRequests(text: string, start: number, end: number): ParsedRequest[] {
  const slice = text.slice(start, end);
  if (!/(?:GET|POST|PUT|PATCH|DELETE|HEAD) +\S/i.test(slice)) return [];
  const out: ParsedRequest[] = [];
  let free = 0;
  REQUEST_LINE.lastIndex = 0;
  for (let m = REQUEST_LINE.exec(slice); m !== null; m = REQUEST_LINE.exec(slice)) {
    const line = m[1] ?? '';
    const at = m.index + m[0].indexOf(line);
    REQUEST_LINE.lastIndex = at + line.length;
    if (at < free) continue;
    const request = message(text, start + at, start + at + line.length, end);
    if (request === null) continue;
    out.push(request);
    if (out.length >= 200) break;
    free = request.end - start;
  }
  return out;
}

function message(text: string, at: number, lineEnd: number, end: number): ParsedRequest | null {
  const m = /^(\w+) +(\S+?)( +HTTP\/(?:[\d.]+|x))?$/i.exec(text.slice(at, lineEnd));
  if (m?.[1] === undefined || m[2] === undefined) return null;
  const hasVersion = m[3] !== undefined;
  const target = m[2].replace(/["',;]+$/, '');
  if (!/^(?:\/|https?:\/\/|\{\{|\$)/i.test(target)) return null;
  if (m[1] !== m[1].toUpperCase()) return null;
  const lineStart = lineStartAt(text, at);
  const lead = text.slice(lineStart, at);
  if (/"$/.test(lead) && /^"? \d{3} /.test(text.slice(lineEnd, lineEnd + 6))) return null; // access log
  const verbose = /^[ \t]*>[ \t]*$/.test(lead);
  const head: Line[] = [];
  const next = nextBreak(text, lineEnd, end);
  const { lines, bodyAt } = readLines(text, next, end, verbose, lead);
  for (const l of lines) head.push(l);
  const headers = head
    .map((l) => headerLine(text, l.from, trimEnd(text, l.from, l.end, l.quoted), 'template'))
    .filter((h) => h !== null);
  if (!hasVersion && headers.length === 0) return null;
  const syntax: Syntax = verbose
    ? 'curl-verbose'
    : !hasVersion
      ? 'http-file'
      : lead.trim() === ''
        ? 'raw-http'
        : 'wire-log';
  const lastEnd = headers.at(-1)?.end ?? lineEnd;
  const draft = newDraft(syntax, verbose ? 'curl' : null, { start: verbose ? lineStart : at, end: lastEnd });
  draft.method = m[1];
  draft.headers.push(...headers);
  draft.headerPlace = { start: at, end: lastEnd };
  const targetAt = at + text.slice(at, lineEnd).indexOf(target);
  const value = restVariables(text, plainValue(text, targetAt, targetAt + target.length, 'template'), at);
  const host = headers.find((h) => h.name.toLowerCase() === 'host');
  if (/^(?:https?:)?\/\//i.test(flat(value)) || flat(value).startsWith('\uE000')) takeUrl(draft, value, null);
  else if (host !== undefined) {
    takeUrl(
      draft,
      joinValues(
        [literalValueOf('//', { start: host.value.start, end: host.value.start }), host.value, value],
        host.value.start,
        value.end,
      ),
      null,
    );
  } else takeUrl(draft, value, null);
  if (draft.url === null) return null;
  const ended = bodyAt !== null || !/(?:\.\.\.|…)\s*$/.test(text.slice(lastEnd, Math.min(end, lastEnd + 20)));
  draft.headersComplete =
    headers.length > 0 &&
    ended &&
    (host !== undefined || syntax === 'http-file') &&
    !headers.some((h) => /^\.\.\.|^…/.test(h.name));
  if (bodyAt !== null && syntax !== 'wire-log') takeBody(draft, text, bodyAt, end, verbose);
  if (draft.method !== 'GET' && draft.method !== 'HEAD' && draft.body === null) draft.paramsComplete = false;
  if (
    syntax === 'http-file' &&
    // With a Host line it is what went over the wire, not a file of requests.
    host === undefined &&
    !/^(?:###|[ \t]*@[\w.-]+[ \t]*=)/m.test(text.slice(Math.max(0, at - 2_000), at)) &&
    headers.length < 3
  )
    draft.headersComplete = false;
  const prefix = verbose ? '> ' : syntax === 'wire-log' ? lead : '';
  draft.addHeader = (name, v) =>
    syntax === 'wire-log' && !/^[\w\s.,:[\]-]*$/.test(lead)
      ? null
      : [{ start: lastEnd, end: lastEnd, text: `\n${syntax === 'wire-log' ? '' : prefix}${name}: ${plainText(v)}` }];
  draft.addParam = (name, v): Edit[] => {
    const q = draft.query.at(-1);
    const place = q?.end ?? draft.url?.end ?? lineEnd;
    return [{ start: place, end: place, text: `${q === undefined ? '?' : '&'}${name}=${v}` }];
  };
  return finish(draft);
}

/** The prefix of a log line, its digits free. */
function like(lead: string): RegExp {
  return new RegExp(
    `^${lead
      .slice(0, 200)
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replace(/\d+/g, '\\d+')}`,
  );
}

function nextBreak(text: string, at: number, end: number): number {
  BREAK.lastIndex = 0;
  const m = BREAK.exec(text.slice(at, Math.min(end, at + 4_000)));
  return m === null ? end : at + m.index + m[0].length;
}

function trimEnd(text: string, from: number, to: number, quoted = true): number {
  let end = to;
  const blank = quoted ? /[ \t\r"']/ : /[ \t\r]/;
  while (end > from && blank.test(text[end - 1] ?? '')) end--;
  return end;
}

/** Header lines up to a blank one. */
function readLines(
  text: string,
  from: number,
  end: number,
  verbose: boolean,
  lead: string,
): { lines: Line[]; bodyAt: number | null } {
  const lines: Line[] = [];
  let at = from;
  while (at < end && lines.length < MAX_LINES) {
    BREAK.lastIndex = 0;
    const limit = Math.min(end, at + 8_000);
    const m = BREAK.exec(text.slice(at, limit));
    const stop = m === null ? limit : at + m.index;
    const next = m === null ? limit : stop + m[0].length;
    const raw = text.slice(at, stop);
    if (verbose && !/^[ \t]*[>*{}]/.test(raw)) break;
    if (verbose && /^[ \t]*[*{}]/.test(raw)) {
      at = next;
      continue;
    }
    const same = verbose || lead.trim() === '' ? '' : (like(lead).exec(raw)?.[0] ?? '');
    const own = verbose ? /^[ \t]*>[ \t]?/ : lead.trim() === '' ? /^[ \t]*/ : PREFIX;
    const width = same.length + (own.exec(raw.slice(same.length))?.[0].length ?? 0);
    const start = at + width;
    const content = text.slice(start, stop).trim();
    if (content === '' || content === '"' || content === "'") return { lines, bodyAt: next };
    if (!/^[A-Za-z][\w-]*[ \t]*:/.test(content)) {
      if (/^[#/]/.test(content) && !verbose) {
        at = next;
        continue;
      }
      break;
    }
    lines.push({
      start: at,
      end: stop,
      from: start,
      quoted: /["']$/.test(text.slice(at, start)) || /^["']/.test(lead.trimStart().slice(-1)),
    });
    at = next;
  }
  return { lines, bodyAt: null };
}

function takeBody(draft: RequestDraft, text: string, from: number, end: number, verbose: boolean): void {
  let at = from;
  while (at < end && /[\s>]/.test(text[at] ?? '')) at++;
  const first = text.slice(at, at + 40);
  if (verbose || draft.method === 'GET' || draft.method === 'HEAD') return;
  if (/^(?:HTTP\/|<|###|\*|Recv|[-=]{3}|[A-Z][a-z]+ )/.test(first)) return;
  let stop: number;
  if (first.startsWith('{') || first.startsWith('[')) {
    stop = jsonEnd(text, at, end);
  } else {
    if (!/^[\w.%+[\]-]+=/.test(first)) return;
    const line = text.indexOf('\n', at);
    stop = line < 0 ? end : line;
  }
  const value = plainValue(text, at, trimEnd(text, at, stop) + (text[stop - 1] === '"' ? 1 : 0), 'template');
  const { body, params } = literalBody(value, null);
  draft.body = body;
  draft.end = Math.max(draft.end, stop);
  draft.bodyParams.push(...params);
  if (body.encoding === 'json') {
    const json = jsonParams(value);
    draft.bodyParams.push(...json.params);
    if (!json.complete) draft.paramsComplete = false;
  }
}

/** End of a JSON text by its brackets, else of its paragraph. */
export function jsonEnd(text: string, at: number, end: number): number {
  let depth = 0;
  let quoted = false;
  const limit = Math.min(end, at + 60_000);
  for (let i = at; i < limit; i++) {
    const c = text[i];
    if (quoted) {
      if (c === '\\') i++;
      else if (c === '"' || c === '\n') quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === '{' || c === '[') depth++;
    else if (c === '}' || c === ']') {
      depth--;
      if (depth === 0) return i + 1;
    }
  }
  const blank = text.indexOf('\n\n', at);
  return blank < 0 || blank > limit ? limit : blank;
}

const REST_VARIABLE = /^[ \t]*@([\w.-]+)[ \t]*=[ \t]*(\S+)[ \t]*$/gm;

/** Puts `@name = value` of a REST Client file into a value. */
function restVariables(
  text: string,
  value: ReturnType<typeof plainValue>,
  before: number,
): ReturnType<typeof plainValue> {
  if (!value.pieces.some((p) => p.kind === 'variable')) return value;
  const known = new Map<string, ReturnType<typeof plainValue>>();
  const from0 = Math.max(0, before - 16_000);
  const head = text.slice(from0, before);
  REST_VARIABLE.lastIndex = 0;
  for (let m = REST_VARIABLE.exec(head); m !== null; m = REST_VARIABLE.exec(head)) {
    const from = from0 + m.index + m[0].lastIndexOf(m[2] ?? '');
    known.set(m[1] ?? '', plainValue(text, from, from + (m[2] ?? '').length, 'template'));
  }
  if (known.size === 0) return value;
  return joinValues(
    value.pieces.map((p) => {
      const found = p.kind === 'variable' ? known.get(p.text.trim()) : undefined;
      return found ?? { pieces: [p], via: [], known: p.kind === 'text', start: p.start, end: p.end };
    }),
    value.start,
    value.end,
  );
}

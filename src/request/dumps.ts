// Requests in PHP dumps (print_r, var_dump, var_export, serialize), module-log rows and described requests.

import type { Param, ParsedRequest, Span, Value } from './model';
import { finish, newDraft, splitHeader, takeUrl, type RequestDraft } from './draft';
import { parseQuery } from './url';
import { displayed, flat, joinValues, literalValueOf, plainValue } from './value';
import { valueText } from './model';

/** `[key] => value`, `["key"]=> string(3) "value"`, `'key' => 'value',`, `s:3:"key";s:5:"value";`. */
const ROW =
  /^[ \t>]*(?:\[["']?([\w.: -]{1,60}?)["']?(?::(?:protected|private)[^\]]*)?\]|["']([\w.-]{1,60})["'](?=\s*=>))[ \t]*=>[ \t]*(?:\r?\n[ \t]*(?=(?:string|int|float|bool|array|object|NULL)\b))?(.*)$/gm;
const SERIAL = /s:\d+:"([\w.-]{1,60})";(?:s:\d+:"([^"]*)"|i:(\d+)|d:([\d.]+)|b:([01])|N);?/g;
/** `http_code` and the like describe the reply, not the request. */
const URL_KEYS = /^(?:url|uri|endpoint|request_?url|effective_?url|api_?url|request_?uri|CURLOPT_URL|base_?ur[il])$/i;
const HEADER_KEYS = /^(?:headers?|request_?headers?|httpheaders?|CURLOPT_HTTPHEADER)$/i;

const QUERY_KEYS = /^(?:query|query_?string|params|parameters|qs|post_?fields|postdata|data|body|fields|request)$/i;

interface Row extends Span {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: Value;
  readonly nested: boolean;
  readonly depth: number;
}

/** Reads the rows of a dump. */
function rowsOf(text: string, start: number, end: number): Row[] {
  const slice = text.slice(start, end);
  const out: Row[] = [];
  ROW.lastIndex = 0;
  for (let m = ROW.exec(slice); m !== null; m = ROW.exec(slice)) {
    const key = m[1] ?? m[2] ?? '';
    const rest = (m[3] ?? '').replace(/\r$/, '');
    const restAt = start + m.index + m[0].length - (m[3] ?? '').length;
    const keyAt = start + m.index + m[0].indexOf(key);
    const nested = /^(?:Array|array\(\d+\)|array \(|stdClass|object\(|\[|[\w\\]+ Object)/.test(rest.trim());
    const value = scalar(text, restAt, rest);
    // `string(40) "…` with its quote on the next line: a line end is part of it.
    const broken = /^\s*string\(\d+\)[ \t]*"[^"]*$/.test(rest)
      ? /^\r?\n(?=")/.exec(text.slice(restAt + rest.length, restAt + rest.length + 4))
      : null;
    const close = restAt + rest.length;
    out.push({
      key,
      keySpan: { start: keyAt, end: keyAt + key.length },
      value:
        broken === null
          ? value
          : joinValues(
              [value, literalValueOf('\n', { start: close, end: close + broken[0].length })],
              value.start,
              close + broken[0].length,
            ),
      nested,
      depth: /^[ \t]*/.exec(m[0])?.[0].length ?? 0,
      start: keyAt - 1,
      end: close + (broken === null ? 0 : broken[0].length + 1),
    });
  }
  SERIAL.lastIndex = 0;
  for (let m = SERIAL.exec(slice); m !== null; m = SERIAL.exec(slice)) {
    const key = m[1] ?? '';
    const v = m[2] ?? m[3] ?? m[4] ?? m[5] ?? '';
    const keyAt = start + m.index + m[0].indexOf(key);
    const at = start + m.index + m[0].lastIndexOf(v);
    out.push({
      key,
      keySpan: { start: keyAt, end: keyAt + key.length },
      value: plainValue(text, at, at + v.length, 'none'),
      nested: false,
      depth: 0,
      start: keyAt,
      end: at + v.length,
    });
  }
  return out.sort((a, b) => a.start - b.start);
}

function scalar(text: string, at: number, rest: string): Value {
  const quoted = /^\s*(?:string\(\d+\)[ \t]*)?(["'])(.*?)\1?,?\s*$/.exec(rest);
  if (quoted?.[2] !== undefined) {
    const from = at + rest.indexOf(quoted[2], rest.indexOf(quoted[1] ?? '"') + 1);
    return plainValue(text, from, from + quoted[2].length, 'none');
  }
  const number = /^\s*(?:int|float|bool)\(([^)]*)\)/.exec(rest);
  if (number?.[1] !== undefined) {
    const from = at + rest.indexOf(number[1]);
    return plainValue(text, from, from + number[1].length, 'none');
  }
  const bare = rest.replace(/,\s*$/, '').trim();
  const from = at + rest.indexOf(bare);
  return plainValue(text, from, from + bare.length, 'none');
}

/**
 * Finds requests in dumps and module-log rows.
 * @param selector names of the parameters that choose an operation: a dump that holds them is a request even without a URL
 */
export function dumpRequests(text: string, start: number, end: number, selector: readonly string[]): ParsedRequest[] {
  const slice = text.slice(start, end);
  if (!/=>|";[sidbN]:?/.test(slice)) return [];
  const out: ParsedRequest[] = [];
  for (const block of blocks(rowsOf(text, start, end), text)) {
    const r = fromRows(block, text, selector);
    if (r !== null) out.push(r);
  }
  return out;
}

/** Rows in one dump: apart where the key repeats from the start, or a word such as the log's "Response" stands between. */
function blocks(rows: readonly Row[], text: string): Row[][] {
  const out: Row[][] = [];
  let now: Row[] = [];
  for (const row of rows) {
    const last = now.at(-1);
    const gap = last === undefined ? '' : text.slice(last.end, row.start);
    if (
      last !== undefined &&
      (gap.length > 400 ||
        /^[ \t]*\w[\w ]*:?[ \t]*$/m.test(gap.replace(/^[ \t]*(?:Array|\(|\)|array|stdClass Object|object).*$/gm, '')))
    ) {
      out.push(now);
      now = [];
    }
    now.push(row);
  }
  if (now.length > 0) out.push(now);
  return out;
}

function fromRows(rows: readonly Row[], text: string, selector: readonly string[]): ParsedRequest | null {
  const url = rows.find((r) => URL_KEYS.test(r.key) && /^https?:\/\//i.test(flat(r.value)));
  const chosen = rows.filter((r) => selector.includes(r.key.toLowerCase()));
  const first = rows[0];
  const last = rows.at(-1);
  if (first === undefined || last === undefined) return null;
  if (url === undefined && chosen.length < Math.min(2, selector.length)) return null;
  // An array of source code: a dump shows values, never names of variables.
  if (url === undefined && rows.some((r) => /^\s*\$[A-Za-z_]/.test(text.slice(r.value.start, r.value.end))))
    return null;
  const isLog = /(?:^|\n)[ \t]*(?:Module|Action|Request|Response)\b/i.test(text);
  const draft = newDraft(isLog ? 'module-log' : 'php-dump', null, { start: first.start, end: last.end });
  if (url !== undefined) takeUrl(draft, url.value, null);
  takeRows(rows, draft, url, chosen.length > 0);
  draft.paramsComplete = draft.paramsComplete && (chosen.length > 0 || url !== undefined);
  draft.headerPlace = { start: first.start, end: last.end };
  return finish(draft);
}

function takeRows(rows: readonly Row[], draft: RequestDraft, url: Row | undefined, params: boolean): void {
  let headerDepth: number | null = null;
  for (const r of rows) {
    if (headerDepth !== null && r.depth > headerDepth) {
      const line = /^\d+$/.test(r.key)
        ? splitHeader(r.value)
        : { name: r.key, nameSpan: r.keySpan, value: r.value, separator: ':' };
      if (line !== null) draft.headers.push({ ...line, start: r.start, end: r.end, write: () => null });
      continue;
    }
    headerDepth = null;
    if (HEADER_KEYS.test(r.key)) {
      if (r.nested) headerDepth = r.depth;
      continue;
    }
    if (
      r === url ||
      r.nested ||
      /^(?:http_code|primary_ip|local_ip|total_time|content_type|request_header|header_size|redirect_count|CURLOPT_\w+)$/i.test(
        r.key,
      )
    )
      continue;
    if (/^authorization$/i.test(r.key)) {
      draft.headers.push({
        name: r.key,
        nameSpan: r.keySpan,
        value: r.value,
        start: r.start,
        end: r.end,
        write: () => null,
      });
      continue;
    }
    if (/^method$/i.test(r.key)) {
      draft.method = valueText(r.value).toUpperCase();
      continue;
    }
    if (QUERY_KEYS.test(r.key) && /^[\w.%[\]-]+=[^&\s]*&/.test(flat(r.value))) {
      const value = displayed(r.value);
      const read = parseQuery(value, 0, flat(value).length, 'query');
      draft.query.push(...read.query);
      if (!read.queryComplete) draft.paramsComplete = false;
      continue;
    }
    if (params) draft.bodyParams.push(param(r));
  }
}

function param(r: Row): Param {
  return {
    name: r.key,
    nameSpan: r.keySpan,
    value: r.value,
    in: 'query',
    start: r.start,
    end: r.end,
    remove: () => null,
  };
}

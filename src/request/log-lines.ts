// Addresses in log lines and in exceptions: only the URL is in view, no headers.

import { lineStartAt } from './lines';
import type { ParsedRequest } from './model';
import { finish, newDraft, takeUrl } from './draft';
import { parseQuery } from './url';
import { displayed, flat, plainValue } from './value';

const URL =
  /https?:(?:\\?\/){2}(?:\\\/|\\u0026|[^\s"'<>`|\\^{}])+(?:(?:\{\{[^{}\n]{1,120}\}\}|\{\w*\})(?:\\\/|\\u0026|[^\s"'<>`|\\^{}])*)*/gi;

/** A setting or statement that a comment sign took out: `#API_URL=…`, `// const url = …`, `; url: …`. */
const COMMENTED =
  /^\s*(?:#+|\/\/+|;+|--|\/?\*+|<!--|rem\b|')\s*(?:export\s+|const\s+|let\s+|var\s+|define\s*\(\s*)?["']?[$\w.-]*["']?\s*(?:=>?|:|,)\s*["'`]?$/i;

/** Raw query strings of module logs: no URL, only the parameters. */
export function queryRequests(text: string, start: number, end: number, selector: readonly string[]): ParsedRequest[] {
  const out: ParsedRequest[] = [];
  const [first] = selector;
  if (first === undefined) return out;
  for (let at = text.indexOf(`${first}=`, start); at >= 0 && at < end; at = text.indexOf(`${first}=`, at + 1)) {
    const from = at - (/[^\s?"'`(]*$/.exec(text.slice(Math.max(start, at - 300), at))?.[0].length ?? 0);
    if (text[from - 1] === '?') continue;
    const raw = /^[\w.%+[\]-]+=[^\s"'`<>)]*/.exec(text.slice(from, from + 4_000))?.[0];
    if (raw === undefined || !raw.includes('&') || !selector.every((n) => new RegExp(`(?:^|[&;])${n}=`).test(raw)))
      continue;
    const draft = newDraft('module-log', null, { start: from, end: from + raw.length });
    const value = displayed(plainValue(text, from, from + raw.length, 'none'));
    const { query, queryComplete } = parseQuery(value, 0, flat(value).length, 'query');
    draft.query.push(...query);
    draft.paramsComplete = queryComplete;
    // A string that code puts more behind: its last value is not known.
    if (/^["'`]\s*(?:\+|\.{1,2}(?!\w)|&|%|~|<>)/.test(text.slice(from + raw.length, from + raw.length + 12))) {
      draft.paramsComplete = false;
      draft.query.pop();
    }
    out.push(finish(draft));
    at = from + raw.length;
  }
  return out;
}

/**
 * URLs of a text that no other parser took.
 * @param taken spans of requests already found
 * @param bare also a URL that no method, arrow or query shows to be requested
 */
export function loggedRequests(
  text: string,
  start: number,
  end: number,
  taken: readonly { start: number; end: number }[],
  isApi: (host: string) => boolean,
): ParsedRequest[] {
  const slice = text.slice(start, end);
  const out: ParsedRequest[] = [];
  URL.lastIndex = 0;
  for (let m = URL.exec(slice); m !== null; m = URL.exec(slice)) {
    const at = start + m.index;
    const raw = m[0]
      .replace(/[.,;:!?)\]}*]+$/, '')
      .replace(/&(?:quot|#0?3[49]);.*$/, '')
      .replace(/`?$/, '');
    const close = at + raw.length;
    const cut = /^(?:\.\.\.|…)|…/.test(text.slice(close, close + 3)) || /…/.test(raw);
    if (taken.some((t) => t.start <= at && t.end >= close)) continue;
    const lineStart = lineStartAt(text, at);
    const before = text.slice(Math.max(lineStart, at - 200), at);
    const after = text.slice(close, close + 40);
    const host = /^https?:\/\/(?:[^/@\s]*@)?([^/:?#]+)/i.exec(raw)?.[1]?.toLowerCase() ?? '';
    const requested =
      /\b(?:GET|POST|PUT|PATCH|DELETE|HEAD)\b[\s:"'`]*$/.test(before) ||
      /(?:->|=>|→|>>|\burl[:=]?|\buri[:=]?|request(?:ed|ing)?(?: to)?[:=]?|endpoint[:=]?)\s*["'`(<[]?$/i.test(before) ||
      /(?:for url:|for URL:|from GET|for url)\s*['"`]?$/i.test(before) ||
      (/^["'`)\]]?\s*(?:HTTP\/\d|->|=>|→|\d{3}\b|returned|resulted)/.test(after) && /\?/.test(raw));
    if (!requested && !(isApi(host) && /\?.*=/.test(raw))) continue;
    if (/^\s*(?:#|\/\/)/.test(before) && !requested) continue;
    if (COMMENTED.test(before)) continue;
    const draft = newDraft('log-line', null, { start: at, end: close });
    if (!takeUrl(draft, plainValue(text, at, close, 'none'), null)) continue;
    if (cut) {
      draft.paramsComplete = false;
      draft.query.pop();
    }
    draft.method = /\b(GET|POST|PUT|PATCH|DELETE|HEAD)\b[\s:"'`]*$/.exec(before)?.[1] ?? null;
    if (draft.method !== null && draft.method !== 'GET') draft.paramsComplete = false;
    out.push(finish(draft));
    if (out.length > 200) break;
  }
  return out;
}

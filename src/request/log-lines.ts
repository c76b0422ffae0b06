// Addresses in log lines and in exceptions: only the URL is in view, no headers.

import type { ParsedRequest } from './model';
import { entities } from './dumps';
import { finish, newDraft, takeUrl } from './draft';
import { plainValue } from './value';

const URL = /https?:\/\/[^\s"'<>`|\\^{}]+(?:\{\w*\}[^\s"'<>`|\\^]*)*/gi;

/**
 * URLs of a text that no other parser took.
 * @param taken spans of requests already found
 * @param bare also a URL that no method, arrow or query shows to be requested
 */
export function loggedRequests(text: string, start: number, end: number, taken: readonly { start: number; end: number }[], isApi: (host: string) => boolean): ParsedRequest[] {
  const slice = text.slice(start, end);
  const out: ParsedRequest[] = [];
  URL.lastIndex = 0;
  for (let m = URL.exec(slice); m !== null; m = URL.exec(slice)) {
    const at = start + m.index;
    const raw = m[0].replace(/[.,;:!?)\]}*]+$/, '').replace(/&(?:quot|#0?3[49]);.*$/, '').replace(/`?$/, '');
    const close = at + raw.length;
    if (taken.some((t) => t.start <= at && t.end >= close)) continue;
    const lineStart = text.lastIndexOf('\n', at - 1) + 1;
    const before = text.slice(Math.max(lineStart, at - 200), at);
    const after = text.slice(close, close + 40);
    const host = /^https?:\/\/(?:[^/@\s]*@)?([^/:?#]+)/i.exec(raw)?.[1]?.toLowerCase() ?? '';
    const requested =
      /\b(?:GET|POST|PUT|PATCH|DELETE|HEAD)\b[\s:"'`]*$/.test(before) ||
      /(?:->|=>|→|>>|url[:=]?|uri[:=]?|request(?:ed|ing)?(?: to)?[:=]?|endpoint[:=]?)\s*["'`(<[]?$/i.test(before) ||
      /(?:for url:|for URL:|from GET|for url)\s*['"`]?$/i.test(before) ||
      (/^["'`)\]]?\s*(?:HTTP\/\d|->|=>|→|\d{3}\b|returned|resulted)/.test(after) && /\?/.test(raw));
    if (!requested && !(isApi(host) && /\?.*=/.test(raw))) continue;
    if (/^\s*(?:#|\/\/)/.test(before) && !requested) continue;
    const draft = newDraft('log-line', null, { start: at, end: close });
    if (!takeUrl(draft, entities(plainValue(text, at, close, 'none')), null)) continue;
    draft.method = /\b(GET|POST|PUT|PATCH|DELETE|HEAD)\b[\s:"'`]*$/.exec(before)?.[1] ?? null;
    if (draft.method !== null && draft.method !== 'GET') draft.paramsComplete = false;
    out.push(finish(draft));
    if (out.length > 200) break;
  }
  return out;
}

// A URL as written, taken apart with spans, and its query as parameters.

import type { Edit, Param, RequestUrl, Value } from './model';
import { flat, percentDecoded, sliceValue, VARIABLE, MASK } from './value';
import { valueText } from './model';

export interface UrlParts {
  readonly url: RequestUrl;
  readonly query: readonly Param[];
  /** No part of the query is hidden in a variable. */
  readonly queryComplete: boolean;
}

const SHAPE =
  /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:(\/\/)(?:([^/?#@\s]*)@)?)?([^/?#:\s]*)(?::([0-9\uE000]*))?([^?#]*)(?:\?([^#]*))?(?:#.*)?$/s;

/**
 * Takes a URL value apart.
 * @param implied scheme that the client takes where none is written; null: a URL without scheme is a path
 */
export function parseUrl(value: Value, implied: string | null): UrlParts | null {
  const s = flat(value);
  const m = SHAPE.exec(s);
  if (m === null) return null;
  const [, schemeText, slashes, user, hostText = '', port, , query] = m;
  const hasHost =
    slashes !== undefined || (implied !== null && schemeText === undefined && /^[\w.\uE000-]+$/.test(hostText));
  if (schemeText !== undefined && slashes === undefined) return null;
  let at = (schemeText === undefined ? 0 : schemeText.length + 1) + (slashes === undefined ? 0 : 2);
  const userStart = at;
  if (user !== undefined) at += user.length + 1;
  const hostStart = hasHost ? at : 0;
  const hostEnd = hasHost ? at + hostText.length : 0;
  const pathStart = hasHost ? hostEnd + (port === undefined ? 0 : port.length + 1) : at;
  const pathEnd = pathStart + pathText(s, pathStart).length;
  const span = (a: number, b: number): { start: number; end: number } => {
    const v = sliceValue(value, a, b);
    return { start: v.start, end: v.end };
  };
  const written = s.slice(pathStart, pathEnd);
  const host =
    hasHost && !hostText.includes(VARIABLE) && !hostText.includes(MASK) && hostText !== ''
      ? hostText.toLowerCase().replace(/\.$/, '')
      : null;
  const url: RequestUrl = {
    start: value.start,
    end: value.end,
    text: valueText(value),
    value,
    scheme: schemeText?.toLowerCase() ?? (hasHost && implied !== null ? implied : null),
    schemeSpan: schemeText === undefined ? span(hostStart, hostEnd) : span(0, schemeText.length),
    schemeImplied: schemeText === undefined && hasHost,
    host,
    hostSpan: span(hostStart, hostEnd),
    port: port === undefined || port.includes(VARIABLE) ? null : port,
    portSpan: port === undefined ? null : span(hostEnd + 1, hostEnd + 1 + port.length),
    path: written.includes(VARIABLE) || written.includes(MASK) ? null : written === '' && hasHost ? '/' : written,
    pathSpan: span(pathStart, pathEnd),
    userinfo: user === undefined ? null : span(userStart, userStart + user.length),
  };
  if (query === undefined) return { url, query: [], queryComplete: true };
  const from = s.indexOf('?') + 1;
  return { url, ...parseQuery(value, from, from + query.length, 'query') };
}

function pathText(s: string, from: number): string {
  const end = s.slice(from).search(/[?#]/);
  return end < 0 ? s.slice(from) : s.slice(from, from + end);
}

/** Parameters of a query or form body that stands in `flat(value)` from `from` to `to`. */
export function parseQuery(
  value: Value,
  from: number,
  to: number,
  place: 'query' | 'body',
  raw = false,
): { query: Param[]; queryComplete: boolean } {
  const s = flat(value);
  const query: Param[] = [];
  let queryComplete = true;
  for (let at = from; at < to;) {
    const amp = s.indexOf('&', at);
    const end = amp < 0 || amp > to ? to : amp;
    const part = s.slice(at, end);
    const eq = part.indexOf('=');
    if (part !== '') {
      const [a, z] = [at, end];
      if (eq < 0 && (part.includes(VARIABLE) || part.includes(MASK))) queryComplete = false;
      else {
        const nameEnd = eq < 0 ? end : at + eq;
        const name = sliceValue(value, at, nameEnd);
        const written = sliceValue(value, Math.min(end, nameEnd + 1), end);
        const v = raw ? written : percentDecoded(written);
        const whole = sliceValue(value, at, end);
        if (name.known) {
          query.push({
            name: valueText(percentDecoded(name)),
            nameSpan: { start: name.start, end: name.end },
            value: v,
            in: place,
            start: whole.start,
            end: whole.end,
            remove: () => removal(value, s, a, z),
          });
          if (s.slice(nameEnd + 1, end).endsWith(MASK)) queryComplete = false;
        } else queryComplete = false;
      }
    }
    at = end + 1;
  }
  return { query, queryComplete };
}

/** The part with the `&` before or behind it. */
function removal(value: Value, s: string, from: number, to: number): Edit[] {
  const [a, b] = s[to] === '&' ? [from, to + 1] : s[from - 1] === '&' ? [from - 1, to] : [from, to];
  const cut = sliceValue(value, a, b);
  return [{ start: cut.start, end: cut.end, text: '' }];
}

// Right values of the header with the credential, made from what is known of user and secret.

import type { Observation } from '../../redact/redacted';
import type { Api } from '../api';
import type { ParsedRequest, Piece, Span, Value } from '../model';
import { flat, makeValue, sliceValue } from '../value';

/** A variable that nothing filled in, in any language. */
export const UNEXPANDED =
  /\$\{[^}\n]{1,80}\}|\$\([^)\n]{1,80}\)|\$(?:env:)?[A-Za-z_]\w*(?:->\w+|\[\S+?\])?|#\{[^}\n]{1,80}\}|\{\{[^}\n]{1,80}\}\}|\{[A-Za-z_][\w.]{0,60}\}|%[A-Za-z_]\w{1,40}%|%s/g;

/** A request with what is known beside it. */
export interface Context {
  readonly request: ParsedRequest;
  readonly api: Api;
  readonly text: string;
  readonly observations: readonly Observation[];
}

/** The header as it should be, with names for its parts. */
export function form(api: Api): string {
  return `${api.data.authorization.name}: username${api.data.authorization.separator}secret`;
}

const TRIM: Readonly<Record<string, (s: string) => string>> = {
  requests: (s) => `${s}.strip()`,
  httpx: (s) => `${s}.strip()`,
  urllib: (s) => `${s}.strip()`,
  aiohttp: (s) => `${s}.strip()`,
  go: (s) => `strings.TrimSpace(${s})`,
  'php-curl': (s) => `trim(${s})`,
  guzzle: (s) => `trim(${s})`,
  laravel: (s) => `trim(${s})`,
  'net-http': (s) => `${s}.strip`,
};

export function trimmedSecret(c: Context, user: Value, secret: Value): Value {
  const trim = TRIM[c.request.client ?? ''] ?? ((s: string) => `${s}.trim()`);
  return pair(c, user, {
    ...secret,
    pieces: secret.pieces.map((p) => (p.kind === 'variable' ? { ...p, text: trim(p.text) } : p)),
  });
}

/** The right value from what is known of user and secret. */
export function pair(c: Context, user: Value | null, secret: Value | null): Value {
  const at = { start: c.request.start, end: c.request.start };
  const text = (t: string): Piece => ({ kind: 'text', text: t, ...at });
  const keep = (v: Value | null): Piece[] =>
    v === null
      ? []
      : v.pieces
          .map((p) => (p.kind === 'text' ? { ...p, text: p.text.replace(/["'\s]/g, '') } : p))
          .filter((p) => p.text !== '');
  const u = keep(user);
  const s = keep(secret).filter((p) => p.kind !== 'mask');
  const told = /\bwith user '([^'\n]{1,60})'/.exec(c.text)?.[1] ?? accountTold(c);
  return makeValue(
    [
      ...(u.length > 0 ? u : [text(told ?? 'USERNAME')]),
      text(c.api.data.authorization.separator),
      ...(s.length > 0 ? s : [{ kind: 'secret' as const, text: '[redacted:api-secret]', ...at }]),
    ],
    at.start,
    at.end,
  );
}

/** A username that another parameter or setting of the text names. */
function accountTold(c: Context): string | null {
  const m = /\b[A-Z_]*USER(?:NAME)?\b["']?\s*[=:]\s*["']?([A-Za-z0-9_.-]{2,40})["']?\s*$/m.exec(c.text);
  return m?.[1] ?? null;
}

/** The pair in a URL's user info. */
export function userinfoPair(c: Context, at: Span): Value {
  const s = c.text.slice(at.start, at.end);
  const colon = s.indexOf(':');
  return pair(
    c,
    colon <= 0
      ? null
      : makeValue(
          [{ kind: 'text', text: s.slice(0, colon), start: at.start, end: at.start + colon }],
          at.start,
          at.end,
        ),
    null,
  );
}

/** `user:secret` of a value that may hold more around it. */
export function split(c: Context, value: Value): Value {
  const s = flat(value);
  const colon = s.indexOf(c.api.data.authorization.separator);
  if (colon >= 0) return pair(c, sliceValue(value, 0, colon), sliceValue(value, colon + 1, s.length));
  const secrets = value.pieces.filter((p) => p.kind === 'secret');
  const variables = value.pieces.filter((p) => p.kind === 'variable');
  const [a, b] = variables;
  if (a !== undefined && b !== undefined)
    return pair(c, makeValue([a], a.start, a.end), makeValue([b], b.start, b.end));
  if (a !== undefined && secrets.length === 0 && /secret|pass|key|token/i.test(a.text)) return pair(c, null, value);
  return pair(
    c,
    null,
    secrets.length > 0 && secrets[0]?.text.includes('api-secret') === true
      ? makeValue(secrets, value.start, value.end)
      : null,
  );
}

export function clean(value: Value): Value {
  return makeValue(
    value.pieces
      .map((p) => (p.kind === 'text' ? { ...p, text: p.text.replace(/["'“”\r\n\t ]|\\[rn]/g, '') } : p))
      .filter((p) => p.text !== ''),
    value.start,
    value.end,
  );
}

export function decodeColon(value: Value): Value {
  return {
    ...value,
    pieces: value.pieces.map((p) => (p.kind === 'text' ? { ...p, text: p.text.replace(/%3A/gi, ':') } : p)),
  };
}

/** Text such as `$NAME` that nothing expanded, as the variable it was meant to be. */
export function expanded(value: Value): Value {
  const pieces = value.pieces.flatMap((p): Piece[] => {
    if (p.kind !== 'text') return [p];
    const out: Piece[] = [];
    let at = 0;
    const re = new RegExp(UNEXPANDED.source, 'g');
    for (let m = re.exec(p.text); m !== null; m = re.exec(p.text)) {
      if (m.index > at) out.push({ ...p, text: p.text.slice(at, m.index) });
      const name = m[0]
        .replace(/^(?:\$\{|\$\(|#\{|\{\{|[{%])\s*/, '')
        .replace(/^\$(?!.*->|env:)/, '')
        .replace(/\s*(?:\}\}|[}%)])$/, '');
      out.push({ ...p, kind: 'variable', text: m[0].includes('->') ? m[0] : name });
      at = m.index + m[0].length;
    }
    if (at < p.text.length) out.push({ ...p, text: p.text.slice(at) });
    return out;
  });
  return makeValue(pieces, value.start, value.end);
}

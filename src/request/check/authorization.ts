// Is the credential sent in the one right form: header there, right name, raw `user:secret`, nothing around it.

import type { Observation } from '../../redact/redacted';
import type { Api } from '../api';
import type { Edit, Header, ParsedRequest, Piece, Span, Value } from '../model';
import { flat, holds, MASK, makeValue, SECRET, sliceValue, VARIABLE } from '../value';
import { distance } from './distance';
import type { Fault } from './finding';

/** Authentication schemes of RFC 9110's registry, and words that people put in their place. */
const SCHEME =
  /^(?:basic|bearer|digest|token|negotiate|ntlm|oauth|hmac|hoba|mutual|vapid|scram-\S+|aws4-\S+|api-?key|apikey|key|secret|raw)$/i;
const UNEXPANDED =
  /\$\{[^}\n]{1,80}\}|\$\([^)\n]{1,80}\)|\$(?:env:)?[A-Za-z_]\w*(?:->\w+|\[\S+?\])?|#\{[^}\n]{1,80}\}|\{\{[^}\n]{1,80}\}\}|\{[A-Za-z_][\w.]{0,60}\}|%[A-Za-z_]\w{1,40}%|%s/g;

interface Context {
  readonly request: ParsedRequest;
  readonly api: Api;
  readonly text: string;
  readonly observations: readonly Observation[];
}

export function checkAuthorization(c: Context): Fault[] {
  const { request, api } = c;
  const name = api.data.authorization.name;
  const lower = name.toLowerCase();
  const out: Fault[] = [];
  const unsent = request.faults.find((f) => f.name?.toLowerCase() === lower && f.kind.startsWith('header-'));
  const basics = request.credentials.filter((k) => k.role !== 'proxy');
  const header = request.headers.find((h) => h.name.toLowerCase() === lower);
  const place = placed(c);
  for (const k of basics)
    out.push({
      id: 'auth-scheme',
      start: k.start,
      end: k.end,
      suggestion: form(api),
      edits: k.write(name, pair(c, k.user, k.secret)),
    });
  if (request.url?.userinfo != null) {
    const u = request.url.userinfo;
    const added = header === undefined ? request.addHeader(name, userinfoPair(c, u)) : [];
    out.push({
      id: 'auth-scheme',
      ...u,
      suggestion: form(api),
      edits: added === null ? null : [{ start: u.start, end: u.end + 1, text: '' }, ...added],
    });
  }
  if (unsent !== undefined) {
    if (basics.length === 0)
      out.push({
        id: 'auth-missing',
        start: unsent.start,
        end: unsent.end,
        suggestion: form(api),
        edits: unsent.edits ?? null,
      });
    return out;
  }
  if (header !== undefined) {
    if (basics.length > 0) return out;
    const fault = checkValue(c, header);
    if (fault !== null) out.push(fault);
    return out;
  }
  if (out.length > 0) return out;
  const misnamed = request.headers.find((h) => isMisnamed(h, api));
  if (misnamed !== undefined) {
    out.push({
      id: 'auth-name',
      start: misnamed.start,
      end: misnamed.end,
      suggestion: name,
      edits: misnamed.write(name, /[:\uE000]/.test(flat(misnamed.value)) ? misnamed.value : split(c, misnamed.value)),
    });
    return out;
  }
  if (place !== null) return [place];
  if (request.headersComplete)
    out.push({
      id: 'auth-missing',
      ...request.headerPlace,
      suggestion: form(api),
      edits: request.addHeader(name, pair(c, null, null)),
    });
  return out;
}

function form(api: Api): string {
  return `${api.data.authorization.name}: username${api.data.authorization.separator}secret`;
}

function isMisnamed(h: Header, api: Api): boolean {
  const n = h.name.toLowerCase();
  const right = api.data.authorization.name.toLowerCase();
  if (n === 'www-authenticate' || n === 'proxy-authorization') return false;
  if (distance(n, right, 3) <= 3 || distance(n.replace(/[_-]/g, ''), right, 2) <= 2) return true;
  if (!api.instead.has(n)) return false;
  const s = flat(h.value);
  return s.includes(api.data.authorization.separator) || s.includes(SECRET) || s.includes(VARIABLE) || s.includes(MASK);
}

/** A credential among the parameters. */
function placed(c: Context): Fault | null {
  const { request, api } = c;
  const all = [...request.query, ...request.bodyParams];
  const own = new Set(api.paramNames);
  const secret = all.find(
    (p) =>
      api.secretNames.has(p.name.toLowerCase()) &&
      !own.has(p.name.toLowerCase()) &&
      (holds(p.value, 'secret') || holds(p.value, 'mask') || holds(p.value, 'variable') || flat(p.value) !== ''),
  );
  if (secret === undefined) return null;
  const user = all.find((p) => api.userNames.has(p.name.toLowerCase()) && !own.has(p.name.toLowerCase()));
  const parts = user === undefined ? [secret] : [user, secret].sort((a, b) => a.start - b.start);
  const first = parts[0] ?? secret;
  const last = parts.at(-1) ?? secret;
  const near = last.start - first.end < 60;
  const span = near ? { start: first.start, end: last.end } : { start: secret.start, end: secret.end };
  const edits: Edit[] = [];
  for (const p of parts) {
    const removed = p.remove();
    if (removed === null) return { id: 'auth-place', ...span, suggestion: form(api), edits: null };
    edits.push(...removed);
  }
  const header = request.addHeader(api.data.authorization.name, pair(c, user?.value ?? null, secret.value));
  return { id: 'auth-place', ...span, suggestion: form(api), edits: header === null ? null : [...edits, ...header] };
}

function checkValue(c: Context, header: Header): Fault | null {
  const { request, api, text } = c;
  const name = api.data.authorization.name;
  const { value } = header;
  const s = flat(value);
  const fault = (id: string, fixed: Value): Fault => ({
    id,
    start: header.start,
    end: header.end,
    suggestion: form(api),
    edits: header.write(name, fixed),
  });
  const word = /^\s*["']?([A-Za-z][\w-]*)\s+(?=\S)/.exec(s);
  const [first, rest] = word === null ? ['', ''] : [word[1] ?? '', s.slice(word[0].length)];
  const observed = observation(c, value);
  if (
    word !== null &&
    (SCHEME.test(first) ||
      (!rest.startsWith(':') && !s.slice(0, word[0].length).includes(':') && new RegExp(`[${SECRET}:]`).test(rest)))
  ) {
    const inner = sliceValue(value, word[0].length, s.length);
    return fault('auth-scheme', split(c, { ...inner, via: [] }));
  }
  if (word === null && SCHEME.test(s.trim()) && holds(value, 'text') && value.known && s.trim() !== '')
    return fault('auth-scheme', pair(c, null, null));
  if (observed?.scheme !== undefined && observed.scheme !== '' && !s.includes(':'))
    return fault('auth-scheme', pair(c, null, null));
  if (value.via.includes('base64') || value.via.includes('percent'))
    return fault('auth-encoded', split(c, { ...value, via: [] }));
  const bare = s.trim();
  if (
    bare === SECRET &&
    observed !== null &&
    (observed.encoding === 'base64' || observed.encoding === 'percent' || observed.encoding === 'hex') &&
    observed.decodesTo !== 'text'
  )
    return fault('auth-encoded', pair(c, null, null));
  if (/%3A/i.test(s) && !s.includes(':')) return fault('auth-encoded', split(c, decodeColon(value)));
  const colon = s.indexOf(api.data.authorization.separator);
  if (colon < 0) return checkAlone(c, header, bare, observed, fault);
  const user = sliceValue(value, 0, colon);
  const secret = sliceValue(value, colon + 1, s.length);
  const userText = flat(user).trim();
  const secretText = flat(secret).trim();
  const unexpanded =
    value.pieces.some((p) => p.kind === 'text' && new RegExp(UNEXPANDED.source).test(p.text)) &&
    request.syntax !== 'described';
  const written = commandLike(request);
  if (unexpanded) return fault('auth-secret', expanded(value));
  if (secretText === '') return emptySecret(c) ? fault('auth-secret', pair(c, user, null)) : null;
  if (secret.known && !holds(secret, 'secret') && isPlaceholder(secretText, api))
    return fault('auth-secret', pair(c, user, null));
  if (userText === '' || userText === '"' || userText === "'") return fault('auth-username', pair(c, null, secret));
  const quotes = /^["'“”]|["'“”]$|["'“”]\s*:\s*["'“”]/.test(bare);
  const blanks =
    /[ \t]:|:[ \t]/.test(s) ||
    /[\r\n]/.test(s) ||
    (written && (/^[ \t]/.test(s) || /[ \t]$/.test(s))) ||
    /\\[rn]["']?$/.test(s);
  if (quotes || blanks || swallowedBlank(observed, text))
    return {
      id: 'auth-whitespace',
      start: header.start,
      end: header.end,
      suggestion: form(api),
      edits: header.write(name, split(c, clean(value))),
    };
  const told = lineEndTold(c);
  if (told !== null)
    return {
      id: 'auth-whitespace',
      ...told,
      suggestion: form(api),
      edits: header.write(name, trimmedSecret(c, user, secret)),
    };
  return null;
}

/** A value without the separator. */
function checkAlone(
  c: Context,
  header: Header,
  bare: string,
  observed: Observation | null,
  fault: (id: string, v: Value) => Fault,
): Fault | null {
  const { api } = c;
  const { value } = header;
  const [only] = value.pieces.filter((p) => p.kind !== 'text' || p.text.trim() !== '');
  if (only === undefined) return c.request.syntax === 'log-line' ? null : fault('auth-missing', pair(c, null, null));
  if (bare === SECRET) {
    if (observed?.hasColon === true) return null;
    return fault('auth-username', pair(c, null, value));
  }
  if (bare === VARIABLE) {
    if (/\bbase64\b/i.test(only.text)) return fault('auth-encoded', pair(c, null, null));
    const last =
      only.text
        .replace(/["')\]}\s]+$/, '')
        .split(/[^A-Za-z0-9_-]+/)
        .at(-1) ?? '';
    const n = last.toLowerCase();
    return api.secretNames.has(n) &&
      !/^(?:auth|authorization|credentials|token|access_token|auth_token|api_token|apitoken|auth_key)$/.test(n)
      ? fault('auth-username', pair(c, null, value))
      : /(?:api|nic|reseller)_?(?:secret|password|pass|key)$|(?:^|_)(?:api)?secret$/i.test(last) ||
          /(?:Secret|Password|ApiKey)$/.test(last)
        ? fault('auth-username', pair(c, null, value))
        : null;
  }
  if (value.known && holds(value, 'text') && !holds(value, 'secret')) {
    if (new RegExp(UNEXPANDED.source).test(bare)) return fault('auth-secret', expanded(value));
    if (isPlaceholder(bare, api)) return fault('auth-secret', pair(c, null, null));
    return fault('auth-secret', pair(c, value, null));
  }
  // `user` and secret side by side with another separator.
  if (holds(value, 'secret') && /[A-Za-z0-9][|;,/=@ -]\uE001$/.test(bare))
    return fault(
      'auth-username',
      pair(
        c,
        sliceValue(value, 0, flat(value).indexOf(SECRET) - 1),
        sliceValue(value, flat(value).indexOf(SECRET), flat(value).length),
      ),
    );
  return null;
}

function commandLike(r: ParsedRequest): boolean {
  return (
    r.syntax === 'curl' ||
    r.syntax === 'wget' ||
    r.syntax === 'code' ||
    r.syntax === 'powershell' ||
    r.syntax === 'postman-json' ||
    r.syntax === 'httpie'
  );
}

function isPlaceholder(s: string, api: Api): boolean {
  const n = s.toLowerCase().replace(/^[<[{(]+|[>\]})]+$/g, '');
  if (/^[<[]/.test(s)) return false;
  return api.placeholders.has(n) || /^(?:your|my|the|insert|enter|put)[-_ ]/.test(n);
}

/** The secret is empty in view, not cut off by the end of the paste. */
function emptySecret(c: Context): boolean {
  return c.request.syntax !== 'log-line';
}

function observation(c: Context, value: Value): Observation | null {
  const p = value.pieces.find((q) => q.kind === 'secret');
  if (p === undefined) return null;
  return (
    c.observations.find((o) => o.start === p.start) ??
    c.observations.find((o) => o.start >= p.start - 2 && o.start <= p.end) ??
    null
  );
}

/** Blanks that went with the secret, seen only by the redactor. */
function swallowedBlank(o: Observation | null, text: string): boolean {
  if (o === null || !o.blanksAfter) return false;
  const next = text.slice(o.end, o.end + 1);
  return /["'`]/.test(next);
}

const HEADER_TOLD =
  /(?:header value|header field value|InvalidHeader|invalid character in header)[^\n]{0,80}?(b?["'][^"'\n]{0,200}?(?:\\r|\\n)+["'])/i;

/** An exception that quotes the value with its line end. */
function lineEndTold(c: Context): Span | null {
  if (!c.request.replies.some((r) => r.clientKind === 'header')) return null;
  // The line end itself may have gone with the secret; requests says in its own words what it found.
  const m =
    HEADER_TOLD.exec(c.text) ?? /return character\(s\) in header value: (b?["'][^"'\n]{1,200}["'])/.exec(c.text);
  if (m?.[1] === undefined) return null;
  const start = m.index + m[0].length - m[1].length;
  return { start, end: start + m[1].length };
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

function trimmedSecret(c: Context, user: Value, secret: Value): Value {
  const trim = TRIM[c.request.client ?? ''] ?? ((s: string) => `${s}.trim()`);
  return pair(c, user, {
    ...secret,
    pieces: secret.pieces.map((p) => (p.kind === 'variable' ? { ...p, text: trim(p.text) } : p)),
  });
}

/** The right value from what is known of user and secret. */
function pair(c: Context, user: Value | null, secret: Value | null): Value {
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
  const m =
    /\b[A-Z_]*USER(?:NAME)?\b["']?\s*[=:]\s*["']?([A-Za-z0-9_.-]{2,40})["']?\s*$/m.exec(
      c.text,
    );
  return m?.[1] ?? null;
}

/** The pair in a URL's user info. */
function userinfoPair(c: Context, at: Span): Value {
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
function split(c: Context, value: Value): Value {
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

function clean(value: Value): Value {
  return makeValue(
    value.pieces
      .map((p) => (p.kind === 'text' ? { ...p, text: p.text.replace(/["'“”\r\n\t ]|\\[rn]/g, '') } : p))
      .filter((p) => p.text !== ''),
    value.start,
    value.end,
  );
}

function decodeColon(value: Value): Value {
  return {
    ...value,
    pieces: value.pieces.map((p) => (p.kind === 'text' ? { ...p, text: p.text.replace(/%3A/gi, ':') } : p)),
  };
}

/** Text such as `$NAME` that nothing expanded, as the variable it was meant to be. */
function expanded(value: Value): Value {
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

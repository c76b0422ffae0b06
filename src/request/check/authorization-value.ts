// Is the value of the header with the credential raw `user:secret`, with nothing in it or around it.

import type { Observation } from '../../redact/redacted';
import type { Api } from '../api';
import type { Header, ParsedRequest, Span, Value } from '../model';
import { flat, holds, SECRET, sliceValue, VARIABLE } from '../value';
import {
  clean,
  type Context,
  decodeColon,
  expanded,
  form,
  pair,
  split,
  trimmedSecret,
  UNEXPANDED,
} from './credential-value';
import type { Fault } from './finding';

/** Authentication schemes of RFC 9110's registry, and words that people put in their place. */
const SCHEME =
  /^(?:basic|bearer|digest|token|negotiate|ntlm|oauth|hmac|hoba|mutual|vapid|scram-\S+|aws4-\S+|api-?key|apikey|key|secret|raw)$/i;

const HEADER_TOLD =
  /(?:header value|header field value|InvalidHeader|invalid character in header)[^\n]{0,80}?(b?["'][^"'\n]{0,200}?(?:\\r|\\n)+["'])/i;

/** Its first fault, null where it is right or cannot be seen. */
export function checkCredentialValue(c: Context, header: Header): Fault | null {
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
  if (value.via.includes('base64') || value.via.includes('percent')) {
    const encoded = fault('auth-encoded', split(c, { ...value, via: [] }));
    // A function further up or down encodes it.
    const [first] = value.pieces;
    const last = value.pieces.at(-1);
    if (first !== undefined && last !== undefined && last.end <= header.start && request.syntax !== 'code')
      return { ...encoded, start: first.start, end: last.end };
    const elsewhere =
      (value.start >= header.end || value.end <= header.start) &&
      /encod|b64|base64|btoa|quote|escape|pack/i.test(text.slice(value.start, value.end));
    return elsewhere ? { ...encoded, start: value.start, end: value.end } : encoded;
  }
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
  if (/^["'“”]?[\uE000\uE001]["'“”]?$/.test(bare) && bare.length > 1)
    return fault('auth-whitespace', split(c, clean(value)));
  const [only] = value.pieces.filter((p) => p.kind !== 'text' || p.text.trim() !== '');
  if (only === undefined) return c.request.syntax === 'log-line' ? null : fault('auth-missing', pair(c, null, null));
  if (bare === SECRET) {
    if (observed?.hasColon === true) return null;
    return fault('auth-username', pair(c, null, value));
  }
  // What a decoder gives may well be the pair.
  if (value.via.includes('decoded')) return null;
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
  // What a language writes where nothing was set.
  if (/^(?:undefined|null|none|nil|nan|\[object object\]|<nil>|%!\w\(.*\))$/i.test(s)) return true;
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

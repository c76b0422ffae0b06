// Functions that make a string of strings: joining, formatting, trimming, encoding.

import type { Piece, Value } from '../model';
import { joinAddress } from './join-address';
import { flat, joinValues, literalValueOf, makeValue, sliceValue, unknownValue } from '../value';
import { valueText } from '../model';
import { slotName, type ObjectThing, type Thing } from './things';

const SAME = new Set([
  'tostring', 'string', 'str', 'text', 'getbytes', 'bytes', 'encode', 'decode', 'tobytes', 'touri', 'uri', 'url', 'create', 'parse', 'touppercase', 'newuri', 'getstring', 'asstring', 'tostr', 'strval', 'utf8', 'ascii', 'from', 'of', 'valueof', 'toutf8bytes', 'b', 'touristring', 'freeze', 'dup', 'asciistring', 'ensurestring', 'into', 'tourl', 'build', 'fromhttpurl', 'fromuristring', 'get', 'tohttpurl', 'newbuilder', 'fromstr', 'fromstatic', 'href', 'uricomponentsbuilder', 'escape8bit', 'alloc', 'bstr', 'stripslashes', 'c_str', 'cstr', 'urlstring', 'absolutestring', 'as_str', 'asstr', 'clone', 'owned', 'toowned', 'byte',
]); // prettier-ignore
const TRIM = new Set([
  'trim',
  'strip',
  'chomp',
  'rstrip',
  'lstrip',
  'trimend',
  'trimstart',
  'rtrim',
  'ltrim',
  'trimspace',
  'strip!',
  'trimmingcharacters',
  'chop',
  'striptrailing',
  'trimsuffix',
  'trimright',
]);
const BASE64 = new Set([
  'base64encode',
  'b64encode',
  'btoa',
  'tobase64string',
  'encodetostring',
  'strictencode64',
  'encode64',
  'urlsafeb64encode',
  'encodebase64',
  'base64encodedstring',
  'encodebytes',
  'standardb64encode',
  'urlsafeencode64',
  'encodebase64string',
  'tobase64',
  'base64encodestring',
  'encodebase64',
  'encodestring',
]);
const UNBASE64 = new Set([
  'b64decode',
  'base64decode',
  'urlsafeb64decode',
  'standardb64decode',
  'decodebytes',
  'decodebase64',
  'decode64',
  'strictdecode64',
  'urlsafedecode64',
  'atob',
  'frombase64string',
  'decodestring',
  'frombase64',
  'base64decoded',
]);
const PERCENT = new Set([
  'urlencode',
  'rawurlencode',
  'quote',
  'quoteplus',
  'encodeuricomponent',
  'encodeuri',
  'escape',
  'escapedatastring',
  'queryescape',
  'pathescape',
  'encodewwwformcomponent',
  'encodeuricomponent',
  'uriescape',
  'urlescape',
  'escapeuri',
  'encodequerycomponent',
]);

/** Value of an object that a string function made, null where it is none. */
export function stringMethod(object: ObjectThing, valueOf: (t: Thing) => Value): Value | null {
  const name = slotName(object.name);
  const positional = object.given.filter((g) => g.name === null).map((g) => g.value);
  const [first] = positional;
  const receiver = object.receiver;
  const inner = receiver !== null && isStringLike(receiver) && object.origin === 'made' ? receiver : (first ?? null);
  if (object.origin === 'member') {
    if (receiver?.kind !== 'text') return null;
    // Ruby calls without parentheses: `'…'.freeze`.
    if (TRIM.has(name)) return wrap(receiver, 'trim', valueOf);
    return name === 'value' || SAME.has(name) ? receiver.value : null;
  }
  if (object.origin !== 'made') return null;
  const looked = lookedUp(name, positional, valueOf);
  if (looked !== null) return looked;
  if (isDecoder(object, name, positional, valueOf)) return decoded(object, first ?? null, valueOf);
  if (BASE64.has(name) || (name === 'encode' && /base64/i.test(object.path)))
    return first === undefined ? wrap(inner, 'base64', valueOf) : wrap(first, 'base64', valueOf);
  if (name === 'tostring' && first !== undefined && /base64/i.test(valueText(valueOf(first))))
    return wrap(receiver, 'base64', valueOf);
  if (PERCENT.has(name) || (name === 'encode' && /urlencoder|uri|url/i.test(object.path)))
    return first === undefined || first.kind === 'map' || first.kind === 'list'
      ? null
      : wrap(first, 'percent', valueOf);
  if (/^(?:md5|sha\d*|hash|hashhmac|hexdigest)$/.test(name)) return null;
  if (TRIM.has(name)) return wrap(inner, 'trim', valueOf);
  if (
    name === 'format' ||
    name === 'sprintf' ||
    name === 'formatted' ||
    name === 'vsprintf' ||
    name === 'formatstring'
  ) {
    const rest = receiver !== null && receiver.kind === 'text' ? positional : positional.slice(1);
    const pattern = receiver !== null && receiver.kind === 'text' ? receiver : first;
    if (pattern === undefined) return null;
    return formatted(
      valueOf(pattern),
      rest.flatMap((t) => (t.kind === 'list' ? t.items : [t])).map(valueOf),
      new Map(object.given.filter((g) => g.name !== null).map((g) => [g.name ?? '', valueOf(g.value)])),
    );
  }
  if (name === 'basic' && /credentials/i.test(object.path))
    return joinValues(
      [
        makeValue(
          [{ kind: 'text', text: 'Basic ', start: object.start, end: object.start }],
          object.start,
          object.start,
        ),
        ...positional.flatMap((t, i) => (i === 0 ? [valueOf(t)] : [literalValueOf(':', object), valueOf(t)])),
      ],
      object.start,
      object.end,
    );
  const address = resolved(object, name, positional, valueOf);
  if (address !== null) return address;
  if (name === 'join' || name === 'implode') return joined(object, positional, valueOf);
  if (name === 'concat')
    return joinValues(
      [...(receiver !== null && isStringLike(receiver) ? [valueOf(receiver)] : []), ...positional.map(valueOf)],
      object.start,
      object.end,
    );
  if (SAME.has(name) && inner !== null && inner.kind !== 'map')
    return isStringLike(inner) || inner.kind === 'list' ? valueOf(inner) : null;
  return null;
}

const LOOK_UP =
  /^(?:get|getenv|env|config|fetch|getproperty|getstring|getvalue|getorthrow|getrequired|getordefault|value|option|getoption|setting|lookup|param|parameter|getparameter|getsetting|read|readstring|getoptional|stringvalue)$/;
const KEY = /^[A-Za-z_][\w.:/-]{1,80}$/;

/** A setting: its default where that is an address in view, else known by its name alone. */
function lookedUp(name: string, positional: readonly Thing[], valueOf: (t: Thing) => Value): Value | null {
  const [key, given] = positional;
  if (!LOOK_UP.test(name) || key?.kind !== 'text' || given?.kind !== 'text' || positional.length !== 2) return null;
  return KEY.test(valueText(key.value)) && /^(?:https?:\/)?\//i.test(flat(given.value)) ? valueOf(given) : null;
}

/** Two addresses made one: `new URL(rest, base)`, `urljoin(base, rest)`, `URI.join(base, rest)`, `url.JoinPath(base, …)`. */
function resolved(
  object: ObjectThing,
  name: string,
  positional: readonly Thing[],
  valueOf: (t: Thing) => Value,
): Value | null {
  const [first, second] = positional;
  if (first === undefined || second === undefined || first.kind === 'map' || second.kind === 'map') return null;
  const [a, b] = [valueOf(first), valueOf(second)];
  const at = { start: object.start, end: object.end };
  if (name === 'joinpath')
    return { ...positional.slice(1).reduce((base, t) => joinAddress(base, valueOf(t), 'join'), a), ...at };
  if (name === 'urljoin' || (name === 'join' && /^URI\b/.test(object.path)))
    return { ...joinAddress(a, b, 'resolve'), ...at };
  if (!object.constructed || !/^ur[il]$/.test(name)) return null;
  if (/^https?:/i.test(flat(b))) return { ...joinAddress(b, a, 'resolve'), ...at };
  return /^https?:/i.test(flat(a)) ? { ...joinAddress(a, b, 'resolve'), ...at } : null;
}

/** A call that takes Base64 off again, in its languages' spellings. */
function isDecoder(
  object: ObjectThing,
  name: string,
  positional: readonly Thing[],
  valueOf: (t: Thing) => Value,
): boolean {
  if (UNBASE64.has(name) || (name === 'decode' && /base64|b64/i.test(object.path) && !/encode/i.test(object.path)))
    return true;
  const second = positional[1];
  if (name === 'from' && second !== undefined) return /^base64(?:url)?$/i.test(valueText(valueOf(second)));
  const [first] = positional;
  return /^unpack1?$/.test(name) && first !== undefined && /^m0?$/.test(valueText(valueOf(first)));
}

/** What was encoded in view is plain again; of anything else only its maker knows the form. */
function decoded(object: ObjectThing, first: Thing | null, valueOf: (t: Thing) => Value): Value {
  const inner = slotName(object.name).startsWith('unpack') ? object.receiver : (first ?? object.receiver);
  const value = inner === null || inner.kind === 'map' || inner.kind === 'function' ? null : valueOf(inner);
  if (value?.via[0] === 'base64') return { ...value, via: value.via.slice(1) };
  return { ...unknownValue(object.path, object.start, object.end), via: ['decoded'] };
}

function isStringLike(t: Thing): boolean {
  return (
    t.kind === 'text' ||
    (t.kind === 'object' && t.origin === 'made' && !t.constructed && (t.receiver !== null || t.given.length > 0)) ||
    (t.kind === 'object' && t.origin !== 'free' && /^(?:ur[il]|URIBuilder)$/i.test(t.name)) ||
    (t.kind === 'object' &&
      t.origin === 'free' &&
      /^[$@]?[a-z_]/.test(t.name) &&
      t.deeds.length < 3 &&
      !/^(?:base64|urllib|fmt|strings|url|uri|json|os|http|https|req|client|binascii)$/i.test(t.name)) ||
    (t.kind === 'object' && t.constructed && /^(?:ur[il]|string)$/i.test(t.name))
  );
}

function wrap(inner: Thing | null, via: string, valueOf: (t: Thing) => Value): Value | null {
  if (inner === null || inner.kind === 'map' || inner.kind === 'function') return null;
  const value = valueOf(inner);
  return { ...value, via: [via, ...value.via] };
}

function joined(object: ObjectThing, positional: readonly Thing[], valueOf: (t: Thing) => Value): Value | null {
  const all = [
    ...(object.receiver !== null && (object.receiver.kind === 'text' || object.receiver.kind === 'list')
      ? [object.receiver]
      : []),
    ...positional,
  ];
  const list = all.find((t) => t.kind === 'list');
  const glue = all.find((t) => t !== list && t.kind === 'text');
  const items = list?.kind === 'list' ? list.items : all.filter((t) => t !== glue);
  if (glue === undefined || (list === undefined && items.length < 2)) return null;
  const parts: Value[] = [];
  items.forEach((t, i) => {
    if (i > 0) parts.push(valueOf(glue));
    parts.push(valueOf(t));
  });
  return joinValues(parts, object.start, object.end);
}

const HOLE = /%(?:\d+\$)?[sdv]|\{(\d*|[A-Za-z_]\w*)(?::[^}]*)?\}|%%/g;

/** Puts values into a format string; null where the holes do not fit. */
export function formatted(
  pattern: Value,
  values: readonly Value[],
  named: ReadonlyMap<string, Value> = new Map(),
): Value | null {
  const s = flat(pattern);
  const pieces: Piece[] = [];
  const via: string[] = [];
  let at = 0;
  let next = 0;
  HOLE.lastIndex = 0;
  for (let m = HOLE.exec(s); m !== null; m = HOLE.exec(s)) {
    pieces.push(...sliceValue(pattern, at, m.index).pieces);
    at = m.index + m[0].length;
    const key = m[1];
    const value = key !== undefined && key !== '' ? (named.get(key) ?? values[Number(key)]) : values[next++];
    if (value === undefined) pieces.push(...unknownValue(m[0], pattern.start, pattern.end).pieces);
    else {
      pieces.push(...value.pieces);
      via.push(...value.via);
    }
  }
  if (at === 0) return null;
  pieces.push(...sliceValue(pattern, at, s.length).pieces);
  return makeValue(pieces, pattern.start, pattern.end, via);
}

// Functions that make a string of strings: joining, formatting, trimming, encoding.

import type { Piece, Value } from '../model';
import { flat, joinValues, makeValue, sliceValue, unknownValue } from '../value';
import { valueText } from '../model';
import { slotName, type ObjectThing, type Thing } from './things';

const SAME = new Set([
  'tostring', 'string', 'str', 'text', 'getbytes', 'bytes', 'encode', 'tobytes', 'touri', 'uri', 'url', 'create', 'parse', 'touppercase', 'newuri', 'getstring', 'asstring', 'tostr', 'strval', 'utf8', 'ascii', 'from', 'of', 'valueof', 'toutf8bytes', 'b', 'touristring', 'freeze', 'dup', 'asciistring', 'ensurestring', 'into', 'tourl', 'build', 'fromhttpurl', 'fromuristring', 'get', 'tohttpurl', 'newbuilder', 'fromstr', 'fromstatic', 'href', 'uricomponentsbuilder', 'escape8bit', 'alloc', 'bstr', 'stripslashes', 'c_str', 'cstr', 'urlstring', 'absolutestring', 'as_str', 'asstr', 'clone', 'owned', 'toowned', 'byte',
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
  if (object.origin === 'member')
    return name === 'value' && receiver !== null && receiver.kind === 'text' ? receiver.value : null;
  if (object.origin !== 'made') return null;
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
        ...positional.map(valueOf),
      ],
      object.start,
      object.end,
    );
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

// Puts the address of a request together from what a snippet gives: a whole URL, a base and a rest, or host and path apart.

import type { Value } from '../model';
import { flat, joinValues, literalValueOf, sliceValue } from '../value';
import { JOINS, type Client } from './client';
import type { Address } from './gather/gathering';
import { joinAddress } from './join-address';

const FULL = /^[a-z][a-z0-9+.-]*:\/\//i;
const HOST = /^(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?$/i;

/** What a module or class says of the connection: scheme, and the port given beside it. */
export interface Connection {
  readonly scheme: Value;
  readonly port: Value | null;
}

/** The address as one value, null where the parts give none. `words` are the names of the objects involved. */
export function composeAddress(
  addresses: readonly Address[],
  client: Client,
  words: string,
  connection: Connection | null = null,
): Value | null {
  const composed = composeWhole(
    addresses.filter((a) => a.slot !== 'segment'),
    client,
    words,
    connection,
  );
  const segments = addresses.filter((a) => a.slot === 'segment').sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
  if (composed === null) return null;
  return segments.length === 0
    ? composed
    : withSegments(
        composed,
        segments.map((a) => a.value),
      );
}

/** The path of builders that take it in parts: one slash before each. */
function withSegments(base: Value, segments: readonly Value[]): Value {
  const s = flat(base);
  const query = s.search(/[?#]/);
  const end = query < 0 ? s.length : query;
  const from = s.slice(0, end).replace(/\/+$/, '').length;
  const parts = segments.flatMap((v) => {
    const at = { start: v.start, end: v.start };
    const lead = flat(v).length - flat(v).replace(/^\/+/, '').length;
    return [literalValueOf('/', at), sliceValue(v, lead, flat(v).length)];
  });
  return joinValues([sliceValue(base, 0, from), ...parts, sliceValue(base, end, s.length)], base.start, base.end);
}

function composeWhole(
  addresses: readonly Address[],
  client: Client,
  words: string,
  connection: Connection | null,
): Value | null {
  const known = addresses.filter((a) => !/^(?:mailto|data|file|php|redis|mysql):/i.test(flat(a.value)));
  const full = known.filter((a) => FULL.test(flat(a.value)) || /^\/\/[\w.-]+\.[a-z]/i.test(flat(a.value)));
  const rest = known.filter(
    (a) => !full.includes(a) && !HOST.test(flat(a.value)) && a.slot !== 'scheme' && a.slot !== 'host',
  );
  const base =
    full.find((a) => a.slot === 'base') ??
    (full.length > 0 && rest.length > 0 ? full.find((a) => a.slot !== 'url') : undefined);
  const own = full.find((a) => a !== base && (a.slot === 'url' || a.slot === null));
  if (own !== undefined) {
    // An address without a path beside a path: `url:` names the base as well.
    const path = rest.find((a) => flat(a.value).startsWith('/'));
    return path !== undefined && full.length === 1 && /^[a-z]+:\/\/[^/?#]+\/?$/i.test(flat(own.value))
      ? joinAddress(own.value, path.value, 'join')
      : own.value;
  }
  const first = base ?? full[0];
  if (first !== undefined) {
    const relative = rest.find((a) => a.slot === 'url' || a.slot === null || a.slot === 'path');
    if (relative === undefined)
      return client === 'laravel' || client === 'httpx' || client === 'got'
        ? joinAddress(first.value, literalValueOf('', { start: first.value.end, end: first.value.end }), JOINS[client])
        : first.value;
    return joinAddress(first.value, relative.value, JOINS[client]);
  }
  const connects = /HTTPS?Connection|\bNet\b|\bHTTP\.new\b/.test(words);
  const host = known.find((a) => a.slot === 'host' || (connects && HOST.test(flat(a.value))));
  if (host !== undefined) {
    const path = rest.find((a) => flat(a.value).startsWith('/')) ?? rest.find((a) => a.slot === 'path');
    const protocol = known.find((a) => a.slot === 'scheme');
    const scheme =
      protocol !== undefined
        ? flat(protocol.value).replace(/:?(?:\/\/)?$/, '')
        : /\bhttps\b|HTTPSConnection|use_ssl|443|\bNet\b/i.test(words)
          ? 'https'
          : null;
    const at = { start: host.value.start, end: host.value.start };
    const head =
      protocol !== undefined && scheme !== null
        ? [
            protocol.value.pieces.length > 0
              ? sliceValue(protocol.value, 0, scheme.length)
              : literalValueOf(scheme, at),
            literalValueOf('://', at),
          ]
        : connection !== null
          ? [connection.scheme, literalValueOf('://', at)]
          : [literalValueOf(scheme === null ? '//' : `${scheme}://`, at)];
    const port = connection?.port ?? null;
    return joinValues(
      [
        ...head,
        host.value,
        ...(port === null || flat(host.value).includes(':') ? [] : [literalValueOf(':', port), port]),
        ...(path === undefined ? [literalValueOf('/', { start: host.value.end, end: host.value.end })] : [path.value]),
      ],
      host.value.start,
      (path ?? host).value.end,
    );
  }
  // `${BASE}?category=…` with a base that the text does not show.
  return rest.find((a) => /^\uE000.*\?.*=/.test(flat(a.value)))?.value ?? null;
}

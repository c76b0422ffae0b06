// A relative address put to its base, in the ways that clients and languages do it.

import type { Value } from '../model';
import { flat, joinValues, literalValueOf, sliceValue } from '../value';

/** `resolve`: RFC 3986; `slash`: with exactly one slash between, also for an empty one; `join`: one slash between; `append`: as it is. */
export type Join = 'resolve' | 'slash' | 'join' | 'append';

export function joinAddress(base: Value, rest: Value, mode: Join = 'append'): Value {
  const b = flat(base);
  const r = flat(rest);
  const slash = (i: number): Value => {
    const edge = sliceValue(base, i, i);
    return literalValueOf('/', { start: edge.end, end: edge.end });
  };
  const query = b.search(/[?#]/);
  const end = query < 0 ? b.length : query;
  if (mode === 'resolve') {
    const origin = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(b)?.[0].length ?? 0;
    if (r === '') return base;
    if (r.startsWith('/')) return joinValues([sliceValue(base, 0, origin), rest], base.start, rest.end);
    if (r.startsWith('?')) return joinValues([sliceValue(base, 0, end), rest], base.start, rest.end);
    const last = b.lastIndexOf('/', end - 1);
    return joinValues(
      [sliceValue(base, 0, last >= origin ? last + 1 : end), ...(last >= origin ? [] : [slash(end)]), rest],
      base.start,
      rest.end,
    );
  }
  if (mode === 'append' || r.startsWith('?') || r === '') {
    const bare = mode === 'slash' && !b.slice(0, end).endsWith('/');
    return joinValues([sliceValue(base, 0, end), ...(bare ? [slash(end)] : []), rest], base.start, rest.end);
  }
  const from = b.slice(0, end).replace(/\/+$/, '').length;
  const lead = r.length - r.replace(/^\/+/, '').length;
  return joinValues([sliceValue(base, 0, from), slash(from), sliceValue(rest, lead, r.length)], base.start, rest.end);
}

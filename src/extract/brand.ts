// Names by which the service's hosts are known, taken from the API description.

import type { Context } from './context';

/** Second-level names of the service's hosts, lower case. */
export function brandsOf(ctx: Context): readonly string[] {
  return ctx.lexicon.once('brands', () => [...new Set(ctx.api.hosts.map((h) => h.split('.').at(-2) ?? h))]);
}

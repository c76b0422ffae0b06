// Whether a host or URL belongs to the service, looks like it, or has nothing to do with it. Names come from the API description.

import type { Context } from './context';

/** Second-level names of the service's hosts, lower case. */
export function brandsOf(ctx: Context): readonly string[] {
  return ctx.lexicon.once('brands', () => [...new Set(ctx.api.hosts.map((h) => h.split('.').at(-2) ?? h))]);
}

const API_PATH = /\/v\d{1,2}(?:\/|\?|$)|[?&](?:category|action)=/;
/** The bare path, as a mirror or a mistaken host would have it. */
const BARE_PATH = /\/v\d{1,2}\/?(?:[?#]|$)|[?&](?:category|action)=/;

/** Host of a URL, lower case, empty where there is none. */
export function hostOf(url: string): string {
  return /^https?:\/\/(?:[^/@?#]*@)?([^/:?#]+)/i.exec(url)?.[1]?.toLowerCase() ?? '';
}

/** Edit distance at most one, for look-alikes of a name. */
export function isNear(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let i = 0;
  while (i < a.length && i < b.length && a[i] === b[i]) i++;
  let j = 0;
  while (j < a.length - i && j < b.length - i && a[a.length - 1 - j] === b[b.length - 1 - j]) j++;
  return Math.max(a.length, b.length) - i - j <= 1;
}

/** How the host relates to the service: its API, its other sites, or nothing. */
export function kinship(ctx: Context, url: string): 'api' | 'site' | 'none' {
  const host = hostOf(url);
  const labels = host.split(/[.-]/);
  const brands = brandsOf(ctx);
  const kin = labels.some(
    (l) => l.length > 3 && brands.some((b) => l === b || (b.length > 4 && isNear(l, b)) || l.includes(b)),
  );
  const shaped = API_PATH.test(url);
  if (kin) return labels.some((l) => /^\w*api\d?$/.test(l)) || shaped ? 'api' : 'site';
  return BARE_PATH.test(url) && labels.some((l) => /^api\d?$/.test(l))
    ? 'api'
    : /[?&]category=\w+&action=/.test(url)
      ? 'api'
      : 'none';
}

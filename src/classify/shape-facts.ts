// Facts told by the shape of addresses and header lines anywhere in a text, also where no whole request can be read. Held against the API's description; names no product.
import type { Fact } from './features';

const URLS = /\b(https?):\/\/([a-z0-9.-]{1,253})(?::\d{1,5})?(\/[^\s"'<>`)\]}?]{0,300})?/gi;
const REQUEST_LINE = /\b(?:GET|POST|PUT) (\/[\w.-]{0,40}\/?[\w.-]{0,40}\/?)(?=[?\s])/g;
const HOST_LINE = /\bhost["']?: ?["']?([a-z0-9.-]{1,253})/gi;
const HEADER_VALUE = /["']?\bauthorization["']?[ \t]*(?::|=>|=|,)[ \t]*["'`]?([^\n"'`]{0,160})/gi;
const TYPE_VALUE = /content-?type["']?[ \t]*(?::|=>|=|,)[ \t]*["'`]?([a-z/+-]{1,60})/gi;
const PATH_BEHIND = /^["' ]{1,3}(?:GET|POST|PUT|PATCH|DELETE|HEAD) \//;
const REACH = 12;
const MOST = 65_536;

/** What the look at shapes needs of an API description. */
export interface ShapeApi {
  readonly hosts: {
    readonly production: readonly string[];
    readonly sandbox?: readonly string[];
    readonly site?: readonly string[];
    readonly brands?: readonly string[];
    readonly mirrors?: readonly string[];
  };
  readonly path: { readonly current: string };
  readonly authorization: { readonly separator: string };
  readonly contentType: { readonly value: string };
}

/** Facts of the kind `url-…`, `line-…`; names: rules/README.md. Each name once, at its first place. Linear. */
export function shapeFacts(text: string, api: ShapeApi): Fact[] {
  const head = text.length > MOST ? text.slice(0, MOST) : text;
  const facts = new Map<string, Fact>();
  const put = (fact: string, start: number, end: number): void => {
    if (!facts.has(fact)) facts.set(fact, { fact, start, end });
  };
  const hostFact = hostKinds(api);
  const each = (pattern: RegExp, take: (match: RegExpMatchArray, start: number, end: number) => void): void => {
    for (const match of head.matchAll(pattern)) take(match, match.index, match.index + match[0].length);
  };
  each(URLS, ([, scheme = '', host = '', path = ''], start, end) => {
    const kind = hostFact(host, path);
    put(`url-host-${kind}`, start, end);
    if (kind !== 'ok') return;
    // Libraries log where they connect to, and the path behind it.
    if (path === '' && PATH_BEHIND.test(head.slice(end, end + REACH))) return;
    if (scheme.toLowerCase() === 'http') put('url-scheme-plain', start, end);
    put(`url-path-${pathKind(path, api.path.current)}`, start, end);
  });
  each(REQUEST_LINE, ([, path = ''], start, end) => put(`line-path-${pathKind(path, api.path.current)}`, start, end));
  each(HOST_LINE, ([, host = ''], start, end) => put(`line-host-${hostFact(host, '')}`, start, end));
  each(HEADER_VALUE, ([, value = ''], start, end) =>
    put(`line-auth-${authKind(value.trim(), api.authorization.separator)}`, start, end),
  );
  each(TYPE_VALUE, ([, value = ''], start, end) =>
    put(`line-type-${value.toLowerCase() === api.contentType.value ? 'ok' : 'other'}`, start, end),
  );
  return [...facts.values()];
}

function pathKind(path: string, current: string): string {
  if (path === current) return 'ok';
  if (path === '' || path === '/') return 'none';
  if (`${path}/` === current) return 'slash';
  return path.startsWith(current) ? 'longer' : 'other';
}

function hostKinds({ hosts }: ShapeApi): (host: string, path: string) => string {
  const ours = new Set(hosts.production);
  const trial = new Set(hosts.sandbox ?? []);
  const site = new Set(hosts.site ?? []);
  const mirrors = hosts.mirrors ?? [];
  const brands = hosts.brands ?? [];
  return (written, path) => {
    const host = written.toLowerCase().replace(/\.$/, '');
    if (ours.has(host)) return 'ok';
    if (trial.has(host)) return 'sandbox';
    if (site.has(host)) return /^\/v\d/.test(path) ? 'mistaken' : 'site';
    if (mirrors.some((mirror) => host === mirror || host.endsWith(`.${mirror}`))) return 'mirror';
    return brands.some((brand) => resembles(host, brand)) ? 'mistaken' : 'other';
  };
}

/** Whether a part of `host` is `brand` or one slip away from it. */
function resembles(host: string, brand: string): boolean {
  return host.split(/[.-]/).some((part) => part.includes(brand) || oneSlip(part, brand));
}

function oneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let from = 0;
  while (from < a.length && a[from] === b[from]) from++;
  let back = 0;
  while (back < Math.min(a.length, b.length) - from && a[a.length - 1 - back] === b[b.length - 1 - back]) back++;
  return Math.max(a.length, b.length) - from - back <= 1;
}

/** The form of a header's value as far as it is shown: empty, another scheme, blanks or another sign between the parts (`separator`), a mail address, or as documented. */
function authKind(value: string, separator: string): string {
  if (/^(?:|-|null|none|nil|undefined)$/i.test(value)) return 'empty';
  const scheme = /^([a-z]{3,12})[ \t]+\S/i.exec(value)?.[1]?.toLowerCase();
  if (scheme === 'basic' || scheme === 'bearer') return scheme;
  const at = value.indexOf(separator);
  if (at < 0) return /^[\w.@-]{1,80}[;,|/=][^\s]/.test(value) ? 'separator' : 'unseparated';
  if (/[ \t]$/.test(value.slice(0, at)) || /^[ \t]/.test(value.slice(at + separator.length))) return 'blanks';
  const name = value.slice(0, at);
  return name.includes('@') ? 'mail' : /^[\w.-]+$/.test(name) ? 'ok' : 'odd';
}

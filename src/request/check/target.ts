// Where a request goes: to the API, to its sandbox, to something that is meant to be it, or elsewhere.

import type { Api } from '../api';
import type { ParsedRequest } from '../model';
import { flat } from '../value';
import { distance } from './distance';
import type { Fault } from './finding';

export type Target = 'api' | 'sandbox' | 'mistaken' | 'unseen' | 'other';

const LOCAL =
  /(?:^|\.)(?:localhost|local|internal|lan|corp|intranet|home|svc|test|invalid|cluster|docker)$|^[^.]+$|^127\.|^10\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\.|^\[/;

/** More than this between two parts of an address, and they stand in different places. */
const MOST_QUOTED = 300;

/** The pair of selector values that a request shows, in the description's order; undefined where one is not in view. */
export function selected(request: ParsedRequest, api: Api): (string | undefined)[] {
  const all = [...request.query, ...request.bodyParams];
  return api.data.selector.names.map((name) => {
    const p = all.find((q) => q.name.toLowerCase().replace(/^amp;/, '') === name);
    return p === undefined || !p.value.known ? undefined : flat(p.value).toLowerCase();
  });
}

export function knownOperation(request: ParsedRequest, api: Api): boolean {
  const [category, action] = selected(request, api);
  return api.actions.some((a) => a.category === category && a.action === action);
}

/** Classifies the host of a request. */
export function targetOf(request: ParsedRequest, api: Api): Target {
  const { url } = request;
  const names = new Set([...request.query, ...request.bodyParams].map((p) => p.name.toLowerCase()));
  const selects = api.data.selector.names.every((n) => names.has(n)) || knownOperation(request, api);
  if (url === null) return selects ? 'unseen' : 'other';
  const { host } = url;
  if (host === null) {
    // A variable such as `{{base}}`, or a path without Host.
    return selects ? 'unseen' : 'other';
  }
  if (api.production.has(host)) return 'api';
  if (api.sandbox.has(host)) return 'sandbox';
  if (api.mirrors.some((m) => host === m || host.endsWith(`.${m}`))) return 'mistaken';
  const path = url.path ?? '';
  const pathLike =
    path.replace(/\/?$/, '/').toLowerCase() === api.data.path.current.toLowerCase() ||
    api.oldPaths.has(path.toLowerCase());
  // What carries the API's credential to the service's own site is meant for the API.
  const carries = request.headers.some((h) => h.name.toLowerCase() === api.data.authorization.name.toLowerCase());
  if (api.data.hosts.site?.includes(host) === true) return selects || pathLike || carries ? 'mistaken' : 'other';
  if (LOCAL.test(host)) return 'other';
  const labels = host.split('.');
  const second = labels.at(-2) ?? '';
  const branded = api.brands.some(
    (b) =>
      second.includes(b) ||
      host.startsWith(`api.${b}.`) ||
      (second.length >= 5 && distance(second, b, 2) <= (b.length >= 7 ? 2 : 1) && second !== b),
  );
  const near = [...api.production, ...api.sandbox].some((h) => distance(host, h, 2) <= 2);
  if (near || (branded && (pathLike || selects || labels.length > 2 || request.syntax === 'env-file')))
    return 'mistaken';
  return pathLike && knownOperation(request, api) ? 'mistaken' : 'other';
}

/** Faults of scheme, host and path. */
export function checkTarget(request: ParsedRequest, target: Target, api: Api, sandboxMeant: boolean): Fault[] {
  const { url } = request;
  const out: Fault[] = [];
  if (url === null) return out;
  const id = target === 'mistaken' ? 'host-wrong' : target === 'sandbox' && !sandboxMeant ? 'host-sandbox' : null;
  if (id !== null) {
    // A header that names the host, as proxies and raw requests have it, says the same.
    const named = request.headers.filter(
      (h) => h.name.toLowerCase() === 'host' && flat(h.value).toLowerCase() === url.host,
    );
    const edits = [url.hostSpan, ...named.map((h) => h.value)].map(({ start, end }) => ({
      start,
      end,
      text: api.host,
    }));
    out.push({ id, ...url.hostSpan, suggestion: api.host, edits });
  }
  if (
    url.scheme === 'http' &&
    (url.port !== '443' || /^HTTP\b/.test(url.text)) &&
    target !== 'unseen' &&
    api.scheme === 'https'
  )
    out.push(schemeFault(request, api));
  const path = pathFault(request, target, api);
  if (path !== null) out.push(path);
  return out;
}

function schemeFault(request: ParsedRequest, api: Api): Fault {
  const url = request.url;
  if (url === null) throw new TypeError('no URL');
  const port = url.port === '80' && url.portSpan !== null ? [{ ...url.portSpan, text: '443' }] : [];
  if (!url.schemeImplied) {
    const capital = /^HTTP\b/.test(url.text);
    const [from, to] = [
      Math.min(url.schemeSpan.start, url.hostSpan.start),
      Math.max(url.schemeSpan.end, url.hostSpan.end),
    ];
    const apart = to - from > MOST_QUOTED;
    return {
      id: 'scheme-http',
      start: apart ? url.schemeSpan.start : from,
      end: apart ? url.schemeSpan.end : to,
      suggestion: api.scheme,
      edits: [{ ...url.schemeSpan, text: capital ? api.scheme.toUpperCase() : api.scheme }, ...port],
    };
  }
  // HTTPie's program name is the scheme; elsewhere none is written.
  const program = url.schemeSpan.end <= url.hostSpan.start;
  return program
    ? {
        id: 'scheme-http',
        start: url.schemeSpan.start,
        end: url.hostSpan.end,
        suggestion: api.scheme,
        edits: [{ ...url.schemeSpan, text: 'https' }],
      }
    : {
        id: 'scheme-http',
        ...url.hostSpan,
        suggestion: api.scheme,
        edits: [{ start: url.hostSpan.start, end: url.hostSpan.start, text: `${api.scheme}://` }],
      };
}

function pathFault(request: ParsedRequest, target: Target, api: Api): Fault | null {
  const url = request.url;
  if (url === null || url.path === null || (target === 'unseen' && url.host === null && !url.path.startsWith('/')))
    return null;
  const { current } = api.data.path;
  const path = url.path;
  if (path === current) return null;
  const config =
    request.syntax === 'env-file' ||
    (request.syntax === 'code' && request.method === null && request.headers.length === 0);
  const span = url.pathSpan.end > url.pathSpan.start ? url.pathSpan : url.hostSpan;
  if (`${path}/` === current) {
    if (config && request.syntax === 'code') return null;
    return {
      id: 'path-slash',
      ...(url.pathSpan.end > url.pathSpan.start ? url.pathSpan : url.hostSpan),
      suggestion: current,
      edits: [{ start: url.pathSpan.end, end: url.pathSpan.end, text: '/' }],
    };
  }
  const old =
    api.oldPaths.has(path.toLowerCase()) ||
    api.oldPaths.has(`${path.toLowerCase()}/`) ||
    /^\/v\d+(?:\.\d+)?\/?$/i.test(path);
  if (!old && (config || target === 'unseen')) return null;
  if (!old && (path === '/' || path === '') && request.query.length === 0) return null;
  if (!old && target === 'mistaken') return null;
  const before =
    url.hostSpan.end > url.hostSpan.start &&
    url.hostSpan.start < span.start &&
    span.end - url.hostSpan.start < MOST_QUOTED;
  // The version may stand in a variable of its own, elsewhere.
  const defined = url.value.pieces.find(
    (p) => p.kind === 'text' && /^\/?v\d[\d.]*\/?$/i.test(p.text) && (p.end <= span.start || p.start >= span.end),
  );
  return {
    id: 'path-version',
    start: defined?.start ?? (before ? url.hostSpan.start : span.start),
    end: defined?.end ?? span.end,
    suggestion: current,
    edits: [
      defined !== undefined
        ? {
            start: defined.start,
            end: defined.end,
            text: defined.text.replace(/[^/]+/, current.replace(/^\/|\/$/g, '')),
          }
        : url.pathSpan.end > url.pathSpan.start
          ? { ...url.pathSpan, text: current }
          : { start: url.hostSpan.end, end: url.hostSpan.end, text: current },
    ],
  };
}

// What a support engineer would notice in requests and replies, as language-free facts with places, for the classifier.

import type { Api } from './api';
import type { RequestFinding } from './check/finding';
import { knownOperation, selected, targetOf } from './check/target';
import type { ParsedRequest, Span, Syntax } from './model';
import type { Reply } from './responses';
import { flat, holds } from './value';

/** A fact by its name in the table of this folder's README. */
export interface RequestFact extends Span {
  readonly fact: string;
}

/**
 * Facts of a text, in order of place.
 * @param replies all replies of the text, also those that belong to no request
 */
export function requestFacts(
  requests: readonly ParsedRequest[],
  findings: readonly RequestFinding[],
  replies: readonly Reply[],
  api: Api,
  text: string,
): RequestFact[] {
  const out: RequestFact[] = [];
  const add = (fact: string, at: Span): void => void out.push({ fact, start: at.start, end: at.end });
  for (const f of findings) {
    add(`finding-${f.id}`, f);
    add(`${sightOf(requests[f.request])}-finding-${f.id}`, f);
  }
  for (const sight of ['written', 'logged'] as const) {
    const [first] = findings
      .filter((f) => sightOf(requests[f.request]) === sight)
      .sort((a, b) => orderOf(a, api) - orderOf(b, api));
    if (first !== undefined) add(`${sight}-fault-${first.cause}`, first);
  }
  requests.forEach((r, i) =>
    requestFact(
      r,
      findings.filter((f) => f.request === i),
      api,
      add,
    ),
  );
  const whole = wholeRequest(requests, findings, api, out);
  if (whole !== null) add('request-whole', whole);
  for (const r of replies) replyFact(r, api, add);
  runs(replies, api, add);
  settings(text, add);
  return out.sort((a, b) => a.start - b.start || a.end - b.end);
}

/** A log or dump shows what some module made of a request: a fault in it says less than one in code or a command. */
const LOGGED: ReadonlySet<Syntax | undefined> = new Set<Syntax>([
  'log-line',
  'module-log',
  'php-dump',
  'json-dump',
  'wire-log',
]);

function sightOf(request: ParsedRequest | undefined): 'written' | 'logged' {
  return LOGGED.has(request?.syntax) ? 'logged' : 'written';
}

/** Place of a fault on the way of a request; what comes first hides what comes later. */
function orderOf(finding: RequestFinding, api: Api): number {
  return api.data.findings[finding.id]?.order ?? Infinity;
}

/** The first request to the API that shows address, header, type and parameters, all right, where nothing in the text has a fault; null where there is none. */
function wholeRequest(
  requests: readonly ParsedRequest[],
  findings: readonly RequestFinding[],
  api: Api,
  facts: readonly RequestFact[],
): Span | null {
  if (findings.length > 0) return null;
  const has = (fact: string, r: ParsedRequest): RequestFact | undefined =>
    facts.find(
      (f) =>
        f.fact === fact &&
        f.start >= Math.min(r.start, r.url?.start ?? r.start) &&
        f.end <= Math.max(r.end, r.url?.end ?? 0),
    );
  for (const r of requests) {
    const target = targetOf(r, api);
    if ((target !== 'api' && target !== 'sandbox') || r.url?.path !== api.data.path.current) continue;
    // A value from a variable and parameters from a caller are as good as those in view, as long as nothing speaks against them.
    const auth =
      has('auth-form-ok', r) ?? (r.syntax === 'code' || r.syntax === 'curl' ? has('auth-header-shown', r) : undefined);
    const params = has('params-ok', r) ?? (r.paramsComplete ? has('action-unknown', r) : r.url);
    if (auth !== undefined && has('content-type-ok', r) !== undefined && params !== undefined) return r.url;
  }
  return null;
}

type Add = (fact: string, at: Span) => void;

function requestFact(r: ParsedRequest, own: readonly RequestFinding[], api: Api, add: Add): void {
  const target = targetOf(r, api);
  const at = r.url ?? { start: r.start, end: Math.min(r.end, r.start + 80) };
  if (target === 'other') {
    if (r.url?.host !== null && r.url !== null) add('request-other-host', r.url.hostSpan);
    return;
  }
  add('request-seen', at);
  add(`syntax-${r.syntax}`, at);
  if (own.length === 0) add('request-clean', at);
  if (r.url !== null) {
    if (target === 'api') add('host-ok', r.url.hostSpan);
    if (target === 'sandbox') add('host-sandbox', r.url.hostSpan);
    if (target === 'mistaken') add('host-mistaken', r.url.hostSpan);
    if (target === 'mistaken' && api.mirrors.some((m) => r.url?.host === m || r.url?.host?.endsWith(`.${m}`) === true))
      add('host-mirror', r.url.hostSpan);
    if (r.url.scheme === api.scheme) add('scheme-ok', r.url.schemeSpan);
    if (r.url.path === api.data.path.current) add('path-ok', r.url.pathSpan);
    if (target === 'api' && r.url.scheme === api.scheme && r.url.path === api.data.path.current)
      add('endpoint-ok', r.url);
  }
  const auth = r.headers.find((h) => h.name.toLowerCase() === api.data.authorization.name.toLowerCase());
  if (auth !== undefined) {
    add('auth-header-shown', auth);
    if (!own.some((f) => f.id.startsWith('auth-'))) {
      const s = flat(auth.value);
      if (s.includes(api.data.authorization.separator)) add('auth-form-ok', auth);
    }
    if (holds(auth.value, 'mask')) add('auth-masked', auth);
  } else if (!r.headersComplete) add('headers-not-shown', at);
  const type = r.headers.find((h) => h.name.toLowerCase() === api.data.contentType.name.toLowerCase());
  if (type !== undefined && !own.some((f) => f.id.startsWith('content-type'))) add('content-type-ok', type);
  if (r.body === null && r.method === 'GET') add('no-body', at);
  if (r.body?.encoding === 'json' && !own.some((f) => f.id === 'body-not-json')) add('body-json-ok', r.body);
  for (const c of r.credentials) add(c.role === 'proxy' ? 'proxy-credential' : `credential-${c.role}`, c);
  const [, action] = selected(r, api);
  if (action !== undefined) {
    const p = [...r.query, ...r.bodyParams].find((q) => q.name.toLowerCase() === api.data.selector.names.at(-1));
    if (p !== undefined) {
      add('action-shown', p);
      if (knownOperation(r, api)) {
        const known = api.actions.find((a) => a.action === action);
        add(known?.lowRisk === true ? 'action-low-risk' : 'action-changes', p);
        if (r.paramsComplete && !own.some((f) => f.id.startsWith('param-'))) add('params-ok', p);
      } else add('action-unknown', p);
    }
  }
  if (r.syntax === 'module-log') add('module-log', at);
}

function isSuccess(r: Reply, api: Api): boolean {
  return r.code !== null && api.data.codes?.some((c) => c.meaning === 'success' && String(c.code) === r.code) === true;
}

function replyFact(r: Reply, api: Api, add: Add): void {
  if (r.client) {
    add('client-error', r);
    if (r.clientKind !== null) add(`client-${r.clientKind}`, r);
    return;
  }
  if (r.code !== null && r.codeSpan !== null) {
    add('reply-envelope', r);
    add(`reply-envelope-${r.code.replace(/[^\d-]/g, '')}`, r);
    if (isSuccess(r, api)) add('reply-success', r);
    else {
      add('reply-failure', r);
      const documented = api.data.codes?.find((c) => String(c.code) === r.code);
      if (documented === undefined) add('reply-undocumented-code', r.codeSpan);
      if (
        documented?.message !== null &&
        documented?.message !== undefined &&
        documented.message.toLowerCase() === r.message?.toLowerCase()
      )
        add(`reply-documented-${documented.meaning}`, r);
    }
    if (r.status !== null && r.status < 300 && !isSuccess(r, api)) add('failure-with-http-success', r);
  }
  if (r.status === null) return;
  const at = r.statusSpan ?? r;
  add(`status-${String(r.status)}`, at);
  add(`status-${String(Math.floor(r.status / 100))}xx`, at);
  if (r.code === null && r.status >= 400) add('status-without-envelope', at);
  if (r.status === 401 || r.status === 403) add('refused', at);
  if ([301, 302, 307, 308].includes(r.status)) add('redirected', at);
}

/** Several replies that differ: success and failure by turns. */
function runs(replies: readonly Reply[], api: Api, add: Add): void {
  const seen = replies.filter((r) => r.code !== null || r.status !== null);
  const good = seen.map((r) => (r.code !== null ? isSuccess(r, api) : (r.status ?? 0) < 300));
  const first = seen[0];
  const last = seen.at(-1);
  if (first === undefined || last === undefined || seen.length < 2) return;
  const span = { start: first.start, end: last.end };
  const changes = good.filter((g, i) => i > 0 && g !== good[i - 1]).length;
  if (changes >= 2) add('success-and-failure-by-turns', span);
  else if (changes === 1) add(good[0] === true ? 'failure-after-success' : 'success-after-failure', span);
  else if (good.every((g) => !g) && seen.length >= 3) add('all-failed', span);
}

const EMPTY =
  /^[ \t]*(?:export[ \t]+|set[ \t]+)?([A-Za-z_][\w.-]*(?:secret|password|passwd|api_?key|api_?pass)\w*)[ \t]*=[ \t]*(?:""|'')?[ \t]*$/gim;
const EMPTY_DUMP = /\[(\w*(?:secret|password|apikey|api_key|apipass)\w*)\][ \t]*=>[ \t]*$/gim;

/** Settings that name a secret and hold none. */
function settings(text: string, add: Add): void {
  for (const [fact, re] of [
    ['env-secret-empty', EMPTY],
    ['dump-secret-empty', EMPTY_DUMP],
  ] as const) {
    re.lastIndex = 0;
    const head = text.slice(0, 65_536);
    for (let m = re.exec(head); m !== null; m = re.exec(head))
      add(fact, { start: m.index, end: m.index + m[0].length });
  }
}

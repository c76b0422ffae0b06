// All checks of a request against the description of the API; one fault, one finding, the most specific.

import type { Observation, Redacted } from '../../redact/redacted';
import type { Api } from '../api';
import type { ParsedRequest } from '../model';
import { checkAuthorization } from './authorization';
import { checkContent } from './content';
import { provable } from './cut';
import type { Fault, RequestFinding } from './finding';
import { checkParams } from './params';
import { checkTarget, targetOf } from './target';

export interface CheckOptions {
  readonly observations?: readonly Observation[];
  /** The text says that the sandbox is meant; where absent it is judged from the words beside the request. */
  readonly sandboxMeant?: boolean;
}

/** Checks requests. Findings are in order of place; a request that goes elsewhere has none. */
export function checkRequests(
  requests: readonly ParsedRequest[],
  api: Api,
  text: Redacted,
  options: CheckOptions = {},
): RequestFinding[] {
  const out: RequestFinding[] = [];
  const observations = options.observations ?? [];
  const seen = new Map<string, number>();
  // Of a command that a shell cut, what follows is the shell's own answer: the address in it is an echo, not a request.
  const cut = requests.find((request) => request.faults.some((f) => f.kind === 'shell-cut'));
  requests.forEach((request, index) => {
    const target = targetOf(request, api);
    if (target === 'other') return;
    if (cut !== undefined && request.syntax === 'log-line' && request.start > cut.start) return;
    const meant =
      target === 'sandbox' &&
      (options.sandboxMeant ?? (sandboxMeant(request, api, text) || isProfile(request, requests, api)));
    let faults: Fault[] = request.faults
      .filter((f) => f.kind === 'shell-cut')
      .map((f) => ({ id: 'shell-quoting', start: f.start, end: f.end, edits: f.edits ?? null }));
    const cuts = faults;
    if (cuts.length > 1)
      faults = [
        {
          id: 'shell-quoting',
          start: Math.min(...cuts.map((f) => f.start)),
          end: Math.max(...cuts.map((f) => f.end)),
          edits: cuts.flatMap((f) => f.edits ?? []),
        },
      ];
    faults.push(...checkTarget(request, target, api, meant));
    const params = checkParams(request, api);
    const old = faults.some((f) => f.id === 'path-version') || params.some((f) => f.id === 'path-version');
    faults.push(...params.filter((f) => !(old && f.id !== 'path-version')));
    const auth = checkAuthorization({ request, api, text, observations });
    faults.push(...auth.filter((f) => !(old && f.id === 'auth-place')), ...checkContent(request, api));
    for (const f of provable(faults, request, text)) {
      const start = Math.max(0, f.start);
      const end = Math.min(text.length, Math.max(f.end, start + 1));
      const key = `${f.id} ${f.param ?? ''}`;
      const before = seen.get(key);
      if (before !== undefined) {
        // Told once; mended wherever it stands close by.
        const known = out[before];
        const first = known === undefined ? undefined : requests[known.request];
        if (
          known?.edits != null &&
          f.edits !== null &&
          first?.syntax === request.syntax &&
          Math.abs(request.start - first.end) < 1_500
        )
          out[before] = { ...known, edits: [...known.edits, ...f.edits] };
        continue;
      }
      seen.set(key, out.length);
      out.push({
        id: f.id,
        cause: api.data.findings[f.id]?.cause ?? '',
        quote: text.slice(start, end),
        start,
        end,
        ...(f.param === undefined ? {} : { param: f.param }),
        ...(f.suggestion === undefined ? {} : { suggestion: f.suggestion }),
        request: index,
        edits: f.edits,
      });
    }
  });
  return out.sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Words in the prose, or a reply that succeeds, say that the sandbox is meant. */
function sandboxMeant(request: ParsedRequest, api: Api, text: string): boolean {
  if (
    request.replies.some(
      (r) =>
        r.code !== null && api.data.codes?.some((c) => String(c.code) === r.code && c.meaning === 'success') === true,
    )
  )
    return true;
  const around = `${text.slice(Math.max(0, request.start - 3_000), request.start)} ${text.slice(request.end, request.end + 3_000)}`;
  if (namedSandbox(request, api, text)) return true;
  const says = (sentence: string, words: readonly string[] | undefined): boolean =>
    (words ?? []).some(
      (w) =>
        new RegExp(`(?<![\\p{L}\\p{N}_-])${w}`, 'u').test(sentence) ||
        (/[^\p{ASCII}]/u.test(w) && sentence.includes(w)),
    );
  // A sentence that names both tells them apart; it says of neither that it is meant here.
  let meant = false;
  for (const sentence of around.split(/[\n;!?。]|\.(?=\s|$)/)) {
    const words = sentence
      .split(/\s+/)
      .filter((w) => !/\/\/|\w\.\w|[=_]/.test(w))
      .join(' ')
      .toLowerCase();
    const sandbox = says(words, api.data.sandboxWords);
    const production = says(words, api.data.productionWords);
    if (sandbox && says(words, api.data.intentWords)) return true;
    if (production && !sandbox) return false;
    if (sandbox && !production) meant = true;
  }
  return meant;
}

/** One of several settings, of which another names the API itself: which of them is used is not in view. */
function isProfile(request: ParsedRequest, requests: readonly ParsedRequest[], api: Api): boolean {
  return (
    request.syntax === 'env-file' &&
    requests.some((r) => r !== request && r.syntax === 'env-file' && targetOf(r, api) === 'api')
  );
}

/** The setting or constant that holds the address says so by its name. */
function namedSandbox(request: ParsedRequest, api: Api, text: string): boolean {
  if (request.url === null) return false;
  const before = text.slice(Math.max(0, request.url.start - 100), request.url.start);
  const name = /([A-Za-z][\w.-]*)["']?\]?\s*(?:=>?|:)\s*["'`]?$/.exec(before)?.[1]?.toLowerCase() ?? '';
  return (api.data.sandboxWords ?? []).some((w) => /^[a-z]+$/.test(w) && name.includes(w));
}

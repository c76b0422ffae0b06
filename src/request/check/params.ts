// Are the parameters of the action there, named as documented, with values of the documented form.

import type { Api, ApiAction, ApiParam } from '../api';
import type { Edit, Param, ParsedRequest, Span } from '../model';
import { flat } from '../value';
import { distance } from './distance';
import type { Fault } from './finding';
import { checkValue, HIDDEN } from './param-value';
import { selected } from './target';

export function checkParams(request: ParsedRequest, api: Api): Fault[] {
  const all = [...request.query, ...request.bodyParams];
  if (all.length === 0) return [];
  const old = oldVersion(all, api);
  if (old !== null) return [old];
  const out: Fault[] = [];
  const params = all.map((p) => unescaped(p, out));
  out.push(...checkSelector(request, params, api));
  const [category, name] = selected(request, api);
  const action = api.actions.find((a) => a.action === name && (a.category === category || category === undefined));
  if (action !== undefined) out.push(...checkAction(request, params, action, api));
  return out;
}

/** Parameters and actions of the interface before this one. */
function oldVersion(all: readonly Param[], api: Api): Fault | null {
  const marks = all.filter(
    (p) =>
      api.oldParams.has(p.name.toLowerCase()) ||
      (api.data.selector.names.includes(p.name.toLowerCase()) && api.oldActions.has(flat(p.value).toLowerCase())),
  );
  const strong = marks.filter((p) => api.oldParams.has(p.name.toLowerCase()));
  const [first] = marks;
  const last = marks.at(-1);
  if (first === undefined || last === undefined || (strong.length === 0 && marks.length === 0)) return null;
  const spread = last.end - first.start < 2_000 ? last.end : first.end;
  return {
    id: 'path-version',
    start: Math.min(first.start, last.start),
    end: Math.max(spread, first.end),
    edits: renewed(marks, api),
  };
}

/** The same without what only the old interface had; null where an action of its own has no successor that is known. */
function renewed(marks: readonly Param[], api: Api): Edit[] | null {
  const out: Edit[] = [];
  for (const p of marks) {
    const name = p.name.toLowerCase();
    if (!api.oldParams.has(name)) return null;
    const heir = api.actions.flatMap((a) => a.params).find((want) => want.aliases.has(name));
    const edits = heir === undefined ? p.remove() : [{ ...p.nameSpan, text: heir.name }];
    if (edits === null) return null;
    out.push(...edits);
  }
  return out;
}

/** `&amp;action=`: the server sees a parameter `amp;action`. */
function unescaped(p: Param, out: Fault[]): Param {
  const m = /^amp;(.+)$/.exec(p.name);
  if (m?.[1] === undefined) return p;
  out.push({
    id: 'param-name',
    param: m[1],
    start: p.start,
    end: p.end,
    suggestion: m[1],
    edits: [{ start: p.nameSpan.start, end: p.nameSpan.start + 4, text: '' }],
  });
  return { ...p, name: m[1] };
}

function checkSelector(request: ParsedRequest, params: readonly Param[], api: Api): Fault[] {
  const out: Fault[] = [];
  const { names } = api.data.selector;
  if (request.syntax === 'env-file' || request.url === null) return out;
  for (const name of names) {
    if (params.some((p) => p.name.toLowerCase() === name)) continue;
    const values = new Set(api.actions.map((a) => (name === names.at(-1) ? a.action : a.category)));
    const wrong = params.find(
      (p) =>
        !api.paramNames.has(p.name.toLowerCase()) &&
        (distance(p.name.toLowerCase(), name, 2) <= 2 || values.has(flat(p.value).toLowerCase())),
    );
    if (wrong !== undefined) out.push(renamed(wrong, name));
    else if (request.paramsComplete && params.length > 0)
      out.push(missing(request, name, params[0] ?? request.headerPlace, selectorFor(request, name, api)));
  }
  return out;
}

/** Value of a selector that the other one tells, else a word in capitals to be replaced. */
function selectorFor(request: ParsedRequest, name: string, api: Api): string {
  const [category, action] = selected(request, api);
  const fits = api.actions.filter((a) => a.action === action || a.category === category);
  const values = new Set(fits.map((a) => (name === api.data.selector.names.at(-1) ? a.action : a.category)));
  const [only] = values;
  return values.size === 1 && only !== undefined ? only : name.toUpperCase();
}

function renamed(p: Param, name: string): Fault {
  return {
    id: 'param-name',
    param: name,
    start: p.start,
    end: p.end,
    suggestion: name,
    edits: [{ ...p.nameSpan, text: name }],
  };
}

function missing(request: ParsedRequest, name: string, at: Span, placeholder: string): Fault {
  return {
    id: 'param-missing',
    param: name,
    start: at.start,
    end: at.end,
    suggestion: `${name}=${placeholder}`,
    edits: request.addParam(name, placeholder) ?? appended(request, name, placeholder),
  };
}

/** Where the syntax has no way of its own: behind the last parameter of a query that stands in the address. */
function appended(request: ParsedRequest, name: string, value: string): Edit[] | null {
  const { url } = request;
  const last = request.query.filter((p) => url !== null && p.start >= url.start && p.end <= url.end).at(-1);
  return last === undefined ? null : [{ start: last.end, end: last.end, text: `&${name}=${value}` }];
}

function checkAction(request: ParsedRequest, params: readonly Param[], action: ApiAction, api: Api): Fault[] {
  const out: Fault[] = [];
  const names = new Set(action.params.map((p) => p.name.toLowerCase()));
  const spare = params.filter(
    (p) => !names.has(p.name.toLowerCase()) && !api.data.selector.names.includes(p.name.toLowerCase()),
  );
  const chooser = params.find((p) => p.name.toLowerCase() === api.data.selector.names.at(-1));
  // A function may be told the operation by its caller: there a parameter is missing, not where it is handed on.
  // Of a body that holds the others, its end is where another belongs.
  const behind =
    /^(?:json-dump|har|postman-json)$/.test(request.syntax) && chooser?.in === 'query' && request.bodyParams.length >= 3
      ? request.bodyParams.at(-1)
      : undefined;
  const place =
    chooser === undefined
      ? request.headerPlace
      : behind !== undefined
        ? behind
        : chooser.value.start > chooser.end && chooser.value.end > chooser.value.start
          ? { start: chooser.value.start, end: chooser.value.end }
          : chooser;
  for (const want of action.params) {
    const have = params.find((p) => p.name.toLowerCase() === want.name.toLowerCase());
    if (have !== undefined) {
      const fault = checkValue(have, want);
      if (fault !== null) out.push(fault);
      continue;
    }
    const wrong = spare.find((p) => misnamed(p.name.toLowerCase(), want));
    if (wrong !== undefined) {
      spare.splice(spare.indexOf(wrong), 1);
      out.push(renamed(wrong, want.name));
      const fault = checkValue(wrong, want);
      if (fault !== null && flat(wrong.value) !== '') out.push(fault);
      continue;
    }
    if (want.optional || !request.paramsComplete) continue;
    const spared = want.unless;
    if (
      spared !== null &&
      params.some(
        (p) => p.name.toLowerCase() === spared.name && (flat(p.value) === spared.value || HIDDEN.test(flat(p.value))),
      )
    )
      continue;
    out.push(missing(request, want.name, place, want.values?.[0] ?? want.form.placeholder ?? 'VALUE'));
  }
  // A log shortens: where much is missing it shows only the beginning.
  const gaps = out.filter((f) => f.id === 'param-missing');
  const log =
    request.syntax === 'module-log' ||
    request.syntax === 'log-line' ||
    request.syntax === 'php-dump' ||
    request.syntax === 'json-dump' ||
    request.syntax === 'wire-log';
  return log && gaps.length >= 4 ? out.filter((f) => f.id !== 'param-missing') : out;
}

function misnamed(name: string, want: ApiParam): boolean {
  const right = want.name.toLowerCase();
  if (want.aliases.has(name)) return true;
  if (name.replace(/[_-]/g, '') === right.replace(/[_-]/g, '')) return true;
  if (right.length < 4 || name.length < 4) return false;
  return distance(name, right, 2) <= (right.length >= 7 ? 2 : 1);
}

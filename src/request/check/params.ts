// Are the parameters of the action there, named as documented, with values of the documented form.

import { isIP } from 'node:net';

import type { Api, ApiAction, ApiForm, ApiParam } from '../api';
import type { Edit, Param, ParsedRequest, Span } from '../model';
import { flat, MASK, SECRET, VARIABLE } from '../value';
import { distance } from './distance';
import type { Fault } from './finding';
import { selected } from './target';

const HIDDEN = new RegExp(`[${VARIABLE}${MASK}${SECRET}]|\\{\\w*\\}|^<.*>$|\\$\\{|^%[sd]$`);

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
    edits: null,
  };
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
    edits: request.addParam(name, placeholder),
  };
}

function checkAction(request: ParsedRequest, params: readonly Param[], action: ApiAction, api: Api): Fault[] {
  const out: Fault[] = [];
  const names = new Set(action.params.map((p) => p.name.toLowerCase()));
  const spare = params.filter(
    (p) => !names.has(p.name.toLowerCase()) && !api.data.selector.names.includes(p.name.toLowerCase()),
  );
  const chooser = params.find((p) => p.name.toLowerCase() === api.data.selector.names.at(-1));
  // A function may be told the operation by its caller: there a parameter is missing, not where it is handed on.
  const place =
    chooser === undefined
      ? request.headerPlace
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

function checkValue(p: Param, want: ApiParam): Fault | null {
  const s = flat(p.value);
  if (HIDDEN.test(s) || want.secret) return null;
  if (s === want.form.placeholder) return null;
  const ok = want.values !== null ? want.values.includes(s.toLowerCase()) : fits(s, want.form, want.optional);
  if (ok) return null;
  const better = suggest(s, want);
  const first = p.value.pieces[0];
  const last = p.value.pieces.at(-1);
  const edits: Edit[] | null =
    better === null
      ? null
      : first !== undefined && last !== undefined
        ? [{ start: first.start, end: last.end, text: better }]
        : p.value.start >= p.start && p.value.end <= p.end
          ? [{ start: p.end, end: p.end, text: better }]
          : null;
  const suggestion = want.values !== null ? want.values.filter((v) => v !== '').join(' | ') : (better ?? undefined);
  // What a caller hands over is wrong where it is written.
  const elsewhere = first !== undefined && last !== undefined && (last.end <= p.start || first.start >= p.end);
  return {
    id: 'param-value',
    param: want.name,
    ...(elsewhere ? { start: first.start, end: last.end } : { start: p.start, end: p.end }),
    ...(suggestion === undefined ? {} : { suggestion }),
    edits,
  };
}

const HOST =
  /^(?=.{3,253}$)[\p{L}\p{N}_](?:[\p{L}\p{N}\p{M}_-]*[\p{L}\p{N}\p{M}])?(?:\.[\p{L}\p{N}\p{M}](?:[\p{L}\p{N}\p{M}-]*[\p{L}\p{N}\p{M}])?)+\.?$/u;

function fits(s: string, f: ApiForm, optional: boolean): boolean {
  if (s === '') return optional;
  switch (f.form) {
    case 'domain':
      return HOST.test(s) && !/^https?:/i.test(s);
    case 'domains':
      return s.split(',').every((d) => HOST.test(d.trim())) && !/[;\s[\]"]/.test(s.replace(/,\s+/g, ','));
    case 'host':
      return HOST.test(s);
    case 'integer': {
      if (!/^\d{1,9}$/.test(s)) return false;
      const n = Number(s);
      return n >= (f.min ?? -Infinity) && n <= (f.max ?? Infinity);
    }
    case 'date':
      return isDate(s);
    case 'ip':
      return isIP(s) !== 0;
    case 'country':
      return /^[A-Za-z]{2}$/.test(s);
    case 'phone':
      return /^[+ ]\d{1,3}\.\d{3,}$/.test(s) && s.length <= (f.max ?? Infinity);
    case 'digits':
      return /^\d+$/.test(s) && s.length >= (f.min ?? 0) && s.length <= (f.max ?? Infinity);
    case 'email':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(s);
    case 'text':
      return s.length >= (f.min ?? 0) && s.length <= (f.max ?? Infinity);
    default:
      return true;
  }
}

function isDate(s: string): boolean {
  const m = /^(\d{4})-(\d{2})-(\d{2})$/.exec(s);
  if (m === null) return false;
  const [y, mo, d] = [Number(m[1]), Number(m[2]), Number(m[3])];
  const date = new Date(Date.UTC(y, mo - 1, d));
  return date.getUTCMonth() === mo - 1 && date.getUTCDate() === d;
}

/** The value as it was probably meant, else the form's own example; null where nothing can be said. */
function suggest(s: string, want: ApiParam): string | null {
  if (want.values !== null) {
    const number = Number(s);
    const allowed = want.values.filter((v) => v !== '');
    if (/^\d+$/.test(s) && allowed.every((v) => /^\d+$/.test(v)))
      return allowed.reduce(
        (a, b) => (Math.abs(Number(b) - number) < Math.abs(Number(a) - number) ? b : a),
        allowed[0] ?? s,
      );
    return allowed.find((v) => distance(v, s.toLowerCase(), 2) <= 2) ?? allowed[0] ?? null;
  }
  const { form, placeholder } = want.form;
  switch (form) {
    case 'date':
      return asDate(s) ?? placeholder ?? null;
    case 'domain':
    case 'host':
    case 'domains': {
      const bare = s
        .split(/[;,\s[\]"']+/)
        .map((d) => d.replace(/^https?:\/\//i, '').replace(/[/?#].*$/, ''))
        .filter((d) => d !== '')
        .join(form === 'domains' ? ',' : ' ')
        .trim();
      return fits(bare, want.form, false) ? bare : (placeholder ?? null);
    }
    case 'integer': {
      const n = /\d+/.exec(s)?.[0];
      return n !== undefined && fits(n, want.form, false) ? n : (placeholder ?? null);
    }
    case 'digits': {
      const n = s.replace(/\D/g, '');
      return fits(n, want.form, false) ? n : (placeholder ?? null);
    }
    case 'phone': {
      const m = /^(?:\+|00)(\d{1,3})[ .()-]+(.+)$/.exec(s);
      const n = m === null ? '' : `+${m[1] ?? ''}.${(m[2] ?? '').replace(/\D/g, '')}`;
      return fits(n, want.form, false) ? n : (placeholder ?? null);
    }
    case 'country':
      return countryCode(s) ?? placeholder ?? null;
    default:
      return placeholder ?? null;
  }
}

function asDate(s: string): string | null {
  const iso = /^(\d{4})[./]?(\d{2})[./]?(\d{2})/.exec(s) ?? /^(\d{4})-(\d{1,2})-(\d{1,2})/.exec(s);
  const european = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/.exec(s);
  const pad = (n: string | undefined): string => (n ?? '').padStart(2, '0');
  if (iso !== null) {
    const d = `${iso[1] ?? ''}-${pad(iso[2])}-${pad(iso[3])}`;
    return isDate(d) ? d : null;
  }
  if (european === null) return null;
  const [a, b] = [Number(european[1]), Number(european[2])];
  const d =
    a > 12
      ? `${european[3] ?? ''}-${pad(european[2])}-${pad(european[1])}`
      : b > 12
        ? `${european[3] ?? ''}-${pad(european[1])}-${pad(european[2])}`
        : null;
  return d !== null && isDate(d) ? d : null;
}

/** ISO code of a country's name in English or its own spelling, from the runtime's own tables. */
function countryCode(name: string): string | null {
  const wanted = name.trim().toLowerCase();
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  // Codes that another one replaced (`DD`) are canonicalised to it.
  for (let a = 65; a <= 90; a++) {
    for (let b = 65; b <= 90; b++) {
      const code = String.fromCharCode(a, b);
      if (names.of(code)?.toLowerCase() === wanted)
        return (Intl.getCanonicalLocales(`und-${code}`)[0] ?? code).slice(-2);
    }
  }
  return null;
}

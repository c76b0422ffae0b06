// Has the value of a parameter its documented form, and what was probably meant where it has not.

import { isIP } from 'node:net';

import type { ApiForm, ApiParam } from '../api';
import type { Edit, Param } from '../model';
import { flat, MASK, SECRET, VARIABLE } from '../value';
import { distance } from './distance';
import type { Fault } from './finding';

/** Something in it is not in view. */
export const HIDDEN = new RegExp(`[${VARIABLE}${MASK}${SECRET}]|\\{\\w*\\}|^<.*>$|\\$\\{|^%[sd]$`);

/** The fault of a value, null where it has the form or cannot be seen. */
export function checkValue(p: Param, want: ApiParam): Fault | null {
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

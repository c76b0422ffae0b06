// Is the credential sent in the one right form: header there, right name, and not by another way.

import type { Api } from '../api';
import type { Edit, Header } from '../model';
import { flat, holds, MASK, SECRET, VARIABLE } from '../value';
import { checkCredentialValue } from './authorization-value';
import { type Context, form, pair, split, userinfoPair } from './credential-value';
import { distance } from './distance';
import type { Fault } from './finding';

export function checkAuthorization(c: Context): Fault[] {
  const { request, api } = c;
  const name = api.data.authorization.name;
  const lower = name.toLowerCase();
  const out: Fault[] = [];
  const unsent = request.faults.find(
    (f) =>
      f.name?.toLowerCase() === lower &&
      f.kind.startsWith('header-') &&
      // A row that is switched off beside one that is on takes nothing away.
      !(f.kind === 'header-disabled' && request.headers.some((h) => h.name.toLowerCase() === lower)),
  );
  for (const f of request.faults)
    if (f.kind === 'secret-empty')
      out.push({ id: 'auth-secret', start: f.start, end: f.end, suggestion: form(api), edits: null });
  const basics = request.credentials.filter((k) => k.role !== 'proxy');
  const header = request.headers.find((h) => h.name.toLowerCase() === lower);
  const place = placed(c);
  for (const k of basics)
    out.push({
      id: 'auth-scheme',
      start: k.start,
      end: k.end,
      suggestion: form(api),
      edits: k.write(
        name,
        k.user === null && k.secret !== null && flat(k.secret).includes(':')
          ? split(c, k.secret)
          : pair(c, k.user, k.secret),
      ),
    });
  if (request.url?.userinfo != null) {
    const u = request.url.userinfo;
    const added = header === undefined ? request.addHeader(name, userinfoPair(c, u)) : [];
    out.push({
      id: 'auth-scheme',
      ...u,
      suggestion: form(api),
      edits: added === null ? null : [{ start: u.start, end: u.end + 1, text: '' }, ...added],
    });
  }
  if (unsent !== undefined) {
    if (basics.length === 0)
      out.push({
        id: 'auth-missing',
        start: unsent.start,
        end: unsent.end,
        suggestion: form(api),
        edits: unsent.edits ?? null,
      });
    return out;
  }
  if (header !== undefined) {
    if (basics.length > 0) return out;
    const fault = checkCredentialValue(c, header);
    if (fault !== null) out.push(atDefinition(fault, header));
    return out;
  }
  if (out.length > 0) return out;
  const misnamed = request.headers.find((h) => isMisnamed(h, api));
  if (misnamed !== undefined) {
    out.push({
      id: 'auth-name',
      start: misnamed.start,
      end: misnamed.end,
      suggestion: name,
      edits: misnamed.write(name, /[:\uE000]/.test(flat(misnamed.value)) ? misnamed.value : split(c, misnamed.value)),
    });
    return out;
  }
  if (place !== null) return [place];
  if (request.headersComplete)
    out.push({
      id: 'auth-missing',
      ...request.headerPlace,
      suggestion: form(api),
      edits: request.addHeader(name, pair(c, null, null)),
    });
  return out;
}

/** What is mended where a variable is set is shown there. */
function atDefinition(fault: Fault, header: Header): Fault {
  const [edit, ...more] = fault.edits ?? [];
  if (edit === undefined || more.length > 0 || edit.end <= edit.start || header.value.pieces.length === 0) return fault;
  return edit.end <= header.start || edit.start >= header.end ? { ...fault, start: edit.start, end: edit.end } : fault;
}

function isMisnamed(h: Header, api: Api): boolean {
  const n = h.name.toLowerCase();
  const right = api.data.authorization.name.toLowerCase();
  if (n === 'www-authenticate' || n === 'proxy-authorization') return false;
  if (distance(n, right, 3) <= 3 || distance(n.replace(/[_-]/g, ''), right, 2) <= 2) return true;
  if (!api.instead.has(n)) return false;
  const s = flat(h.value);
  return s.includes(api.data.authorization.separator) || s.includes(SECRET) || s.includes(VARIABLE) || s.includes(MASK);
}

/** A credential among the parameters. */
function placed(c: Context): Fault | null {
  const { request, api } = c;
  const all = [...request.query, ...request.bodyParams];
  const own = new Set(api.paramNames);
  const secret = all.find(
    (p) =>
      api.secretNames.has(p.name.toLowerCase()) &&
      !own.has(p.name.toLowerCase()) &&
      (holds(p.value, 'secret') || holds(p.value, 'mask') || holds(p.value, 'variable') || flat(p.value) !== ''),
  );
  if (secret === undefined) return null;
  const user = all.find((p) => api.userNames.has(p.name.toLowerCase()) && !own.has(p.name.toLowerCase()));
  const parts = user === undefined ? [secret] : [user, secret].sort((a, b) => a.start - b.start);
  const first = parts[0] ?? secret;
  const last = parts.at(-1) ?? secret;
  const near = last.start - first.end < 60;
  const span = near ? { start: first.start, end: last.end } : { start: secret.start, end: secret.end };
  const edits: Edit[] = [];
  for (const p of parts) {
    const removed = p.remove();
    if (removed === null) return { id: 'auth-place', ...span, suggestion: form(api), edits: null };
    edits.push(...removed);
  }
  // Both parts may stand in the one parameter.
  const both = user === undefined && flat(secret.value).includes(api.data.authorization.separator);
  const value = both ? split(c, secret.value) : pair(c, user?.value ?? null, secret.value);
  const header = request.addHeader(api.data.authorization.name, value);
  return { id: 'auth-place', ...span, suggestion: form(api), edits: header === null ? null : [...edits, ...header] };
}

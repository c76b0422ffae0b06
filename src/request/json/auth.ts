// A client's own kind of credential in JSON: Postman's and Insomnia's auth blocks, `auth: {username, password}` of dumps.

import type { Node } from 'jsonc-parser';

import { plainText, type RequestDraft } from '../draft';
import type { Edit, Value } from '../model';
import { flat } from '../value';
import { type Doc, get, removeMember } from './document';

/** Postman's `auth`: `{"type": "basic", "basic": [{"key": "username", …}]}`. */
export function takeAuth(doc: Doc, n: Node, draft: RequestDraft): void {
  const auth = get(n, 'auth');
  const type = get(auth, 'type');
  if (auth?.type !== 'object' || type === undefined) return;
  const kind = String(type.value);
  if (kind === 'noauth') return;
  const at = doc.span(auth);
  const list = get(auth, kind);
  const node = (name: string): Node | undefined =>
    list?.type === 'object'
      ? get(list, name)
      : get(
          list?.children?.find((c) => get(c, 'key')?.value === name),
          'value',
        );
  const part = (name: string): Value | null => {
    const v = node(name);
    return v === undefined ? null : doc.value(v);
  };
  const off: Edit = { ...at, text: '{ "type": "noauth" }' };
  const write = (name: string, v: Value): Edit[] | null => {
    const added = draft.addHeader(name, v);
    return added === null ? null : [off, ...added];
  };
  if (kind === 'basic')
    draft.credentials.push({ role: 'basic', user: part('username'), secret: part('password'), ...at, write });
  else if (kind === 'bearer')
    draft.credentials.push({ role: 'bearer', user: null, secret: part('token'), ...at, write });
  else if (kind === 'digest')
    draft.credentials.push({ role: 'digest', user: part('username'), secret: part('password'), ...at, write });
  else if (kind === 'apikey') {
    const [key, value] = [part('key'), part('value')];
    const place = node('in');
    if (key === null || value === null) return;
    if (place?.value === 'query')
      draft.query.push({
        name: flat(key),
        nameSpan: { start: key.start, end: key.end },
        value,
        in: 'query',
        ...doc.span(place.parent?.parent ?? place),
        remove: () => [off],
      });
    else
      draft.headers.push({
        name: flat(key),
        nameSpan: { start: key.start, end: key.end },
        value,
        ...at,
        write: (name, v) =>
          v.pieces.length === 0
            ? null
            : [
                ...(name === flat(key) ? [] : [{ start: key.start, end: key.end, text: name }]),
                { start: value.start, end: value.end, text: plainText(v) },
              ],
      });
  } else draft.headersComplete = false;
}

const OFF = /^(?:none|noauth|inherit|no[-_ ]?auth)$/i;

/** `auth: { username, password }` as axios and others dump their options; `authentication` and `authType` of other clients. */
export function optionAuth(doc: Doc, n: Node, draft: RequestDraft): void {
  const auth = get(n, /^(?:auth|authentication)$/);
  if (auth?.type !== 'object') return;
  const type = get(auth, /^(?:type|authType)$/);
  if (type?.type === 'string' && OFF.test(String(type.value))) return;
  if (get(auth, 'authActive')?.value === false || get(auth, 'disabled')?.value === true) return;
  const [u, p, t] = [get(auth, /user/i), get(auth, /pass/i), get(auth, /^token$/i)];
  const bearer = type?.type === 'string' && /bearer/i.test(String(type.value));
  if (bearer ? t === undefined : u === undefined && p === undefined) return;
  draft.credentials.push({
    role: bearer ? 'bearer' : 'basic',
    user: u === undefined || bearer ? null : doc.value(u),
    secret: bearer ? (t === undefined ? null : doc.value(t)) : p === undefined ? null : doc.value(p),
    ...doc.span(auth),
    write: (name, v) => {
      const added = draft.addHeader(name, v);
      return added === null ? null : [...removeMember(doc, auth.parent ?? auth), ...added];
    },
  });
}

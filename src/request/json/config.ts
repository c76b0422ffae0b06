// A configuration in JSON that names an address, with the headers beside it: nothing says that it is sent as it stands.

import type { Node } from 'jsonc-parser';

import { finish, newDraft, takeUrl } from '../draft';
import type { ParsedRequest } from '../model';
import { type Doc, get, isOff, rowOf } from './document';
import { takeHeaders } from './headers';

const NAME = /(?:base|api|endpoint|host|server|root|gateway).{0,20}$|ur[il]s?$/i;

/** An object with an address under a name for one, or the row of an environment that holds one; null where it has none. */
export function configRequest(doc: Doc, n: Node): ParsedRequest | null {
  const address = addressOf(n);
  if (address === null) return null;
  const draft = newDraft('env-file', null, doc.span(n));
  if (!takeUrl(draft, doc.value(address), null)) return null;
  draft.paramsComplete = false;
  draft.headerPlace = doc.span(n);
  const headers = get(n, /^(?:default_?)?headers?$/i);
  if (headers?.type === 'object' || headers?.type === 'array') takeHeaders(doc, headers, draft);
  return finish(draft);
}

function addressOf(n: Node): Node | null {
  const [k, v] = rowOf(n);
  const rows = k !== undefined && v !== undefined && isOff(n) === null ? [[k, v] as const] : [];
  const members = (n.children ?? []).map((p) => [p.children?.[0], p.children?.[1]] as const);
  for (const [key, value] of [...rows, ...members])
    if (
      key?.type === 'string' &&
      value?.type === 'string' &&
      NAME.test(String(key.value)) &&
      /^https?:\/\/[\w.-]+/i.test(String(value.value))
    )
      return value;
  return null;
}

// The body of a request in JSON: Postman's modes, HAR's postData, an object or a string of a dump.

import type { Node } from 'jsonc-parser';

import { literalBody, type RequestDraft } from '../draft';
import { jsonParams } from './body-text';
import { type Doc, get, isOff } from './document';
import { paramOf, takeParams } from './params';

export function takeBody(doc: Doc, n: Node, draft: RequestDraft): void {
  const body = get(n, 'body') ?? get(n, 'postData') ?? get(n, 'data');
  if (body === undefined || body.type === 'null') return;
  const at = doc.span(body);
  const mode = get(body, 'mode');
  const raw =
    mode !== undefined
      ? get(body, String(mode.value))
      : (get(body, 'text') ?? (body.type === 'string' ? body : undefined));
  if (mode !== undefined && (mode.value === 'urlencoded' || mode.value === 'formdata')) {
    const encoding = mode.value === 'urlencoded' ? 'form' : 'multipart';
    draft.body = { ...at, encoding, literal: null, complete: true };
    draft.impliedContentType = encoding === 'form' ? 'application/x-www-form-urlencoded' : 'multipart/form-data';
    for (const c of raw?.children ?? []) {
      const [k, v] = [get(c, 'key'), get(c, 'value')];
      if (k === undefined || v === undefined || isOff(c) !== null) continue;
      draft.bodyParams.push({ ...paramOf(doc, c, k, v, 'body'), remove: () => null });
    }
    if (raw?.children?.length === 0) draft.body = null;
    return;
  }
  if (raw?.type === 'string') {
    if (String(raw.value).trim() === '') return;
    const value = doc.value(raw);
    const { body: parsed, params } = literalBody(value, null);
    draft.body = { ...parsed, ...(parsed.write === undefined ? {} : { write: escaped(parsed.write) }) };
    draft.bodyParams.push(...params, ...(parsed.encoding === 'json' ? jsonParams(value).params : []));
    const language = get(get(get(body, 'options'), 'raw'), 'language');
    draft.impliedContentType =
      draft.client === 'postman' ? (language?.value === 'json' ? 'application/json' : 'text/plain') : null;
    if (parsed.encoding === 'json' && !jsonParams(value).complete) draft.paramsComplete = false;
    return;
  }
  if (body.type === 'object' && mode === undefined) {
    if (isEmpty(body)) return;
    draft.body = { ...at, encoding: 'json', literal: null, complete: true };
    takeParams(doc, body, draft, 'body');
  }
}

/** `{}`, `{"contentType": null, "body": null}`: a client's way to say that there is none. */
function isEmpty(body: Node): boolean {
  return (body.children ?? []).every((p) => {
    const [k, v] = p.children ?? [];
    return (
      /^(?:contentType|mimeType|body|mode|text)$/.test(String(k?.value)) && (v?.type === 'null' || v?.value === '')
    );
  });
}

/** What is written into a JSON string is written with its escapes. */
function escaped(write: NonNullable<NonNullable<RequestDraft['body']>['write']>): typeof write {
  return (json) => write(json === null ? null : JSON.stringify(json).slice(1, -1));
}

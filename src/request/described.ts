// Requests that a person describes line by line: `URL: …`, `Method: …`, `Header: Name: value`.

import { finish, headerLine, newDraft, type RequestDraft, takeUrl } from './draft';
import type { ParsedRequest } from './model';
import { plainValue } from './value';

const ADDRESS = /^[ \t]*(?:[-*•][ \t]*)?(?:URL|Endpoint|URI|Address)[ \t]*[:=][ \t]*(https?:\/\/[^\s"'<>]+)/gim;
const METHOD = /^[ \t]*(?:[-*•][ \t]*)?(?:Method|Verb)[ \t]*[:=][ \t]*(GET|POST|PUT|PATCH|DELETE)\b/im;
const HEADER =
  /^[ \t]*(?:[-*•][ \t]*)?(?:Headers?(?:[ \t]*\d)?[ \t]*[:=][ \t]*)?(?=(?:[A-Za-z]*[Aa]uth[A-Za-z]*|Content-[A-Za-z]+|Accept|X-[A-Za-z-]+)[ \t]*:)/gm;
/** How far around the address its other lines stand, in characters. */
const AROUND = 800;

/** Finds described requests. What is not described is not known: nothing is complete but the address. */
export function describedRequests(text: string, start: number, end: number): ParsedRequest[] {
  const slice = text.slice(start, end);
  const out: ParsedRequest[] = [];
  ADDRESS.lastIndex = 0;
  for (let m = ADDRESS.exec(slice); m !== null && out.length < 50; m = ADDRESS.exec(slice)) {
    const url = (m[1] ?? '').replace(/[.,;)]+$/, '');
    const at = start + m.index + m[0].indexOf(url);
    const draft = newDraft('described', null, { start: at, end: at + url.length });
    if (!takeUrl(draft, plainValue(text, at, at + url.length, 'template'), null)) continue;
    const from = Math.max(start, at - AROUND);
    const near = text.slice(from, Math.min(end, at + url.length + AROUND));
    draft.method = METHOD.exec(near)?.[1]?.toUpperCase() ?? null;
    if (draft.method !== null && draft.method !== 'GET') draft.paramsComplete = false;
    HEADER.lastIndex = 0;
    for (let h = HEADER.exec(near); h !== null; h = HEADER.exec(near)) {
      const lineAt = from + h.index + h[0].length;
      const stop = text.indexOf('\n', lineAt);
      const header = headerLine(text, lineAt, stop < 0 ? text.length : stop, 'template');
      if (header !== null) {
        draft.headers.push(header);
        draft.start = Math.min(draft.start, header.start);
        draft.end = Math.max(draft.end, header.end);
      }
      HEADER.lastIndex = h.index + h[0].length + 1;
    }
    takeDisabled(near, from, draft);
    out.push(finish(draft));
  }
  return out;
}

const DISABLED = /^[ \t]*(~)[ \t]*([A-Za-z][\w-]*)[ \t]*:[^\n]*$/gm;

/** Bruno's `~Name: value`: a row that is switched off. */
function takeDisabled(near: string, from: number, draft: RequestDraft): void {
  for (const m of near.matchAll(DISABLED)) {
    const at = from + m.index + m[0].indexOf('~');
    const end = from + m.index + m[0].length;
    draft.faults.push({
      kind: 'header-disabled',
      name: m[2] ?? '',
      start: at,
      end,
      edits: [{ start: at, end: at + 1, text: '' }],
    });
    draft.end = Math.max(draft.end, end);
  }
}

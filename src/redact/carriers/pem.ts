// Private keys in armour: whole, cut off, on one line with escapes. The first and last line stay, the body goes.
import { matchAt, type Search } from '../finding';

const BEGIN = /-{4,5} ?BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)? ?-{4,5}/iy;
const BODY =
  /(?:\\+[rn]|&#1[03];|%0[AaDd]|[\s>|"',+.;]|(?:Proc-Type|DEK-Info|Comment|Version|Hash|x-[\w-]+):[^\n\\]{0,200}|[A-Za-z0-9+/]{12,}={0,2}|[A-Za-z0-9+/]{1,11}={1,2}|[A-Za-z0-9+/]{2,11}(?=\s*(?:\\+[rn]|["'])?\s*-----END))+/y;
const MAX_BODY = 24000;

/** Tries the key whose `-----BEGIN` begins at `start`. Returns the end of what was examined. */
export function findPem(search: Search, start: number): number {
  const { text } = search;
  if (matchAt(BEGIN, text, start) === null) return start;
  let from = BEGIN.lastIndex;
  const next = text.slice(from, from + MAX_BODY).search(/-{4,5} ?(?:END|BEGIN) /);
  let end: number;
  if (next >= 0 && /^-{4,5} ?END/.test(text.slice(from + next, from + next + 10))) end = from + next;
  else {
    BODY.lastIndex = from;
    end = BODY.exec(text) === null ? from : Math.min(BODY.lastIndex, next >= 0 ? from + next : text.length);
  }
  const lead = /^(?:\\+[rn]|&#1[03];|%0[AaDd]|[\s>|"'+.,;])+/.exec(text.slice(from, Math.min(end, from + 60)));
  from += lead?.[0].length ?? 0;
  const body = text.slice(from, end);
  const trail = /(?:\\+[rn]|&#1[03];|%0[AaDd]|[\s>|"'+.,;])+$/.exec(body.slice(-60));
  end -= trail?.[0].length ?? 0;
  if (end - from < 8 || body.startsWith('[redacted:') || search.pack.look.isPlaceholder(body.slice(0, 200)))
    return Math.max(from, end);
  search.findings.push({ start: from, end, kind: 'private-key', carrier: 'shape' });
  return end;
}

const LINES = /private-lines: ?(\d{1,3})\r?\n/iy;

/** The body of a PuTTY key; `start` is where `Private-Lines:` begins. */
export function findPutty(search: Search, start: number): void {
  const { text } = search;
  const head = matchAt(LINES, text, start);
  if (head === null) return;
  const from = LINES.lastIndex;
  let end = from;
  for (let i = 0; i < Number(head[1]) && end < text.length; i++) {
    const line = text.indexOf('\n', end);
    end = line < 0 ? text.length : line + 1;
  }
  const body = text.slice(from, end).trimEnd();
  if (/^[\w+/=\s]{8,}$/.test(body))
    search.findings.push({ start: from, end: from + body.length, kind: 'private-key', carrier: 'shape' });
}

// The request as it should be: the person's own text with only the faults changed.

import { withoutDeadLines } from './dead-lines';
import { lineStartAt } from './lines';
import type { RequestFinding } from './check/finding';
import type { Edit, ParsedRequest, Span } from './model';

/** A request as it should be, and where it stands in the text as it is. */
export interface Correction extends Span {
  readonly text: string;
}

/** Applies edits that do not collide; of two that do, the wider one stays. */
export function applyEdits(text: string, start: number, end: number, edits: readonly Edit[]): string {
  const unique = united(edits.flatMap((e) => minimal(text, e))).filter(
    (e, i, all) =>
      e.start >= start &&
      e.end <= end &&
      !all.slice(0, i).some((f) => f.start === e.start && f.end === e.end && f.text === e.text),
  );
  const wide = [...unique].sort((a, b) => b.end - b.start - (a.end - a.start));
  const kept: Edit[] = [];
  for (const e of wide) {
    if (
      e.start === e.end
        ? kept.some((k) => k.start < e.start && e.end < k.end)
        : kept.some((k) => k.start < e.end && e.start < k.end && k.end > k.start)
    )
      continue;
    kept.push(e);
  }
  // A quote that closes goes before whatever else is put in at its place.
  const closes = (e: Edit): number =>
    e.start === e.end && /^["']$/.test(e.text) && /\S/.test(text[e.start - 1] ?? '') ? 0 : 1;
  kept.sort(
    (a, b) => a.start - b.start || a.end - b.end || closes(a) - closes(b) || unique.indexOf(a) - unique.indexOf(b),
  );
  let out = '';
  let at = start;
  for (const e of kept) {
    out += text.slice(at, e.start) + e.text;
    at = e.end;
  }
  return out + text.slice(at, end);
}

/** Other quotes around the same words are edits of the quotes alone, so that what is wrong inside can be mended too. */
function minimal(text: string, edit: Edit): Edit[] {
  const old = text.slice(edit.start, edit.end);
  if (old.length < 4 || edit.text === '') return [edit];
  const quoted = /^(["'])[\s\S]*\1$/.test(old);
  const inner = quoted ? old.slice(1, -1) : old;
  const at = edit.text.indexOf(inner);
  if (at < 0 || inner === '' || edit.text === old) return [edit];
  const [from, to] = quoted ? [edit.start + 1, edit.end - 1] : [edit.start, edit.end];
  return [
    { start: edit.start, end: from, text: edit.text.slice(0, at) },
    { start: to, end: edit.end, text: edit.text.slice(at + inner.length) },
  ].filter((e) => e.text !== '' || e.end > e.start);
}

/** Deletions that overlap (`a, ` and `, b` of `a, b`) are one. */
function united(edits: readonly Edit[]): Edit[] {
  const out: Edit[] = edits.filter((e) => e.text !== '' || e.start === e.end);
  const cuts = edits.filter((e) => e.text === '' && e.start < e.end).sort((a, b) => a.start - b.start);
  let last: Edit | undefined;
  for (const cut of cuts) {
    if (last !== undefined && cut.start < last.end) last = { ...last, end: Math.max(last.end, cut.end) };
    else {
      if (last !== undefined) out.push(last);
      last = cut;
    }
  }
  if (last !== undefined) out.push(last);
  return out;
}

/**
 * The corrected form of the first request that has findings.
 * @returns null where nothing is wrong, or where nothing that is wrong can be written in this syntax
 */
export function correctRequest(
  requests: readonly ParsedRequest[],
  findings: readonly RequestFinding[],
  text: string,
): Correction | null {
  const index = findings.find((f) => f.edits !== null && f.edits.length > 0)?.request;
  const request = index === undefined ? undefined : requests[index];
  if (
    request === undefined ||
    request.syntax === 'log-line' ||
    request.syntax === 'module-log' ||
    request.syntax === 'php-dump'
  )
    return null;
  if (findings.some((f) => f.request === index && f.edits === null)) return null;
  const group = groupOf(requests, findings, request);
  const edits = group.flatMap((r) =>
    mirrored([...findings.filter((f) => requests[f.request] === r).flatMap((f) => f.edits ?? []), ...r.tidy], r),
  );
  const start = Math.min(...group.map((r) => r.start), ...addressStarts(request), ...edits.map((e) => e.start));
  const last = Math.max(...edits.map((e) => e.end), ...addressEnds(request));
  const close = Math.max(...group.map((r) => r.end));
  const end = last > close ? lineEnd(text, last) : close;
  const from = whole(text, lineStart(text, start, request), end);
  const dropped = edits.map((e) => text.slice(e.start, e.end));
  return {
    text: withoutDeadLines(applyEdits(text, from, end, edits), dropped)
      // What stood between two members that are gone.
      .replace(/^[ \t]*,[ \t]*\n/gm, '')
      .replace(/^\n+|\s+$/g, ''),
    start: from + (/^\n*/.exec(text.slice(from, end))?.[0].length ?? 0),
    end: from + text.slice(from, end).trimEnd().length,
  };
}

/** Requests of one paste that are written alike and stand close by are shown, and mended, together. */
function groupOf(
  requests: readonly ParsedRequest[],
  findings: readonly RequestFinding[],
  first: ParsedRequest,
): ParsedRequest[] {
  const out = [first];
  for (const r of requests.slice(requests.indexOf(first) + 1)) {
    const own = findings.filter((f) => requests[f.request] === r);
    const end = Math.max(...out.map((o) => o.end));
    if (own.length === 0 || r.syntax !== first.syntax || r.start - end > NEAR || r.start < end) continue;
    if (own.every((f) => f.edits !== null)) out.push(r);
  }
  return out;
}

const NEAR = 400;
/** An address that a variable holds is shown with its request, unless it stands too far away. */
const REACH = 1_500;

function addressParts(r: ParsedRequest): Span[] {
  if (r.syntax !== 'curl' && r.syntax !== 'wget' && r.syntax !== 'httpie') return [];
  return (r.url?.value.pieces ?? []).filter((p) => p.end > r.start - REACH && p.start < r.end + REACH);
}

function addressStarts(r: ParsedRequest): number[] {
  return addressParts(r).map((p) => p.start);
}

function addressEnds(r: ParsedRequest): number[] {
  return addressParts(r).map((p) => p.end);
}

const MOST_LINES_UP = 30;

/** Start of the statement to which a stretch belongs: never in the middle of a bracket or of a string over several lines. */
function whole(text: string, start: number, end: number): number {
  let from = start;
  for (let i = 0; i < MOST_LINES_UP && from > 0 && opensBefore(text, from, end); i++) {
    const before = lineStartAt(text, from - 1);
    if (text.slice(before, from).trim() === '') return start;
    from = before;
  }
  return opensBefore(text, from, end) ? start : from;
}

function opensBefore(text: string, from: number, end: number): boolean {
  let depth = 0;
  let quote = '';
  for (let i = from; i < Math.min(end, from + 4_000); i++) {
    const c = text[i] ?? '';
    if (c === '\\') i++;
    else if (quote !== '') {
      if (c === quote || c === '\n') quote = '';
    } else if (c === '"' || c === "'") quote = c;
    else if ('([{'.includes(c)) depth++;
    else if (')]}'.includes(c) && --depth < 0) return true;
  }
  return false;
}

/** What says the same in another place changes there too. */
function mirrored(edits: readonly Edit[], request: ParsedRequest): Edit[] {
  return edits.flatMap((e) => [
    e,
    ...request.mirrors
      .filter((m) => m.span.start === e.start && m.span.end === e.end)
      .map((m) => ({ ...m.also, text: e.text })),
  ]);
}

/** A constant below the request is shown with its whole line. */
function lineEnd(text: string, at: number): number {
  if (text[at - 1] === '\n') return at;
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

function lineStart(text: string, at: number, request: ParsedRequest): number {
  if (at >= request.start) return at;
  return lineStartAt(text, at);
}

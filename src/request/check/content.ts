// Is the Content-Type there and right, and is the body JSON.

import type { Api } from '../api';
import type { Body, Edit, Param, ParsedRequest, Value } from '../model';
import { jsonFault } from '../json/body-text';
import { flat, literalValueOf, MASK, SECRET, sliceValue, VARIABLE } from '../value';
import { distance } from './distance';
import type { Fault } from './finding';

export function checkContent(request: ParsedRequest, api: Api): Fault[] {
  const out: Fault[] = [];
  const { name, value: right } = api.data.contentType;
  const lower = name.toLowerCase();
  const at = { start: request.start, end: request.start };
  const add = (): readonly Edit[] | null => request.addHeader(name, literalValueOf(right, at));
  const unsent = request.faults.find((f) => f.name?.toLowerCase() === lower && f.kind.startsWith('header-'));
  const header = request.headers.find((h) => h.name.toLowerCase() === lower);
  const misnamed =
    header === undefined
      ? request.headers.find(
          (h) => distance(h.name.toLowerCase(), lower, 3) <= 3 && !/^content-(?:length|encoding)$/i.test(h.name),
        )
      : undefined;
  if (unsent !== undefined && header === undefined)
    out.push({
      id: 'content-type-missing',
      start: unsent.start,
      end: unsent.end,
      suggestion: right,
      edits: unsent.edits ?? null,
    });
  else if (header !== undefined) {
    const s = flat(header.value);
    const type = (s.split(/[;,]/)[0] ?? '').trim().toLowerCase();
    const hidden = [VARIABLE, MASK, SECRET].some((mark) => type.includes(mark));
    const quoted = /^["']/.test(type);
    if (!hidden && type === '') {
      if (request.headersComplete)
        out.push({
          id: 'content-type-missing',
          start: header.start,
          end: header.end,
          suggestion: right,
          edits: header.write(name, literalValueOf(right, at)),
        });
    } else if (!hidden && (type !== right || quoted))
      out.push({
        id: 'content-type-wrong',
        start: header.start,
        end: header.end,
        suggestion: right,
        edits: header.write(name, literalValueOf(right, at)),
      });
  } else if (misnamed !== undefined)
    out.push({
      id: 'content-type-missing',
      start: misnamed.start,
      end: misnamed.end,
      suggestion: right,
      edits: misnamed.write(name, misnamed.value),
    });
  else if (request.impliedContentType !== null) {
    const implied = (request.impliedContentType.split(';')[0] ?? '').trim().toLowerCase();
    const certain =
      request.headersComplete || request.body?.encoding === 'form' || request.body?.encoding === 'multipart';
    if (implied !== right && certain)
      out.push({ id: 'content-type-wrong', ...(request.body ?? request.headerPlace), suggestion: right, edits: add() });
  } else if (request.headersComplete)
    out.push({ id: 'content-type-missing', ...request.headerPlace, suggestion: right, edits: add() });
  const body = bodyFault(request);
  if (body !== null) out.push(body);
  return out;
}

function bodyFault(request: ParsedRequest): Fault | null {
  const { body } = request;
  if (body === null) return null;
  const span = { start: body.start, end: body.end };
  if (body.encoding === 'form' || body.encoding === 'multipart')
    return { id: 'body-not-json', ...span, suggestion: 'JSON', edits: asJson(request) };
  if (body.encoding === 'text')
    return { id: 'body-not-json', ...span, suggestion: 'JSON', edits: request.body?.write?.(null) ?? null };
  if (body.encoding !== 'json' || body.literal === null) return null;
  const fault = jsonFault(body.literal.text);
  if (fault === null) return null;
  const { value, text } = body.literal;
  const from = sliceValue(value, Math.max(0, fault - 4), fault);
  const to = sliceValue(value, fault, Math.min(text.length, fault + 2));
  return {
    id: 'body-not-json',
    start: Math.min(from.start, to.start),
    end: Math.max(to.end, from.end),
    suggestion: 'JSON',
    edits: mendJson(text, value, body),
  };
}

/** Mends what is clearly meant: trailing commas, single quotes, bare keys, Python's words. */
function mendJson(text: string, value: Value, body: Body): Edit[] | null {
  const mended = text
    .replace(/,(\s*[}\]])/g, '$1')
    .replace(/'([^'"\n]*)'/g, '"$1"')
    .replace(/([{,]\s*)([A-Za-z_]\w*)(\s*:)/g, '$1"$2"$3')
    .replace(/:\s*True\b/g, ': true')
    .replace(/:\s*False\b/g, ': false')
    .replace(/:\s*None\b/g, ': null');
  if (jsonFault(mended) !== null)
    return body.write === undefined || !value.known ? null : [...(rekeyed(text, body) ?? [])];
  // Edits of single places, so that others inside the body still fit.
  const out: Edit[] = [];
  const spots: number[] = [];
  const trailing = /,(?=\s*[}\]])/g;
  for (let m = trailing.exec(text); m !== null; m = trailing.exec(text)) {
    const comma = sliceValue(value, m.index, m.index + 1);
    spots.push(m.index);
    out.push({ start: comma.start, end: comma.end, text: '' });
  }
  const only = spots.reduceRight((t, i) => t.slice(0, i) + t.slice(i + 1), text);
  if (jsonFault(only) === null) return out;
  return value.pieces.some((p) => p.kind === 'variable') ? null : [...(body.write?.(marked(mended, value)) ?? [])];
}

/** Puts removed secrets back for the marks that stand for them. */
function marked(text: string, value: Value): string {
  const secrets = value.pieces.filter((p) => p.kind === 'secret' || p.kind === 'mask');
  let i = 0;
  return text.replace(/[\uE001\uE002]/g, () => secrets[i++]?.text ?? '');
}

/** `{domain:foo.com,year:1}`: what a shell leaves of JSON whose quotes it took. */
function rekeyed(text: string, body: Body): readonly Edit[] | null {
  const members = text
    .trim()
    .replace(/^\{|\}$/g, '')
    .split(',')
    .map((m) => /^\s*["']?(\w+)["']?\s*:\s*["']?(.*?)["']?\s*$/.exec(m));
  if (members.some((m) => m === null)) return null;
  const json = members
    .map((m) => `"${m?.[1] ?? ''}":${/^\d+$/.test(m?.[2] ?? '') ? (m?.[2] ?? '') : JSON.stringify(m?.[2] ?? '')}`)
    .join(',');
  return body.write?.(`{${json}}`) ?? null;
}

/** The form's parameters as JSON, where the body is written as text. */
function asJson(request: ParsedRequest): Edit[] | null {
  const { body, bodyParams } = request;
  if (body === null) return null;
  const inPlace = retyped(body, bodyParams);
  if (inPlace !== null) return inPlace;
  if (body.write === undefined) return null;
  if (body.literal === null || body.encoding !== 'form' || bodyParams.length === 0)
    return [...(body.write(null) ?? [])];
  const members = bodyParams.map((p) => {
    const v = p.value.pieces.map((q) => (q.kind === 'variable' ? `$${q.text}` : q.text)).join('');
    return `"${p.name}":${/^\d+$/.test(v) ? v : JSON.stringify(v)}`;
  });
  return [...(body.write(`{${members.join(',')}}`) ?? [])];
}

/**
 * `a=b&c=1` as JSON by edits of the signs between names and values, so that a name or value that is wrong can be
 * mended as well; null where the text is not written so in one quoted piece.
 */
function retyped(body: Body, params: readonly Param[]): Edit[] | null {
  const { literal, quote } = body;
  const [first] = params;
  const last = params.at(-1);
  if (literal === null || body.encoding !== 'form' || first === undefined || last === undefined) return null;
  if (quote !== '"' && quote !== "'") return null;
  const q = quote === '"' ? '\\"' : '"';
  const out: Edit[] = [];
  let at = literal.value.pieces[0]?.start ?? literal.start;
  for (const p of params) {
    const [from, to] = [p.value.pieces[0]?.start, p.value.pieces.at(-1)?.end];
    if (from === undefined || to === undefined) return null;
    if (p.nameSpan.start < at || from - p.nameSpan.end !== 1 || to - from > 4_000) return null;
    const around = /^\d+$/.test(flat(p.value)) ? '' : q;
    out.push({ start: at, end: p.nameSpan.start, text: `${p === first ? '{' : ','}${q}` });
    out.push({ start: p.nameSpan.end, end: from, text: `${q}:${around}` });
    // Where the next sign would stand, so that the two do not collide.
    if (around !== '' || p === last) out.push({ start: to, end: to, text: `${around}${p === last ? '}' : ''}` });
    at = to;
  }
  return (literal.value.pieces.at(-1)?.end ?? 0) === at ? out : null;
}

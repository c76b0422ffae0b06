// HTTPie commands (`http`, `https`, xh): request items, implied JSON, implied scheme.

import type { Body, Edit, ParsedRequest, Value } from '../model';
import { commandEditor } from './editor';
import { finish, newDraft, takeUrl } from '../draft';
import type { Command, Word } from './words';
import { flat, joinValues, literalValueOf, sliceValue } from '../value';

const METHOD = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/i;
const ITEM = /^([^\s:=@"'?]+?)(==|:=@|:=|=@|@|=|:)/;
const VALUE_FLAG =
  /^(?:-[aApPos]|--(?:auth|auth-type|proxy|pretty|style|print|output|session|session-read-only|timeout|verify|cert|cert-key|max-redirects|default-scheme|boundary|raw|history-print|response-charset|format-options|bearer))$/;

/** Reads an HTTPie command. Null where it names no URL. */
export function parseHttpie(command: Command, program: string, source: string): ParsedRequest | null {
  const secure = program === 'https' || program === 'xhs';
  const draft = newDraft('httpie', 'httpie', command);
  const { words } = command;
  let url: Word | null = null;
  let scheme = secure ? 'https' : 'http';
  let form = false;
  let multipart = false;
  let offline = true;
  let end = command.start;
  const editor = commandEditor(command, '-H');
  const header = (name: string, value: Value): string =>
    `"${name}:${value.pieces.map((p) => (p.kind === 'variable' ? `$${p.text}` : p.text)).join('')}"`;
  const flags: Edit[] = [];
  const fields: { start: number; end: number }[] = [];
  for (let i = 1; i < words.length; i++) {
    const w = words[i];
    if (w === undefined) break;
    const s = flat(w.value);
    if (s.startsWith('-')) {
      if (s === '-f' || s === '--form' || s === '--multipart') {
        form ||= s !== '--multipart';
        multipart ||= s === '--multipart';
        flags.push({ start: w.start, end: w.end + 1, text: '' });
      }
      const eq = /^(--[a-z-]+)=/.exec(s);
      const flag = eq?.[1] ?? s;
      const short = /^-[aA](?=.)/.test(s) && !s.startsWith('--');
      if (!VALUE_FLAG.test(flag) && !short) continue;
      const next = eq !== null || short ? undefined : words[++i];
      const value =
        eq !== null
          ? sliceValue(w.value, eq[0].length, s.length)
          : short
            ? sliceValue(w.value, 2, s.length)
            : (next?.value ?? null);
      if (value === null) continue;
      const span = { start: w.start, end: next?.end ?? w.end };
      if (flag === '--default-scheme') scheme = flat(value);
      if (flag === '--session' || flag === '--session-read-only') offline = false;
      if (/^-A/.test(flag) || flag === '--auth-type') {
        const c = draft.credentials.at(-1);
        if (c !== undefined && /bearer/.test(flat(value)))
          draft.credentials[draft.credentials.length - 1] = { ...c, role: 'bearer' };
      }
      if (/^-a/.test(flag) || flag === '--auth' || flag === '--bearer') {
        const t = flat(value);
        const colon = t.indexOf(':');
        draft.credentials.push({
          role: flag === '--bearer' ? 'bearer' : 'basic',
          user: colon < 0 ? value : sliceValue(value, 0, colon),
          secret: colon < 0 ? null : sliceValue(value, colon + 1, t.length),
          ...span,
          write: (n, v) => [
            { start: span.start, end: span.end + (/[ \t]/.test(source[span.end] ?? '') ? 1 : 0), text: '' },
            { start: end, end, text: ` ${header(n, v)}` },
          ],
        });
      }
      continue;
    }
    end = w.end;
    if (url === null) {
      if (METHOD.test(s) && draft.method === null) draft.method = s.toUpperCase();
      else if (/^(?:[a-z]+:\/\/)?(?:[\w-]+\.)+[a-z]{2,}|^:\d|^localhost|^\uE000/i.test(s)) url = w;
      else return null;
      continue;
    }
    const m = ITEM.exec(s);
    if (m?.[1] === undefined) {
      if (w.value.pieces.some((p) => p.kind === 'variable')) draft.headersComplete = false;
      continue;
    }
    const name = m[1];
    const nameAt = sliceValue(w.value, 0, name.length);
    const value = sliceValue(w.value, m[0].length, s.length);
    const nameSpan = { start: nameAt.start, end: nameAt.end };
    const span = { start: w.start, end: w.end };
    const remove = () => [{ start: w.start, end: w.end, text: '' }];
    if (m[2] === ':')
      draft.headers.push({ name, nameSpan, value, ...span, write: (n, v) => [{ ...span, text: header(n, v) }] });
    else if (m[2] === '==') draft.query.push({ name, nameSpan, value, in: 'query', ...span, remove });
    else {
      fields.push(span);
      draft.bodyParams.push({ name, nameSpan, value, in: 'body', ...span, remove });
    }
  }
  if (url === null) return null;
  const value = /^\w+:\/\//.test(flat(url.value))
    ? url.value
    : joinValues([literalValueOf(`${scheme}://`, { start: url.start, end: url.start }), url.value], url.start, url.end);
  if (!takeUrl(draft, value, scheme)) return null;
  const first = words[0];
  if (draft.url !== null && !/^\w+:\/\//.test(flat(url.value)) && first !== undefined) {
    draft.url = { ...draft.url, schemeSpan: { start: first.start, end: first.end }, schemeImplied: true };
  }
  draft.headersComplete = offline && !words.some((w) => /^\uE000$/.test(flat(w.value)));
  const [a, z] = [fields[0], fields.at(-1)];
  if (a !== undefined && z !== undefined) {
    const encoding: Body['encoding'] = multipart ? 'multipart' : form ? 'form' : 'json';
    draft.body = {
      start: a.start,
      end: z.end,
      encoding,
      literal: null,
      complete: true,
      write: (json) => (json === null ? flags : null),
    };
    draft.impliedContentType = multipart
      ? 'multipart/form-data'
      : form
        ? 'application/x-www-form-urlencoded'
        : 'application/json';
    if (form || multipart) draft.faults.push({ kind: 'body-reencoded', start: a.start, end: z.end });
  }
  draft.method ??= draft.body === null ? 'GET' : 'POST';
  draft.tidy = [...command.prompts];
  const at = end;
  draft.addHeader = (n, v) => [{ start: at, end: at, text: ` ${header(n, v)}` }];
  draft.addParam = (n, v) =>
    draft.query.length > 0 && draft.url !== null && (draft.query[0]?.start ?? 0) < draft.url.end
      ? editor.addQuery(draft, n, v)
      : [{ start: at, end: at, text: ` ${n}==${v}` }];
  for (const cut of command.cuts)
    draft.faults.push({
      kind: 'shell-cut',
      start: cut.start,
      end: cut.kind === 'line' ? command.end : cut.end,
      edits: cut.edits,
    });
  return finish(draft);
}

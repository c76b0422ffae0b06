// Requests that a configuration describes: .env and INI lines, YAML keys, nginx and Apache proxies.

import { lastBefore, lineStartAt } from './lines';
import type { Edit, ParsedRequest, Span } from './model';
import { finish, newDraft, plainText, takeUrl } from './draft';
import { plainValue } from './value';

const SETTING =
  /^[ \t]*(?:export[ \t]+|[-*][ \t]+|\$\w+\[')?["']?([A-Za-z][\w.-]{0,60})["']?\]?[ \t]*[=:][ \t]*(["']?)(https?:\/\/[^\s"'#,;]+)\2[ \t]*(?:[;,]|#.*)?$/gm;
const URL_WORD = /(?:ur[il]|endpoint|host|base|address|server|api)s?$/i;
const AUTH_SETTING =
  /^[ \t]*(?:export[ \t]+)?["']?([A-Za-z][\w.-]{0,60}(?:auth|authorization|header)[\w.-]{0,20})["']?[ \t]*[=:][ \t]*(["']?)([^\n]*?)\2[ \t]*$/gim;
const PROXY = /^[ \t]*(?:proxy_pass[ \t]+(\S+?);|ProxyPass(?:Match)?[ \t]+\S+[ \t]+(\S+))/gm;

/** Addresses in settings whose name says that they are one. */
export function configRequests(text: string, start: number, end: number): ParsedRequest[] {
  const slice = text.slice(start, end);
  const out: ParsedRequest[] = [];
  SETTING.lastIndex = 0;
  for (let m = SETTING.exec(slice); m !== null; m = SETTING.exec(slice)) {
    const [name, url] = [m[1] ?? '', m[3] ?? ''];
    if (!URL_WORD.test(name)) continue;
    const at = start + m.index + m[0].indexOf(url);
    const draft = newDraft('env-file', null, { start: start + m.index + m[0].indexOf(name), end: at + url.length });
    if (!takeUrl(draft, plainValue(text, at, at + url.length, 'shell'), null)) continue;
    draft.paramsComplete = false;
    draft.headerPlace = { start: draft.start, end: draft.end };
    settingHeader(text, start, end, draft.headers);
    out.push(finish(draft));
  }
  out.push(...proxies(text, start, end));
  return out;
}

/** `NIC_AUTH_HEADER="Authorization: u:s"`. */
function settingHeader(text: string, start: number, end: number, headers: ParsedRequest['headers'][number][]): void {
  const slice = text.slice(start, end);
  AUTH_SETTING.lastIndex = 0;
  for (let m = AUTH_SETTING.exec(slice); m !== null; m = AUTH_SETTING.exec(slice)) {
    const raw = m[3] ?? '';
    const line = /^(?:([A-Za-z][\w-]*):[ \t]*)?(.*)$/.exec(raw);
    const named = line?.[1] !== undefined && /auth/i.test(line[1]);
    if (!named && !/authorization|auth_?header/i.test(m[1] ?? '')) continue;
    const value = named ? (line[2] ?? '') : raw;
    if (value === '') continue;
    const at = start + m.index + m[0].lastIndexOf(value);
    const whole = { start: start + m.index + (/^[ \t]*/.exec(m[0])?.[0].length ?? 0), end: at + value.length };
    headers.push({
      name: named ? (line[1] ?? '') : 'Authorization',
      nameSpan: { start: whole.start, end: whole.start + (m[1] ?? '').length },
      value: plainValue(text, at, at + value.length, 'shell'),
      ...whole,
      write: () => null,
    });
  }
}

/** `proxy_pass` with the headers that its block sets. */
function proxies(text: string, start: number, end: number): ParsedRequest[] {
  const slice = text.slice(start, end);
  if (!slice.includes('proxy_pass') && !slice.includes('ProxyPass')) return [];
  const out: ParsedRequest[] = [];
  PROXY.lastIndex = 0;
  for (let m = PROXY.exec(slice); m !== null; m = PROXY.exec(slice)) {
    const url = m[1] ?? m[2] ?? '';
    const at = start + m.index + m[0].indexOf(url);
    const block = blockAround(text, at, start, end);
    const draft = newDraft('nginx-conf', 'nginx', block);
    if (!takeUrl(draft, plainValue(text, at, at + url.length, 'none'), null)) continue;
    draft.paramsComplete = false;
    draft.headerPlace = { start: at, end: at + url.length };
    const body = text.slice(block.start, block.end);
    const set =
      /^[ \t]*(proxy_set_header|RequestHeader[ \t]+(?:set|unset))[ \t]+([\w-]+)(?:[ \t]+("[^"\n]*"|'[^'\n]*'|[^;\n]+?))?[ \t]*;?[ \t]*$/gm;
    for (let h = set.exec(body); h !== null; h = set.exec(body)) {
      const raw = h[3] ?? '';
      const from = block.start + h.index + (/^[ \t]*/.exec(h[0])?.[0].length ?? 0);
      const to = block.start + h.index + h[0].trimEnd().length;
      const span: Span = { start: from, end: to };
      const name = h[2] ?? '';
      const nameAt = from + h[0].trimStart().indexOf(name, (h[1] ?? '').length);
      if (raw === '""' || raw === "''" || /unset/.test(h[1] ?? '')) {
        const lineStart = lineStartAt(text, from);
        const edits: Edit[] = [{ start: lineStart, end: Math.min(text.length, to + 1), text: '' }];
        draft.faults.push({ kind: 'header-empty', name, ...span, edits });
        continue;
      }
      const quoted = /^["']/.test(raw);
      const valueAt = from + h[0].trimStart().lastIndexOf(raw) + (quoted ? 1 : 0);
      draft.headers.push({
        name,
        nameSpan: { start: nameAt, end: nameAt + name.length },
        value: plainValue(text, valueAt, valueAt + raw.length - (quoted ? 2 : 0), 'shell'),
        ...span,
        write: (n, v) => [{ ...span, text: `${h?.[1] ?? 'proxy_set_header'} ${n} "${plainText(v)}";` }],
      });
    }
    out.push(finish(draft));
  }
  return out;
}

function blockAround(text: string, at: number, start: number, end: number): Span {
  const open = lastBefore(text, '{', at, 8_000);
  const close = text.indexOf('}', at);
  const from = open < start ? start : lineStartAt(text, open);
  return { start: from, end: close < 0 || close > end ? end : close + 1 };
}

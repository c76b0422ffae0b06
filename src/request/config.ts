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
const PROXY =
  /^[ \t]*(?:proxy_pass[ \t]+["']?(\S+?)["']?[ \t]*;|ProxyPass(?:Match)?[ \t]+(?:"[^"\n]*"|\S+)[ \t]+["']?([^\s"']+))/gm;

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
    const empty = emptySecret(slice, name);
    if (empty !== null) draft.faults.push({ kind: 'secret-empty', start: start + empty.start, end: start + empty.end });
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

const SECRET_SETTING =
  /^[ \t]*(?:export[ \t]+)?((\w+?)_(?:\w+_)?(?:SECRET|PASSWORD|API_?KEY)(?:_KEY)?)=(?:""|''|["']?(?:your|my|insert|enter|put)[-_]\w{1,40}["']?|["']?change_?me["']?)?[ \t]*$/gim;
/** A file that is meant to be filled in, or a value that comes from elsewhere. */
const FILLED_LATER =
  /(?<!\w\.)\bexample\b|\.env\.example\b|\b(?:sample|template|dist|skeleton|boilerplate|vault|injected|secrets? manager|keychain|sealed|sops|masked|removed|redacted|hidden|omitted|stripped|blanked|filled|fill|_FILE)\b|_FILE=/i;

/** The secret of the same service as the address is set, to nothing. */
function emptySecret(slice: string, urlName: string): Span | null {
  const prefix = /^[A-Za-z0-9]+/.exec(urlName)?.[0]?.toLowerCase() ?? '';
  if (FILLED_LATER.test(slice) || /(?:\.{3}|…)[ \t]*$/m.test(slice)) return null;
  SECRET_SETTING.lastIndex = 0;
  for (let m = SECRET_SETTING.exec(slice); m !== null; m = SECRET_SETTING.exec(slice)) {
    const name = m[1] ?? '';
    if (m[2]?.toLowerCase() !== prefix) continue;
    const set = new RegExp(
      `^[ \\t]*(?:export[ \\t]+)?${name}=[ \\t]*["']?(?!(?:your|my|insert|enter|put)[-_]|change_?me)[^\\s"'#]`,
      'im',
    ).test(slice);
    const at = m.index + m[0].indexOf(name);
    return set ? null : { start: at, end: m.index + m[0].length };
  }
  return null;
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
    const block = m[1] === undefined ? sectionAround(text, at, start, end) : blockAround(text, at, start, end);
    const draft = newDraft('nginx-conf', 'nginx', block);
    if (!takeUrl(draft, plainValue(text, at, at + url.length, 'none'), null)) continue;
    draft.paramsComplete = false;
    draft.headerPlace = { start: at, end: at + url.length };
    const body = text.slice(block.start, block.end);
    const set =
      /^[ \t]*(proxy_set_header|RequestHeader[ \t]+(?:set|unset))[ \t]+([\w-]+)(?:[ \t]+("[^"\n]*"|'[^'\n]*'|[^;#\n]+?))?[ \t]*;?[ \t]*(?:#[^\n]*)?$/gm;
    for (let h = set.exec(body); h !== null; h = set.exec(body)) {
      const raw = h[3] ?? '';
      const from = block.start + h.index + (/^[ \t]*/.exec(h[0])?.[0].length ?? 0);
      const to = block.start + h.index + h[0].trimEnd().length;
      const span: Span = { start: from, end: to };
      const name = h[2] ?? '';
      const nameAt = from + h[0].trimStart().indexOf(name, (h[1] ?? '').length);
      if (raw === '""' || raw === "''" || /unset/.test(h[1] ?? '')) {
        const lineStart = lineStartAt(text, from);
        // nginx hands a header on where the line says so; Apache does where nothing takes it out.
        const edits: Edit[] =
          h[1] === 'proxy_set_header'
            ? [{ start: from, end: to, text: passedOn(h[0].trim(), raw, name) }]
            : [{ start: lineStart, end: Math.min(text.length, to + 1), text: '' }];
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
        write: (n, v) => [
          n === name
            ? { start: valueAt, end: valueAt + raw.length - (quoted ? 2 : 0), text: plainText(v) }
            : {
                ...span,
                text: `${h?.[1] ?? 'proxy_set_header'} ${n} "${plainText(v)}"${h?.[1] === 'proxy_set_header' ? ';' : ''}`,
              },
        ],
      });
    }
    out.push(finish(draft));
  }
  return out;
}

/** The line with the header of the incoming request in place of the empty value. */
function passedOn(line: string, raw: string, name: string): string {
  const at = line.indexOf(raw, line.indexOf(name) + name.length);
  const rest = line
    .slice(at + raw.length)
    .replace(/#.*$/, '')
    .trimEnd();
  return `${line.slice(0, at)}$http_${name.toLowerCase().replace(/-/g, '_')}${rest}`;
}

/** Apache's `<Location …> … </Location>`, else the lines of the paste. */
function sectionAround(text: string, at: number, start: number, end: number): Span {
  const open = lastBefore(text, '\n<', at, 8_000);
  const close = text.indexOf('\n</', at);
  return { start: Math.max(start, open < 0 ? 0 : open + 1), end: close < 0 || close > end ? end : close + 1 };
}

function blockAround(text: string, at: number, start: number, end: number): Span {
  const open = lastBefore(text, '{', at, 8_000);
  const close = text.indexOf('}', at);
  const from = open < start ? start : lineStartAt(text, open);
  return { start: from, end: close < 0 || close > end ? end : close + 1 };
}

// curl commands: every option that decides URL, method, headers, body or credentials.

import type { Edit, ParsedRequest, Value } from '../model';
import { finish, literalBody, newDraft, splitHeader, takeUrl, type RequestDraft } from '../draft';
import { type CommandEditor, commandEditor } from './editor';
import type { Command, Word } from './words';
import { flat, holds, joinValues, sliceValue, unknownValue } from '../value';
import { valueText } from '../model';
import { jsonParams } from '../json/body-text';
import { parseQuery } from '../url';

/** Short options that take a value. */
const SHORT_VALUE = new Set([...'AbcCdDeEFhHKmoPQrtTuUwxXyYz']);
/** Long options that take a value, beside those handled below. */
const LONG_VALUE = new Set(
  'abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config connect-timeout connect-to continue-at cookie cookie-jar create-file-mode crlfile curves data data-ascii data-binary data-raw data-urlencode delegation dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers doh-url dump-header ech egd-file engine etag-compare etag-save expect100-timeout form form-string ftp-account ftp-method ftp-port haproxy-clientip header hostpubmd5 hsts interface ipfs-gateway json keepalive-time key key-type krb libcurl limit-rate local-port login-options max-filesize max-redirs max-time netrc-file noproxy oauth2-bearer output output-dir parallel-max pass pinnedpubkey preproxy proto proto-default proto-redir proxy proxy-cacert proxy-cert proxy-header proxy-key proxy-pass proxy-user pubkey quote random-file range rate referer request request-target resolve retry retry-delay retry-max-time sasl-authzid service-name socks5 socks5-hostname socks4 socks4a speed-limit speed-time stderr telnet-option tls-max tls13-ciphers tlsauthtype tlspassword tlsuser trace trace-ascii trace-config unix-socket upload-file url url-query user user-agent variable write-out'.split(
    ' ',
  ),
);
const LONG_OF: Readonly<Record<string, string>> = {
  H: 'header',
  d: 'data',
  u: 'user',
  X: 'request',
  G: 'get',
  I: 'head',
  F: 'form',
  T: 'upload-file',
  K: 'config',
  n: 'netrc',
  b: 'cookie',
  x: 'proxy',
  U: 'proxy-user',
};

interface Option {
  readonly name: string;
  readonly value: Value | null;
  /** Span of the whole option with its value. */
  readonly start: number;
  readonly end: number;
  readonly word: Word | null;
}

/** Options and positional words in order. */
function readOptions(words: readonly Word[]): { options: Option[]; rest: Word[] } {
  const options: Option[] = [];
  const rest: Word[] = [];
  for (let i = 1; i < words.length; i++) {
    const w = words[i];
    if (w === undefined) break;
    const s = flat(w.value);
    if (s.startsWith('--') && s.length > 2) {
      const eq = s.indexOf('=');
      const name = eq > 0 ? s.slice(2, eq) : s.slice(2);
      const takes = LONG_VALUE.has(name);
      const next = takes && eq < 0 ? words[++i] : undefined;
      const value = eq > 0 ? sliceValue(w.value, eq + 1, s.length) : (next?.value ?? null);
      options.push({ name, value, start: w.start, end: next?.end ?? w.end, word: next ?? w });
    } else if (/^-[^-\d\s]/.test(s)) {
      for (let j = 1; j < s.length; j++) {
        const c = s[j] ?? '';
        if (!SHORT_VALUE.has(c)) {
          options.push({ name: LONG_OF[c] ?? c, value: null, start: w.start, end: w.end, word: null });
          continue;
        }
        const inline = j + 1 < s.length;
        const next = inline ? undefined : words[++i];
        options.push({
          name: LONG_OF[c] ?? c,
          value: inline ? sliceValue(w.value, j + 1, s.length) : (next?.value ?? null),
          start: w.start,
          end: next?.end ?? w.end,
          word: next ?? w,
        });
        break;
      }
    } else rest.push(w);
  }
  return { options, rest };
}

/** Reads a curl command. Null where it names no URL. */
export function parseCurl(command: Command): ParsedRequest | null {
  const first = command.words[0];
  if (first === undefined) return null;
  const { options, rest } = readOptions(command.words);
  const draft = newDraft('curl', 'curl', command);
  const editor = commandEditor(command, '-H');
  const urls = [...options.filter((o) => o.name === 'url' && o.word !== null).map((o) => o.word), ...rest];
  const target = urls.find((w) => w !== null && looksUrl(flat(w.value)));
  if (target === undefined || target === null || !takeUrl(draft, target.value, 'http')) return null;
  draft.headersComplete =
    !rest.some((w) => w !== target && (holds(w.value, 'variable') || holds(w.value, 'secret'))) &&
    !cutOff(command.words);
  draft.headerPlace = { start: command.start, end: command.end };
  draft.addHeader = (name, value) =>
    editor.addHeader(name, value, options.filter((o) => o.name === 'header').at(-1)?.end ?? target.end);
  draft.tidy = [...command.prompts];
  let get = false;
  const datas: { value: Value; option: Option }[] = [];
  for (const o of options) {
    if (o.name === 'get') get = true;
    else if (o.name === 'head') draft.method = 'HEAD';
    else if (o.name === 'request' && o.value !== null) draft.method = valueText(o.value).toUpperCase();
    else if (o.name === 'header' && o.value !== null) takeHeader(draft, editor, o, o.value);
    else if (o.name === 'user' && o.value !== null) takeUser(draft, editor, o, o.value);
    else if (o.name === 'oauth2-bearer' && o.value !== null)
      draft.credentials.push({
        role: 'bearer',
        user: null,
        secret: o.value,
        start: o.start,
        end: o.end,
        write: (n, v) => editor.replace(o, n, v),
      });
    else if (o.name === 'config' || o.name === 'netrc') draft.headersComplete = false;
    else if (
      /^(?:data(?:-ascii|-raw|-binary|-urlencode)?|json|form(?:-string)?|url-query|upload-file)$/.test(o.name) &&
      o.value !== null
    )
      datas.push({ value: o.value, option: o });
  }
  takeData(draft, datas, get, editor);
  draft.method ??= draft.body === null ? 'GET' : 'POST';
  for (const cut of command.cuts)
    draft.faults.push({
      kind: 'shell-cut',
      start: cut.start,
      end: cut.kind === 'line' ? command.end : cut.end,
      edits: cut.edits,
    });
  const lastData = datas.at(-1)?.option;
  draft.addParam = (name, value) =>
    get && lastData !== undefined
      ? [{ start: lastData.end, end: lastData.end, text: ` --data-urlencode ${editor.quoted(`${name}=${value}`)}` }]
      : editor.addQuery(draft, name, value);
  return finish(draft);
}

export function looksUrl(s: string): boolean {
  return (
    /^[a-z]+:\/\//i.test(s) ||
    /^(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?(?:[/?].*)?$/is.test(s) ||
    /^(?:localhost|\d+\.\d+\.\d+\.\d+)(?::\d+)?(?:[/?]|$)/.test(s) ||
    /^\uE000[/?]|^\uE000$/.test(s)
  );
}

/** The command stops in the middle: an ellipsis stands for the rest. */
function cutOff(words: readonly Word[]): boolean {
  return words.some((w) => /^\uE002|^(?:\[\.\.\.\]|<.*>)$/.test(flat(w.value)));
}

function takeHeader(draft: RequestDraft, editor: CommandEditor, o: Option, value: Value): void {
  const s = flat(value);
  if (s.startsWith('@') || s.startsWith('\uE000')) {
    draft.headersComplete = false;
    return;
  }
  const parts = splitHeader(value);
  if (parts === null) {
    if (s.startsWith('Authorization') || holds(value, 'secret')) return;
    draft.headersComplete = false;
    return;
  }
  draft.headers.push({
    ...parts,
    start: o.start,
    end: o.end,
    // A name alone is mended in its place, unless it stands in a variable.
    write: (n, v) =>
      v === parts.value && parts.nameSpan.start >= o.start && parts.nameSpan.end <= o.end
        ? [{ ...parts.nameSpan, text: n }]
        : (definition(parts.value, o, v) ?? editor.replace(o, n, v)),
  });
}

/** A value that a variable holds as a whole is written where that variable is set. */
function definition(value: Value, option: Option, v: Value): Edit[] | null {
  const [first] = value.pieces;
  const last = value.pieces.at(-1);
  if (first === undefined || last === undefined || value.via.length > 0) return null;
  if (value.pieces.some((p) => p.end > option.start) || v.pieces.some((p) => p.kind === 'variable')) return null;
  return [{ start: first.start, end: last.end, text: v.pieces.map((p) => p.text).join('') }];
}

function takeUser(draft: RequestDraft, editor: CommandEditor, o: Option, value: Value): void {
  const s = flat(value);
  const colon = s.indexOf(':');
  const user = colon < 0 ? value : sliceValue(value, 0, colon);
  const secret = colon < 0 ? null : sliceValue(value, colon + 1, s.length);
  draft.credentials.push({
    role: 'basic',
    user,
    secret,
    start: o.start,
    end: o.end,
    write: (n, v) => editor.replace(o, n, v),
  });
}

function takeData(
  draft: RequestDraft,
  datas: readonly { value: Value; option: Option }[],
  get: boolean,
  editor: CommandEditor,
): void {
  const parts = datas.filter((d) => d.option.name !== 'url-query' && !get);
  for (const d of datas) {
    if (!get && d.option.name !== 'url-query') continue;
    const s = flat(d.value);
    if (s.startsWith('@')) {
      draft.paramsComplete = false;
      continue;
    }
    const raw = d.option.name === 'data-urlencode' || d.option.name === 'url-query';
    const { query, queryComplete } = parseQuery(d.value, 0, s.length, 'query', raw);
    const { option } = d;
    const remove = (): Edit[] => [{ start: option.start, end: option.end, text: '' }];
    draft.query.push(...query.map((p) => (query.length === 1 ? { ...p, remove } : p)));
    if (!queryComplete) draft.paramsComplete = false;
  }
  const first = parts[0];
  const last = parts.at(-1);
  if (first === undefined || last === undefined) return;
  const name = first.option.name;
  if (name === 'form' || name === 'form-string') {
    draft.impliedContentType = 'multipart/form-data';
    draft.body = {
      start: first.option.start,
      end: last.option.end,
      encoding: 'multipart',
      literal: null,
      complete: true,
    };
    for (const p of parts) draft.bodyParams.push(...parseQuery(p.value, 0, flat(p.value).length, 'body').query);
    return;
  }
  draft.impliedContentType =
    name === 'json' ? 'application/json' : name === 'upload-file' ? null : 'application/x-www-form-urlencoded';
  if (name === 'upload-file' || flat(first.value).startsWith('@')) {
    draft.body = {
      start: first.option.start,
      end: last.option.end,
      encoding: 'unknown',
      literal: null,
      complete: false,
    };
    draft.paramsComplete = false;
    return;
  }
  const value =
    parts.length === 1
      ? first.value
      : joinValues(
          parts.flatMap((p, i) =>
            i === 0
              ? [p.value]
              : [
                  {
                    ...unknownValue('&', p.value.start, p.value.start),
                    pieces: [{ kind: 'text' as const, text: '&', start: p.value.start, end: p.value.start }],
                  },
                  p.value,
                ],
          ),
          first.value.start,
          last.value.end,
        );
  const { body, params } = literalBody(value, null);
  const all = { start: first.value.start, end: last.value.end };
  const lastWord = last.option.word;
  draft.body = {
    ...body,
    ...(parts.length === 1 && lastWord !== null ? { quote: lastWord.quote } : {}),
    write: (json) => (json === null ? null : [{ ...all, text: editor.json(json) }]),
  };
  draft.bodyParams.push(...params);
  if (body.encoding === 'json') {
    const json = jsonParams(value);
    draft.bodyParams.push(...json.params);
    if (!json.complete) draft.paramsComplete = false;
  } else if (!body.complete) draft.paramsComplete = false;
}

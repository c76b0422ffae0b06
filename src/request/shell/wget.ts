// wget commands.

import type { ParsedRequest, Value } from '../model';
import { valueText } from '../model';
import { commandEditor } from './editor';
import { looksUrl } from './curl';
import { finish, literalBody, newDraft, splitHeader, takeUrl } from '../draft';
import { jsonParams } from '../json/body-text';
import type { Command, Word } from './words';
import { flat, holds, sliceValue } from '../value';

const SHORT_VALUE = new Set([...'aoeiBtOTwQPUlADIX']);

/** Reads a wget command. Null where it names no URL. */
export function parseWget(command: Command): ParsedRequest | null {
  const draft = newDraft('wget', 'wget', command);
  const editor = commandEditor(command, '--header=');
  let user: { value: Value; start: number; end: number } | null = null;
  let secret: { value: Value; start: number; end: number } | null = null;
  let target: Word | null = null;
  let lastHeader: number | null = null;
  draft.headersComplete = true;
  draft.tidy = [...command.prompts];
  const { words } = command;
  for (let i = 1; i < words.length; i++) {
    const w = words[i];
    if (w === undefined) break;
    const s = flat(w.value);
    if (!s.startsWith('-') || s === '-') {
      if (looksUrl(s)) target ??= w;
      else if (holds(w.value, 'variable')) draft.headersComplete = false;
      continue;
    }
    const long = /^--([a-z-]+)(=?)/.exec(s);
    if (long === null) {
      const last = s.at(-1) ?? '';
      if (SHORT_VALUE.has(last)) i++;
      continue;
    }
    const name = long[1] ?? '';
    if (
      !/^(?:header|http-user|http-password|user|password|post-data|post-file|body-data|body-file|method|output-document|timeout|tries|proxy-user|proxy-password|user-agent|config|referer|ca-certificate)$/.test(
        name,
      )
    )
      continue;
    const next = long[2] === '=' ? undefined : words[++i];
    const value = long[2] === '=' ? sliceValue(w.value, long[0].length, s.length) : (next?.value ?? null);
    if (value === null) continue;
    const span = { start: w.start, end: next?.end ?? w.end };
    if (name === 'header') {
      const parts = splitHeader(value);
      if (parts === null) draft.headersComplete = false;
      else draft.headers.push({ ...parts, ...span, write: (n, v) => editor.replace(span, n, v) });
      lastHeader = span.end;
    } else if (name === 'http-user' || name === 'user') user = { value, ...span };
    else if (name === 'http-password' || name === 'password') secret = { value, ...span };
    else if (name === 'method') draft.method = valueText(value).toUpperCase();
    else if (name === 'config') draft.headersComplete = false;
    else if (/^(?:post|body)-(?:data|file)$/.test(name)) {
      draft.impliedContentType = 'application/x-www-form-urlencoded';
      const file = name.endsWith('file');
      const { body, params } = literalBody(value, file ? 'unknown' : null);
      const flag = `--${name}`;
      draft.body = {
        ...body,
        ...span,
        write: (json) => (json === null ? null : [{ ...span, text: `${flag}=${editor.json(json)}` }]),
      };
      if (file) draft.paramsComplete = false;
      else draft.bodyParams.push(...params, ...(body.encoding === 'json' ? jsonParams(value).params : []));
      if (body.encoding === 'json' && !jsonParams(value).complete) draft.paramsComplete = false;
      draft.method ??= 'POST';
    }
  }
  if (target === null || !takeUrl(draft, target.value, 'http')) return null;
  const first = user ?? secret;
  if (first !== null) {
    const end = Math.max(user?.end ?? 0, secret?.end ?? 0);
    const start = Math.min(user?.start ?? end, secret?.start ?? end);
    draft.credentials.push({
      role: 'basic',
      user: user?.value ?? null,
      secret: secret?.value ?? null,
      start,
      end,
      write: (n, v) => editor.replace({ start, end }, n, v),
    });
  }
  draft.method ??= 'GET';
  const at = lastHeader ?? target.end;
  draft.addHeader = (name, value) => editor.addHeader(name, value, at);
  draft.addParam = (name, value) => editor.addQuery(draft, name, value);
  for (const cut of command.cuts)
    draft.faults.push({
      kind: 'shell-cut',
      start: cut.start,
      end: cut.kind === 'line' ? command.end : cut.end,
      edits: cut.edits,
    });
  return finish(draft);
}

// Requests in a snippet of code: each sending call with all that belongs to it.

import { lineStartAt } from '../lines';
import type { Body, ParsedRequest, Span } from '../model';
import { valueText } from '../model';
import { finish, newDraft, takeUrl, type RequestDraft } from '../draft';
import { flat, literalValueOf, plainValue, sliceValue } from '../value';
import { composeAddress, type Connection } from './address';
import { detectClient, HAS_DEFAULTS, type Client } from './client';
import { readCode, type Reading } from './evaluate';
import { Gathered } from './gather';
import type { Language } from './language';
import { isSend } from './slots';
import type { MapThing, ObjectThing, Thing } from './things';

/** `HttpUrl.get(…)` and the like make an address and send nothing. */
const GETTERS = /(?:^|\.)(?:HttpUrl|UR[IL]|Uri|Url)\.get$/;

/** Reads the stretch as code in `language` and returns its requests in order of place; none where it is no code. */
export function codeRequests(text: string, start: number, end: number, language: Language | null): ParsedRequest[] {
  if (language === null) return [];
  const reading = readCode(text, start, end, language);
  const out: ParsedRequest[] = [];
  const events = new Set<ObjectThing>();
  const used = new Set<Thing>();
  const build = (object: ObjectThing, sends: boolean): void => {
    const gathered = new Gathered(reading, sends ? object : null, events);
    gathered.object(object, null);
    const request = assemble(reading, gathered, object, sends);
    if (request === null) return;
    if (sends) events.add(object);
    for (const t of gathered.seen) used.add(t);
    for (const a of gathered.addresses) used.add(a.thing);
    out.push(request);
  };
  for (const object of reading.made)
    if (isSend(object.name) && !GETTERS.test(object.path) && !isLookUp(object) && !used.has(object))
      build(object, true);
  // A request that is built and not seen to be sent is whole all the same.
  for (const object of reading.made) if (!used.has(object) && isBuilt(object)) build(object, true);
  for (const object of reading.made)
    if (
      !used.has(object) &&
      !isSend(object.name) &&
      (object.constructed || object.deeds.length > 0 || object.given.length > 0)
    )
      build(object, false);
  for (const map of reading.maps) {
    if (
      used.has(map) ||
      !map.entries.some((e) => /^(?:url|uri|baseurl|hostname)$/i.test(valueText(e.key)) && e.value.kind === 'text')
    )
      continue;
    const gathered = new Gathered(reading, null, events);
    gathered.map(map, null);
    const request = assemble(reading, gathered, map, false);
    if (request !== null) {
      for (const t of gathered.seen) used.add(t);
      for (const a of gathered.addresses) used.add(a.thing);
      out.push({
        ...request,
        headersComplete:
          gathered.headersShown &&
          !gathered.hiddenHeaders &&
          gathered.credentials.length === 0 &&
          map.entries.some((e) => /^method$/i.test(valueText(e.key))),
      });
    }
  }
  for (const [name, thing] of reading.variables) {
    if (thing.kind !== 'text' || used.has(thing) || !/^https?:\/\/[\w.-]+/.test(flat(thing.value))) continue;
    if (out.some((r) => r.url !== null && r.url.start <= thing.end && r.url.end >= thing.start)) continue;
    const draft = newDraft('code', null, lines(text, thing));
    if (!takeUrl(draft, thing.value, null)) continue;
    draft.paramsComplete = false;
    draft.headerPlace = { start: thing.start, end: thing.end };
    if (name !== '') out.push(finish(draft));
  }
  return out.sort((a, b) => a.start - b.start);
}

/** `http.request(…)`, `HTTPConnection(…)`: the module or class says that there is no TLS. */
function connectionOf(text: string, g: Gathered, object: ObjectThing | MapThing): Connection | null {
  const [module] = g.modules.filter((m) => /^(?:node:)?https?$/.test(flat(m)));
  if (module !== undefined) {
    const s = flat(module);
    return { scheme: sliceValue(module, s.lastIndexOf('http'), s.length), port: g.port };
  }
  const called = object.kind === 'object' ? /^(\w+)\.(?:request|get)$/.exec(object.path)?.[1] : undefined;
  if (called !== undefined && g.reading.language === 'js') {
    const from = new RegExp(`\\bimport\\s+(?:\\*\\s+as\\s+)?${called}\\s+from\\s+["'](?:node:)?(?=https?["'])`).exec(
      text,
    );
    const at = from === null ? object.start : from.index + from[0].length;
    const word = /^https?\b/.exec(text.slice(at, at + 6))?.[0];
    if (word !== undefined) return { scheme: plainValue(text, at, at + word.length, 'none'), port: g.port };
  }
  if (g.plain === null) return null;
  return { scheme: literalValueOf(text.slice(g.plain.start, g.plain.end), g.plain), port: g.port };
}

function isBuilt(object: ObjectThing): boolean {
  return object.name === 'build' && /\bHttpRequest\.newBuilder\b|\bRequest\.Builder\b/.test(object.path);
}

/** `os.environ.get("URL", "https://…")`: a setting with its default, no request. */
function isLookUp(object: ObjectThing): boolean {
  const [key, value] = object.given;
  return (
    object.given.length === 2 &&
    value?.value.kind === 'text' &&
    key?.value.kind === 'text' &&
    /^[A-Za-z_][\w.-]*$/.test(flat(key.value.value)) &&
    !/^(?:GET|POST|PUT)$/.test(flat(key.value.value)) &&
    /^(?:https?:\/)?\//.test(flat(value.value.value))
  );
}

function lines(text: string, span: Span): Span {
  const start = lineStartAt(text, span.start);
  const end = text.indexOf('\n', Math.max(span.start, span.end - 1));
  return { start, end: end < 0 ? text.length : Math.max(end, span.end) };
}

function assemble(reading: Reading, g: Gathered, object: ObjectThing | MapThing, sends: boolean): ParsedRequest | null {
  const words = g.words.join(' ');
  const client = detectClient(words, reading.language);
  const address = composeAddress(g.addresses, client, words, connectionOf(reading.text, g, object));
  if (address === null) return null;
  const span = lines(reading.text, {
    start: Math.min(g.start, address.start, ...address.pieces.map((p) => p.start)),
    end: Math.max(g.end, address.end),
  });
  const draft = newDraft('code', client, span);
  if (!takeUrl(draft, address, null)) return null;
  const { editor } = g;
  editor.sender = sends && object.kind === 'object' ? object : null;
  const embedded = g.embeddedQuery(address);
  if (embedded && !draft.paramsComplete) draft.paramsComplete = true;
  draft.method = g.method;
  draft.headers.push(...g.headers);
  draft.query.push(...g.query);
  draft.bodyParams.push(...g.bodyParams);
  draft.credentials.push(...g.credentials);
  draft.faults.push(...g.faults);
  if (client === 'powershell' && sends && object.kind === 'object') refusedByPowerShell(reading.text, draft, object);
  draft.body = g.body;
  if (!g.paramsComplete || !sends) draft.paramsComplete = false;
  settleBody(draft, g, client);
  draft.headersComplete =
    sends &&
    !g.hiddenHeaders &&
    !elided(reading.text, span) &&
    (!g.freeReceiver ||
      !HAS_DEFAULTS.has(client) ||
      (g.headersShown &&
        client !== 'guzzle' &&
        client !== 'axios' &&
        client !== 'dotnet' &&
        client !== 'requests' &&
        client !== 'httpx'));
  draft.headerPlace = editor.headers?.literal ?? editor.headerDeed?.at ?? { start: object.start, end: object.end };
  draft.addHeader = (name, value) => editor.addHeader(name, value);
  draft.addParam = (name, value) => editor.addParam(draft.query, name, value);
  return finish(draft);
}

/** What shows that a command runs in PowerShell 6 or later, which parses header values as .NET does, or that it was refused. */
const CORE =
  /The format of value .{0,200}? is invalid|PSVersion\b[^\n]{0,40}\s+[67]\.\d|PowerShell (?:Core|[67](?:\.\d+)*\b)|\bpwsh\b/;

/** PowerShell since 6 refuses `user:secret` as Authorization and sends nothing, unless it is told not to look. */
function refusedByPowerShell(text: string, draft: RequestDraft, object: ObjectThing): void {
  const header = draft.headers.find((h) => h.name.toLowerCase() === 'authorization');
  // What was refused with these words was neither a scheme nor a token, whatever is left of it.
  const told =
    /The format of value .{0,200}? is invalid/.test(text) &&
    /^\uE001$/.test(flat(header?.value ?? draft.headers[0]?.value ?? literalValueOf('', object)));
  if (header === undefined || (!told && !/^[^\s:]+:/.test(flat(header.value)))) return;
  if (object.given.some((g) => /^skiph/i.test(g.name ?? '')) || !CORE.test(text)) return;
  const command = text.slice(object.start, object.end);
  if (!/^(?:Invoke-(?:RestMethod|WebRequest)|irm|iwr)\b/i.test(command) || /\s@\w+/.test(command)) return;
  draft.faults.push({
    kind: 'header-not-sent',
    name: header.name,
    start: Math.min(header.start, object.start),
    end: Math.max(header.end, object.end),
    edits: [{ start: object.end, end: object.end, text: ' -SkipHeaderValidation' }],
  });
}

/** Something is left out of the snippet: an ellipsis as a line, an argument or a comment. */
function elided(text: string, span: Span): boolean {
  return /(?:^|[\s,({[])(?:\/\/|#|\/\*)?[ \t]{0,4}(?:\.\.\.|…)[ \t]{0,4}(?:\*\/)?(?=$|[\s,)}\]])/m.test(
    text.slice(span.start, span.end).replace(/^[ \t]*\.\.\. (?=\S|[ \t])/gm, ''),
  );
}

const FORM = 'application/x-www-form-urlencoded';
/** What a client does with a map as body, and the type it sends for a string body. */
const MAP_BODY: Readonly<Partial<Record<Client, Body['encoding']>>> = {
  axios: 'json',
  superagent: 'json',
  laravel: 'json',
  spring: 'json',
  dotnet: 'json',
  restsharp: 'json',
  'php-curl': 'multipart',
  fetch: 'text',
  got: 'json',
  other: 'unknown',
  guzzle: 'unknown',
  unirest: 'json',
  swift: 'unknown',
};
const STRING_TYPE: Readonly<Partial<Record<Client, string>>> = {
  fetch: 'text/plain;charset=UTF-8',
  axios: FORM,
  'php-curl': FORM,
  urllib: FORM,
  'net-http': FORM,
  aiohttp: 'text/plain; charset=utf-8',
  urlconnection: FORM,
  powershell: FORM,
  jquery: FORM,
  spring: 'text/plain',
};

function settleBody(draft: RequestDraft, g: Gathered, client: Client): void {
  const { body } = draft;
  if (client === 'laravel' && body === null && !g.asForm) draft.impliedContentType = 'application/json';
  if (body === null) {
    if (g.bodyContentType !== null) draft.impliedContentType = g.bodyContentType;
    if (draft.method === null && g.headersShown) return;
    draft.method ??= 'GET';
    return;
  }
  const get = draft.method === 'GET' || (draft.method === null && !/post|put/i.test(g.words.join(' ')));
  if (g.bodyMap && body.encoding === 'unknown') {
    if ((client === 'powershell' || client === 'jquery') && get) {
      draft.query.push(...draft.bodyParams.map((p) => ({ ...p, in: 'query' as const })));
      draft.bodyParams.length = 0;
      draft.body = null;
      draft.method ??= 'GET';
      return;
    }
    const encoding = g.asForm ? 'form' : (MAP_BODY[client] ?? 'form');
    // Its body follows the type: with that mended, there is nothing else to write.
    draft.body = client === 'superagent' ? { ...body, encoding, write: () => [] } : { ...body, encoding };
    draft.impliedContentType =
      encoding === 'json'
        ? 'application/json'
        : encoding === 'form'
          ? FORM
          : encoding === 'multipart'
            ? 'multipart/form-data'
            : encoding === 'text'
              ? 'text/plain;charset=UTF-8'
              : null;
  } else
    draft.impliedContentType =
      g.bodyContentType ?? (body.encoding === 'unknown' ? null : (STRING_TYPE[client] ?? null));
  draft.method ??= body.encoding === 'empty' ? 'GET' : 'POST';
}

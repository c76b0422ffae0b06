// What a call or assignment says, by its name and by the places of its arguments.

import { valueText } from '../../model';
import { flat, literalValueOf } from '../../value';
import { type Slot, isSend, methodOf, slotOf } from '../slots';
import { type Deed, type Given, type MapThing, type ObjectThing, slotName } from '../things';
import type { Gathering } from './gathering';
import { BUDGET, headerName } from './makers';
import { isLogin } from './objects';

const ADDER =
  /^(?:set|add|append|put|insert|tryaddwithoutvalidation|\[\]=|addquery|addqueryparameter|queryparam|with|addvalue|setvalue|store|addencoded)$/;

export function gatherDeed(
  gathering: Gathering,
  deed: Deed,
  context: Slot | null,
  of: ObjectThing | null = null,
): void {
  if (gathering.steps++ > BUDGET) return;
  const { result } = deed;
  if (of === null && deed.kind === 'call') {
    if (result?.kind === 'object' && result !== gathering.sender && gathering.events.has(result)) return;
    if (result?.kind === 'object' && gathering.seen.has(result)) return;
    if (
      result !== null &&
      result !== gathering.sender &&
      isSend(deed.name) &&
      slotOf(deed.name) === null &&
      gathering.sender !== null &&
      result.kind === 'object' &&
      methodOf(deed.name) !== null &&
      !isBuilderStep(deed)
    )
      return;
  }
  if (deed.kind === 'set') gathering.note(deed);
  if (result?.kind === 'object' && of === null) {
    gathering.seen.add(result);
    gathering.note(deed);
  }
  applyDeed(gathering, deed.name, deed.given, deed, context);
  if (of === null && result?.kind === 'object') for (const d of result.deeds) gatherDeed(gathering, d, context);
}

/** `.GET()`, `.get().uri(…)`: a step of a builder, not another request. */
function isBuilderStep(deed: Deed): boolean {
  return (
    deed.given.length === 0 ||
    deed.given.every((g) => g.value.kind !== 'text' || !/^(?:https?:|\/)/.test(flat(g.value.value)))
  );
}

/** One name with what it was given. */
function applyDeed(gathering: Gathering, name: string, given: readonly Given[], at: Deed, context: Slot | null): void {
  const n = slotName(name);
  const values = given.map((g) => g.value);
  const [a, b] = values;
  if (/setopt(?:array)?$/.test(n) && a !== undefined) {
    if (a.kind === 'map') gathering.map(a, null);
    else if (b !== undefined)
      gathering.slot(
        slotOf(a.kind === 'object' ? a.name : valueText(gathering.reading.valueOf(a))),
        a.kind === 'object' ? a.name : valueText(gathering.reading.valueOf(a)),
        [{ name: null, value: b, start: b.start, end: b.end }],
        at,
      );
    else if (n.endsWith('array')) gathering.unseen();
    return;
  }
  if (n === 'authenticationheadervalue') return gathering.schemeHeader(values, at);
  if ((context === 'headers' || context === 'query') && a !== undefined && b !== undefined && ADDER.test(n))
    return context === 'headers' ? gathering.headerPair(a, b, at, given[1]) : gathering.param(a, b, at, 'query');
  if (context === 'headers' && values.length === 1 && a !== undefined && at.kind === 'set')
    return gathering.headerProperty(name, a, at, given[0]);
  if ((context === 'form' || context === 'body') && a !== undefined && b !== undefined && ADDER.test(n))
    return gathering.param(a, b, at, 'body');
  if (context === 'auth' && /^(?:basic)$/.test(n)) return gathering.basic(given, at);
  if ((n === '[]=' || ADDER.test(n)) && a !== undefined && b !== undefined) {
    // `req["Authorization"] = …` in Ruby, `h.set("Authorization", …)`: a header where the name is one.
    const key = headerName(a, gathering.reading);
    if (
      key !== null &&
      /^(?:[A-Z][A-Za-z]*(?:-[A-Za-z]+)*|authori[sz]ation|content-type|accept|user-agent|x-[\w-]+)$/.test(key) &&
      (key.includes('-') || /auth|accept|host/i.test(key))
    )
      return gathering.headerPair(a, b, at, given[1]);
    const place = n === '[]=' ? slotOf(key ?? '') : null;
    if (place !== null)
      return gathering.slot(place, key ?? '', [{ name: null, value: b, start: b.start, end: b.end }], at);
  }
  // Faraday: `f.request :authorization, :basic, u, s`.
  if (
    n === 'request' &&
    a?.kind === 'text' &&
    /^(?:authorization|basic_auth|token_auth)$/.test(flat(a.value)) &&
    given.length > 1
  )
    return gathering.basic(
      given.slice(1).filter((g) => !(g.value.kind === 'text' && /^(?:basic|bearer)$/i.test(flat(g.value.value)))),
      at,
    );
  const method = methodOf(name);
  if (method !== null && (isSend(name) || at.given.length === 0)) gathering.method ??= method;
  const slot = slotOf(name);
  if (
    slot !== null &&
    !(slot === 'options' && a?.kind !== 'map') &&
    !(isSend(name) && method !== null) &&
    !['send', 'write', 'data', 'request', 'open'].includes(n)
  )
    return gathering.slot(slot, name, given, at);
  if (/basicauth|digestauth|networkcredential|simpleclientauth/i.test(n) && given.length >= 2)
    return gathering.basic(given, at);
  if (n === 'asform') gathering.asForm = true;
  if (/^asjson$|^acceptjson$/.test(n)) return;
  if (n === 'set' && a?.kind === 'map') return gathering.slot('headers', name, given, at);
  gatherPositional(gathering, name, given, at);
}

/** Functions that take options, never headers, as a plain argument; of these, the ones whose second argument is the body. */
const OPTION_TAKERS = /^(?:fetch|axios|got|ky|ofetch|fetch|usefetch)$/;
const BODY_SECOND = /^(?:axios|http|httpservice|api|client|instance|http\$?)$/i;

/** Headers where the client expects options, or options where it expects the body. */
function isMisplaced(
  gathering: Gathering,
  name: string,
  method: string | null,
  given: readonly Given[],
  at: Given,
): boolean {
  const { value } = at;
  if (gathering.reading.language !== 'js' || value.kind !== 'map' || at.name !== null) return false;
  const index = given.indexOf(at);
  const nested = value.entries.some((e) => /^headers?$/i.test(valueText(e.key)));
  if (OPTION_TAKERS.test(slotName(name))) return index === 1 && !nested && gathering.looksHeaders(value);
  const receiver = gathering.sender?.receiver;
  const axios = receiver?.kind === 'object' && (/axios/i.test(receiver.path) || BODY_SECOND.test(receiver.name));
  return (
    axios &&
    isSend(name) &&
    (method === 'POST' || method === 'PUT' || method === 'PATCH') &&
    index === 1 &&
    given.length === 2 &&
    nested &&
    value.entries.every((e) => /^(?:headers?|params|timeout|auth|baseurl|responsetype)$/i.test(valueText(e.key)))
  );
}

/** What would have been headers goes out as something else, or not at all. */
function noteMisplaced(gathering: Gathering, map: MapThing): void {
  const inner = map.entries.find((e) => /^headers?$/i.test(valueText(e.key)))?.value;
  const headers = inner?.kind === 'map' ? inner : map;
  gathering.note(map);
  gathering.headersShown = true;
  for (const e of headers.entries) {
    // A plain object as body brings its own type.
    if (inner?.kind === 'map' && /^content-?type$/i.test(valueText(e.key))) {
      gathering.bodyContentType ??= 'application/json';
      continue;
    }
    const edits =
      inner?.kind === 'map'
        ? [{ start: map.start, end: map.start, text: 'null, ' }]
        : [
            { start: map.start, end: map.start, text: '{ headers: ' },
            { start: map.end, end: map.end, text: ' }' },
          ];
    gathering.faults.push({ kind: 'header-not-sent', name: valueText(e.key), start: e.start, end: e.end, edits });
  }
}

/** `BodyPublishers.ofString(json)`: never an address, so it is the body wherever the address stands. */
function isPublisher(value: ObjectThing): boolean {
  return value.origin === 'made' && /(?:publishers?|requestbody)\b.*\.\w+$/i.test(value.path);
}

/** A JSON text given by place to what makes or sends a request. */
function isJsonText(name: string, text: string): boolean {
  return (isSend(name) || name === 'new') && /^\s*(?:\{[\s\S]*\}|\[\s*\{[\s\S]*\])\s*$/.test(text);
}

/** Arguments that go by place. */
function gatherPositional(gathering: Gathering, name: string, given: readonly Given[], at: Deed): void {
  const method = methodOf(name);
  let texts = 0;
  given.forEach((g) => {
    const { value } = g;
    if (g.name !== null && g.name !== '**') {
      if (/^(?:GET|POST|PUT|DELETE)$/.test(g.name) && value.kind === 'text') {
        gathering.method ??= g.name;
        gathering.text(value, null);
        return;
      }
      if (slotOf(g.name) === null && /^(?:authori[sz]ation|content[-_]type|accept|x-[\w-]+)$/i.test(g.name)) {
        gathering.headerPair(
          {
            kind: 'text',
            value: literalValueOf(g.name, { start: g.start, end: g.start + g.name.length }),
            start: g.start,
            end: g.start + g.name.length,
          },
          value,
          g,
          value,
        );
        return;
      }
      gathering.slot(slotOf(g.name), g.name, [{ ...g, name: null }], { ...at, start: g.start, end: g.end });
      return;
    }
    switch (value.kind) {
      case 'text': {
        const s = flat(value.value);
        if (
          texts++ > 0 &&
          isSend(name) &&
          (method === 'POST' || method === 'PUT') &&
          !/^(?:https?:\/)?\//.test(s) &&
          gathering.addresses.length > 0
        ) {
          if (/^[\w.+-]+\/[\w.+-]+(?:;|$)/.test(s)) gathering.bodyContentType = s;
          else gathering.bodyOf(value, g);
        } else if (isJsonText(name, s) && gathering.method !== 'GET') gathering.bodyOf(value, g);
        else gathering.text(value, null);
        break;
      }
      case 'map':
        if (isMisplaced(gathering, name, method, given, g)) noteMisplaced(gathering, value);
        else if (gathering.looksHeaders(value) && !value.entries.some((e) => /^headers?$/i.test(valueText(e.key))))
          gathering.headersOf(value);
        else if (g.name === '**' || gathering.hasSlots(value) || isLogin(gathering, value)) gathering.map(value, null);
        else if (isSend(name) || method !== null) {
          if (method === 'GET' || method === 'HEAD') gathering.params(value, 'query');
          else if (method !== null || (name === 'send' && gathering.method !== null && gathering.method !== 'GET'))
            gathering.bodyOf(value, g);
        } else if (/query_?(?:string|arg)|uri|url/i.test(name)) gathering.params(value, 'query');
        break;
      case 'object':
        if (
          isSend(name) &&
          (method === 'POST' || method === 'PUT' || method === 'PATCH') &&
          (gathering.addresses.length > 0 || isPublisher(value)) &&
          (gathering.isBody(value) ||
            (value.origin === 'free' && !/^(?:http)?(?:config|options?|opts|headers)$/i.test(value.name)))
        )
          gathering.bodyOf(value, g);
        else if (
          value.origin === 'made' &&
          /request/i.test(name) &&
          gathering.addresses.length > 0 &&
          gathering.isBody(value)
        )
          gathering.bodyOf(value, g);
        else if (
          value.origin === 'free' &&
          isSend(name) &&
          gathering.addresses.length > 0 &&
          value.deeds.length === 0 &&
          value.properties.size === 0 &&
          !/^(?:true|false|null|nil|none|undefined)$|ctx|context|token|cancel|handler|callback|http|class|string|client/i.test(
            value.name,
          )
        ) {
          gathering.unseen();
          gathering.queryComplete = false;
        } else if (value.origin === 'member' && methodOf(value.name) !== null && value.deeds.length === 0)
          gathering.method ??= methodOf(value.name);
        else if (/^[\w.]*(?:Get|Post|Put)$/.test(value.path)) gathering.method ??= methodOf(value.name);
        else {
          const address = gathering.reading.valueOf(value);
          if (address.pieces.some((p) => p.kind === 'text' && /:\/\//.test(p.text)))
            gathering.addresses.push({ value: address, slot: null, thing: value });
          gathering.object(value, null);
        }
        break;
      case 'list':
        for (const item of value.items) if (item.kind === 'map') gathering.map(item, null);
        break;
      case 'function':
        gathering.function(value, null);
        break;
    }
  });
}

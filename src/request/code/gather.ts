// Follows from one sending call all that was given to it and done to what it is made of: address, headers, query, body, credentials.

import type { Body, Credential, Edit, Header, Param, Span, SyntaxFault, Value } from '../model';
import { valueText } from '../model';
import { literalBody, splitHeader } from '../draft';
import { jsonParams } from '../json-body';
import { flat, joinValues, literalValueOf, sliceValue } from '../value';
import type { Reading } from './evaluate';
import { isSend, methodOf, slotOf, type Slot } from './slots';
import { slotName, type Deed, type Given, type MapEntry, type MapThing, type ObjectThing, type Thing } from './things';
import { CodeEditor } from './edit';

/** A candidate for the address or a part of it. */
export interface Address {
  readonly value: Value;
  readonly slot: Slot | null;
  readonly thing: Thing;
}

/** Names that stand for a module or class, not for an object of the snippet. */
const MODULE =
  /^(?:[A-Z]\w*|requests|axios|http|https|urllib|httpx|aiohttp|got|needle|superagent|json|os|fetch|base64|strings|fmt|url|io|bytes|process|console|ky|\$|jQuery|log|logger|rest)$/;
const JSON_MAKER =
  /^(?:jsonencode|stringify|dumps|tojson|serialize|serializeobject|marshal|marshalindent|writevalueasstring|converttojson|encodejson|jsonserialize|generate|jsonobject|gsontojson|jsoncontent|encodetostring|create|tostring|wpjsonencode|jsonencoder|encode)$/;
const FORM_MAKER =
  /^(?:urlsearchparams|httpbuildquery|urlencode|formurlencodedcontent|formbody|builder|encodewwwform|values|urlencodedformentity|querystringify|formdatatourlencoded|buildquery|linkedmultivaluemap)$/;
const ADDER =
  /^(?:set|add|append|put|insert|tryaddwithoutvalidation|\[\]=|addquery|addqueryparameter|queryparam|with|addvalue|setvalue|store|addencoded)$/;
const CHARSET = /charset|utf-?8/i;
const BUDGET = 4_000;

export class Gathered {
  readonly addresses: Address[] = [];
  readonly headers: Header[] = [];
  readonly query: Param[] = [];
  readonly bodyParams: Param[] = [];
  readonly credentials: Credential[] = [];
  readonly faults: SyntaxFault[] = [];
  readonly words: string[] = [];
  /** Objects that were passed, so that no second request is made of the same parts. */
  readonly seen = new Set<Thing>();
  method: string | null = null;
  body: Body | null = null;
  bodyMap = false;
  asForm = false;
  bodyContentType: string | null = null;
  queryComplete = true;
  paramsComplete = true;
  /** Something gives headers that nobody can see. */
  hiddenHeaders = false;
  /** A place for headers was in view. */
  headersShown = false;
  /** A name stands where an object of the snippet should be, in the chain of receivers. */
  freeReceiver = false;
  readonly editor: CodeEditor;
  start = Infinity;
  end = 0;
  private steps = 0;

  constructor(
    readonly reading: Reading,
    private readonly sender: ObjectThing | null,
    private readonly events: ReadonlySet<ObjectThing>,
  ) {
    this.editor = new CodeEditor(reading.text, reading.language);
  }

  private note(at: Span): void {
    if (at.start < this.start) this.start = at.start;
    if (at.end > this.end) this.end = at.end;
  }

  /** Everything that hangs on an object: what it was made of, what was done to it, and where it came from. */
  object(object: ObjectThing, context: Slot | null): void {
    if (this.seen.has(object) || this.steps++ > BUDGET) return;
    if (object !== this.sender && this.events.has(object)) return;
    this.seen.add(object);
    if (object.origin !== 'free') this.note(object);
    this.words.push(object.path, object.name);
    if (object.origin === 'made') this.made(object, context);
    const { receiver } = object;
    if (receiver !== null) this.receiver(receiver, object);
    if (object.origin === 'free') {
      if (MODULE.test(object.name.replace(/^\$(?=\w)/, ''))) {
        for (const [name, value] of object.properties)
          if (value.kind === 'object' && value.origin === 'member') this.defaults(value, slotOf(name));
        return;
      }
    }
    const own = context ?? (object.origin === 'member' ? slotOf(object.name) : null);
    for (const deed of object.deeds) this.deed(deed, own);
    for (const [name, value] of object.properties) {
      if (value.kind === 'object' && value.origin === 'member')
        this.object(value, own === 'headers' ? 'headers' : (slotOf(name) ?? own));
    }
  }

  /** `axios.defaults.headers.common[…] = …`: only what was set, never what was sent. */
  private defaults(object: ObjectThing, context: Slot | null): void {
    if (this.seen.has(object)) return;
    this.seen.add(object);
    for (const deed of object.deeds) if (deed.kind === 'set' || !isSend(deed.name)) this.deed(deed, context);
    for (const [name, value] of object.properties)
      if (value.kind === 'object' && value.origin === 'member') this.defaults(value, slotOf(name) ?? context);
  }

  private receiver(receiver: Thing, child: ObjectThing): void {
    if (receiver.kind === 'text') {
      if (child === this.sender) this.text(receiver, null);
      return;
    }
    if (receiver.kind === 'map') {
      for (const e of receiver.entries) this.entry(e.key, e.value, e, null);
      return;
    }
    if (receiver.kind !== 'object') return;
    if (receiver.origin === 'free' && !MODULE.test(receiver.name.replace(/^\$(?=\w)/, '')) && child.origin === 'made')
      this.freeReceiver = true;
    this.object(receiver, null);
  }

  private made(object: ObjectThing, context: Slot | null): void {
    const asDeed: Deed = {
      name: object.name,
      nameStart: object.start,
      given: object.given,
      result: object,
      kind: 'call',
      start: object.start,
      end: object.end,
    };
    this.deed(asDeed, context, object);
  }

  private deed(deed: Deed, context: Slot | null, of: ObjectThing | null = null): void {
    if (this.steps++ > BUDGET) return;
    const { result } = deed;
    if (of === null && deed.kind === 'call') {
      if (result?.kind === 'object' && result !== this.sender && this.events.has(result)) return;
      if (result?.kind === 'object' && this.seen.has(result)) return;
      if (
        result !== null &&
        result !== this.sender &&
        isSend(deed.name) &&
        slotOf(deed.name) === null &&
        this.sender !== null &&
        result.kind === 'object' &&
        methodOf(deed.name) !== null &&
        !this.builderStep(deed)
      )
        return;
    }
    if (deed.kind === 'set') this.note(deed);
    if (result?.kind === 'object' && of === null) {
      this.seen.add(result);
      this.note(deed);
    }
    this.apply(deed.name, deed.given, deed, context);
    if (of === null && result?.kind === 'object') for (const d of result.deeds) this.deed(d, context);
  }

  /** `.GET()`, `.get().uri(…)`: a step of a builder, not another request. */
  private builderStep(deed: Deed): boolean {
    return (
      deed.given.length === 0 ||
      deed.given.every((g) => g.value.kind !== 'text' || !/^(?:https?:|\/)/.test(flat(g.value.value)))
    );
  }

  /** One name with what it was given. */
  private apply(name: string, given: readonly Given[], at: Deed, context: Slot | null): void {
    const n = slotName(name);
    const values = given.map((g) => g.value);
    const [a, b] = values;
    if (/setopt(?:array)?$/.test(n) && a !== undefined) {
      if (a.kind === 'map') this.map(a, null);
      else if (b !== undefined)
        this.slot(
          slotOf(a.kind === 'object' ? a.name : valueText(this.reading.valueOf(a))),
          a.kind === 'object' ? a.name : valueText(this.reading.valueOf(a)),
          [{ name: null, value: b, start: b.start, end: b.end }],
          at,
        );
      else if (n.endsWith('array')) this.unseen();
      return;
    }
    if (n === 'authenticationheadervalue') return this.schemeHeader(values, at);
    if ((context === 'headers' || context === 'query') && a !== undefined && b !== undefined && ADDER.test(n))
      return context === 'headers' ? this.headerPair(a, b, at, given[1]) : this.param(a, b, at, 'query');
    if (context === 'headers' && values.length === 1 && a !== undefined && at.kind === 'set')
      return this.headerProperty(name, a, at, given[0]);
    if ((context === 'form' || context === 'body') && a !== undefined && b !== undefined && ADDER.test(n))
      return this.param(a, b, at, 'body');
    if (context === 'auth' && /^(?:basic)$/.test(n)) return this.basic(given, at);
    if ((n === '[]=' || ADDER.test(n)) && a !== undefined && b !== undefined) {
      // `req["Authorization"] = …` in Ruby, `h.set("Authorization", …)`: a header where the name is one.
      const key = headerName(a, this.reading);
      if (
        key !== null &&
        /^(?:[A-Z][A-Za-z]*(?:-[A-Za-z]+)*|authori[sz]ation|content-type|accept|user-agent|x-[\w-]+)$/.test(key) &&
        (key.includes('-') || /auth|accept|host/i.test(key))
      )
        return this.headerPair(a, b, at, given[1]);
      const place = n === '[]=' ? slotOf(key ?? '') : null;
      if (place !== null)
        return this.slot(place, key ?? '', [{ name: null, value: b, start: b.start, end: b.end }], at);
    }
    const method = methodOf(name);
    if (method !== null && (isSend(name) || at.given.length === 0)) this.method ??= method;
    const slot = slotOf(name);
    if (
      slot !== null &&
      !(slot === 'options' && a?.kind !== 'map') &&
      !(isSend(name) && method !== null) &&
      !['send', 'write', 'data', 'request', 'open'].includes(n)
    )
      return this.slot(slot, name, given, at);
    if (/basicauth|digestauth|networkcredential|simpleclientauth/i.test(n) && given.length >= 2)
      return this.basic(given, at);
    if (n === 'asform') this.asForm = true;
    if (/^asjson$|^acceptjson$/.test(n)) return;
    if (n === 'set' && a?.kind === 'map') return this.slot('headers', name, given, at);
    this.positional(name, given, at);
  }

  /** Arguments that go by place. */
  private positional(name: string, given: readonly Given[], at: Deed): void {
    const method = methodOf(name);
    let texts = 0;
    given.forEach((g) => {
      const { value } = g;
      if (g.name !== null && g.name !== '**') {
        if (/^(?:GET|POST|PUT|DELETE)$/.test(g.name) && value.kind === 'text') {
          this.method ??= g.name;
          this.text(value, null);
          return;
        }
        if (slotOf(g.name) === null && /^(?:authori[sz]ation|content[-_]type|accept|x-[\w-]+)$/i.test(g.name)) {
          this.headerPair(
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
        this.slot(slotOf(g.name), g.name, [{ ...g, name: null }], { ...at, start: g.start, end: g.end });
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
            this.addresses.length > 0
          ) {
            if (/^[\w.+-]+\/[\w.+-]+(?:;|$)/.test(s)) this.bodyContentType = s;
            else this.bodyOf(value, g);
          } else this.text(value, null);
          break;
        }
        case 'map':
          if (this.looksHeaders(value) && !value.entries.some((e) => /^headers?$/i.test(valueText(e.key))))
            this.headersOf(value);
          else if (g.name === '**' || this.hasSlots(value)) this.map(value, null);
          else if (isSend(name) || method !== null) {
            if (method === 'GET' || method === 'HEAD') this.params(value, 'query');
            else if (method !== null) this.bodyOf(value, g);
          } else if (/querystring|uri|url/i.test(name)) this.params(value, 'query');
          break;
        case 'object':
          if (
            isSend(name) &&
            (method === 'POST' || method === 'PUT' || method === 'PATCH') &&
            this.addresses.length > 0 &&
            (this.isBody(value) ||
              (value.origin === 'free' && !/^(?:http)?(?:config|options?|opts|headers)$/i.test(value.name)))
          )
            this.bodyOf(value, g);
          else if (value.origin === 'made' && /request/i.test(name) && this.addresses.length > 0 && this.isBody(value))
            this.bodyOf(value, g);
          else if (
            value.origin === 'free' &&
            isSend(name) &&
            this.addresses.length > 0 &&
            value.deeds.length === 0 &&
            value.properties.size === 0 &&
            !/ctx|context|token|cancel|handler|callback|http|class|string|client/i.test(value.name)
          ) {
            this.unseen();
            this.queryComplete = false;
          } else if (value.origin === 'member' && methodOf(value.name) !== null && value.deeds.length === 0)
            this.method ??= methodOf(value.name);
          else if (/^[\w.]*(?:Get|Post|Put)$/.test(value.path)) this.method ??= methodOf(value.name);
          else {
            const address = this.reading.valueOf(value);
            if (address.pieces.some((p) => p.kind === 'text' && /:\/\//.test(p.text)))
              this.addresses.push({ value: address, slot: null, thing: value });
            this.object(value, null);
          }
          break;
        case 'list':
          for (const item of value.items) if (item.kind === 'map') this.map(item, null);
          break;
        case 'function':
          this.function(value, null);
          break;
      }
    });
  }

  private function(fn: Thing, context: Slot | null): void {
    if (fn.kind !== 'function' || this.seen.has(fn)) return;
    this.seen.add(fn);
    for (const p of fn.params) {
      for (const deed of p.deeds) this.deed(deed, context);
      for (const [name, value] of p.properties)
        if (value.kind === 'object' && value.origin === 'member') this.object(value, slotOf(name) ?? context);
    }
    for (const deed of fn.deeds)
      if (!(deed.result?.kind === 'object' && (this.seen.has(deed.result) || this.events.has(deed.result))))
        this.deed(deed, context, deed.result?.kind === 'object' && deed.result.receiver !== null ? deed.result : null);
  }

  private text(thing: Thing, slot: Slot | null): void {
    const value = this.reading.valueOf(thing);
    const s = flat(value);
    if (/^(?:GET|POST|PUT|PATCH|DELETE|HEAD)$/i.test(s)) {
      this.method ??= s.toUpperCase();
      return;
    }
    if (
      /^(?:[a-z][a-z0-9+.-]*:)?\/\//i.test(s) ||
      /^[/?]/.test(s) ||
      /^[\uE000][^ ]*[?/]/.test(s) ||
      slot !== null ||
      s === '' ||
      /^(?:[\w-]+\.)+[a-z]{2,}(?:[/:?]|$)/i.test(s)
    )
      this.addresses.push({ value, slot, thing });
  }

  private hasSlots(map: MapThing): boolean {
    return map.entries.some((e) => {
      const key = valueText(e.key);
      const slot = slotOf(key);
      if (slot === null || (slot === 'ignore' && e.value.kind === 'text'))
        return /^(?:timeout|http_errors|verify|cache|signal|credentials|redirect)$/.test(key);
      return slot !== 'method' || e.value.kind !== 'text' || /^(?:GET|POST|PUT)$/i.test(flat(e.value.value));
    });
  }

  private looksHeaders(map: MapThing): boolean {
    return map.entries.some((e) => /^(?:authori[sz]ation|content[-_]?type|accept)$/i.test(valueText(e.key)));
  }

  map(map: MapThing, context: Slot | null): void {
    if (this.seen.has(map)) return;
    this.seen.add(map);
    this.note(map);
    if (map.open) this.unseen();
    if (context === null) this.editor.options ??= map;
    for (const e of map.entries) this.entry(e.key, e.value, e, context);
  }

  private entry(key: Value, value: Thing, at: MapEntry, context: Slot | null): void {
    const name = valueText(key);
    if (context === 'headers')
      return this.headerPair({ kind: 'text', value: key, start: key.start, end: key.end }, value, at, at.place);
    const slot = slotOf(name);
    if (slot !== null)
      this.slot(slot, name, [{ name: null, value, start: at.place.start, end: at.place.end }], {
        name,
        nameStart: key.start,
        given: [],
        result: null,
        kind: 'set',
        start: at.start,
        end: at.end,
      });
    else if (value.kind === 'map' && this.hasSlots(value)) this.map(value, null);
  }

  /** Headers or options come from something that the text does not show. */
  private unseen(): void {
    this.hiddenHeaders = true;
  }

  private slot(slot: Slot | null, name: string, given: readonly Given[], at: Deed): void {
    const first = given[0]?.value;
    if (slot === null || first === undefined) {
      if (slot === null)
        for (const g of given) if (g.value.kind === 'object' && !this.events.has(g.value)) this.object(g.value, null);
      return;
    }
    const second = given[1]?.value;
    switch (slot) {
      case 'headers': {
        const named = given.filter((g) => g.name !== null && /^[A-Za-z][\w-]*$/.test(g.name) && slotOf(g.name) === null && !/^(?:for|with|value|name|key)/i.test(g.name));
        if (named.length > 0 && named.length === given.length) {
          for (const g of named) {
            const key = { start: g.start, end: g.start + (g.name ?? '').length };
            this.headerPair({ kind: 'text', value: literalValueOf(g.name ?? '', key), ...key }, g.value, g, g.value);
          }
          return;
        }
        const text = first.kind === 'text' ? first.value : null;
        if (text !== null && second !== undefined) {
          if (/forhttp/i.test(given[1]?.name ?? '')) return this.headerPair(second, first, at, given[0]);
          for (let i = 0; i + 1 < given.length; i += 2) {
            const [k, v] = [given[i]?.value, given[i + 1]?.value];
            if (k !== undefined && v !== undefined) this.headerPair(k, v, at, given[i + 1]);
          }
          return;
        }
        if (second !== undefined && (first.kind === 'object' || first.kind === 'text'))
          return this.headerPair(first, second, at, given[1]);
        return this.headersOf(first, name);
      }
      case 'query':
        if (second !== undefined && (first.kind === 'text' || first.kind === 'object'))
          return this.param(first, second, at, 'query');
        return this.params(first, 'query');
      case 'json':
        return this.jsonOf(first, at);
      case 'form':
        this.setBody('form', at, first, 'application/x-www-form-urlencoded', name);
        return this.params(first, 'body');
      case 'multipart':
        this.setBody('multipart', at, first, 'multipart/form-data');
        return this.params(first, 'body');
      case 'body':
        if (second !== undefined && second.kind === 'object' && /json/i.test(second.path))
          return this.jsonOf(first, at);
        if (second !== undefined && second.kind === 'text' && /\//.test(flat(second.value)))
          this.bodyContentType = valueText(second.value);
        return this.bodyOf(first, at);
      case 'auth':
        return this.auth(first, given, at, name);
      case 'basic':
        return this.basic(given, at);
      case 'bearer':
        this.credentials.push({
          role: 'bearer',
          user: null,
          secret: this.reading.valueOf(first),
          start: at.start,
          end: at.end,
          write: (n, v) => this.editor.replaceAuth(at, n, v),
        });
        return;
      case 'method': {
        const m = valueText(this.reading.valueOf(first)).toUpperCase();
        const word = first.kind === 'object' ? methodOf(first.name) : null;
        if (word !== null) this.method = word;
        else if (/^[A-Z]{3,7}$/.test(m)) this.method = m;
        return;
      }
      case 'contentType': {
        const value = this.mediaType(first);
        this.headers.push({
          name: 'Content-Type',
          nameSpan: { start: at.nameStart, end: at.nameStart + name.length },
          value,
          start: at.start,
          end: at.end,
          write: (_n, v) => this.editor.expression(given[0] ?? first, v),
        });
        return;
      }
      case 'url':
      case 'base':
      case 'host':
      case 'path':
      case 'scheme':
        if (first.kind === 'function') return this.function(first, null);
        if (first.kind === 'object' && first.origin === 'made') this.object(first, null);
        if (slot === 'scheme' && first.kind !== 'text') return;
        this.addresses.push({ value: this.reading.valueOf(first), slot, thing: first });
        for (const g of given.slice(1)) if (g.value.kind === 'map') this.params(g.value, 'query');
        return;
      case 'options':
        if (first.kind === 'map') this.map(first, null);
        else if (first.kind === 'object') this.object(first, null);
        return;
      default:
    }
  }

  /** A container of headers. */
  private headersOf(thing: Thing, name = ''): void {
    this.headersShown = true;
    switch (thing.kind) {
      case 'map': {
        if (this.seen.has(thing)) return;
        this.seen.add(thing);
        this.note(thing);
        this.editor.headers ??= thing;
        if (thing.open) this.unseen();
        const lines = slotName(name) === 'curlopthttpheader';
        for (const e of thing.entries) {
          if (lines && !/^\d+$/.test(valueText(e.key))) this.notSent(e.key, e, thing);
          else this.entry(e.key, e.value, e, 'headers');
        }
        return;
      }
      case 'list': {
        this.note(thing);
        this.editor.headers ??= thing;
        if (thing.open) this.unseen();
        for (const [i, item] of thing.items.entries()) {
          const before = this.headers.length;
          this.headerText(this.reading.valueOf(item), thing.places[i] ?? item);
          if (item.kind === 'map') this.headersOf(item);
          else if (this.headers.length === before && item.kind !== 'text') this.unseen();
        }
        return;
      }
      case 'text':
        return this.headerText(thing.value, thing);
      case 'function':
        return this.function(thing, 'headers');
      case 'object': {
        if (this.seen.has(thing)) return;
        const [inner] = thing.given;
        if (
          inner !== undefined &&
          (inner.value.kind === 'map' || inner.value.kind === 'list') &&
          thing.origin === 'made'
        )
          this.headersOf(inner.value);
        if (
          thing.origin === 'made' &&
          !thing.constructed &&
          thing.deeds.length === 0 &&
          inner === undefined &&
          !/^(?:headers?|newheaders|httpheaders|make|create)$/i.test(thing.name)
        )
          this.unseen();
        if (thing.origin !== 'made' && thing.deeds.length === 0 && thing.properties.size === 0) this.unseen();
        this.object(thing, 'headers');
      }
    }
  }

  /** Keys in a list of header lines: the client sends the values alone, `Authorization` never goes out. */
  private notSent(key: Value, at: Span, map: MapThing): void {
    const name = valueText(key);
    const value = map.entries.find((e) => e.key === key)?.value;
    const v = value === undefined ? null : this.reading.valueOf(value);
    const edits: Edit[] =
      v === null
        ? []
        : [
            {
              start: at.start,
              end: at.end,
              text: this.editor.render(joinValues([literalValueOf(`${name}: `, at), v], at.start, at.end)),
            },
          ];
    this.faults.push({ kind: 'header-not-sent', name, start: at.start, end: at.end, edits });
  }

  /** One or more `Name: value` lines in a string. */
  private headerText(value: Value, thing: Span): void {
    const s = flat(value);
    let at = 0;
    for (const line of s.split('\n')) {
      const part = sliceValue(value, at, at + line.replace(/\r$/, '').length);
      at += line.length + 1;
      const parts = splitHeader(part);
      if (parts === null) continue;
      this.headersShown = true;
      this.note(part);
      const single = !s.trimEnd().includes('\n');
      this.headers.push({
        name: parts.name,
        nameSpan: parts.nameSpan,
        value: parts.value,
        start: part.start,
        end: Math.max(part.end, single ? thing.end : part.end),
        write: (n, v) =>
          single
            ? this.editor.expression(thing, joinValues([literalValueOf(`${n}: `, part), v], v.start, v.end))
            : this.editor.inLine(part, n, v),
      });
    }
  }

  private headerPair(key: Thing, value: Thing, at: Span, place: Span = value): void {
    const name = headerName(key, this.reading);
    if (name === null) return this.unseen();
    this.headersShown = true;
    this.note(at);
    if (value.kind === 'object' && slotName(value.name) === 'authenticationheadervalue')
      return this.schemeHeader(
        value.given.map((g) => g.value),
        at,
      );
    const v = /^content-?type$/i.test(name) ? this.mediaType(value) : this.reading.valueOf(value);
    const nameAt = key.kind === 'text' ? (key.value.pieces[0] ?? key) : key;
    this.editor.headerDeed ??= { at, key, value: place };
    this.headers.push({
      name,
      nameSpan: {
        start: nameAt.start,
        end: key.kind === 'text' ? (key.value.pieces.at(-1)?.end ?? nameAt.end) : nameAt.end,
      },
      value: v,
      start: at.start,
      end: at.end,
      write: (n, x) => [...(n === name ? [] : this.editor.headerKey(key, n)), ...this.editor.expression(place, x)],
    });
    if (this.refusedByDotnet(at, name, v))
      this.faults.push({
        kind: 'header-not-sent',
        name,
        start: at.start,
        end: at.end,
        edits: this.editor.withoutValidation(at),
      });
  }

  /** .NET parses `Headers.Add("Authorization", "user:secret")` and throws at the colon. */
  private refusedByDotnet(at: Span, name: string, value: Value): boolean {
    if (this.reading.language !== 'csharp' || !/^authorization$/i.test(name)) return false;
    const source = this.reading.text.slice(at.start, Math.min(at.end, at.start + 400));
    if (
      !/Headers\s*\.\s*Add\s*\(/.test(source) ||
      /HttpWebRequest|WebClient|WebRequest\.Create/.test(this.reading.text)
    )
      return false;
    const s = flat(value);
    return /^[^\s]*:/.test(s) || (s.includes(':') && !/^(?:Basic|Bearer)\s/i.test(s));
  }

  private headerProperty(name: string, value: Thing, at: Deed, place: Span = value): void {
    if (/^(?:authorization|contenttype|accept|useragent)$/i.test(name)) {
      const header = name.toLowerCase() === 'contenttype' ? 'Content-Type' : name;
      if (value.kind === 'object' && slotName(value.name) === 'authenticationheadervalue')
        return this.schemeHeader(
          value.given.map((g) => g.value),
          at,
        );
      this.headerPair(
        {
          kind: 'text',
          value: literalValueOf(header, { start: at.start, end: at.start }),
          start: at.nameStart,
          end: at.nameStart + name.length,
        },
        value,
        at,
        place,
      );
      return;
    }
    this.headerPair(
      {
        kind: 'text',
        value: literalValueOf(name, { start: at.nameStart, end: at.nameStart + name.length }),
        start: at.nameStart,
        end: at.nameStart + name.length,
      },
      value,
      at,
      place,
    );
  }

  /** `new AuthenticationHeaderValue("Basic", x)`. */
  private schemeHeader(values: readonly Thing[], at: Span): void {
    this.headersShown = true;
    const [scheme, parameter] = values.map((v) => this.reading.valueOf(v));
    if (scheme === undefined) return;
    const value =
      parameter === undefined
        ? scheme
        : joinValues(
            [scheme, literalValueOf(' ', { start: scheme.end, end: scheme.end }), parameter],
            at.start,
            at.end,
          );
    const write = (n: string, v: Value): Edit[] | null => this.editor.replaceAuth(at, n, v);
    if (parameter === undefined && flat(scheme).includes(':'))
      this.faults.push({
        kind: 'header-not-sent',
        name: 'Authorization',
        start: at.start,
        end: at.end,
        edits: write('Authorization', scheme) ?? [],
      });
    this.headers.push({
      name: 'Authorization',
      nameSpan: { start: at.start, end: at.start + 1 },
      value,
      start: at.start,
      end: at.end,
      write,
    });
  }

  /** A media type as text, also `MediaType.APPLICATION_JSON`, `:json`, `ContentType.Json`. */
  private mediaType(thing: Thing): Value {
    const value = this.reading.valueOf(thing);
    const s = valueText(value);
    if (thing.kind === 'object') {
      const inner = thing.given[0]?.value;
      if (inner !== undefined && thing.origin === 'made') return this.mediaType(inner);
      if (
        /APPLICATION_?JSON(?:_VALUE|_UTF8)?$|MediaTypeNames\.Application\.Json$|ContentType\.(?:APPLICATION_JSON|Json)$|MIMEApplicationJSON$/i.test(
          thing.path,
        )
      )
        return literalValueOf('application/json', thing);
      if (/FORM_?URL_?ENCODED/i.test(thing.path)) return literalValueOf('application/x-www-form-urlencoded', thing);
    }
    if (
      s === 'json' &&
      /^[:'"]/.test(this.reading.text.slice(thing.start, thing.start + 1)) &&
      this.reading.language === 'ruby'
    )
      return literalValueOf('application/json', thing);
    return value;
  }

  /** Parameters that a map, list of pairs or query object holds. */
  private params(thing: Thing, place: 'query' | 'body'): void {
    if (thing.kind !== 'text') {
      if (this.seen.has(thing)) return;
      this.seen.add(thing);
    }
    switch (thing.kind) {
      case 'map':
        this.note(thing);
        if (thing.open) this.hideParams();
        if (place === 'query') this.editor.queryMap ??= thing;
        else this.editor.bodyMap ??= thing;
        for (const e of thing.entries) this.paramEntry(e.key, e.value, e, thing, place);
        return;
      case 'text': {
        const s = flat(thing.value);
        const { body, params } = literalBody(thing.value, 'form');
        if (/=/.test(s))
          (place === 'query' ? this.query : this.bodyParams).push(...params.map((p) => ({ ...p, in: place })));
        if (!body.complete || !/=/.test(s)) this.hideParams();
        return;
      }
      case 'list':
        for (const item of thing.items) if (item.kind === 'map') this.params(item, place);
        if (thing.items.length > 0 && !thing.items.some((i) => i.kind === 'map')) this.hideParams();
        return;
      case 'object': {
        let found = false;
        if (thing.origin === 'made') this.note(thing);
        for (const g of thing.given) {
          if (g.value.kind === 'map') {
            found = true;
            this.params(g.value, place);
          } else if (g.value.kind === 'text' && /=/.test(flat(g.value.value))) {
            found = true;
            this.params(g.value, place);
          } else if (g.value.kind === 'object' && thing.origin === 'made') {
            found = true;
            this.params(g.value, place);
          }
        }
        for (const d of thing.deeds) {
          const [k, v] = d.given;
          if (k !== undefined && v !== undefined) {
            found = true;
            this.param(k.value, v.value, d, place);
          } else if (k?.value.kind === 'map') {
            found = true;
            this.params(k.value, place);
          }
        }
        if (thing.receiver !== null && thing.receiver.kind !== 'text' && thing.origin === 'made') {
          const r = thing.receiver;
          const query = r.kind === 'map' || (r.kind === 'object' && (r.origin === 'made' || r.deeds.length > 0));
          if (query) {
            found = true;
            this.params(r, place);
          }
        }
        if (!found && !(thing.origin === 'made' && thing.given.length === 0)) this.hideParams();
        if (
          !found &&
          thing.origin === 'made' &&
          thing.given.length === 0 &&
          !thing.constructed &&
          thing.receiver === null
        )
          this.hideParams();
        return;
      }
      default:
        this.hideParams();
    }
  }

  private hideParams(): void {
    this.paramsComplete = false;
  }

  private param(key: Thing, value: Thing, at: Span, place: 'query' | 'body'): void {
    const k = this.reading.valueOf(key);
    if (!k.known) return this.hideParams();
    this.note(at);
    this.editor.paramDeed ??= { at, key, value };
    const v = this.reading.valueOf(value);
    const span = { start: k.pieces[0]?.start ?? k.start, end: k.pieces.at(-1)?.end ?? k.end };
    (place === 'query' ? this.query : this.bodyParams).push({
      name: valueText(k),
      nameSpan: span,
      value: v,
      in: place,
      start: at.start,
      end: at.end,
      remove: () => this.editor.removeStatement(at),
    });
  }

  private paramEntry(key: Value, value: Thing, at: Span, map: MapThing, place: 'query' | 'body'): void {
    if (!key.known) return this.hideParams();
    const v = this.reading.valueOf(value);
    const span = { start: key.pieces[0]?.start ?? key.start, end: key.pieces.at(-1)?.end ?? key.end };
    (place === 'query' ? this.query : this.bodyParams).push({
      name: valueText(key),
      nameSpan: span,
      value: v,
      in: place,
      start: at.start,
      end: at.end,
      remove: () => this.editor.removeEntry(at, map),
    });
  }

  private setBody(encoding: Body['encoding'], at: Span, thing: Thing, contentType: string | null, key = ''): void {
    this.note(at);
    this.body ??= {
      start: at.start,
      end: at.end,
      encoding,
      literal: null,
      complete: thing.kind === 'map' && !thing.open,
      write: (json) => (json === null ? this.editor.jsonBody(at, key, thing) : null),
    };
    if (contentType !== null) this.bodyContentType ??= contentType;
  }

  private jsonOf(thing: Thing, at: Span): void {
    this.setBody('json', at, thing, 'application/json');
    if (thing.kind === 'map') this.params(thing, 'body');
    else if (thing.kind === 'text' && thing.value.known) {
      const json = jsonParams(thing.value);
      this.bodyParams.push(...json.params);
      if (!json.complete) this.paramsComplete = false;
    } else this.params(thing, 'body');
  }

  private isBody(object: ObjectThing): boolean {
    const n = slotName(object.name);
    return (
      JSON_MAKER.test(n) ||
      FORM_MAKER.test(n) ||
      /content$|entity$|body|payload|^buffer$|newbuffer|newreader|ofstring/.test(n)
    );
  }

  /** A body whose encoding its maker or the client decides. */
  private bodyOf(thing: Thing, at: Span): void {
    if (this.body !== null && thing.kind !== 'map') return;
    switch (thing.kind) {
      case 'text': {
        if (flat(thing.value) === '' || (thing.value.known && valueText(thing.value) === 'null')) return;
        const { body, params } = literalBody(thing.value, null);
        this.body = { ...body, start: at.start, end: at.end };
        this.bodyParams.push(...params);
        if (body.encoding === 'json') {
          const json = jsonParams(thing.value);
          this.bodyParams.push(...json.params);
          if (!json.complete) this.paramsComplete = false;
        } else if (body.encoding !== 'form' || !body.complete) this.paramsComplete = false;
        return;
      }
      case 'map':
        this.bodyMap = true;
        this.setBody('unknown', at, thing, null, at.start === thing.start ? '' : 'body');
        return this.params(thing, 'body');
      case 'object':
        return this.bodyObject(thing, at);
      default:
        this.paramsComplete = false;
    }
  }

  private bodyObject(thing: ObjectThing, at: Span): void {
    const n = slotName(thing.name);
    const [first] = thing.given;
    if (/^(?:null|nil|none|undefined|nobody|empty)$/i.test(thing.name)) return;
    if (thing.origin === 'made') {
      const types = thing.given.filter(
        (g) =>
          g.value.kind !== 'map' &&
          (g.value.kind === 'text'
            ? /^[\w.+-]+\/[\w.+-]+(?:;|$)/.test(flat(g.value.value))
            : /json|mediatype|contenttype/i.test(g.value.kind === 'object' ? g.value.path : '')),
      );
      for (const t of types) {
        const type = valueText(this.mediaType(t.value));
        if (type.includes('/')) this.bodyContentType = type;
      }
      if (
        (FORM_MAKER.test(n) || /^(?:qs|querystring|querystringify)\.stringify$/i.test(thing.path)) &&
        !/^(?:builder|values)$/.test(n)
      ) {
        this.setBody('form', at, thing, 'application/x-www-form-urlencoded', '');
        return this.params(thing, 'body');
      }
      if (/multipart|formdata/.test(n)) {
        this.setBody('multipart', at, thing, 'multipart/form-data');
        return this.params(thing, 'body');
      }
      const receiverName = thing.receiver?.kind === 'object' ? thing.receiver.path : '';
      const json =
        (JSON_MAKER.test(n) &&
          (n !== 'create' && n !== 'encode' && n !== 'tostring' && n !== 'generate'
            ? true
            : /json/i.test(thing.path))) ||
        /json/i.test(n);
      if (json) {
        this.setBody('json', at, thing, /content|postas/.test(n) ? 'application/json' : null);
        const inner = first?.value ?? thing.receiver;
        if (inner !== null && inner !== undefined) this.params(inner.kind === 'text' ? thing : inner, 'body');
        else this.paramsComplete = false;
        return;
      }
      if (/form/i.test(receiverName) && /^build$/.test(n)) {
        this.setBody('form', at, thing, 'application/x-www-form-urlencoded');
        return this.params(thing, 'body');
      }
      if (n === 'stringcontent' && thing.given.length === 1) this.bodyContentType ??= 'text/plain';
      const inner =
        thing.given.find((g) => g.value.kind === 'text' && !/^[\w.+-]+\/[\w.+-]+(?:;|$)/.test(flat(g.value.value))) ??
        thing.given.find(
          (g) =>
            g.value.kind === 'map' ||
            (g.value.kind === 'object' &&
              !CHARSET.test(g.value.path) &&
              !/mediatype|contenttype|encoding|headers?$/i.test(g.value.path)),
        );
      if (inner !== undefined && inner.value !== thing && this.steps++ < BUDGET) {
        for (const g of thing.given)
          if (g.value.kind === 'object' && /headers?$/i.test(g.value.name + (g.value.constructed ? '' : '')))
            this.headersOf(g.value);
        if (n === 'httpentity' && inner.value.kind === 'object' && /headers/i.test(inner.value.name))
          return this.headersOf(inner.value);
        return this.bodyOf(inner.value, at);
      }
      if (thing.receiver !== null && /^(?:encode|getbytes|bytes|tobytes|tostring|string|build)$/.test(n))
        return this.bodyOf(thing.receiver, at);
    }
    this.setBody('unknown', at, thing, null);
    this.paramsComplete = false;
  }

  private auth(thing: Thing, given: readonly Given[], at: Deed, name: string): void {
    if (given.length >= 2 && given.every((g) => g.value.kind !== 'map')) return this.basic(given, at);
    const write = (n: string, v: Value): Edit[] | null => this.editor.replaceAuth(at, n, v);
    if (thing.kind === 'list' && thing.items.length >= 2) {
      const [u, p] = thing.items.map((i) => this.reading.valueOf(i));
      const digest =
        thing.items[2] !== undefined && /digest|ntlm/i.test(valueText(this.reading.valueOf(thing.items[2])));
      this.credentials.push({
        role: digest ? 'digest' : 'basic',
        user: u ?? null,
        secret: p ?? null,
        start: at.start,
        end: at.end,
        write,
      });
    } else if (thing.kind === 'map') {
      const part = (re: RegExp): Value | null => {
        const e = thing.entries.find((x) => re.test(valueText(x.key)));
        return e === undefined ? null : this.reading.valueOf(e.value);
      };
      const [user, secret] = [part(/user|login/i), part(/pass|secret/i)];
      const bearer = part(/bearer|token/i);
      if (user !== null || secret !== null)
        this.credentials.push({ role: 'basic', user, secret, start: at.start, end: at.end, write });
      else if (bearer !== null)
        this.credentials.push({ role: 'bearer', user: null, secret: bearer, start: at.start, end: at.end, write });
    } else if (thing.kind === 'object' && /basic|digest|networkcredential/i.test(thing.path)) {
      const values = thing.given.map((g) => this.reading.valueOf(g.value));
      this.credentials.push({
        role: /digest/i.test(thing.path) ? 'digest' : 'basic',
        user: values[0] ?? null,
        secret: values[1] ?? null,
        start: at.start,
        end: at.end,
        write,
      });
    } else if (thing.kind === 'text' && /^basic$/i.test(flat(thing.value))) {
      this.credentials.push({ role: 'basic', user: null, secret: null, start: at.start, end: at.end, write });
    } else if (thing.kind === 'text' && /[:]/.test(flat(thing.value)) && !/^curlopt/.test(slotName(name))) {
      const s = flat(thing.value);
      this.credentials.push({
        role: 'basic',
        user: sliceValue(thing.value, 0, s.indexOf(':')),
        secret: sliceValue(thing.value, s.indexOf(':') + 1, s.length),
        start: at.start,
        end: at.end,
        write,
      });
    } else if (!(thing.kind === 'object' && /^(?:null|none|nil|false|no)$/i.test(thing.name))) this.unseen();
  }

  private basic(given: readonly Given[], at: Deed): void {
    const values = given
      .filter((g) => !/auth_?type|scheme/i.test(g.name ?? ''))
      .map((g) => this.reading.valueOf(g.value));
    let [user, secret] = values;
    if (values.length === 1 && user !== undefined) {
      if (given[0]?.value.kind === 'map') return this.auth(given[0].value, [], at, '');
      if (given[0]?.value.kind === 'list') return this.auth(given[0].value, [], at, '');
      const s = flat(user);
      const colon = s.indexOf(':');
      if (colon >= 0) [user, secret] = [sliceValue(user, 0, colon), sliceValue(user, colon + 1, s.length)];
    }
    this.credentials.push({
      role: 'basic',
      user: user ?? null,
      secret: secret ?? null,
      start: at.start,
      end: at.end,
      write: (n, v) => this.editor.replaceAuth(at, n, v),
    });
  }

  /** Parameters that a variable inside the address stands for. */
  embeddedQuery(value: Value): boolean {
    let all = true;
    for (const p of value.pieces) {
      if (p.kind !== 'variable') continue;
      const thing = this.reading.embedded.get(p);
      if (thing !== undefined) this.params(thing, 'query');
      else all = false;
    }
    return all;
  }
}

/** A header's name, also from constants like `HttpHeaders.CONTENT_TYPE`. */
function headerName(key: Thing, reading: Reading): string | null {
  if (key.kind === 'object' && key.origin !== 'made') {
    if (/^[A-Z_]+$/.test(key.name))
      return key.name
        .replace(/_/g, '-')
        .toLowerCase()
        .replace(/(^|-)[a-z]/g, (c) => c.toUpperCase());
    if (/^(?:Authorization|ContentType|Accept)$/.test(key.name)) return key.name.replace('ContentType', 'Content-Type');
    return null;
  }
  const value = reading.valueOf(key);
  if (!value.known) return null;
  const name = valueText(value);
  return /^[\w .:-]{1,60}$/.test(name)
    ? reading.language === 'ruby' && /^[a-z]+_[a-z]+$/.test(name)
      ? name.replace('_', '-')
      : name
    : null;
}

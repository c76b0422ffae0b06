// Follows from one sending call all that was given to it and done to what it is made of: address, headers, query, body, credentials.

import type { Body, Credential, Header, Param, Span, SyntaxFault, Value } from '../model';
import { CodeEditor } from './edit';
import type { Reading } from './evaluate';
import { gatherBodyOf, gatherJson, gatherSetBody, isBody } from './gather/body';
import { gatherAuth, gatherBasic } from './gather/credentials';
import { gatherDeed } from './gather/deeds';
import type { Address, Gathering } from './gather/gathering';
import { gatherHeaderProperty, gatherSchemeHeader, mediaTypeOf } from './gather/header-values';
import { gatherHeaderPair, gatherHeaders } from './gather/headers';
import {
  gatherEntry,
  gatherFunction,
  gatherMap,
  gatherObject,
  gatherText,
  hasSlots,
  looksHeaders,
  markUnseen,
} from './gather/objects';
import { gatherEmbeddedQuery, gatherParam, gatherParams } from './gather/params';
import { gatherSlot } from './gather/slots';
import type { Slot } from './slots';
import type { Deed, Given, MapEntry, MapThing, ObjectThing, Thing } from './things';

export class Gathered implements Gathering {
  readonly addresses: Address[] = [];
  readonly headers: Header[] = [];
  readonly query: Param[] = [];
  readonly bodyParams: Param[] = [];
  readonly credentials: Credential[] = [];
  readonly faults: SyntaxFault[] = [];
  readonly words: string[] = [];
  readonly modules: Value[] = [];
  port: Value | null = null;
  plain: Span | null = null;
  /** Objects that were passed, so that no second request is made of the same parts. */
  readonly seen = new Set<Thing>();
  method: string | null = null;
  body: Body | null = null;
  bodyMap = false;
  asForm = false;
  bodyContentType: string | null = null;
  optionHeaders: readonly Header[] | null = null;
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
  steps = 0;
  constructor(
    readonly reading: Reading,
    readonly sender: ObjectThing | null,
    readonly events: ReadonlySet<ObjectThing>,
  ) {
    this.editor = new CodeEditor(reading.text, reading.language);
  }
  note(at: Span): void {
    if (at.start < this.start) this.start = at.start;
    if (at.end > this.end) this.end = at.end;
  }

  deed(deed: Deed, context: Slot | null, of: ObjectThing | null = null): void {
    gatherDeed(this, deed, context, of);
  }

  headerPair(key: Thing, value: Thing, at: Span, place: Span = value): void {
    gatherHeaderPair(this, key, value, at, place);
  }

  slot(slot: Slot | null, name: string, given: readonly Given[], at: Deed): void {
    gatherSlot(this, slot, name, given, at);
  }

  map(map: MapThing, context: Slot | null): void {
    gatherMap(this, map, context);
  }

  unseen(): void {
    markUnseen(this);
  }

  schemeHeader(values: readonly Thing[], at: Span): void {
    gatherSchemeHeader(this, values, at);
  }

  param(key: Thing, value: Thing, at: Span, place: 'query' | 'body'): void {
    gatherParam(this, key, value, at, place);
  }

  headerProperty(name: string, value: Thing, at: Deed, place: Span = value): void {
    gatherHeaderProperty(this, name, value, at, place);
  }

  basic(given: readonly Given[], at: Deed): void {
    gatherBasic(this, given, at);
  }

  text(thing: Thing, slot: Slot | null): void {
    gatherText(this, thing, slot);
  }

  bodyOf(thing: Thing, at: Span): void {
    gatherBodyOf(this, thing, at);
  }

  looksHeaders(map: MapThing): boolean {
    return looksHeaders(map);
  }

  headersOf(thing: Thing, name = ''): void {
    gatherHeaders(this, thing, name);
  }

  hasSlots(map: MapThing): boolean {
    return hasSlots(map);
  }

  params(thing: Thing, place: 'query' | 'body'): void {
    gatherParams(this, thing, place);
  }

  isBody(object: ObjectThing): boolean {
    return isBody(object);
  }

  object(object: ObjectThing, context: Slot | null): void {
    gatherObject(this, object, context);
  }

  function(fn: Thing, context: Slot | null): void {
    gatherFunction(this, fn, context);
  }

  jsonOf(thing: Thing, at: Span): void {
    gatherJson(this, thing, at);
  }

  setBody(encoding: Body['encoding'], at: Span, thing: Thing, contentType: string | null, key = ''): void {
    gatherSetBody(this, encoding, at, thing, contentType, key);
  }

  auth(thing: Thing, given: readonly Given[], at: Deed, name: string): void {
    gatherAuth(this, thing, given, at, name);
  }

  mediaType(thing: Thing): Value {
    return mediaTypeOf(this, thing);
  }

  entry(key: Value, value: Thing, at: MapEntry, context: Slot | null): void {
    gatherEntry(this, key, value, at, context);
  }

  embeddedQuery(value: Value): boolean {
    return gatherEmbeddedQuery(this, value);
  }
}

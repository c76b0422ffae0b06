// What was gathered of a request, as the parts that gather see it.

import type { Body, Credential, Header, Param, Span, SyntaxFault, Value } from '../../model';
import type { CodeEditor } from '../edit';
import type { Reading } from '../evaluate';
import type { Slot } from '../slots';
import type { Deed, Given, MapEntry, MapThing, ObjectThing, Thing } from '../things';

/** A candidate for the address or a part of it. */
export interface Address {
  readonly value: Value;
  readonly slot: Slot | null;
  readonly thing: Thing;
  /** Where it is given, for parts whose order counts. */
  readonly at?: number;
}

/** What the parts share: all that was found so far, and each other. */
export interface Gathering {
  readonly addresses: Address[];
  readonly headers: Header[];
  readonly query: Param[];
  readonly bodyParams: Param[];
  readonly credentials: Credential[];
  readonly faults: SyntaxFault[];
  readonly words: string[];
  /** Modules that were required by name, as written. */
  readonly modules: Value[];
  port: Value | null;
  /** The word that names a connection without TLS. */
  plain: Span | null;
  /** Objects that were passed, so that no second request is made of the same parts. */
  readonly seen: Set<Thing>;
  method: string | null;
  body: Body | null;
  bodyMap: boolean;
  asForm: boolean;
  bodyContentType: string | null;
  /** Headers of an option that takes them all at once. */
  optionHeaders: readonly Header[] | null;
  queryComplete: boolean;
  paramsComplete: boolean;
  /** Something gives headers that nobody can see. */
  hiddenHeaders: boolean;
  /** A place for headers was in view. */
  headersShown: boolean;
  /** A name stands where an object of the snippet should be, in the chain of receivers. */
  freeReceiver: boolean;
  readonly editor: CodeEditor;
  start: number;
  end: number;
  steps: number;
  readonly reading: Reading;
  readonly sender: ObjectThing | null;
  readonly events: ReadonlySet<ObjectThing>;
  note(at: Span): void;
  deed(deed: Deed, context: Slot | null, of?: ObjectThing | null): void;
  headerPair(key: Thing, value: Thing, at: Span, place?: Span): void;
  slot(slot: Slot | null, name: string, given: readonly Given[], at: Deed): void;
  map(map: MapThing, context: Slot | null): void;
  unseen(): void;
  schemeHeader(values: readonly Thing[], at: Span): void;
  param(key: Thing, value: Thing, at: Span, place: 'query' | 'body'): void;
  headerProperty(name: string, value: Thing, at: Deed, place?: Span): void;
  basic(given: readonly Given[], at: Deed): void;
  text(thing: Thing, slot: Slot | null): void;
  bodyOf(thing: Thing, at: Span): void;
  looksHeaders(map: MapThing): boolean;
  headersOf(thing: Thing, name?: string): void;
  hasSlots(map: MapThing): boolean;
  params(thing: Thing, place: 'query' | 'body'): void;
  isBody(object: ObjectThing): boolean;
  object(object: ObjectThing, context: Slot | null): void;
  function(fn: Thing, context: Slot | null): void;
  jsonOf(thing: Thing, at: Span): void;
  setBody(encoding: Body['encoding'], at: Span, thing: Thing, contentType: string | null, key?: string): void;
  auth(thing: Thing, given: readonly Given[], at: Deed, name: string): void;
  mediaType(thing: Thing): Value;
  entry(key: Value, value: Thing, at: MapEntry, context: Slot | null): void;
  embeddedQuery(value: Value): boolean;
}

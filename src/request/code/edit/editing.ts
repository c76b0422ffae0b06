// The text and its style, as the parts that write see it.

import type { Edit, Param, Span, Value } from '../../model';
import type { Language } from '../language';
import type { ListThing, MapThing, ObjectThing, Thing } from '../things';

/** A call or assignment that sets one header or parameter. */
export interface SetDeed {
  readonly at: Span;
  readonly key: Thing;
  readonly value: Span;
}

export interface Opened {
  readonly pairs: readonly { readonly name: string; readonly value: Value }[];
  readonly edit: { readonly start: number; readonly end: number; text: string };
}

/** What the parts share: the text, its style, and where things stand. */
export interface Editing {
  /** Containers that were seen, as patterns to follow and places to write to. */
  headers: MapThing | ListThing | null;
  headerDeed: SetDeed | null;
  options: MapThing | null;
  queryMap: MapThing | null;
  bodyMap: MapThing | null;
  paramDeed: SetDeed | null;
  /** A call that sets the content type in a way of its own. */
  typeDeed: (Span & { readonly nameStart: number }) | null;
  sender: ObjectThing | null;
  /** The container that is written because there was none, with what goes into it. */
  opened: Opened | null;
  readonly quote: string;
  readonly text: string;
  readonly language: Language;
  render(value: Value): string;
  expression(place: Span, value: Value): Edit[];
  append(place: Span, item: string, size: number): Edit;
  repeat(deed: SetDeed, key: string, value: string): Edit[] | null;
  addHeader(name: string, value: Value): Edit[] | null;
  removeEntry(at: Span, map: MapThing): Edit[];
  removeStatement(at: Span): Edit[];
  collection(name: string, value: Value, lines: boolean): string;
  headerKey(key: Thing, name: string): Edit[];
  inLine(part: Span, name: string, value: Value): Edit[] | null;
  replaceAuth(at: Span, name: string, value: Value): Edit[] | null;
  withoutValidation(at: Span): Edit[];
  jsonBody(at: Span, key: string, thing: Thing): Edit[] | null;
  addParam(query: readonly Param[], name: string, value: string): Edit[] | null;
}

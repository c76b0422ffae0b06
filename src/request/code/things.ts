// What an expression of a snippet comes to: a value, a map, a list, an object with what was done to it, or a function.

import type { Value } from '../model';

interface At {
  readonly start: number;
  readonly end: number;
}

export interface Text extends At {
  readonly kind: 'text';
  readonly value: Value;
}

export interface MapEntry extends At {
  readonly key: Value;
  readonly value: Thing;
  /** Where the value is used; `value` itself may stand elsewhere, as a variable above. */
  readonly place: At;
}

export interface MapThing extends At {
  readonly kind: 'map';
  readonly entries: MapEntry[];
  /** Something is spread into it that nobody sees. */
  open: boolean;
  /** Place right behind the last entry, where another one may be written; null where it is not written as a literal. */
  readonly literal: At | null;
  /** `=>`, `:`, `=`: how keys and values are joined, '' where no entry shows it. */
  readonly separator: string;
}

export interface ListThing extends At {
  readonly kind: 'list';
  readonly items: Thing[];
  /** Where each item is used. */
  readonly places: At[];
  open: boolean;
  readonly literal: At | null;
}

export interface Given extends At {
  readonly name: string | null;
  readonly value: Thing;
}

/** Something done to an object: a method called or a property set. */
export interface Deed extends At {
  readonly name: string;
  readonly nameStart: number;
  readonly given: readonly Given[];
  readonly result: Thing | null;
  readonly kind: 'call' | 'set';
}

export interface ObjectThing extends At {
  readonly kind: 'object';
  /** Last word of what made it: class, method or variable, as written. */
  readonly name: string;
  /** All words, `HttpRequest.newBuilder`. */
  readonly path: string;
  readonly given: readonly Given[];
  readonly receiver: Thing | null;
  readonly properties: Map<string, Thing>;
  readonly deeds: Deed[];
  /** `made`: by a call or constructor in view; `member`: part of another object; `free`: a name that the text does not define. */
  readonly origin: 'made' | 'member' | 'free';
  /** Closing bracket of its arguments. */
  readonly close: number;
  readonly constructed: boolean;
}

export interface FunctionThing extends At {
  readonly kind: 'function';
  readonly params: readonly ObjectThing[];
  /** Calls without a receiver in its body. */
  readonly deeds: Deed[];
  result: Thing | null;
}

export type Thing = Text | MapThing | ListThing | ObjectThing | FunctionThing;

/** A map key or a string for look-ups: lower case without `_` and `-`. */
export function slotName(name: string): string {
  return name.toLowerCase().replace(/[_\-$@]/g, '');
}

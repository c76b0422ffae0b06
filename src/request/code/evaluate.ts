// Reads the statements of a snippet in order, as a person does: variables above, what was done to which object, what a call was given.

import type { Piece, Value } from '../model';
import { define, evaluateAssign } from './evaluate/assignments';
import { evaluateCall } from './evaluate/calls';
import { evaluateCollection, keyOf, setPart } from './evaluate/collections';
import type { Evaluation } from './evaluate/evaluation';
import { canonicalName, evaluateIndex, evaluateMember, isSelf, lookUp, makeObject } from './evaluate/names';
import { hoistConstants, inOrder, run, scanCalls } from './evaluate/nodes';
import { concatenated, evaluateString, sourceOf, unknownText, valueOf } from './evaluate/values';
import type { Language } from './language';
import type { FunctionThing, Given, MapThing, ObjectThing, Text, Thing } from './things';
import { parseCode } from './tree';
import type { Arg, Node } from './tree/node';

/** Everything a snippet made, in order. */
export interface Reading {
  readonly made: readonly ObjectThing[];
  readonly maps: readonly MapThing[];
  readonly variables: ReadonlyMap<string, Thing>;
  /** Things that stand for a whole query inside a URL, by the piece that names them. */
  readonly embedded: ReadonlyMap<Piece, Thing>;
  readonly language: Language;
  readonly text: string;
  valueOf(thing: Thing): Value;
}

/** Reads the stretch of text as code. */
export function readCode(text: string, start: number, end: number, language: Language): Reading {
  const evaluator = new Evaluator(text, language);
  const nodes = inOrder(parseCode(text, start, end, language));
  evaluator.scan(nodes);
  evaluator.hoist(nodes);
  for (const node of nodes) evaluator.run(node);
  return evaluator.reading();
}

class Evaluator implements Evaluation {
  readonly variables = new Map<string, Thing>();
  readonly made: ObjectThing[] = [];
  readonly maps: MapThing[] = [];
  readonly embedded = new Map<Piece, Thing>();
  readonly returns = new Map<string, Thing>();
  readonly sites = new Map<string, readonly Arg[]>();
  readonly functions: FunctionThing[] = [];
  current: string | null = null;
  depth = 0;
  readonly values = new Map<Thing, Value>();
  constructor(
    readonly text: string,
    readonly language: Language,
  ) {}
  reading(): Reading {
    return {
      made: this.made,
      maps: this.maps,
      variables: this.variables,
      embedded: this.embedded,
      language: this.language,
      text: this.text,
      valueOf: (t) => this.valueOf(t),
    };
  }

  unknown(node: Node): Text {
    return unknownText(this, node);
  }

  string(node: Node & { kind: 'string' }): Thing {
    return evaluateString(this, node);
  }

  lookUp(name: string, at: { start: number; end: number }): Thing {
    return lookUp(this, name, at);
  }

  member(node: Node & { kind: 'member' }): Thing {
    return evaluateMember(this, node);
  }

  index(node: Node & { kind: 'index' }): Thing {
    return evaluateIndex(this, node);
  }

  call(node: Node & { kind: 'call' }): Thing {
    return evaluateCall(this, node);
  }

  collection(node: Node & { kind: 'collection' }): Thing {
    return evaluateCollection(this, node);
  }

  assign(node: Node & { kind: 'assign' }): Thing {
    return evaluateAssign(this, node);
  }

  define(node: Node & { kind: 'function' }): Thing {
    return define(this, node);
  }

  concatenated(thing: Thing): Value {
    return concatenated(this, thing);
  }

  valueOf(thing: Thing): Value {
    return valueOf(this, thing);
  }

  source(at: { start: number; end: number }): string {
    return sourceOf(this, at);
  }

  run(node: Node): Thing {
    return run(this, node);
  }

  isSelf(node: Node): boolean {
    return isSelf(node);
  }

  canonical(name: string): string {
    return canonicalName(name);
  }

  object(
    name: string,
    path: string,
    given: readonly Given[],
    receiver: Thing | null,
    origin: ObjectThing['origin'],
    at: { start: number; end: number },
    close = at.end,
    constructed = false,
  ): ObjectThing {
    return makeObject(name, path, given, receiver, origin, at, close, constructed);
  }

  setPart(
    object: ObjectThing,
    name: string,
    value: Thing,
    at: { start: number; end: number },
    place: { start: number; end: number },
  ): void {
    setPart(object, name, value, at, place);
  }

  key(node: Node): Value {
    return keyOf(this, node);
  }

  scan(nodes: readonly Node[]): void {
    scanCalls(this, nodes);
  }

  hoist(nodes: readonly Node[]): void {
    hoistConstants(this, nodes);
  }
}

// What was read so far, as the parts that read see it.

import type { Piece, Value } from '../../model';
import type { Language } from '../language';
import type { FunctionThing, Given, MapThing, ObjectThing, Text, Thing } from '../things';
import type { Arg, Node } from '../tree/node';

/** What the parts share: what is known so far, and each other. */
export interface Evaluation {
  readonly variables: Map<string, Thing>;
  readonly made: ObjectThing[];
  readonly maps: MapThing[];
  readonly embedded: Map<Piece, Thing>;
  readonly returns: Map<string, Thing>;
  readonly sites: Map<string, readonly Arg[]>;
  readonly functions: FunctionThing[];
  current: string | null;
  depth: number;
  readonly values: Map<Thing, Value>;
  readonly text: string;
  readonly language: Language;

  unknown(node: Node): Text;
  string(node: Node & { kind: 'string' }): Thing;
  lookUp(name: string, at: { start: number; end: number }): Thing;
  member(node: Node & { kind: 'member' }): Thing;
  index(node: Node & { kind: 'index' }): Thing;
  call(node: Node & { kind: 'call' }): Thing;
  collection(node: Node & { kind: 'collection' }): Thing;
  assign(node: Node & { kind: 'assign' }): Thing;
  define(node: Node & { kind: 'function' }): Thing;
  concatenated(thing: Thing): Value;
  valueOf(thing: Thing): Value;
  source(at: { start: number; end: number }): string;
  run(node: Node): Thing;
  isSelf(node: Node): boolean;
  canonical(name: string): string;
  object(
    name: string,
    path: string,
    given: readonly Given[],
    receiver: Thing | null,
    origin: ObjectThing['origin'],
    at: { start: number; end: number },
    close?: unknown,
    constructed?: boolean,
  ): ObjectThing;
  setPart(
    object: ObjectThing,
    name: string,
    value: Thing,
    at: { start: number; end: number },
    place: { start: number; end: number },
  ): void;
  key(node: Node): Value;
  scan(nodes: readonly Node[]): void;
}

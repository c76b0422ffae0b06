// Strings, joined pieces and the values of things.

import type { Piece, Value } from '../../model';
import { makeValue, plainPieces, unknownValue } from '../../value';
import { stringMethod } from '../strings';
import type { Text, Thing } from '../things';
import { parseCode } from '../tree';
import type { Node } from '../tree/node';
import type { Evaluation } from './evaluation';
import { textThing } from './words';

export function unknownText(evaluation: Evaluation, node: Node): Text {
  return textThing(unknownValue(sourceOf(evaluation, node), node.start, node.end));
}

export function sourceOf(evaluation: Evaluation, at: { start: number; end: number }): string {
  return evaluation.text.slice(at.start, Math.min(at.end, at.start + 300));
}

export function evaluateString(evaluation: Evaluation, node: Node & { kind: 'string' }): Thing {
  const pieces: Piece[] = [];
  for (const p of node.parts) {
    if (p.kind === 'text') {
      if (p.end - p.start === p.text.length) pieces.push(...plainPieces(evaluation.text, p.start, p.end, 'none'));
      else pieces.push({ kind: 'text', text: p.text, start: p.start, end: p.end });
      continue;
    }
    const [inner] = parseCode(evaluation.text, p.start, p.end, evaluation.language);
    const thing = inner === undefined ? null : evaluation.run(inner);
    if (thing === null) pieces.push({ kind: 'variable', text: sourceOf(evaluation, p), start: p.start, end: p.end });
    else pieces.push(...piecesOf(evaluation, thing, p));
  }
  return { kind: 'text', value: makeValue(pieces, node.start, node.end), start: node.start, end: node.end };
}

/** Pieces of a thing inside a string; a map or object that stands for a query stays findable. */
function piecesOf(evaluation: Evaluation, thing: Thing, at: { start: number; end: number }): readonly Piece[] {
  const value = valueOf(evaluation, thing);
  if (thing.kind === 'text') return value.pieces;
  for (const p of value.pieces)
    if (p.kind === 'variable' && thing.kind === 'object' && !evaluation.embedded.has(p))
      evaluation.embedded.set(p, thing);
  if (value.pieces.length > 0) return value.pieces;
  const piece: Piece = { kind: 'variable', text: sourceOf(evaluation, at), start: at.start, end: at.end };
  evaluation.embedded.set(piece, thing);
  return [piece];
}

export function concatenated(evaluation: Evaluation, thing: Thing): Value {
  if (thing.kind === 'text') return thing.value;
  const pieces = piecesOf(evaluation, thing, thing);
  return makeValue(pieces, thing.start, thing.end, valueOf(evaluation, thing).via);
}

/** The text that a thing comes to, unknown parts as variables. */
export function valueOf(evaluation: Evaluation, thing: Thing): Value {
  if (thing.kind === 'text') return thing.value;
  const before = evaluation.values.get(thing);
  if (before !== undefined) return before;
  evaluation.values.set(thing, unknownValue(sourceOf(evaluation, thing), thing.start, thing.end));
  const value = computeValue(evaluation, thing);
  evaluation.values.set(thing, value);
  return value;
}

function computeValue(evaluation: Evaluation, thing: Exclude<Thing, Text>): Value {
  if (thing.kind === 'list') {
    const [only] = thing.items;
    if (thing.items.length === 1 && only !== undefined) return valueOf(evaluation, only);
  }
  if (thing.kind === 'object') {
    const made = stringMethod(thing, (t) => concatenated(evaluation, t));
    if (made !== null) {
      // A decoder's value is known by its expression alone.
      const pieces = made.via.includes('decoded')
        ? made.pieces.map((p) => (p.text === thing.path ? { ...p, text: sourceOf(evaluation, thing) } : p))
        : made.pieces;
      return { ...made, pieces, start: thing.start, end: thing.end };
    }
    if (thing.origin === 'free') return unknownValue(thing.path, thing.start, thing.end);
  }
  return unknownValue(sourceOf(evaluation, thing), thing.start, thing.end);
}

// Lists, maps and objects that are written out.

import { type Value, valueText } from '../../model';
import { makeValue } from '../../value';
import type { MapEntry, MapThing, ObjectThing, Thing } from '../things';
import type { Entry, Node } from '../tree/node';
import type { Evaluation } from './evaluation';

export function evaluateCollection(evaluation: Evaluation, node: Node & { kind: 'collection' }): Thing {
  const type =
    node.type === null
      ? null
      : node.type.kind === 'call'
        ? evaluation.run(node.type)
        : typeNameOf(evaluation, node.type);
  const typeName = type === null ? '' : typeof type === 'string' ? type : type.kind === 'object' ? type.name : '';
  if (
    type !== null &&
    typeof type !== 'string' &&
    type.kind === 'object' &&
    !/dictionary|map|list|hashtable|values|^$|collection|\[\]/i.test(typeName)
  ) {
    initialise(evaluation, type, node.entries);
    return type;
  }
  const keyed =
    node.entries.some((e) => e.key !== null) ||
    node.open === '@{' ||
    (node.open === '{' &&
      evaluation.language !== 'java' &&
      (evaluation.language !== 'go' || node.entries.length === 0) &&
      !/list|string|\[\]/i.test(typeName));
  const literal = { start: node.start, end: node.entries.at(-1)?.end ?? node.start + 1 };
  if (!keyed) {
    const items = node.entries.map((e) => evaluation.run(e.value));
    const pairs = pairsOf(items, node.entries);
    if (pairs !== null)
      return {
        kind: 'map',
        entries: pairs,
        open: node.entries.some((e) => e.spread),
        literal,
        separator: ',',
        start: node.start,
        end: node.end,
      };
    return {
      kind: 'list',
      items,
      places: node.entries.map((e) => e.value),
      open: node.entries.some((e) => e.spread),
      literal,
      start: node.start,
      end: node.end,
    };
  }
  const entries: MapEntry[] = [];
  let open = false;
  let separator = '';
  for (const e of node.entries) {
    if (e.key === null) {
      const value = evaluation.run(e.value);
      if (e.spread || e.value.kind === 'unknown') {
        if (value.kind === 'map') entries.push(...value.entries);
        else open = true;
      } else if (e.value.kind === 'name')
        entries.push({
          key: makeValue([{ kind: 'text', text: e.value.text, start: e.start, end: e.end }], e.start, e.end),
          value,
          place: e,
          start: e.start,
          end: e.end,
        });
      else if (value.kind === 'list' && value.items.length === 2) {
        const [k, v] = value.items;
        if (k !== undefined && v !== undefined)
          entries.push({ key: evaluation.valueOf(k), value: v, place: v, start: e.start, end: e.end });
      } else if (value.kind === 'object' && value.given.length === 2) {
        const [k, v] = value.given;
        if (k !== undefined && v !== undefined)
          entries.push({ key: evaluation.valueOf(k.value), value: v.value, place: v, start: e.start, end: e.end });
      } else if (value.kind === 'map') entries.push(...value.entries);
      else open = true;
      continue;
    }
    separator = /=>|:|=|->/.exec(evaluation.text.slice(e.key.end, e.value.start))?.[0] ?? separator;
    entries.push({
      key: keyOf(evaluation, e.key),
      value: evaluation.run(e.value),
      place: only(e.value),
      start: e.start,
      end: e.end,
    });
  }
  const map: MapThing = { kind: 'map', entries, open, literal, separator, start: node.start, end: node.end };
  evaluation.maps.push(map);
  return map;
}

/** Of a list of one (`{"Authorization": {value}}`) the item: a new value goes there, the brackets stay. */
function only(node: Node): Node {
  const [entry] = node.kind === 'collection' && node.type === null && node.open !== '@{' ? node.entries : [];
  return node.kind === 'collection' &&
    node.entries.length === 1 &&
    entry !== undefined &&
    entry.key === null &&
    !entry.spread
    ? entry.value
    : node;
}

/** Lists of pairs, `[("a", "b"), …]` and C#'s `{ "a", "b" }`. */
function pairsOf(items: readonly Thing[], entries: readonly Entry[]): MapEntry[] | null {
  if (items.length === 0) return null;
  const out: MapEntry[] = [];
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    const at = entries[i];
    if (item?.kind !== 'list' || item.items.length !== 2 || at === undefined) return null;
    const [k, v] = item.items;
    if (k?.kind !== 'text' || v === undefined) return null;
    out.push({ key: k.value, value: v, place: v, start: at.start, end: at.end });
  }
  return out;
}

export function keyOf(evaluation: Evaluation, node: Node): Value {
  if (node.kind === 'name')
    return makeValue([{ kind: 'text', text: node.text, start: node.start, end: node.end }], node.start, node.end);
  if (node.kind === 'collection' && node.entries.length === 1 && node.entries[0] !== undefined) {
    const inner = node.entries[0].value;
    return evaluation.valueOf(evaluation.run(inner));
  }
  if (node.kind === 'member')
    return makeValue([{ kind: 'text', text: node.name, start: node.start, end: node.end }], node.start, node.end);
  return evaluation.valueOf(evaluation.run(node));
}

function typeNameOf(evaluation: Evaluation, node: Node): string {
  if (node.kind === 'name') return node.text;
  if (node.kind === 'member') return node.name;
  return evaluation.source(node);
}

function initialise(evaluation: Evaluation, object: ObjectThing, entries: readonly Entry[]): void {
  for (const e of entries) {
    if (e.key === null) {
      evaluation.run(e.value);
      continue;
    }
    const name = e.key.kind === 'name' ? e.key.text : valueText(keyOf(evaluation, e.key));
    setPart(object, name, evaluation.run(e.value), e, e.value);
  }
}

export function setPart(
  object: ObjectThing,
  name: string,
  value: Thing,
  at: { start: number; end: number },
  place: { start: number; end: number },
): void {
  object.properties.set(name, value);
  object.deeds.push({
    name,
    nameStart: at.start,
    given: [{ name: null, value, start: place.start, end: place.end }],
    result: null,
    kind: 'set',
    start: at.start,
    end: at.end,
  });
}

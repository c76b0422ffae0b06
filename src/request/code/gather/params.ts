// Parameters of query and body.

import { literalBody } from '../../draft';
import { type Span, type Value, valueText } from '../../model';
import { flat, literalValueOf } from '../../value';
import type { MapEntry, MapThing, ObjectThing, Thing } from '../things';
import type { Gathering } from './gathering';
import { MODULE } from './makers';

/** Parameters that a map, list of pairs or query object holds. */
export function gatherParams(gathering: Gathering, thing: Thing, place: 'query' | 'body'): void {
  if (thing.kind !== 'text') {
    if (gathering.seen.has(thing)) return;
    gathering.seen.add(thing);
  }
  switch (thing.kind) {
    case 'map':
      if (thing.entries.some((e) => /^headers?$/i.test(valueText(e.key)) && e.value.kind !== 'text')) {
        gathering.seen.delete(thing);
        return gathering.map(thing, null);
      }
      gathering.note(thing);
      if (thing.open) hideParams(gathering);
      if (place === 'query') gathering.editor.queryMap ??= thing;
      else gathering.editor.bodyMap ??= thing;
      for (const e of thing.entries) gatherParamEntry(gathering, e.key, e.value, e, thing, place);
      return;
    case 'text': {
      const s = flat(thing.value);
      const { body, params } = literalBody(thing.value, 'form');
      if (/=/.test(s))
        (place === 'query' ? gathering.query : gathering.bodyParams).push(...params.map((p) => ({ ...p, in: place })));
      if (!body.complete || !/=/.test(s)) hideParams(gathering);
      return;
    }
    case 'list':
      for (const [i, item] of thing.items.entries()) {
        const pair = itemPair(item);
        if (item.kind === 'map') gatherParams(gathering, item, place);
        else if (pair !== null) gatherParam(gathering, pair[0], pair[1], thing.places[i] ?? item, place);
        else hideParams(gathering);
      }
      return;
    case 'object': {
      let found = false;
      if (thing.origin === 'made') gathering.note(thing);
      const named = namedParams(gathering, thing);
      if (named !== null) return gatherParams(gathering, named, place);
      for (const g of thing.given) {
        if (g.value.kind === 'map') {
          found = true;
          gatherParams(gathering, g.value, place);
        } else if (g.value.kind === 'text' && /=/.test(flat(g.value.value))) {
          found = true;
          gatherParams(gathering, g.value, place);
        } else if (g.value.kind === 'object' && thing.origin === 'made') {
          found = true;
          gatherParams(gathering, g.value, place);
        }
      }
      for (const d of thing.deeds) {
        const [k, v] = d.given;
        if (k !== undefined && v !== undefined) {
          found = true;
          gatherParam(gathering, k.value, v.value, d, place);
        } else if (k?.value.kind === 'map') {
          found = true;
          gatherParams(gathering, k.value, place);
        }
      }
      if (thing.receiver !== null && thing.receiver.kind !== 'text' && thing.origin === 'made') {
        const r = thing.receiver;
        const query =
          r.kind === 'map' ||
          (r.kind === 'object' && (r.origin === 'made' || (r.deeds.length > 0 && !MODULE.test(r.name))));
        if (query) {
          found = true;
          gatherParams(gathering, r, place);
        }
      }
      if (!found && !(thing.origin === 'made' && thing.given.length === 0)) hideParams(gathering);
      if (
        !found &&
        thing.origin === 'made' &&
        thing.given.length === 0 &&
        !thing.constructed &&
        thing.receiver === null
      )
        hideParams(gathering);
      return;
    }
    default:
      hideParams(gathering);
  }
}

/** `URLQueryItem(name: "year", value: "1")`, `.init(name: …, value: …)`: one parameter of a list. */
function itemPair(item: Thing): readonly [Thing, Thing] | null {
  if (item.kind !== 'object' || item.origin !== 'made') return null;
  const part = (name: string): Thing | undefined => item.given.find((g) => g.name === name)?.value;
  const [name, value] = [part('name') ?? part('key'), part('value')];
  return name === undefined || value === undefined ? null : [name, value];
}

/** `URI.encode_www_form(category: 'user')`, `httpx.QueryParams(category="user")`: the arguments' names are the keys. */
function namedParams(gathering: Gathering, thing: ObjectThing): MapThing | null {
  const { language } = gathering.reading;
  if (language !== 'ruby' && !/QueryParams$/.test(thing.name)) return null;
  const [first] = thing.given;
  const last = thing.given.at(-1);
  if (first === undefined || last === undefined || thing.origin !== 'made') return null;
  const entries: MapEntry[] = [];
  for (const { name, value, start, end } of thing.given) {
    if (name === null || name === '**') return null;
    const at = { start, end: start + name.length };
    entries.push({ key: literalValueOf(name, at), value, place: value, start, end });
  }
  const literal = { start: first.start, end: last.end };
  return {
    kind: 'map',
    entries,
    open: false,
    literal,
    separator: language === 'ruby' ? ':' : '=',
    start: thing.start,
    end: thing.end,
  };
}

function hideParams(gathering: Gathering): void {
  gathering.paramsComplete = false;
}

export function gatherParam(gathering: Gathering, key: Thing, value: Thing, at: Span, place: 'query' | 'body'): void {
  const k = gathering.reading.valueOf(key);
  if (!k.known) return hideParams(gathering);
  gathering.note(at);
  gathering.editor.paramDeed ??= { at, key, value };
  const v = gathering.reading.valueOf(value);
  const span = { start: k.pieces[0]?.start ?? k.start, end: k.pieces.at(-1)?.end ?? k.end };
  (place === 'query' ? gathering.query : gathering.bodyParams).push({
    name: valueText(k),
    nameSpan: span,
    value: v,
    in: place,
    start: at.start,
    end: at.end,
    remove: () => gathering.editor.removeStatement(at),
  });
}

function gatherParamEntry(
  gathering: Gathering,
  key: Value,
  value: Thing,
  at: Span,
  map: MapThing,
  place: 'query' | 'body',
): void {
  if (!key.known) return hideParams(gathering);
  const v = gathering.reading.valueOf(value);
  const span = { start: key.pieces[0]?.start ?? key.start, end: key.pieces.at(-1)?.end ?? key.end };
  (place === 'query' ? gathering.query : gathering.bodyParams).push({
    name: valueText(key),
    nameSpan: span,
    value: v,
    in: place,
    start: at.start,
    end: at.end,
    remove: () => gathering.editor.removeEntry(at, map),
  });
}

/** Parameters that a variable inside the address stands for. */
export function gatherEmbeddedQuery(gathering: Gathering, value: Value): boolean {
  let all = true;
  let before = '';
  for (const p of value.pieces) {
    const isValue = /[?&][\w.[\]%-]+=[^&]*$/.test(before);
    before += p.kind === 'text' ? p.text : '\uE000';
    // The value of one parameter is not a query of its own.
    if (p.kind !== 'variable' || isValue) continue;
    const thing = gathering.reading.embedded.get(p);
    if (thing !== undefined) gatherParams(gathering, thing, 'query');
    else all = false;
  }
  return all;
}

// Arguments that say by name what they are.

import { valueText } from '../../model';
import { flat, literalValueOf } from '../../value';
import { type Slot, methodOf, slotOf } from '../slots';
import type { Deed, Given, ObjectThing, Thing } from '../things';
import type { Gathering } from './gathering';

export function gatherSlot(
  gathering: Gathering,
  slot: Slot | null,
  name: string,
  given: readonly Given[],
  at: Deed,
): void {
  const first = given[0]?.value;
  if (slot === null || first === undefined) {
    if (slot === null)
      for (const g of given)
        if (g.value.kind === 'object' && !gathering.events.has(g.value)) gathering.object(g.value, null);
    return;
  }
  const second = given[1]?.value;
  switch (slot) {
    case 'headers': {
      const named = given.filter(
        (g) =>
          g.name !== null &&
          /^[A-Za-z][\w-]*$/.test(g.name) &&
          (slotOf(g.name) === null || /^(?:content-type|accept|user-agent|host)$/i.test(g.name)) &&
          !/^(?:for|with|value|name|key)/i.test(g.name),
      );
      if (named.length > 0 && named.length === given.length) {
        for (const g of named) {
          const key = { start: g.start, end: g.start + (g.name ?? '').length };
          gathering.headerPair(
            { kind: 'text', value: literalValueOf(g.name ?? '', key), ...key },
            g.value,
            named.length === 1 ? at : g,
            g.value,
          );
        }
        return;
      }
      const text = first.kind === 'text' ? first.value : null;
      if (text !== null && second !== undefined) {
        if (/forhttp/i.test(given[1]?.name ?? '')) return gathering.headerPair(second, first, at, given[0]);
        for (let i = 0; i + 1 < given.length; i += 2) {
          const [k, v] = [given[i]?.value, given[i + 1]?.value];
          if (k !== undefined && v !== undefined) gathering.headerPair(k, v, at, given[i + 1]);
        }
        return;
      }
      if (second !== undefined && (first.kind === 'object' || first.kind === 'text'))
        return gathering.headerPair(first, second, at, given[1]);
      return gathering.headersOf(first, name);
    }
    case 'query':
      if (second !== undefined && (first.kind === 'text' || first.kind === 'object'))
        return gathering.param(first, second, at, 'query');
      return gathering.params(first, 'query');
    case 'json':
      // `json: true` asks for an answer in JSON; it is no body.
      if (/^(?:true|false)$/i.test(valueText(gathering.reading.valueOf(first)).replace(/[{}]/g, ''))) return;
      return gathering.jsonOf(first, at);
    case 'form':
      gathering.setBody('form', at, first, 'application/x-www-form-urlencoded', name);
      return gathering.params(first, 'body');
    case 'multipart':
      gathering.setBody('multipart', at, first, 'multipart/form-data');
      return gathering.params(first, 'body');
    case 'body':
      if (second !== undefined && second.kind === 'object' && /json/i.test(second.path))
        return gathering.jsonOf(first, at);
      if (second !== undefined && second.kind === 'text' && /\//.test(flat(second.value)))
        gathering.bodyContentType = valueText(second.value);
      return gathering.bodyOf(first, at);
    case 'auth':
      return gathering.auth(first, given, at, name);
    case 'basic':
      return gathering.basic(given, at);
    case 'bearer':
      gathering.credentials.push({
        role: 'bearer',
        user: null,
        secret: gathering.reading.valueOf(first),
        start: at.start,
        end: at.end,
        write: (n, v) => gathering.editor.replaceAuth(at, n, v),
      });
      return;
    case 'method': {
      const m = valueText(gathering.reading.valueOf(first)).toUpperCase();
      const word = first.kind === 'object' ? methodOf(first.name) : null;
      if (second?.kind === 'object' && gathering.isBody(second)) gathering.bodyOf(second, given[1] ?? at);
      if (name === 'type' && isTypeName(m)) return gatherShortType(gathering, first, given[0] ?? first, at);
      if (word !== null) gathering.method = word;
      else if (/^[A-Z]{3,7}$/.test(m)) gathering.method = m;
      return;
    }
    case 'contentType': {
      const value = gathering.mediaType(first);
      gathering.editor.typeDeed ??= at;
      gathering.headersShown = true;
      gathering.headers.push({
        name: 'Content-Type',
        nameSpan: { start: at.nameStart, end: at.nameStart + name.length },
        value,
        start: at.start,
        end: at.end,
        write: (_n, v) => gathering.editor.expression(given[0] ?? first, v),
      });
      return;
    }
    case 'url':
    case 'base':
    case 'host':
    case 'path':
    case 'scheme':
      if (first.kind === 'function') return gathering.function(first, null);
      if (first.kind === 'object' && first.origin === 'made' && !isWholeBase(gathering, slot, first))
        gathering.object(first, null);
      if (slot === 'scheme' && first.kind !== 'text') return;
      gathering.addresses.push({ value: gathering.reading.valueOf(first), slot, thing: first });
      for (const g of given.slice(1)) if (g.value.kind === 'map') gathering.params(g.value, 'query');
      return;
    case 'port':
      gathering.port ??= gathering.reading.valueOf(first);
      return;
    case 'segment':
      gatherSegments(gathering, given);
      return;
    case 'options':
      // What JavaScript's clients call context is the caller's own.
      if (name === 'context' && gathering.reading.language === 'js') return;
      if (first.kind === 'map') gathering.map(first, null);
      else if (first.kind === 'object') gathering.object(first, null);
      return;
    default:
  }
}

/** `BaseAddress = new Uri("https://…")`: the object is the base and nothing else, no address of its own. */
function isWholeBase(gathering: Gathering, slot: Slot, thing: ObjectThing): boolean {
  return slot === 'base' && thing.deeds.length === 0 && /^https?:\/\//i.test(flat(gathering.reading.valueOf(thing)));
}

const SHORT_TYPES: Readonly<Record<string, string>> = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  urlencoded: 'application/x-www-form-urlencoded',
  'form-data': 'multipart/form-data',
  text: 'text/plain',
  xml: 'application/xml',
  html: 'text/html',
};

function isTypeName(word: string): boolean {
  return word.toLowerCase() in SHORT_TYPES || /^[A-Z.+-]+\/[A-Z0-9.+-]+/.test(word) || word === 'APPLICATION-JSON';
}

/** `.type('json')`: a content type by its short name. */
function gatherShortType(gathering: Gathering, thing: Thing, place: Given | Thing, at: Deed): void {
  const written = gathering.reading.valueOf(thing);
  const type = SHORT_TYPES[valueText(written).toLowerCase()];
  if (type === SHORT_TYPES['form']) gathering.asForm = true;
  const inner = { start: written.pieces[0]?.start ?? thing.start, end: written.pieces.at(-1)?.end ?? thing.end };
  gathering.editor.typeDeed ??= at;
  gathering.headersShown = true;
  gathering.headers.push({
    name: 'Content-Type',
    nameSpan: { start: at.nameStart, end: at.nameStart + at.name.length },
    value: type === undefined ? written : literalValueOf(type, inner),
    start: at.start < at.nameStart ? at.nameStart : at.start,
    end: at.end,
    write: (_n, v) => gathering.editor.expression(place, v),
  });
}

/** Parts of a path that are given one by one; a list gives several. */
function gatherSegments(gathering: Gathering, given: readonly Given[]): void {
  for (const { value, name, start } of given) {
    if (name !== null && /^(?:isdirectory|directoryhint|encode|fullyencode|encodeslash)$/i.test(name)) {
      const slash = /true|isdirectory/i.test(valueText(gathering.reading.valueOf(value)));
      if (slash && /direct/i.test(name))
        gathering.addresses.push({ value: literalValueOf('', value), slot: 'segment', thing: value, at: start });
      continue;
    }
    for (const thing of value.kind === 'list' ? value.items : [value])
      gathering.addresses.push({ value: gathering.reading.valueOf(thing), slot: 'segment', thing, at: start });
  }
}

// Headers from maps, lists, lines and properties.

import { splitHeader } from '../../draft';
import { type Edit, type Header, type Span, type Value, valueText } from '../../model';
import { flat, joinValues, literalValueOf, sliceValue } from '../../value';
import { type MapThing, type Thing, slotName } from '../things';
import type { Gathering } from './gathering';
import { headerName } from './makers';

/** A container of headers. */
export function gatherHeaders(gathering: Gathering, thing: Thing, name = ''): void {
  gathering.headersShown = true;
  const option = slotName(name) === 'curlopthttpheader';
  if (!option) return gatherContainer(gathering, thing, name);
  const before = gathering.optionHeaders ?? [];
  const from = gathering.headers.length;
  gatherContainer(gathering, thing, name);
  const own = gathering.headers.slice(from);
  gathering.optionHeaders = own;
  noteReplaced(gathering, before, own, thing);
}

/** An option that is set a second time takes the place of the first: what stood there alone never goes out. */
function noteReplaced(gathering: Gathering, before: readonly Header[], own: readonly Header[], thing: Thing): void {
  if (before.length === 0 || own.length === 0 || (thing.kind !== 'list' && thing.kind !== 'map')) return;
  gathering.editor.headers = thing;
  for (const old of before) {
    const at = gathering.headers.indexOf(old);
    if (at >= 0) gathering.headers.splice(at, 1);
    if (own.some((h) => h.name.toLowerCase() === old.name.toLowerCase())) continue;
    gathering.faults.push({
      kind: 'header-not-sent',
      name: old.name,
      start: thing.start,
      end: thing.end,
      edits: gathering.editor.addHeader(old.name, old.value) ?? [],
    });
  }
}

function gatherContainer(gathering: Gathering, thing: Thing, name: string): void {
  switch (thing.kind) {
    case 'map': {
      if (gathering.seen.has(thing)) return;
      gathering.seen.add(thing);
      gathering.note(thing);
      gathering.editor.headers ??= thing;
      if (thing.open) gathering.unseen();
      const lines = slotName(name) === 'curlopthttpheader';
      for (const e of thing.entries) {
        if (lines && !/^\d+$/.test(valueText(e.key))) noteUnsent(gathering, e.key, e, thing);
        else gathering.entry(e.key, e.value, e, 'headers');
      }
      return;
    }
    case 'list': {
      gathering.note(thing);
      gathering.editor.headers ??= thing;
      if (thing.open) gathering.unseen();
      for (const [i, item] of thing.items.entries()) {
        const before = gathering.headers.length;
        gatherHeaderText(gathering, gathering.reading.valueOf(item), thing.places[i] ?? item);
        if (item.kind === 'map') gatherHeaders(gathering, item);
        else if (gathering.headers.length === before && item.kind !== 'text') gathering.unseen();
      }
      return;
    }
    case 'text':
      return gatherHeaderText(gathering, thing.value, thing);
    case 'function':
      return gathering.function(thing, 'headers');
    case 'object': {
      if (gathering.seen.has(thing)) return;
      // Lines that a function puts together, `implode("\r\n", $lines)`.
      const lines = gathering.reading.valueOf(thing);
      if (thing.origin === 'made' && /^[\w-]+:/.test(flat(lines))) {
        gathering.seen.add(thing);
        const list = thing.given.find((g) => g.value.kind === 'list')?.value;
        if (list !== undefined) return gatherHeaders(gathering, list, name);
        return gatherHeaderText(gathering, lines, thing);
      }
      const [inner] = thing.given;
      if (inner !== undefined && (inner.value.kind === 'map' || inner.value.kind === 'list') && thing.origin === 'made')
        gatherHeaders(gathering, inner.value);
      if (
        thing.origin === 'made' &&
        !thing.constructed &&
        thing.deeds.length === 0 &&
        inner === undefined &&
        !/^(?:headers?|newheaders|httpheaders|make|create)$/i.test(thing.name)
      )
        gathering.unseen();
      if (thing.origin !== 'made' && thing.deeds.length === 0 && thing.properties.size === 0) gathering.unseen();
      gathering.object(thing, 'headers');
    }
  }
}

/** Keys in a list of header lines: the client sends the values alone, `Authorization` never goes out. */
function noteUnsent(gathering: Gathering, key: Value, at: Span, map: MapThing): void {
  const name = valueText(key);
  const value = map.entries.find((e) => e.key === key)?.value;
  const v = value === undefined ? null : gathering.reading.valueOf(value);
  const edits: Edit[] =
    v === null
      ? []
      : [
          {
            start: at.start,
            end: at.end,
            text: gathering.editor.render(joinValues([literalValueOf(`${name}: `, at), v], at.start, at.end)),
          },
        ];
  gathering.faults.push({ kind: 'header-not-sent', name, start: at.start, end: at.end, edits });
}

/** One or more `Name: value` lines in a string. */
function gatherHeaderText(gathering: Gathering, value: Value, thing: Span): void {
  const s = flat(value);
  let at = 0;
  for (const line of s.split('\n')) {
    const part = sliceValue(value, at, at + line.replace(/\r$/, '').length);
    at += line.length + 1;
    const parts = splitHeader(part);
    if (parts === null) continue;
    gathering.headersShown = true;
    gathering.note(part);
    const single = !s.trimEnd().includes('\n');
    gathering.headers.push({
      name: parts.name,
      nameSpan: parts.nameSpan,
      value: parts.value,
      start: part.start,
      end: Math.max(part.end, single ? thing.end : part.end),
      write: (n, v) =>
        single
          ? gathering.editor.expression(thing, joinValues([literalValueOf(`${n}: `, part), v], v.start, v.end))
          : gathering.editor.inLine(part, n, v),
    });
  }
}

export function gatherHeaderPair(gathering: Gathering, key: Thing, value: Thing, at: Span, place: Span = value): void {
  const name = headerName(key, gathering.reading);
  if (name === null) return gathering.unseen();
  gathering.headersShown = true;
  gathering.note(at);
  if (value.kind === 'object' && slotName(value.name) === 'authenticationheadervalue')
    return gathering.schemeHeader(
      value.given.map((g) => g.value),
      at,
    );
  const v = /^content-?type$/i.test(name) ? gathering.mediaType(value) : gathering.reading.valueOf(value);
  const nameAt = key.kind === 'text' ? (key.value.pieces[0] ?? key) : key;
  gathering.editor.headerDeed ??= { at, key, value: place };
  const origin = returned(gathering, value, at) ? value : place;
  gathering.headers.push({
    name,
    nameSpan: {
      start: nameAt.start,
      end: key.kind === 'text' ? (key.value.pieces.at(-1)?.end ?? nameAt.end) : nameAt.end,
    },
    value: v,
    start: at.start,
    end: at.end,
    write: (n, x) => [
      ...(n === name ? [] : gathering.editor.headerKey(key, n)),
      ...gathering.editor.expression(v.via.length > 0 ? origin : place, x),
    ],
  });
  if (isRefusedByDotnet(gathering, at, name, v))
    gathering.faults.push({
      kind: 'header-not-sent',
      name,
      start: at.start,
      end: at.end,
      edits: gathering.editor.withoutValidation(at),
    });
}

/** The value is what a function of the snippet returns: it is mended there. */
function returned(gathering: Gathering, value: Thing, at: Span): boolean {
  if (value.kind !== 'object' || value.origin !== 'made' || (value.start < at.end && at.start < value.end))
    return false;
  return /\breturn\s+\(?$/.test(gathering.reading.text.slice(Math.max(0, value.start - 12), value.start));
}

/** .NET parses `Headers.Add("Authorization", "user:secret")` and throws at the colon. */
function isRefusedByDotnet(gathering: Gathering, at: Span, name: string, value: Value): boolean {
  if (gathering.reading.language !== 'csharp' || !/^authorization$/i.test(name)) return false;
  const source = gathering.reading.text.slice(at.start, Math.min(at.end, at.start + 400));
  if (
    !/Headers\s*\.\s*Add\s*\(/.test(source) ||
    /HttpWebRequest|WebClient|WebRequest\.Create/.test(gathering.reading.text)
  )
    return false;
  const s = flat(value);
  return /^[^\s]*:/.test(s) || (s.includes(':') && !/^(?:Basic|Bearer)\s/i.test(s));
}

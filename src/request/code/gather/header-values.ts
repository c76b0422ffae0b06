// Headers whose value is made by a call: schemes, media types.

import { type Edit, type Span, type Value, valueText } from '../../model';
import { flat, joinValues, literalValueOf } from '../../value';
import { type Deed, type Thing, slotName } from '../things';
import type { Gathering } from './gathering';

export function gatherHeaderProperty(
  gathering: Gathering,
  name: string,
  value: Thing,
  at: Deed,
  place: Span = value,
): void {
  if (/^(?:authorization|contenttype|accept|useragent)$/i.test(name)) {
    const header = name.toLowerCase() === 'contenttype' ? 'Content-Type' : name;
    if (value.kind === 'object' && slotName(value.name) === 'authenticationheadervalue')
      return gatherSchemeHeader(
        gathering,
        value.given.map((g) => g.value),
        at,
      );
    gathering.headerPair(
      {
        kind: 'text',
        value: literalValueOf(header, { start: at.start, end: at.start }),
        start: at.nameStart,
        end: at.nameStart + name.length,
      },
      value,
      at,
      place,
    );
    return;
  }
  gathering.headerPair(
    {
      kind: 'text',
      value: literalValueOf(name, { start: at.nameStart, end: at.nameStart + name.length }),
      start: at.nameStart,
      end: at.nameStart + name.length,
    },
    value,
    at,
    place,
  );
}

/** `new AuthenticationHeaderValue("Basic", x)`. */
export function gatherSchemeHeader(gathering: Gathering, values: readonly Thing[], at: Span): void {
  gathering.headersShown = true;
  const [scheme, parameter] = values.map((v) => gathering.reading.valueOf(v));
  if (scheme === undefined) return;
  const value =
    parameter === undefined
      ? scheme
      : joinValues([scheme, literalValueOf(' ', { start: scheme.end, end: scheme.end }), parameter], at.start, at.end);
  const write = (n: string, v: Value): Edit[] | null => gathering.editor.replaceAuth(at, n, v);
  if (parameter === undefined && flat(scheme).includes(':'))
    gathering.faults.push({
      kind: 'header-not-sent',
      name: 'Authorization',
      start: at.start,
      end: at.end,
      edits: write('Authorization', scheme) ?? [],
    });
  gathering.headers.push({
    name: 'Authorization',
    nameSpan: { start: at.start, end: at.start + 1 },
    value,
    start: at.start,
    end: at.end,
    write,
  });
}

/** A media type as text, also `MediaType.APPLICATION_JSON`, `:json`, `ContentType.Json`. */
export function mediaTypeOf(gathering: Gathering, thing: Thing): Value {
  const value = gathering.reading.valueOf(thing);
  const s = valueText(value);
  if (thing.kind === 'object') {
    const inner = thing.given[0]?.value;
    if (inner !== undefined && thing.origin === 'made') return mediaTypeOf(gathering, inner);
    if (
      /APPLICATION_?JSON(?:_VALUE|_UTF8)?$|MediaTypeNames\.Application\.Json$|ContentType\.(?:APPLICATION_JSON|Json)$|MIMEApplicationJSON$/i.test(
        thing.path,
      )
    )
      return literalValueOf('application/json', thing);
    if (/FORM_?URL_?ENCODED/i.test(thing.path)) return literalValueOf('application/x-www-form-urlencoded', thing);
  }
  if (
    s === 'json' &&
    /^[:'"]/.test(gathering.reading.text.slice(thing.start, thing.start + 1)) &&
    gathering.reading.language === 'ruby'
  )
    return literalValueOf('application/json', thing);
  return value;
}

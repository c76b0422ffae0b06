// Writing parameters and bodies.

import type { Edit, Param, Span } from '../../model';
import { literalValueOf } from '../../value';
import { literal } from '../render';
import type { MapThing, Thing } from '../things';
import type { Editing } from './editing';

/** The same parameters as a JSON body. */
export function writeJsonBody(editing: Editing, at: Span, key: string, thing: Thing): Edit[] | null {
  const source = editing.text.slice(at.start, at.end);
  const named = /^(["']?)(form_params|form|multipart|data|body)\1(?=\s*(?:=>|=|:))/.exec(source);
  const wrap =
    editing.language === 'php'
      ? 'json_encode'
      : editing.language === 'js'
        ? 'JSON.stringify'
        : editing.language === 'python'
          ? 'json.dumps'
          : null;
  if (named !== null && key !== '' && !(editing.language === 'js' && /fetch/.test(editing.text)))
    return [{ start: at.start, end: at.start + named[0].length, text: `${named[1] ?? ''}json${named[1] ?? ''}` }];
  if (editing.language === 'php' && /Http::/.test(editing.text)) {
    const as = /->asForm\(\)|asForm\(\)->/.exec(editing.text);
    return as === null ? null : [{ start: as.index, end: as.index + as[0].length, text: '' }];
  }
  if (wrap === null) return null;
  const inner =
    thing.kind === 'object' && thing.origin === 'made' && thing.given.length === 1 ? thing.given[0] : undefined;
  if (inner !== undefined)
    return [{ start: thing.start, end: thing.end, text: `${wrap}(${editing.text.slice(inner.start, inner.end)})` }];
  const place = thing.start >= at.start && thing.end <= at.end ? thing : null;
  return place === null
    ? null
    : [{ start: place.start, end: place.end, text: `${wrap}(${editing.text.slice(place.start, place.end)})` }];
}

/** Beside the last entry where that one came from somewhere else: the arguments of a call, a map that was spread. */
function besideSpread(editing: Editing, map: MapThing, name: string, value: string): Edit | null {
  const last = map.entries.at(-1);
  const { literal } = map;
  if (last === undefined || literal === null || (last.start >= literal.start && last.end <= literal.end)) return null;
  const { text } = editing;
  const keyEnd = last.key.pieces.at(-1)?.end ?? last.key.end;
  const quote = /["'`]/.exec(text[keyEnd] ?? '')?.[0] ?? '';
  const joint = text.slice(keyEnd + quote.length, last.place.start);
  if (!/^\s*(?:=>|=|:)\s*$/.test(joint) || last.place.start < keyEnd) return null;
  const rendered = /^\d+$/.test(value) ? value : editing.render(literalValueOf(value, { start: 0, end: 0 }));
  return { start: last.end, end: last.end, text: `, ${quote}${name}${quote}${joint}${rendered}` };
}

/** Writes a parameter where the others stand. */
export function addParam(editing: Editing, query: readonly Param[], name: string, value: string): Edit[] | null {
  const map = editing.queryMap ?? editing.bodyMap;
  const v = literalValueOf(value, { start: 0, end: 0 });
  if (map?.literal !== undefined && map.literal !== null && map.entries.length > 0) {
    const spread = besideSpread(editing, map, name, value);
    if (spread !== null) return [spread];
    const first = map.entries[0];
    const bare = first !== undefined && /\w/.test(editing.text[first.start] ?? '');
    const sep = map.separator === '' ? ':' : map.separator;
    const number = /^\d+$/.test(value) && editing.language !== 'go';
    const rendered = number ? value : editing.render(v);
    const joined = sep === ':' ? ': ' : sep === ',' ? ', ' : ` ${sep} `;
    const key = bare ? name : literal(name, editing.quote);
    const go =
      editing.language === 'go' && /\{\s*\{|:\s*\{/.test(editing.text.slice(map.literal.start, map.literal.end))
        ? `{${rendered}}`
        : rendered;
    const bracket =
      editing.language === 'csharp' && editing.text[first?.start ?? 0] === '['
        ? `[${literal(name, '"')}] = ${rendered}`
        : `${key}${joined}${go}`;
    return [editing.append(map.literal, bracket, map.entries.length)];
  }
  const last = query.at(-1);
  if (last !== undefined && editing.paramDeed === null)
    return [{ start: last.end, end: last.end, text: `&${name}=${value}` }];
  if (editing.paramDeed !== null)
    return editing.repeat(editing.paramDeed, literal(name, editing.quote), editing.render(v));
  return null;
}

// A second look at the redacted text: what the first replacement laid bare goes too, so that redacting twice changes nothing.
import type { Compiled } from './compile';
import { clipToStrings } from './json-spans';
import { recall } from './recall';
import { searchText } from './search';
import { joinSpans, replaceSpans, trimToEscapes, type Located, type Place } from './spans';

const MAX_ROUNDS = 2;

/** The spans, and those that show only when these are replaced. Looks at the surroundings of the placeholders only. @unredacted */
export function lookAgain(pack: Compiled, raw: string, first: Located[]): Located[] {
  let spans = first;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const { text, places } = replaceSpans(raw, spans);
    const more: Located[] = [];
    for (const finding of searchText(pack, text, undefined, places)) {
      const rawStart = backToRaw(finding.rawStart, false, spans, places);
      const rawEnd = backToRaw(finding.rawEnd, true, spans, places);
      if (!isCovered(spans, rawStart, rawEnd)) more.push({ ...finding, rawStart, rawEnd });
    }
    if (more.length === 0) break;
    const next = tidy(raw, spans.concat(more, recall(pack, raw, more, undefined)));
    if (isSame(next, spans)) break;
    spans = next;
  }
  return spans;
}

/** Findings as sorted, disjoint spans that cut no escape and no string of a JSON document. */
export function tidy(raw: string, found: readonly Located[]): Located[] {
  const spans: Located[] = [];
  for (const span of joinSpans(found)) {
    const trimmed = trimToEscapes(raw, span);
    if (trimmed !== undefined) spans.push(trimmed);
  }
  return clipToStrings(raw, spans);
}

/** Number of the first item for which `holds`; it holds for all behind that one. */
function firstWhere(count: number, holds: (i: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** An offset in the redacted text as one in the raw text. `end`: it ends a finding. */
function backToRaw(at: number, end: boolean, spans: readonly Located[], places: readonly Place[]): number {
  const i = firstWhere(places.length, (k) => (places[k] as Place).start >= at) - 1;
  if (i < 0) return at;
  const place = places[i] as Place;
  const span = spans[i] as Located;
  if (at < place.end) return end ? span.rawEnd : span.rawStart;
  return at + span.rawEnd - place.end;
}

function isCovered(spans: readonly Located[], start: number, end: number): boolean {
  const span = spans[firstWhere(spans.length, (k) => (spans[k] as Located).rawEnd >= end)];
  return span !== undefined && span.rawStart <= start;
}

function isSame(a: readonly Located[], b: readonly Located[]): boolean {
  return a.length === b.length && a.every((span, i) => span.rawStart === b[i]?.rawStart && span.rawEnd === b[i].rawEnd);
}

// The parts of a text in which something may have changed by a replacement: some lines around each place.
import { isSpace } from './units';

/** Twice as far as the detectors look from line to line: what they find inside depends on nothing outside. */
const LINES = 6;
/** Units of a long line on each side, and how far its words may go on. */
const UNITS = 2000;
const MAX_WORD = 400;

/** Pairs of offsets, sorted and disjoint. `places` are sorted. */
export function regionsAround(text: string, places: readonly { start: number; end: number }[]): number[] {
  const regions: number[] = [];
  for (const { start, end } of places) {
    const last = regions.length - 1;
    // Well inside what is known already.
    if (last > 0 && (regions[last] as number) >= text.length) break;
    const from = before(text, start);
    const to = behind(text, end);
    if (last > 0 && from <= (regions[last] as number)) regions[last] = Math.max(regions[last] as number, to);
    else regions.push(from, to);
  }
  return regions;
}

function before(text: string, place: number): number {
  const min = Math.max(0, place - UNITS);
  const head = text.slice(min, place);
  let at = head.length;
  for (let lines = 0; lines <= LINES; lines++) {
    at = at > 0 ? head.lastIndexOf('\n', at - 1) : -1;
    if (at < 0) return wordStart(text, min);
  }
  return min + at + 1;
}

function behind(text: string, place: number): number {
  const max = Math.min(text.length, place + UNITS);
  const tail = text.slice(place, max);
  let at = -1;
  for (let lines = 0; lines <= LINES; lines++) {
    at = tail.indexOf('\n', at + 1);
    if (at < 0) return wordEnd(text, max);
  }
  return place + at;
}

function wordStart(text: string, at: number): number {
  let from = at;
  while (from > 0 && at - from < MAX_WORD && !isSpace(text.charCodeAt(from - 1))) from--;
  return from;
}

function wordEnd(text: string, at: number): number {
  let to = at;
  while (to < text.length && to - at < MAX_WORD && !isSpace(text.charCodeAt(to))) to++;
  return to;
}

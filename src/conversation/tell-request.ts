// A pasted request as a reply shows it: only its own lines, with the faults marked in them.
import type { Finding } from '../types';
import type { ToldRequest } from './event';

/** UTF-16 units that are shown of a message; a fault far from the others stands in the list only. */
const MOST_UNITS = 4000;

/** `text`: the redacted message; `correction`: where in it stands what `corrected` puts right. */
export function tellRequest(
  text: string,
  findings: readonly Finding[],
  correction: { readonly start: number; readonly end: number } | null,
  corrected: string | null,
): ToldRequest {
  const spans = [...(correction === null ? [] : [correction]), ...findings];
  const [first] = spans;
  if (first === undefined) return { text: '', findings: [], corrected };
  let { start, end } = linesAround(text, first.start, first.end);
  for (const span of spans.slice(1)) {
    const wider = linesAround(text, Math.min(start, span.start), Math.max(end, span.end));
    if (wider.end - wider.start <= MOST_UNITS) ({ start, end } = wider);
  }
  end = Math.min(end, start + MOST_UNITS);
  const shown = findings.map(({ id, text: told, suggestion, ...place }) => {
    const isInside = place.start >= start && place.end <= end;
    return {
      id,
      start: isInside ? place.start - start : 0,
      end: isInside ? place.end - start : 0,
      text: told,
      ...(suggestion === undefined ? {} : { suggestion }),
    };
  });
  return { text: text.slice(start, end), findings: shown, corrected };
}

function linesAround(text: string, start: number, end: number): { start: number; end: number } {
  const close = text.indexOf('\n', Math.max(end - 1, start));
  return { start: text.lastIndexOf('\n', start - 1) + 1, end: close < 0 ? text.length : Math.max(close, end) };
}

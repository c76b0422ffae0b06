// Keeps JSON documents parseable: a span never leaves the string literal in which it lies.
import { trimToEscapes, type Located } from './spans';

const STRING = /"(?:[^"\\]|\\.)*"/g;
const MAX_DOCUMENT = 1 << 20;

/** The spans cut to the strings of a JSON document; unchanged where the text is none. Spans are sorted and disjoint. */
export function clipToStrings(raw: string, spans: Located[]): Located[] {
  if (spans.length === 0 || raw.length > MAX_DOCUMENT || !/^\s*[[{"]/.test(raw) || !isJson(raw)) return spans;
  const clipped: Located[] = [];
  let next = 0;
  for (const match of raw.matchAll(STRING)) {
    const start = match.index + 1;
    const end = match.index + match[0].length - 1;
    while (next < spans.length && (spans[next] as Located).rawEnd <= start) {
      const span = spans[next++] as Located;
      if (span.quote === true) clipped.push(span);
    }
    for (let i = next; i < spans.length && (spans[i] as Located).rawStart < end; i++) {
      const span = spans[i] as Located;
      const piece = trimToEscapes(raw, {
        ...span,
        quote: false,
        rawStart: Math.max(start, span.rawStart),
        rawEnd: Math.min(end, span.rawEnd),
      });
      if (piece !== undefined) clipped.push(piece);
    }
  }
  for (; next < spans.length; next++) if (spans[next]?.quote === true) clipped.push(spans[next] as Located);
  return clipped;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

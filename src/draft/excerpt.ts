// Cuts from a message what a reader of the ticket needs: the sentences that evidence stands in, and a long text's telling lines.

/** A place in a text, UTF-16 units. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

const SENTENCE_END = /[.!?](?=\s)|[。！？\n]/g;
const MOST_SENTENCE = 200;
const SIDE = 70;
const CUT = '…';

/** Moves an offset off the middle of a surrogate pair. */
function whole(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}

/** The sentence or line that a place stands in, cut to its surroundings where it is long. */
function sentenceAround(text: string, place: Place): Place {
  const from = Math.max(0, place.start - 1000);
  const window = text.slice(from, Math.min(text.length, place.end + 1000));
  let start = from;
  let end = from + window.length;
  for (const match of window.matchAll(SENTENCE_END)) {
    const after = from + match.index + match[0].length;
    if (after <= place.start) start = after;
    else if (after >= place.end) {
      end = after;
      break;
    }
  }
  return { start, end };
}

/**
 * Distinct sentences around `places` in the order of the text, at most `most`, each at most about 200 UTF-16 units and marked where cut.
 * The first places count most: later ones are left out first.
 */
export function quoteSentences(text: string, places: readonly Place[], most: number): string[] {
  const chosen: Place[] = [];
  for (const place of places) {
    if (place.end <= place.start) continue;
    let { start, end } = sentenceAround(text, place);
    if (end - start > MOST_SENTENCE) {
      start = Math.max(start, place.start - SIDE);
      end = Math.min(end, Math.min(place.end, start + MOST_SENTENCE) + SIDE);
    }
    if (chosen.some((other) => start < other.end && other.start < end)) continue;
    chosen.push({ start: whole(text, start), end: whole(text, end) });
    if (chosen.length === most) break;
  }
  return chosen
    .sort((a, b) => a.start - b.start)
    .map(({ start, end }) => {
      const open = start > 0 && !/[\s.!?。！？]/.test(text[start - 1] ?? ' ') ? CUT : '';
      const close = end < text.length && !/[.!?。！？\n]/.test(text[end - 1] ?? ' ') ? CUT : '';
      return `${open}${text.slice(start, end).trim()}${close}`;
    })
    .filter((sentence) => sentence.replaceAll(CUT, '') !== '');
}

/** `text` where it has at most `most` UTF-16 units; else its beginning and the lines around `places`, gaps marked, at most about `most` units. */
export function excerpt(text: string, places: readonly Place[], most: number): string {
  if (text.length <= most) return text;
  const side = Math.floor(most / 10);
  const lineStart = (at: number): number => Math.max(text.lastIndexOf('\n', at - 1) + 1, at - side);
  const lineEnd = (at: number): number => {
    const next = text.indexOf('\n', at);
    return Math.min(next < 0 ? text.length : next, at + side);
  };
  const wanted: Place[] = [{ start: 0, end: lineEnd(side) }];
  let length = wanted[0]?.end ?? 0;
  for (const place of places) {
    const start = lineStart(Math.max(0, place.start - side));
    const end = lineEnd(Math.min(text.length, place.end + side));
    if (length + end - start > most) break;
    wanted.push({ start, end });
    length += end - start;
  }
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of wanted.sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && start <= last.end + 1) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  const parts = merged.map(({ start, end }) => text.slice(whole(text, start), whole(text, end)));
  return `${parts.join(`\n${CUT}\n`)}${(merged.at(-1)?.end ?? 0) < text.length ? `\n${CUT}` : ''}`;
}

// Runs the speech detector over the lines with cues and the lines right behind them.
import { lineEndAt, type Finding, type Search } from '../finding';
import { hasMixed, wordsOf } from '../units';
import { Line, type Around, type Mention } from './line';
import { findSpeech, pointsOn } from './speech';
import { tokenise } from './tokens';

const MAX_SPEECH_LINE = 1600;
const NEAR_LINES = 2;
/** Lines before and behind a cue that are looked at. */
const REACH = 3;
/** A text of this length is a message: all its lines are looked at. */
const MESSAGE = 1500;
const WIDE_GAP = 3;
/** Places around one, the nearest first. */
const STEPS = [-1, 1, -2, 2, -3, 3];
/** A line so short may be the one that leads to a value on the next. */
const SHORT = 40;
const ANNOUNCED = 160;
/** The line of a log: it opens with a time or an address. */
const STAMPED = /^\s*(?:[[{<(]?\d{4}-\d\d-\d\d|\p{Lu}\p{Ll}{2} {1,2}\d{1,2} \d\d:|\d{1,3}\.\d{1,3}\.)/u;
/** A line of data opens with a bracket. */
const DATA = /^\s*[[{<]/;

const isStamped = (text: string, from: number): boolean => STAMPED.test(text.slice(from, from + 24));

/** A line to look at. */
interface Place {
  readonly from: number;
  readonly to: number;
  /** First and one past the last of its mentions. */
  readonly first: number;
  readonly last: number;
  /** A line with a cue of its own, or one of a message. */
  readonly cued: boolean;
  /** Lines from the place before it; a wide gap parts two subjects. */
  readonly gap: number;
  /** Words of credential talk in the line, counted when asked for. */
  readonly talk: () => number;
}

/** Runs the speech detector over the lines with cues and the lines around them. */
export function speak(
  search: Search,
  mentions: readonly Mention[],
  cueLines: readonly number[],
  expects: string | undefined,
): void {
  const { text } = search;
  const places = placesOf(search, mentions, cueLines, expects !== undefined || text.length <= MESSAGE);
  const found = [...search.findings].sort((a, b) => a.start - b.start);
  let near: string | undefined;
  let nearLines = 0;
  let waiting = expects;
  let doubtful = false;
  let previous = -1;
  for (let p = 0; p < places.length; p++) {
    const { from, to, first, last, cued } = places[p] as Place;
    // Blank lines in between count as lines.
    for (let at = previous; at >= 0 && at < from && nearLines > 0; at = text.indexOf('\n', at) + 1) {
      if (at === 0) break;
      nearLines--;
    }
    if (nearLines <= 0) near = undefined;
    if (previous >= 0 && from > previous && text.slice(previous, Math.min(from, previous + 2000)).trim() !== '') {
      near = undefined;
      waiting = undefined;
    }
    previous = Math.min(text.length, text.indexOf('\n', to) + 1 || text.length);
    nearLines--;
    const own = mentions.slice(first, last);
    // In a long text a log's line without a cue, and that no line leads to, tells nothing.
    if (!cued && waiting === undefined && isStamped(text, from)) {
      doubtful = false;
      continue;
    }
    const around = aroundOf(places, p, mentions, found);
    if (
      own.length === 0 &&
      near === undefined &&
      waiting === undefined &&
      !hasMixed(text, from, Math.min(to, from + MAX_SPEECH_LINE)) &&
      !(around.kind === 'one-time-code' && /\d{6}|\d{3}[ -]\d{3}/.test(text.slice(from, Math.min(to, from + 200))))
    ) {
      doubtful =
        (to - from <= SHORT || (to - from <= ANNOUNCED && text[to - 1] === ':')) &&
        pointsOn(new Line(search, tokenise(text, from, to), own));
      if (doubtful) waiting = 'password';
      continue;
    }
    if (to - from > MAX_SPEECH_LINE) {
      speakInWindows(search, from, to, own, around);
      waiting = undefined;
      continue;
    }
    const outcome = findSpeech(search, from, to, own, { near, waiting, doubtful, around });
    waiting = outcome.waits;
    doubtful = outcome.doubtful === true;
    if (outcome.noun !== undefined) {
      near = outcome.noun;
      nearLines = NEAR_LINES;
    }
  }
}

/** The lines with cues, and some lines before and behind each that opens like running text. No blank ones. */
function placesOf(search: Search, mentions: readonly Mention[], cueLines: readonly number[], all: boolean): Place[] {
  const { text } = search;
  const places: Place[] = [];
  const isCue = new Set(cueLines);
  let m = 0;
  let done = -1;
  const add = (from: number, to: number, cued: boolean): void => {
    done = from;
    while (m < mentions.length && (mentions[m] as Mention).end <= from) m++;
    const first = m;
    while (m < mentions.length && (mentions[m] as Mention).start < to) m++;
    if (text.slice(from, Math.min(to, from + 200)).trim() === '') return;
    let talk: number | undefined;
    const before = places.at(-1);
    const gap = before === undefined ? 0 : text.slice(before.to, Math.min(from, before.to + 40)).split('\n').length - 1;
    places.push({ from, to, first, last: m, cued, gap, talk: () => (talk ??= talkOf(search, from, to)) });
  };
  for (const cue of all ? [0] : cueLines) {
    const reach = all ? Infinity : isStamped(text, cue) || DATA.test(text.slice(cue, cue + 24)) ? 0 : REACH;
    let from = cue;
    for (let i = 0; i < reach && from > 0; i++) {
      const before = text.lastIndexOf('\n', from - 2) + 1;
      if (before <= done || from - before > MAX_SPEECH_LINE) break;
      from = before;
    }
    for (let left = reach; from <= text.length && left >= 0;) {
      const to = lineEndAt(text, from);
      if (from > done) add(from, to, all || isCue.has(from));
      if (from >= cue) left--;
      const following = text.indexOf('\n', to) + 1;
      if (following === 0 || following >= text.length) break;
      from = following;
    }
  }
  return places;
}

function talkOf(search: Search, from: number, to: number): number {
  const { lexicon } = search.pack;
  const line = search.text.slice(from, Math.min(to, from + MAX_SPEECH_LINE)).toLowerCase();
  return lexicon.talkIn(wordsOf(line), lexicon.hasWide(line));
}

/** Does a wide gap stand between place `p` and the one `step` places on? */
function isApart(places: readonly Place[], p: number, step: number): boolean {
  const [from, to] = step > 0 ? [p + 1, p + step] : [p + step + 1, p];
  for (let i = from; i <= to; i++) if ((places[i]?.gap ?? 0) > WIDE_GAP) return true;
  return false;
}

function aroundOf(
  places: readonly Place[],
  p: number,
  mentions: readonly Mention[],
  found: readonly Finding[],
): Around {
  let nouns = 0;
  let kind: string | undefined;
  const near: Place[] = [];
  for (const step of STEPS) {
    const place = places[p + step];
    if (place === undefined || isApart(places, p, step)) continue;
    near.push(place);
    for (let m = place.first; m < place.last; m++) {
      const { noun } = mentions[m] as Mention;
      if (noun.kind === 'user') continue;
      const weight = (Math.abs(step) === 1 ? 1.5 : 1) - (noun.strong ? 0 : 0.5);
      if (weight > nouns) {
        nouns = weight;
        kind = noun.kind;
      }
    }
  }
  return {
    nouns,
    get talk() {
      return near.reduce((sum, place) => sum + place.talk(), 0);
    },
    kind,
    found,
  };
}

/** A long line is looked at around its nouns only. */
function speakInWindows(search: Search, from: number, to: number, mentions: readonly Mention[], around: Around): void {
  const { text } = search;
  const reach = 300;
  let done = from;
  for (let i = 0; i < mentions.length;) {
    const first = mentions[i] as Mention;
    let start = Math.max(done, first.start - reach);
    while (start > done && start < first.start && !/\s/.test(text[start - 1] ?? '')) start++;
    let end = Math.min(to, first.end + reach);
    const own = [first];
    for (i++; i < mentions.length && (mentions[i] as Mention).start < end && own.length < 8; i++)
      own.push(mentions[i] as Mention);
    const lastEnd = (own.at(-1) as Mention).end;
    end = Math.min(to, Math.max(end, lastEnd));
    while (end < to && end - lastEnd < 2 * reach && !/\s/.test(text[end] ?? '')) end++;
    if (first.start >= start)
      findSpeech(search, start, end, own, { near: undefined, waiting: undefined, doubtful: false, around });
    done = end;
  }
}

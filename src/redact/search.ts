// One pass of all detectors over a text and over what is encoded in it. Returns findings at their raw places.
import { findCall, findIdentified } from './carriers/call';
import { findCookies, findJar } from './carriers/cookie';
import { findHeader } from './carriers/header';
import { findNamed } from './carriers/named';
import { nameAround } from './carriers/place';
import { findBeforeUser, findPairFlag, findPassFile, findQuotedPairs, findSlashFlag, findTwin } from './carriers/pair';
import { findPem, findPutty } from './carriers/pem';
import { findProgram } from './carriers/program';
import { findSealed } from './carriers/sealed';
import { findRunShape, findShape } from './carriers/shape';
import { findInsert, findTable } from './carriers/table';
import { findThin, findUserInfo } from './carriers/url';
import { findJoined } from './carriers/variable';
import { isCalled, isSpoken, isWord } from './boundary';
import type { Compiled } from './compile';
import { findEncoded } from './encoded';
import { lineEndAt, lineStartAt, type Search } from './finding';
import type { ProgramRule } from './pack';
import { Slips } from './slips';
import type { Noun } from './speech/lexicon';
import type { Mention } from './speech/line';
import { speak } from './speech/speak';
import { regionsAround } from './regions';
import type { Located, Place } from './spans';
import { decodeView, foldView, toRaw, type View } from './view';

const MAX_DEPTH = 3;
const PLACEHOLDER = /\[redacted:[\w-]{1,40}\]/g;

/**
 * Searches a raw text. `expects`: kind of a secret that the text may hold alone. `places`: only what stands near them is looked at.
 * @unredacted
 */
export function searchText(
  pack: Compiled,
  raw: string,
  expects: string | undefined,
  places?: readonly Place[],
): Located[] {
  const found: Located[] = [];
  // Kinds inside placeholders are no cues.
  const text = raw.includes('[redacted:')
    ? raw.replace(PLACEHOLDER, (mark) => `[redacted:${'_'.repeat(mark.length - 11)}]`)
    : raw;
  const view = foldView(text);
  // A text in which units were left out has other offsets: it is searched whole.
  const regions =
    places === undefined || view.starts !== undefined ? [0, view.text.length] : regionsAround(text, places);
  searchView(pack, view, 0, found, expects, regions);
  return found;
}

function searchView(
  pack: Compiled,
  view: View,
  depth: number,
  found: Located[],
  expects: string | undefined,
  regions: readonly number[] = [0, view.text.length],
): void {
  const { text } = view;
  const search: Search = { view, text, pack, findings: [] };
  const hits = pack.scanner.scan(text, regions);
  const encoded = new Map<number, Set<'percent' | 'html' | 'unicode'>>();
  const mentions: Mention[] = [];
  const speechLines: number[] = [];
  /** Lines that speak of a header or an encoding. */
  const authLines: number[] = [];
  /** Pairs: names that stood before a value of their own. */
  const handled: number[] = [];
  let tableEnd = -1;
  let headEnd = -1;
  let pemEnd = -1;
  let nameEnd = -1;
  let command: ProgramRule | undefined;
  let commandEnd = -1;
  let cookieEnd = -1;
  let pairLine = -1;
  let pairAt = -1;
  let lineStart = 0;
  let lineEnd = -1;
  const tryName = (start: number, end: number): void => {
    if (start < pemEnd) return;
    const [from, to] = nameAround(text, start, end);
    const meaning = pack.names.meaningOf(text.slice(from, to));
    const last = search.findings.at(-1);
    if (last !== undefined && last.start <= from && last.end >= to) return;
    if (meaning === null || (to <= nameEnd && from === start)) return;
    if (start > tableEnd && lineEnd - lineStart < 400) {
      const table = findTable(search, start);
      if (table > 0) {
        tableEnd = table;
        headEnd = lineEnd;
      }
    }
    if (start < headEnd) {
      handled.push(from, to);
      return;
    }
    if (findNamed(search, from, to, meaning)) {
      nameEnd = to;
      if (!isSpoken(text, from, to)) handled.push(from, to);
    }
  };
  const { words } = hits;
  for (let h = 0; h < words.length; h += 2) {
    const end = words[h] as number;
    const word = words[h + 1] as number;
    const start = end - (pack.scanner.words[word] as string).length;
    if (pack.spoken[word] === 1 && !speaks(text, start, end)) continue;
    if (end > lineEnd) {
      lineStart = lineStartAt(text, start);
      lineEnd = text.indexOf('\n', start);
      if (lineEnd < 0) lineEnd = text.length;
    }
    for (const cue of pack.cues[word] ?? []) {
      switch (cue.type) {
        case 'shape':
          findShape(search, start, end, cue.shape, cue.start);
          break;
        case 'name':
          tryName(start, end);
          break;
        case 'slip': {
          const [from, to] = Slips.wordAround(text, start, end);
          const meant = to - from < 5 ? undefined : pack.slips.meant(text.slice(from, to).toLowerCase());
          if (meant === undefined) break;
          tryName(from, to);
          const noun = pack.lexicon.nounOf(meant);
          if (noun === undefined || !speaks(text, from, to)) break;
          if (mentions.at(-1)?.start !== from) addMention(mentions, from, to, noun);
          if (speechLines.at(-1) !== lineStart) speechLines.push(lineStart);
          break;
        }
        case 'header':
          if (authLines.at(-1) !== lineStart) authLines.push(lineStart);
          if (start >= nameEnd || nameEnd < 0) nameEnd = Math.max(nameEnd, findHeader(search, start, end));
          break;
        case 'program':
          // One command line is read once, however often the program's name stands in it.
          if (start < commandEnd && cue.program === command) break;
          command = cue.program;
          commandEnd = findProgram(search, start, end, cue.program);
          break;
        case 'pair':
          if (authLines.at(-1) !== lineStart) authLines.push(lineStart);
          if (pairLine !== lineStart || start - pairAt > 2000) {
            findQuotedPairs(search, start);
            pairLine = lineStart;
            pairAt = start;
          }
          break;
        case 'call':
          if (findCall(search, start, end, cue.at)) handled.push(start, end);
          break;
        case 'encoding': {
          if (depth >= MAX_DEPTH) break;
          const kinds = encoded.get(lineStart);
          if (kinds === undefined) encoded.set(lineStart, new Set([cue.encoding]));
          else kinds.add(cue.encoding);
          break;
        }
        case 'speech': {
          if (!speaks(text, start, end)) break;
          const noun = pack.lexicon.nounOf(pack.scanner.words[word] as string);
          if (noun !== undefined) addMention(mentions, start, end, noun);
          if (speechLines.at(-1) !== lineStart) speechLines.push(lineStart);
          break;
        }
        case 'fixed':
          if (cue.what === 'url') findUserInfo(search, end);
          else if (cue.what === 'pem') {
            if (start >= pemEnd) pemEnd = findPem(search, start);
          } else if (cue.what === 'putty') findPutty(search, start);
          else if (cue.what === 'cookie') cookieEnd = start < cookieEnd ? cookieEnd : findCookies(search, start, end);
          else if (cue.what === 'pass-file') findPassFile(search, start);
          else if (cue.what === 'before-user') findBeforeUser(search, start);
          else if (cue.what === 'slash-flag') findSlashFlag(search, start, end);
          else if (cue.what === 'pair-flag') findPairFlag(search, end);
          else if (cue.what === 'twin') findTwin(search, start, end);
          else if (cue.what === 'sealed') findSealed(search, start);
          else if (cue.what === 'jar') findJar(search, start, end);
          else if (cue.what === 'jdbc') findThin(search, start);
          else if (text[start] === 'v' || text[start] === 'V') findInsert(search, start, end);
          else findIdentified(search, start);
          break;
      }
    }
  }
  const { runs } = hits;
  for (let r = 0; r < runs.length; r += 2) {
    const start = runs[r] as number;
    const end = runs[r + 1] as number;
    for (const shape of pack.runShapes) findRunShape(search, start, shape);
    if (depth < MAX_DEPTH) findEncoded(search, start, end, (decoded) => hasCredential(pack, decoded, depth + 1));
  }
  if (depth === 0) findJoined(search, authLines);
  speak(search, withoutHandled(mentions, handled), speechLines, expects);
  for (const finding of search.findings) {
    if (finding.end <= finding.start) continue;
    const [rawStart, rawEnd] = toRaw(view, finding.start, finding.end);
    found.push({
      ...finding,
      ...(view.encoding === undefined || finding.encoding !== undefined ? {} : { encoding: view.encoding }),
      rawStart,
      rawEnd,
    });
  }
  for (const [from, encodings] of encoded) {
    const to = lineEndAt(text, from);
    for (const encoding of encodings) {
      const decoded = decodeView(view, from, to, encoding);
      if (decoded !== undefined) searchView(pack, decoded, depth + 1, found, undefined);
    }
  }
}

/** A noun joins the one before it where they overlap. */
function addMention(mentions: Mention[], start: number, end: number, noun: Noun): void {
  const last = mentions.at(-1);
  if (last === undefined || last.end <= start) mentions.push({ start, end, noun });
  else if (last.start >= start) mentions[mentions.length - 1] = { start, end, noun };
  else if (last.end < end)
    mentions[mentions.length - 1] = { start: last.start, end, noun: last.noun.strong ? last.noun : noun };
}

/** May the keyword be a word of running text? */
function speaks(text: string, start: number, end: number): boolean {
  return (isWord(text, start, end) || text.charCodeAt(start) === 32) && !isCalled(text, end);
}

/** Nouns that a carrier has already read are no cues for running text. */
function withoutHandled(mentions: readonly Mention[], handled: readonly number[]): readonly Mention[] {
  if (handled.length === 0) return mentions;
  let h = 0;
  return mentions.filter(({ start, end }) => {
    while (h < handled.length && (handled[h + 1] as number) <= start) h += 2;
    return !(h < handled.length && (handled[h] as number) < end && (handled[h + 1] as number) > start);
  });
}

function hasCredential(pack: Compiled, text: string, depth: number): boolean {
  const found: Located[] = [];
  searchView(pack, { text, base: 0 }, depth, found, undefined);
  return found.length > 0;
}

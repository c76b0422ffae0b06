// One pass of all detectors over a text and over what is encoded in it. Returns findings at their raw places.
import { findCall, findIdentified } from './carriers/call';
import { findCookies, findJar } from './carriers/cookie';
import { findHeader } from './carriers/header';
import { findNamed, nameAround } from './carriers/named';
import { findBeforeUser, findPassFile, findQuotedPairs } from './carriers/pair';
import { findPem, findPutty } from './carriers/pem';
import { findProgram } from './carriers/program';
import { findRunShape, findShape } from './carriers/shape';
import { findInsert, findTable } from './carriers/table';
import { findThin, findUserInfo } from './carriers/url';
import type { Compiled } from './compile';
import { findEncoded } from './encoded';
import { lineEndAt, lineStartAt, type Search } from './finding';
import type { ProgramRule } from './pack';
import { findSpeech, type Mention } from './speech/speech';
import type { Located } from './spans';
import { decodeView, foldView, toRaw, type View } from './view';

const MAX_DEPTH = 3;
const MAX_SPEECH_LINE = 1600;
const NEAR_LINES = 2;
/** A word of letters and digits or symbols. */
const MIXED = /[\p{L}][-_.!#$%^&*+=~@?]*\d|\d[-_.!#$%^&*+=~@?]*\p{L}|\p{L}[!#$%^&*+~@?]\p{L}/u;
const PLACEHOLDER = /\[redacted:[\w-]{1,40}\]/g;

/** Searches a raw text. `expects`: kind of a secret that the text may hold alone. @unredacted */
export function searchText(pack: Compiled, raw: string, expects: string | undefined): Located[] {
  const found: Located[] = [];
  // Kinds inside placeholders are no cues.
  const text = raw.includes('[redacted:')
    ? raw.replace(PLACEHOLDER, (mark) => `[redacted:${'_'.repeat(mark.length - 11)}]`)
    : raw;
  searchView(pack, foldView(text), 0, found, expects);
  return found;
}

function searchView(pack: Compiled, view: View, depth: number, found: Located[], expects: string | undefined): void {
  const { text } = view;
  const search: Search = { view, text, pack, findings: [] };
  const hits = pack.scanner.scan(text);
  const encoded = new Map<number, Set<'percent' | 'html' | 'unicode'>>();
  const mentions: Mention[] = [];
  const speechLines: number[] = [];
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
  const { words } = hits;
  for (let h = 0; h < words.length; h += 2) {
    const end = words[h] as number;
    const word = words[h + 1] as number;
    const start = end - (pack.scanner.words[word] as string).length;
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
        case 'name': {
          if (start < pemEnd) break;
          const [from, to] = nameAround(text, start, end);
          const meaning = pack.names.meaningOf(text.slice(from, to));
          const last = search.findings.at(-1);
          if (last !== undefined && last.start <= from && last.end >= to) break;
          if (meaning === null || (to <= nameEnd && from === start)) break;
          if (start > tableEnd && lineEnd - lineStart < 400) {
            const end = findTable(search, start);
            if (end > 0) {
              tableEnd = end;
              headEnd = lineEnd;
            }
          }
          if (start < headEnd) {
            handled.push(from, to);
            break;
          }
          if (findNamed(search, from, to, meaning)) {
            nameEnd = to;
            if (!isSpoken(text, from, to)) handled.push(from, to);
          }
          break;
        }
        case 'header':
          if (start >= nameEnd || nameEnd < 0) nameEnd = Math.max(nameEnd, findHeader(search, start, end));
          break;
        case 'program':
          // One command line is read once, however often the program's name stands in it.
          if (start < commandEnd && cue.program === command) break;
          command = cue.program;
          commandEnd = findProgram(search, start, end, cue.program);
          break;
        case 'pair':
          if (pairLine !== lineStart || start - pairAt > 2000) {
            findQuotedPairs(search, start);
            pairLine = lineStart;
            pairAt = start;
          }
          break;
        case 'call':
          findCall(search, start, end, cue.at);
          break;
        case 'encoding': {
          if (depth >= MAX_DEPTH) break;
          const kinds = encoded.get(lineStart);
          if (kinds === undefined) encoded.set(lineStart, new Set([cue.encoding]));
          else kinds.add(cue.encoding);
          break;
        }
        case 'speech': {
          const noun = pack.lexicon.nounOf(pack.scanner.words[word] as string);
          if (
            (!isWord(text, start, end) && text[start] !== ' ') ||
            (/[({]/.test(text[end] ?? '') && !WIDE.test(text[end - 1] ?? ''))
          )
            break;
          if (noun !== undefined) {
            const last = mentions.at(-1);
            if (last !== undefined && last.end > start) {
              if (last.start >= start) mentions[mentions.length - 1] = { start, end, noun };
              else if (last.end < end)
                mentions[mentions.length - 1] = { start: last.start, end, noun: last.noun.strong ? last.noun : noun };
            } else mentions.push({ start, end, noun });
          }
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

/** A name written as a word of running text, before a colon or a blank: what follows its value may go on. */
function isSpoken(text: string, start: number, end: number): boolean {
  return (
    /^[\p{L} -]+$/u.test(text.slice(start, end)) &&
    /[\s(]|^$/.test(text[start - 1] ?? '') &&
    /^(?: ?:| |\s?-)/.test(text.slice(end, end + 2)) &&
    !/^\s*[=|]/.test(text.slice(end, end + 3))
  );
}

const WIDE = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;

/** Does the keyword stand as a word of its own? */
function isWord(text: string, start: number, end: number): boolean {
  const first = text[start] ?? '';
  const final = text[end - 1] ?? '';
  const before = text[start - 1] ?? ' ';
  const after = text[end] ?? ' ';
  if (
    !WIDE.test(first) &&
    /[\p{L}\d_$@.-]/u.test(before) &&
    !WIDE.test(before) &&
    !(before === '.' && text[start - 2] === '.') &&
    !/^\\[nrt]$/.test(text.slice(start - 2, start))
  )
    return false;
  if (WIDE.test(final)) return true;
  if (/[\p{L}\d_]/u.test(after) && !WIDE.test(after)) return false;
  return !(/[-.@]/.test(after) && /[\p{L}\d]/u.test(text[end + 1] ?? ' '));
}

/** Runs the speech detector over the lines with cues and the lines right behind them. */
function speak(
  search: Search,
  mentions: readonly Mention[],
  cueLines: readonly number[],
  expects: string | undefined,
): void {
  const { text } = search;
  let near: string | undefined;
  let nearLines = 0;
  let waiting = expects;
  let next = 0;
  let m = 0;
  let from = expects === undefined ? (cueLines[0] ?? -1) : 0;
  while (from >= 0 && from <= text.length) {
    const to = lineEndAt(text, from);
    if (cueLines[next] === from) next++;
    const own: Mention[] = [];
    while (m < mentions.length && (mentions[m] as Mention).start < to) own.push(mentions[m++] as Mention);
    const blank = to - from < 200 && text.slice(from, to).trim() === '';
    let waits: string | undefined;
    if (!blank) {
      if (
        own.length === 0 &&
        near === undefined &&
        waiting === undefined &&
        !MIXED.test(text.slice(from, Math.min(to, from + MAX_SPEECH_LINE)))
      ) {
        // Nothing here could be a made-up value.
      } else if (to - from <= MAX_SPEECH_LINE) {
        const outcome = findSpeech(search, from, to, own, { near, waiting });
        waits = outcome.waits;
        if (outcome.noun !== undefined) {
          near = outcome.noun;
          nearLines = NEAR_LINES + 1;
        }
      } else speakInWindows(search, from, to, own);
      waiting = waits;
    }
    if (--nearLines <= 0) near = undefined;
    const following = text.indexOf('\n', to) + 1;
    if (following > 0 && (near !== undefined || waiting !== undefined)) from = following;
    else {
      const cue = cueLines[next];
      from = cue === undefined ? -1 : cue;
      if (from >= 0) waiting = undefined;
    }
    if (from === text.length) return;
  }
}

/** A long line is looked at around its nouns only. */
function speakInWindows(search: Search, from: number, to: number, mentions: readonly Mention[]): void {
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
    if (first.start >= start) findSpeech(search, start, end, own, { near: undefined, waiting: undefined });
    done = end;
  }
}

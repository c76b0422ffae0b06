// Reads the moment of a failure from an answer: whole dates, days without a year, and times told from now on.
import { createContext } from '../extract/context';
import { findStamps, isoOf, type Stamp } from '../extract/stamp';
import type { Redacted } from '../redact/redacted';
import { fold } from '../extract/fold';
import { readZone, type Zone } from '../extract/zone';
import type { Engine } from '../engine';
import { type Answer, type AnswerScene, withText } from './answer-scene';
import { withZone } from './relative';
import { type Retraction, retraction } from './tail';

const AMBIGUOUS = /(?<!\d)(\d{1,2})[/-](\d{1,2})[/-](?:19|20)\d\d(?!\d)/;
/** A clock time in the forms of speech, without its day. */
const SAID_CLOCK =
  /(?<![\d:.+-])(?:[\p{Script=Han}]{2}\s?)?(?:[01]?\d|2[0-3])\s?(?:[:h点點时]\s?[0-5]?\d(?!\d)|\.[0-5]\d(?![\d.])|[点點时]|[ap]\.?m\b)/u;
const CLOCK = /(?<![\d:.+-])\d{1,2}(?::|h)[0-5]\d/;

/** A moment said in passing stands in a short message, beside so many words of content. */
const MOST_PASSING = 14;
const MOST_BESIDE = 3;

/** A clock time with its day that a short message tells beside the answer to something else; null where it may be the time of something else. */
export function momentInPassing(scene: AnswerScene): Extract<Answer, { kind: 'value' }> | null {
  if (scene.intents.words > MOST_PASSING || scene.intents.asks || scene.intents.has('works-now', 'wait')) return null;
  const moment = readMoment(scene);
  if (moment.kind !== 'value' || !moment.value.includes('T')) return null;
  return besideOf(scene, moment.source) <= MOST_BESIDE ? moment : null;
}

const moments = new WeakMap<AnswerScene, boolean>();

/** Whether a message is a moment and nothing else. */
export function isMoment(scene: AnswerScene): boolean {
  if (scene.intents.words > MOST_PASSING || scene.text.includes('\n')) return false;
  const known = moments.get(scene);
  if (known !== undefined) return known;
  const moment = readMoment(scene);
  const is = moment.kind === 'value' && besideOf(scene, moment.source) === 0;
  moments.set(scene, is);
  return is;
}

/** Words of content beside those of a moment and its zone. */
function besideOf(scene: AnswerScene, source: string): number {
  const rest = scene.text.replace(source, ' ').replace(zoneWords(scene) || ' ', ' ');
  return scene.words.stems(rest).filter((stem) => !/^\d+$/.test(stem)).length;
}

/** The moment that a message tells; of one that corrects itself, the corrected one. */
export function readMoment(scene: AnswerScene): Answer {
  const back = scene.intents.has('correction') ? retraction(scene) : null;
  return (back === null ? null : readCorrected(scene, back)) ?? readOnce(scene);
}

/** "06:55. Sorry, 07:55": day and clock of both sides, the later said counting. null where nothing of the time is corrected. */
export function readCorrected(scene: AnswerScene, back: Pick<Retraction, 'head' | 'tail'>): Answer | null {
  const behind = stampOf(back.tail, scene) ?? stampOf(withYear({ ...scene, text: back.tail as Redacted }), scene);
  const clock = SAID_CLOCK.exec(back.tail);
  if (behind === null && clock === null) return null;
  if (behind?.time != null) return readOnce(withText(scene, back.tail));
  const head = readOnce(withText(scene, back.head));
  if (head.kind !== 'value') return null;
  const time = head.value.includes('T') ? head.value.slice(11, 19).replace(/[^\d:].*$/, '') : '';
  const zone = zoneWords(scene);
  const words =
    behind === null
      ? `${head.value.slice(0, 10)} ${back.tail.slice(clock?.index ?? 0)}`
      : `${isoOf(behind).value} ${time} ${zone}`;
  const made = readOnce(withText(scene, words));
  if (made.kind !== 'value') return null;
  if (made.timezoneMissing !== true || zone === '') return made;
  const found = findZone(zone, scene.engine, scene.language);
  const { value, zoned } = found === null ? { value: made.value, zoned: false } : withZone(made.value, found.zone);
  return { ...made, value, timezoneMissing: !zoned };
}

/** The words by which a message names a zone, or none. */
function zoneWords({ text, engine, language }: AnswerScene): string {
  return findZone(text, engine, language)?.source ?? '';
}

/** A clock time by itself, for a day that is known. null where the words tell a day, or no clock time. */
export function readClockOf(scene: AnswerScene, day: string): Answer | null {
  const clock = SAID_CLOCK.exec(scene.text);
  if (clock === null || stampOf(scene.text, scene) !== null || stampOf(withYear(scene), scene) !== null) return null;
  const rest = `${scene.text.slice(0, clock.index)} ${scene.text.slice(clock.index + clock[0].length)}`;
  if (scene.words.relative.read(rest, scene.at, null) !== null) return null;
  return readCorrected(scene, { head: day, tail: scene.text });
}

/** Whether words are a number with a dot and nothing else. */
export function isDotted(source: string): boolean {
  return /^\d{1,2}\.\d\d$/.test(source.trim());
}

function readOnce(scene: AnswerScene): Answer {
  const { read, text, engine, language, at, words } = scene;
  const zone = findZone(text, engine, language);
  const said = read.fields['timestamp'];
  const timed = said?.includes('T') === true;
  if (said !== undefined && (timed || !CLOCK.test(text))) {
    return {
      kind: 'value',
      value: said,
      source: read.sources['timestamp'] ?? said,
      timezoneMissing: read.timezoneMissing,
    };
  }
  const stamp = stampOf(text, scene) ?? stampOf(withYear(scene), scene);
  if (stamp !== null && (stamp.time !== null || !CLOCK.test(text))) return moment(stamp, zone?.zone ?? null, text);
  const ambiguous = stamp === null ? AMBIGUOUS.exec(text)?.[0] : undefined;
  if (ambiguous !== undefined) return { kind: 'bad', text: 'badDate', value: ambiguous };
  const told = words.relative.read(text, at, zone?.zone ?? scene.zone);
  // A version has the same form.
  const spoken = told !== null && isDotted(told.source) && scene.timeAsked !== true && zone === null ? null : told;
  if (stamp !== null && spoken?.timed === true) {
    // The day is written out and the clock stands apart from it.
    const day = isoOf({ ...stamp, time: null }).value;
    const value = `${day}${spoken.value.slice(10)}`;
    const zoned = zone !== null && spoken.zoned;
    return { kind: 'value', value: zoned ? value : value.slice(0, 16), source: spoken.source, timezoneMissing: !zoned };
  }
  if (spoken !== null)
    return {
      kind: 'value',
      value: spoken.value,
      source: spoken.source,
      timezoneMissing: spoken.timed && !spoken.zoned,
    };
  if (stamp !== null) return moment(stamp, zone?.zone ?? null, text);
  if (said !== undefined)
    return {
      kind: 'value',
      value: said,
      source: read.sources['timestamp'] ?? said,
      timezoneMissing: read.timezoneMissing,
    };
  return { kind: 'nothing' };
}

function moment(stamp: Stamp, zone: Parameters<typeof isoOf>[1], text: string): Answer {
  const { value, zoned } = isoOf(stamp, zone ?? null);
  return {
    kind: 'value',
    value,
    source: text.slice(stamp.start, stamp.end),
    timezoneMissing: stamp.time !== null && !zoned,
  };
}

function stampOf(text: string, { engine, language }: AnswerScene): Stamp | null {
  const context = createContext({ text: text as Redacted, language, requests: [], replies: [] }, engine.fields);
  const stamps = findStamps(context);
  return stamps.find((stamp) => stamp.time !== null) ?? stamps[0] ?? null;
}

/** The text with the year of the moment of speaking behind a day and month without one; the year before where that day is yet to come. */
function withYear({ text, engine, language, at }: AnswerScene): string {
  const lexicon = engine.fields.lexicon(language);
  const names = Object.keys(lexicon.table('timestamp', 'months'))
    .sort((a, b) => b.length - a.length)
    .join('|');
  const ordinal = `(?:${lexicon.source('timestamp', 'ordinal')}|\\.)?`;
  const yearless = '(?!\\s?,?\\s?(?:19|20)\\d\\d)';
  const dayMonth = new RegExp(
    `(?<![\\w:.])(\\d{1,2})${ordinal}\\s(?:${lexicon.source('timestamp', 'of')}\\s)?(${names})(?![\\p{L}])${yearless}`,
    'iu',
  );
  const monthDay = new RegExp(`(?<![\\p{L}])(${names})\\s(\\d{1,2})${ordinal}(?![\\d:])${yearless}`, 'iu');
  const put = (year: number): string =>
    text
      .replace(dayMonth, `$1 $2 ${year}`)
      .replace(monthDay, `$1 $2, ${year}`)
      .replace(/(?<![年\d])(\d{1,2})\s?月\s?(\d{1,2})\s?[日号]/, `${year}年$1月$2日`);
  const now = new Date(at);
  const year = now.getUTCFullYear();
  if (Number.isNaN(year)) return text;
  const first = put(year);
  const stamp = stampOf(first, { engine, language } as AnswerScene);
  const ahead = stamp !== null && Date.UTC(stamp.year, stamp.month - 1, stamp.day) > now.getTime() + 86_400_000;
  return ahead ? put(year - 1) : first;
}

/** The zone that a text names, wherever it stands. */
export function findZone(text: string, engine: Engine, language: string): { zone: Zone; source: string } | null {
  const folded = fold(text.slice(0, 200));
  const lexicon = engine.fields.lexicon(language);
  for (const match of folded.matchAll(/[^\s,.;:()[\]]+/g)) {
    const zone = readZone(lexicon, `, ${folded.slice(match.index, match.index + 60)}`);
    if (zone !== null)
      return { zone, source: text.slice(match.index, match.index + Math.max(1, zone.length - 2)).trim() };
  }
  return null;
}

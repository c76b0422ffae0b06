// Reads a time zone right behind a time: numbers, abbreviations, identifiers, and places. Offsets in minutes east of UTC.

import type { Lexicon } from './fields';

/** A zone as written: a fixed offset, or an identifier whose offset depends on the date. */
export interface Zone {
  readonly offset?: number;
  readonly iana?: string;
  /** Units read, including blanks and brackets before it. */
  readonly length: number;
}

const NUMERIC = /^[\s,([]{0,3}(?:(?:utc|gmt)\s?)?([+\u2212-])\s?(\d{1,2})(?::?([0-5]\d))?(?![\d:.-])\s?[)\]]?/;
const ISO_Z = /^\s?z(?![a-z0-9])/;
const IANA =
  /^[\s,([]{0,3}((?:africa|america|antarctica|asia|atlantic|australia|europe|indian|pacific)\/[a-z_]+(?:\/[a-z_]+)?)/;

function escape(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ /g, '[ _-]');
}

function longestFirst(words: readonly string[]): string {
  return [...words]
    .sort((a, b) => b.length - a.length)
    .map(escape)
    .join('|');
}

/** Title case of an identifier that was folded. */
function identifier(words: string): string {
  return words.replace(/(^|[/_])([a-z])/g, (_, mark: string, letter: string) => mark + letter.toUpperCase());
}

/** Zone at the beginning of folded words, or null. */
export function readZone(lexicon: Lexicon, words: string): Zone | null {
  const numeric = NUMERIC.exec(words);
  if (numeric !== null) {
    const minutes = Number(numeric[2]) * 60 + Number(numeric[3] ?? 0);
    const named = /utc|gmt/.test(numeric[0]);
    // A lone `-3` or `-04-` behind a time is no zone unless it is written as one.
    if (minutes <= 14 * 60 && (named || (numeric[2] ?? '').length === 2)) {
      return { offset: numeric[1] === '+' ? minutes : -minutes, length: numeric[0].length };
    }
  }
  const z = ISO_Z.exec(words);
  if (z !== null) return { offset: 0, length: z[0].length };
  const iana = IANA.exec(words);
  if (iana?.[1] !== undefined) return { iana: identifier(iana[1]), length: iana[0].length };
  const zones = lexicon.table('timestamp', 'zones');
  const abbreviation = lexicon.once('zone abbreviations', () => {
    const names = longestFirst(Object.keys(zones));
    return new RegExp(`^[\\s,(\\[]{0,3}(?:[a-z]{2,9} )?(${names})(?![a-zа-я0-9/])(?! ?[+-]\\d)`);
  });
  const short = abbreviation.exec(words);
  const minutes = short?.[1] === undefined ? undefined : zones[short[1]];
  if (short !== null && minutes !== undefined) return { offset: Number(minutes), length: short[0].length };
  const places = lexicon.table('timestamp', 'places');
  const place = lexicon.once('zone places', () => {
    const names = longestFirst(Object.keys(places));
    return new RegExp(
      `^[\\s,(\\[]{0,3}((?:[^\\s\\d()]{1,9} ){0,3}?)(${names})(?![a-zа-я])((?: (?:${lexicon.source('timestamp', 'zone-word')} )?[a-zа-я]{3,7})?)`,
    );
  });
  const named = place.exec(words);
  const id = named?.[2] === undefined ? undefined : places[named[2]];
  // Spoken as a zone: a word before or behind it, or brackets around it.
  if (
    named !== null &&
    id !== undefined &&
    (named[1] !== '' || named[3] !== '' || /[([,]/.test(named[0]) || /[^\x00-\x7f]/.test(named[2] ?? ''))
  ) {
    return { iana: String(id), length: named[0].length };
  }
  return null;
}

const formats = new Map<string, Intl.DateTimeFormat | null>();

function formatOf(iana: string): Intl.DateTimeFormat | null {
  let format = formats.get(iana);
  if (format === undefined) {
    try {
      format = new Intl.DateTimeFormat('en-US', { timeZone: iana, timeZoneName: 'longOffset' });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      format = null;
    }
    if (formats.size < 600) formats.set(iana, format);
  }
  return format;
}

/** Offset of a zone at a local date (days matter, not hours), or null where the identifier is not known. */
export function offsetAt(zone: Zone, year: number, month: number, day: number, hour: number): number | null {
  if (zone.offset !== undefined) return zone.offset;
  if (zone.iana === undefined) return null;
  const format = formatOf(zone.iana);
  if (format === null) return null;
  const part =
    format.formatToParts(new Date(Date.UTC(year, month - 1, day, hour))).find((p) => p.type === 'timeZoneName')
      ?.value ?? '';
  const m = /GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(part);
  if (m === null) return null;
  const minutes = Number(m[2] ?? 0) * 60 + Number(m[3] ?? 0);
  return m[1] === '-' ? -minutes : minutes;
}

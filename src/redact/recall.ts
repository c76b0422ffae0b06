// Values that were recognised once are recognised everywhere: in the same text by value, in later ones by the memory's hashes.
import type { Compiled } from './compile';
import { decodeBase64 } from './encoded';
import { Finder } from './finder';
import { recognise, type RedactionMemory } from './memory';
import { findOccurrences, type Sought } from './occurrences';
import type { Located } from './spans';
import { decodeView, foldView, toRaw } from './view';

const MIN_LENGTH = 6;
const MAX_LENGTH = 512;
const MIN_RUN = 12;
const base64Unit = new Uint8Array(128);
for (let code = 0; code < 128; code++) base64Unit[code] = /[\w+/-]/.test(String.fromCharCode(code)) ? 1 : 0;

/** Further places of the values in `found`, and places of values that the memory knows. */
export function recall(
  pack: Compiled,
  raw: string,
  found: readonly Located[],
  memory: RedactionMemory | undefined,
): Located[] {
  const more: Located[] = [];
  const push = (rawStart: number, rawEnd: number, kind: string, encoding?: 'base64' | 'percent'): void => {
    more.push({
      start: rawStart,
      end: rawEnd,
      rawStart,
      rawEnd,
      kind,
      carrier: 'memory',
      ...(encoding === undefined ? {} : { encoding }),
    });
  };
  const sought = soughtValues(pack, raw, found);
  findOccurrences(raw, sought, push);
  const known = memory !== undefined && memory.size > 0;
  if (sought.length === 0 && !known) return more;
  if (known)
    recognise(memory, raw, (start, end, entry) => {
      if (worthRecalling(pack, raw.slice(start, end)) !== undefined) push(start, end, entry.kind);
    });
  const ranks = new Map<string, number>();
  sought.forEach(({ value }, rank) => {
    const lower = value.toLowerCase();
    if (!ranks.has(lower)) ranks.set(lower, rank);
  });
  const finder = new Finder(ranks);
  base64Runs(raw, (start, end) => {
    const decoded = decodeBase64(raw.slice(start, end));
    if (decoded === undefined) return;
    let first = sought.length;
    finder.search(decoded.toLowerCase(), (_start, _end, rank) => (first = Math.min(first, rank)));
    let kind = sought[first]?.kind;
    if (kind === undefined && known) recognise(memory, decoded, (_start, _end, entry) => (kind = entry.kind));
    if (kind !== undefined) push(start, end, kind, 'base64');
  });
  if (known && /%[0-9A-Fa-f]{2}/.test(raw)) {
    const view = foldView(raw);
    const decoded = decodeView(view, 0, view.text.length, 'percent');
    if (decoded !== undefined) {
      recognise(memory, decoded.text, (start, end, entry) =>
        push(...toRaw(decoded, start, end), entry.kind, 'percent'),
      );
    }
  }
  return more;
}

/** Runs of base64 units, with up to two signs of padding. Looks at every twelfth unit where there are none. */
function base64Runs(text: string, found: (start: number, end: number) => void): void {
  let from = 0;
  for (let at = MIN_RUN - 1; at < text.length; at = from + MIN_RUN - 1) {
    let start = at;
    while (start >= from && base64Unit[text.charCodeAt(start)] === 1) start--;
    if (start >= from) {
      from = start + 1;
      continue;
    }
    let end = at + 1;
    while (base64Unit[text.charCodeAt(end)] === 1) end++;
    let padded = end;
    while (padded - end < 2 && text[padded] === '=') padded++;
    found(from, padded);
    from = padded;
  }
}

function soughtValues(pack: Compiled, raw: string, found: readonly Located[]): Sought[] {
  const values = new Map<string, Sought>();
  for (const { rawStart, rawEnd, kind, local } of found) {
    if (local === true) continue;
    const value = raw.slice(rawStart, rawEnd);
    const sought = worthRecalling(pack, value);
    if (sought !== undefined && !values.has(value)) values.set(value, { value, kind, word: sought === 'word' });
  }
  for (const { rawStart, rawEnd, kind, encoding, decodesTo } of found) {
    if (encoding !== 'base64' || decodesTo !== 'pair') continue;
    const secret = /:(.*)$/.exec(decodeBase64(raw.slice(rawStart, rawEnd)) ?? '')?.[1]?.trim() ?? '';
    if (worthRecalling(pack, secret) !== undefined && !values.has(secret))
      values.set(secret, { value: secret, kind, word: false });
  }
  return [...values.values()];
}

/** Long and peculiar enough to be looked for elsewhere? */
function worthRecalling(pack: Compiled, value: string): 'word' | 'any' | undefined {
  if (value.length < MIN_LENGTH || value.length > MAX_LENGTH || value.includes('[redacted:')) return undefined;
  const { look, lexicon } = pack;
  if (look.isPlaceholder(value) || look.isInert(value)) return undefined;
  const strength = look.strengthOf(value);
  if (strength === 'strong') return 'any';
  if (lexicon.isOrdinary(value.toLowerCase()) || lexicon.isProse(value)) return undefined;
  return 'word';
}

// Further occurrences of recognised values in the same text: bare, in other case, percent-encoded. One pass for all values.

/** A value to look for. */
export interface Sought {
  readonly value: string;
  readonly kind: string;
  /** A plain word: only between word borders. */
  readonly word: boolean;
}

const GRAM = 4;

/** Calls `found` for every occurrence. Linear in the text: a table of 4-unit fingerprints filters the places to look at. */
export function findOccurrences(
  text: string,
  sought: readonly Sought[],
  found: (start: number, end: number, kind: string) => void,
): void {
  const usable = sought.filter(({ value }) => value.length >= GRAM + 1);
  if (usable.length === 0) return;
  const lowered = text.toLowerCase();
  const lower = lowered.length === text.length ? lowered : text;
  const table = new Map<number, { value: string; kind: string; word: boolean }[]>();
  const seen = new Uint8Array(65536);
  for (const { value, kind, word } of usable) {
    for (const form of new Set([value, encodeForm(value), encodeForm(value).replaceAll('%20', '+')])) {
      const pattern = form.toLowerCase();
      let print = 0;
      for (let i = 0; i < GRAM; i++) print = ((print << 4) ^ pattern.charCodeAt(i)) & 0xffff;
      seen[print] = 1;
      const list = table.get(print);
      if (list === undefined) table.set(print, [{ value: pattern, kind, word }]);
      else list.push({ value: pattern, kind, word });
    }
  }
  let print = 0;
  for (let i = 0; i < lower.length; i++) {
    print = ((print << 4) ^ lower.charCodeAt(i)) & 0xffff;
    if (seen[print] === 0) continue;
    const start = i - GRAM + 1;
    if (start < 0) continue;
    for (const { value, kind, word } of table.get(print) ?? []) {
      if (!lower.startsWith(value, start)) continue;
      const end = start + value.length;
      if (
        word &&
        (isWordUnit(text[start - 1]) || isWordUnit(text[end]) || (text[end] === '.' && isWordUnit(text[end + 1])))
      )
        continue;
      found(start, end, kind);
    }
  }
}

function isWordUnit(unit: string | undefined): boolean {
  return unit !== undefined && /[\p{L}\d_@-]/u.test(unit);
}

function encodeForm(value: string): string {
  try {
    return encodeURIComponent(value);
  } catch (error) {
    // A lone surrogate has no percent form.
    if (error instanceof URIError) return value;
    throw error;
  }
}

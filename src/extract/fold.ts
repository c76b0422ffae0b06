// Lower case without diacritics, one output unit per input unit, so that offsets stay. Knows no language.

const cache = new Map<string, string>();
const NON_ASCII = /[^\x00-\x7f]/g;
const SPECIAL: Readonly<Record<string, string>> = {
  đ: 'd',
  Đ: 'd',
  ı: 'i',
  İ: 'i',
  ß: 's',
  ø: 'o',
  Ø: 'o',
  ł: 'l',
  Ł: 'l',
};
const QUOTES: Readonly<Record<string, string>> = { '’': "'", '‘': "'", '：': ':', '，': ',', '。': '.', '（': '(', '）': ')', '；': ';', '　': ' ', '\u00a0': ' ', '？': '?', '！': '!', '＝': '=' }; // prettier-ignore

function foldUnit(unit: string): string {
  const special = SPECIAL[unit] ?? QUOTES[unit];
  if (special !== undefined) return special;
  const base = unit.normalize('NFD')[0] ?? unit;
  const lower = base.toLowerCase();
  return lower.length === 1 ? lower : base;
}

/** Folded text of exactly the same length. Full-width punctuation becomes ASCII. */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  if (!/[^\x00-\x7f]/.test(lower)) return lower;
  return (lower.length === text.length ? lower : text).replace(NON_ASCII, (unit) => {
    let folded = cache.get(unit);
    if (folded === undefined) cache.set(unit, (folded = foldUnit(unit)));
    return folded;
  });
}

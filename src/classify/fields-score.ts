// How well extracted fields agree with labelled ones: normal forms compared, precision, recall and F1.

/** Counts of fields found right, found wrong, and missed. */
export interface FieldCounts {
  right: number;
  wrong: number;
  missed: number;
}

const loose = (value: string): string =>
  value
    .toLowerCase()
    .replace(/[\s"'.]+/g, ' ')
    .trim();

function comparable(key: string, value: string): string {
  if (key === 'timestamp') return value.replace(/Z$/, '+00:00').replace(/(T\d{2}:\d{2}):\d{2}(?:\.\d+)?/, '$1');
  if (key === 'endpoint') return value.toLowerCase().split('?')[0]?.replace(/\/+$/, '') ?? '';
  return loose(value);
}

function same(key: string, want: string, have: string): boolean {
  const [a, b] = [comparable(key, want), comparable(key, have)];
  if (a === b) return true;
  if (key !== 'responseMessage' || a === '' || b === '') return false;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return long.includes(short) && 2 * short.length >= long.length;
}

/** Adds one item to `counts`: a wrong value counts as wrong and as missed. */
export function countFields(
  counts: FieldCounts,
  want: Readonly<Record<string, string>>,
  have: Readonly<Record<string, string>>,
): void {
  for (const key of new Set([...Object.keys(want), ...Object.keys(have)])) {
    const [a, b] = [want[key], have[key]];
    if (a !== undefined && b !== undefined && same(key, a, b)) counts.right++;
    else {
      if (a !== undefined) counts.missed++;
      if (b !== undefined) counts.wrong++;
    }
  }
}

/** F1 of the counts; NaN where there is nothing to count. */
export function fieldF1({ right, wrong, missed }: FieldCounts): number {
  return (2 * right) / (2 * right + wrong + missed);
}

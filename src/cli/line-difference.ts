// The difference of two texts, line by line. Knows no colours and no widths.

export interface ChangedLine {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

/** Above this many pairs of lines the changed middle is not compared but replaced as a whole. */
const MOST_PAIRS = 1_000_000;

/** Lines of both texts in order; of a change what goes comes before what comes. */
export function lineDifference(before: string, after: string): ChangedLine[] {
  const a = before.split('\n');
  const b = after.split('\n');
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  const same = (lines: readonly string[]): ChangedLine[] => lines.map((text) => ({ sign: ' ', text }));
  return [
    ...same(a.slice(0, head)),
    ...middle(a.slice(head, a.length - tail), b.slice(head, b.length - tail)),
    ...same(tail === 0 ? [] : a.slice(-tail)),
  ];
}

/** By the longest common subsequence. */
function middle(a: readonly string[], b: readonly string[]): ChangedLine[] {
  if (a.length * b.length > MOST_PAIRS) return ordered(a, b);
  const width = b.length + 1;
  const longest = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      longest[i * width + j] =
        a[i] === b[j]
          ? (longest[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(longest[(i + 1) * width + j] ?? 0, longest[i * width + j + 1] ?? 0);
  const out: ChangedLine[] = [];
  let gone: string[] = [];
  let come: string[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      out.push(...ordered(gone, come), { sign: ' ', text: a[i] ?? '' });
      [gone, come] = [[], []];
      i++;
      j++;
    } else if (
      j >= b.length ||
      (i < a.length && (longest[(i + 1) * width + j] ?? 0) >= (longest[i * width + j + 1] ?? 0))
    )
      gone.push(a[i++] ?? '');
    else come.push(b[j++] ?? '');
  }
  return [...out, ...ordered(gone, come)];
}

function ordered(gone: readonly string[], come: readonly string[]): ChangedLine[] {
  return [
    ...gone.map((text): ChangedLine => ({ sign: '-', text })),
    ...come.map((text): ChangedLine => ({ sign: '+', text })),
  ];
}

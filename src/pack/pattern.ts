// Whether a regular expression of the pack is one that every engine runs in linear time. Refuses by structure, before any text is seen.

/** Longest pattern, in characters. */
export const MAX_PATTERN = 1200;

/**
 * What is wrong with a pattern, or null. Refused: what does not compile; look-behind; back-references; an unbounded or large quantifier on
 * a group that itself repeats without bound (`(a+)+`, `(\d+,)*`), on a group that can be empty, or right behind another unbounded
 * quantifier over overlapping characters (`\s*\s*`, `.*.*`).
 */
export function faultOfPattern(source: string): string | null {
  if (source.length > MAX_PATTERN) return `is longer than ${MAX_PATTERN} characters`;
  try {
    new RegExp(source);
  } catch {
    return 'is no regular expression';
  }
  if (/\(\?<[=!]/.test(source)) return 'uses look-behind';
  if (/\\[1-9]|\\k</.test(source)) return 'uses a back-reference';
  return nestedRepeat(source);
}

interface Group {
  /** Holds an unbounded repeat. */
  repeats: boolean;
}

/** Walks the pattern once, with a stack of groups. */
function nestedRepeat(source: string): string | null {
  const stack: Group[] = [{ repeats: false }];
  let i = 0;
  let last: { atom: string; repeats: boolean } | null = null;
  let previousUnbounded: string | null = null;
  while (i < source.length) {
    const char = source[i] as string;
    if (char === '\\') {
      last = { atom: source.slice(i, i + 2), repeats: false };
      i += 2;
    } else if (char === '[') {
      const end = classEnd(source, i);
      last = { atom: source.slice(i, end), repeats: false };
      i = end;
    } else if (char === '(') {
      stack.push({ repeats: false });
      i += 1;
      const head = /^\?(?:[:=!]|<[a-zA-Z]\w*>)/.exec(source.slice(i));
      if (head) i += head[0].length;
      last = null;
      previousUnbounded = null;
      continue;
    } else if (char === ')') {
      const group = stack.pop() ?? { repeats: false };
      last = { atom: '(group)', repeats: group.repeats };
      const parent = stack.at(-1);
      if (parent && group.repeats) parent.repeats = true;
      i += 1;
    } else if (char === '|') {
      last = null;
      previousUnbounded = null;
      i += 1;
      continue;
    } else {
      last = { atom: char, repeats: false };
      i += 1;
    }
    const quantifier = /^(?:[*+?]|\{(\d+)(?:,(\d*))?\})\??/.exec(source.slice(i));
    if (!quantifier || last === null) {
      previousUnbounded = null;
      continue;
    }
    i += quantifier[0].length;
    const sign = quantifier[0][0];
    const most =
      sign === '?'
        ? 1
        : sign === '{'
          ? quantifier[2] === ''
            ? Infinity
            : Number(quantifier[2] ?? quantifier[1])
          : Infinity;
    if (most > 1 && last.repeats) return `repeats a group that repeats without bound (at character ${i})`;
    if (most === Infinity) {
      if (previousUnbounded !== null && previousUnbounded === last.atom)
        return `repeats ${last.atom} twice in a row (at character ${i})`;
      const group = stack.at(-1);
      if (group) group.repeats = true;
      previousUnbounded = last.atom;
    } else previousUnbounded = null;
  }
  return null;
}

function classEnd(source: string, from: number): number {
  for (let i = from + 1; i < source.length; i++) {
    if (source[i] === '\\') i++;
    else if (source[i] === ']') return i + 1;
  }
  return source.length;
}

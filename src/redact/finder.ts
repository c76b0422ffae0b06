// Finds many strings in a text in one pass that jumps ahead (Wu and Manber's method), linear also where the strings are alike.

/** Patterns that begin alike: by length, then by text. */
interface Bucket<T> {
  readonly lengths: number[];
  readonly patterns: Map<string, T>;
}

/** Units of a pattern that decide how far the search may jump. */
const MAX_WINDOW = 12;
const BLOCK = 3;
const HEAD = 4;

function blockAt(text: string, end: number): number {
  return (text.charCodeAt(end - 2) << 10) ^ (text.charCodeAt(end - 1) << 5) ^ text.charCodeAt(end);
}

function headAt(text: string, start: number): number {
  let print = 0;
  for (let i = 0; i < HEAD; i++) print = Math.imul(print, 31) + text.charCodeAt(start + i);
  return print;
}

/** A set of strings to look for, each of at least four units, each with something to tell. */
export class Finder<T> {
  private readonly window: number;
  /** Bits of a block that number its entry among the jumps. */
  private readonly mask: number;
  private readonly jumps: Uint8Array;
  private readonly buckets = new Map<number, Bucket<T>>();

  constructor(patterns: ReadonlyMap<string, T>) {
    let window = MAX_WINDOW;
    for (const pattern of patterns.keys()) window = Math.min(window, pattern.length);
    this.window = Math.max(HEAD, window);
    // Sixteen entries a pattern keep most of the table at the longest jump.
    this.mask = 2 ** Math.min(16, 32 - Math.clz32(16 * patterns.size + 255)) - 1;
    this.jumps = new Uint8Array(this.mask + 1).fill(this.window - BLOCK + 1);
    for (const [pattern, told] of patterns) {
      if (pattern.length < HEAD) continue;
      for (let end = BLOCK - 1; end < this.window; end++) {
        const block = blockAt(pattern, end) & this.mask;
        const jump = this.window - 1 - end;
        if (jump < (this.jumps[block] as number)) this.jumps[block] = jump;
      }
      const head = headAt(pattern, 0);
      let bucket = this.buckets.get(head);
      if (bucket === undefined) this.buckets.set(head, (bucket = { lengths: [], patterns: new Map() }));
      if (!bucket.lengths.includes(pattern.length)) bucket.lengths.push(pattern.length);
      bucket.patterns.set(pattern, told);
    }
  }

  /** Calls `found` for every place of every pattern, in order of place. */
  search(text: string, found: (start: number, end: number, told: T) => void): void {
    const { window, jumps, buckets, mask } = this;
    if (buckets.size === 0) return;
    for (let at = window - 1; at < text.length;) {
      const jump = jumps[blockAt(text, at) & mask] as number;
      if (jump > 0) {
        at += jump;
        continue;
      }
      const start = at - window + 1;
      const bucket = buckets.get(headAt(text, start));
      if (bucket !== undefined) {
        for (const length of bucket.lengths) {
          if (start + length > text.length) continue;
          const told = bucket.patterns.get(text.slice(start, start + length));
          if (told !== undefined) found(start, start + length, told);
        }
      }
      at++;
    }
  }
}

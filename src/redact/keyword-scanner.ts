// Finds all keywords of the pack in one linear pass (Aho-Corasick as a dense table), letter case folded, and long unbroken runs.
import { isWide } from './units';

/** Keyword ends and long runs, in order of place. */
export interface Hits {
  /** Pairs: end offset, keyword number. */
  readonly words: number[];
  /** Pairs: start, end of runs of letters, digits and `+/=_-.` of at least `minRun` units. */
  readonly runs: number[];
}

/** 1: beside a keyword this unit makes it a part of a longer word; 2: also, unless it ends an escape (a backslash and n, r or t). */
const touching = new Uint8Array(128);
for (let code = 48; code < 123; code++) {
  const unit = String.fromCharCode(code);
  if (/\w/.test(unit)) touching[code] = /[nrt]/.test(unit) ? 2 : 1;
}

/** Table automaton over folded UTF-16 units. */
export class KeywordScanner {
  private readonly classes = new Uint16Array(65536);
  private readonly width: number;
  private readonly next: Int16Array | Int32Array;
  private readonly outputs: (readonly number[] | undefined)[] = [];
  private readonly runUnit = new Uint8Array(65536);
  /** By keyword: its length where it counts as a word of its own only, else 0. */
  private readonly bordered: Uint8Array;

  /** `mustStand`: may the keyword be passed over where letters or digits touch it? Asked by its number. */
  constructor(
    readonly words: readonly string[],
    mustStand: (word: number) => boolean = () => false,
    private readonly minRun = 16,
  ) {
    // In order of their codes: what most texts are written in lies together in each row of the table.
    const units = [...new Set(words.join('').toLowerCase())].filter((unit) => unit.length === 1).sort();
    units.forEach((unit, i) => {
      this.classes[unit.charCodeAt(0)] = i + 1;
      const upper = unit.toUpperCase();
      if (upper.length === 1) this.classes[upper.charCodeAt(0)] ||= i + 1;
    });
    this.width = units.length + 1;
    this.bordered = Uint8Array.from(words, (word, i) =>
      mustStand(i) && !isWide(word.charCodeAt(0)) && !isWide(word.charCodeAt(word.length - 1)) && word[0] !== ' '
        ? word.length
        : 0,
    );
    this.next = this.build();
    for (let code = 33; code < 127; code++) this.runUnit[code] = /[\w+/=.-]/.test(String.fromCharCode(code)) ? 1 : 0;
  }

  private build(): Int16Array | Int32Array {
    const { width } = this;
    const trie: Int32Array[] = [new Int32Array(width).fill(-1)];
    const own: number[][] = [[]];
    this.words.forEach((word, number) => {
      let state = 0;
      for (let i = 0; i < word.length; i++) {
        const unit = this.classes[word.toLowerCase().charCodeAt(i)] ?? 0;
        const row = trie[state] as Int32Array;
        if ((row[unit] as number) < 0) {
          row[unit] = trie.length;
          trie.push(new Int32Array(width).fill(-1));
          own.push([]);
        }
        state = row[unit] as number;
      }
      own[state]?.push(number);
    });
    const size = trie.length * width;
    const table = trie.length < 32768 ? new Int16Array(size) : new Int32Array(size);
    const fail = new Int32Array(trie.length);
    const queue: number[] = [0];
    for (let head = 0; head < queue.length; head++) {
      const state = queue[head] as number;
      const row = trie[state] as Int32Array;
      const back = fail[state] as number;
      const outputs = [...(own[state] ?? []), ...(state === 0 ? [] : (this.outputs[back] ?? []))];
      this.outputs[state] = outputs.length > 0 ? outputs : undefined;
      for (let unit = 0; unit < width; unit++) {
        const child = row[unit] as number;
        const fallback = state === 0 ? 0 : (table[back * width + unit] as number);
        if (child < 0) table[state * width + unit] = fallback;
        else {
          table[state * width + unit] = child;
          fail[child] = fallback;
          queue.push(child);
        }
      }
    }
    // A negative entry says that the state it stands for has keywords ending in it: one test per unit in the scan.
    for (let i = 0; i < table.length; i++) {
      const state = table[i] as number;
      if (this.outputs[state] !== undefined) table[i] = -state;
    }
    return table;
  }

  /** All keywords and runs in the regions (pairs of offsets) of a text. Linear in their length plus what is found. */
  scan(text: string, regions: readonly number[] = [0, text.length]): Hits {
    const hits: Hits = { words: [], runs: [] };
    for (let r = 0; r < regions.length; r += 2)
      this.scanRegion(text, regions[r] as number, regions[r + 1] as number, hits);
    return hits;
  }

  private scanRegion(text: string, from: number, length: number, { words, runs }: Hits): void {
    const { classes, next, width, runUnit, outputs, minRun, bordered } = this;
    let state = 0;
    let runStart = from;
    for (let i = from; i < length; i++) {
      const code = text.charCodeAt(i);
      let to = next[state * width + (classes[code] as number)] as number;
      if (to < 0) {
        to = -to;
        for (const word of outputs[to] as readonly number[]) {
          const own = bordered[word] as number;
          if (own > 0 && ((touching[text.charCodeAt(i + 1)] ?? 0) > 0 || touching[text.charCodeAt(i - own)] === 1))
            continue;
          words.push(i + 1, word);
        }
      }
      state = to;
      if (runUnit[code] === 0) {
        if (i - runStart >= minRun) runs.push(runStart, i);
        runStart = i + 1;
      }
    }
    if (length - runStart >= minRun) runs.push(runStart, length);
  }
}

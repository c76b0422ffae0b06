// Finds all keywords of the pack in one linear pass (Aho-Corasick as a dense table), letter case folded, and long unbroken runs.

/** Keyword ends and long runs, in order of place. */
export interface Hits {
  /** Pairs: end offset, keyword number. */
  readonly words: number[];
  /** Pairs: start, end of runs of letters, digits and `+/=_-.` of at least `minRun` units. */
  readonly runs: number[];
}

/** Table automaton over folded UTF-16 units. */
export class KeywordScanner {
  private readonly classes = new Uint16Array(65536);
  private readonly width: number;
  private readonly next: Int32Array;
  private readonly outputs: (readonly number[] | undefined)[] = [];
  private readonly runUnit = new Uint8Array(65536);

  constructor(
    readonly words: readonly string[],
    private readonly minRun = 16,
  ) {
    const letters = new Map<string, number>();
    for (const word of words) {
      for (let i = 0; i < word.length; i++) {
        const unit = word.charAt(i).toLowerCase();
        if (!letters.has(unit)) letters.set(unit, letters.size + 1);
      }
    }
    for (const [unit, index] of letters) {
      if (unit.length !== 1) continue;
      this.classes[unit.charCodeAt(0)] = index;
      const upper = unit.toUpperCase();
      if (upper.length === 1) this.classes[upper.charCodeAt(0)] = index;
    }
    this.width = letters.size + 1;
    this.next = this.build();
    for (let code = 33; code < 127; code++) this.runUnit[code] = /[\w+/=.-]/.test(String.fromCharCode(code)) ? 1 : 0;
  }

  private build(): Int32Array {
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
    const table = new Int32Array(trie.length * width);
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
    const { classes, next, width, runUnit, outputs, minRun } = this;
    let state = 0;
    let runStart = from;
    for (let i = from; i < length; i++) {
      const code = text.charCodeAt(i);
      let to = next[state * width + (classes[code] as number)] as number;
      if (to < 0) {
        to = -to;
        for (const word of outputs[to] as readonly number[]) words.push(i + 1, word);
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

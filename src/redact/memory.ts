// What a conversation remembers of recognised values: keyed hashes by length, never the values. The key dies with the conversation.
import { sipHash, type HashKey } from './siphash';

/** A remembered value. `hash` is of the value in lower case. */
export interface MemoryEntry {
  readonly length: number;
  readonly hash: string;
  readonly kind: string;
  readonly group: number;
}

/** The memory as plain data, to be stored with the conversation. */
export interface MemoryData {
  readonly key: HashKey;
  readonly entries: readonly MemoryEntry[];
  /** Kind of the secret that the next message was announced or asked to hold. */
  readonly expects?: string;
}

/** Recognises values seen before in the same conversation. Mutable; belongs to one conversation. */
export class RedactionMemory {
  private readonly byLength = new Map<number, Map<string, MemoryEntry>>();
  private nextGroup = 1;
  /** Kind of the secret that the next message is expected to hold alone. */
  expects: string | undefined;

  /** `key`: 128 random bits as four 32-bit numbers, new for each conversation. */
  constructor(
    private readonly key: HashKey,
    entries: readonly MemoryEntry[] = [],
  ) {
    for (const entry of entries) this.put(entry);
  }

  static from(data: MemoryData): RedactionMemory {
    const memory = new RedactionMemory(data.key, data.entries);
    memory.expects = data.expects;
    return memory;
  }

  /** Plain data for a store. Holds no value, only keyed hashes. */
  toData(): MemoryData {
    const entries = [...this.byLength.values()].flatMap((map) => [...map.values()]);
    return { key: this.key, entries, ...(this.expects === undefined ? {} : { expects: this.expects }) };
  }

  /** Lengths of remembered values in UTF-16 units. */
  get lengths(): readonly number[] {
    return [...this.byLength.keys()];
  }

  get size(): number {
    let size = 0;
    for (const map of this.byLength.values()) size += map.size;
    return size;
  }

  /** Remembers a value and returns its group; equal values (in any case) share one. @unredacted */
  remember(value: string, kind: string): number {
    const known = this.find(value);
    if (known !== undefined) return known.group;
    const entry = { length: value.length, hash: this.hash(value), kind, group: this.nextGroup };
    this.put(entry);
    return entry.group;
  }

  /** The entry of a value that was remembered before. @unredacted */
  find(value: string): MemoryEntry | undefined {
    return this.byLength.get(value.length)?.get(this.hash(value));
  }

  private put(entry: MemoryEntry): void {
    const map = this.byLength.get(entry.length) ?? new Map<string, MemoryEntry>();
    this.byLength.set(entry.length, map);
    map.set(entry.hash, entry);
    this.nextGroup = Math.max(this.nextGroup, entry.group + 1);
  }

  private hash(value: string): string {
    return sipHash(this.key, value.toLowerCase());
  }
}

/** Calls `found` for every remembered value that stands between word borders. Linear in the text for a given set of lengths. */
export function recognise(
  memory: RedactionMemory,
  text: string,
  found: (start: number, end: number, entry: MemoryEntry) => void,
): void {
  const { lengths } = memory;
  if (lengths.length === 0) return;
  const inside = (i: number): boolean => /[\p{L}\d]/u.test(text[i] ?? '');
  for (let start = 0; start < text.length; start++) {
    if (inside(start) && start > 0 && inside(start - 1)) continue;
    if (/\s/.test(text[start] ?? ' ')) continue;
    for (const length of lengths) {
      const end = start + length;
      if (end > text.length || (inside(end) && inside(end - 1))) continue;
      const entry = memory.find(text.slice(start, end));
      if (entry !== undefined) found(start, end, entry);
    }
  }
}

// Foretells the bits of a text from what came before: contexts of several lengths, mixed by what each was worth so far.
// Writer and reader run the same model, so it keeps to operations that every engine computes alike (no exp, no log).

/** Looked up once: they are called some ten million times. */
const { imul, clz32, min, max, trunc } = Math;
const TABLE_BITS = 17;
/** Changes of a probability slow down to 1 / (this + 1.4). */
const SLOWEST = 20;
const FIRST_WEIGHT = 0.2;
const LEARNING = 1.28e-8;
const LONGEST_MATCH = 32;
const ONE = 4096;
/** 4096 / (1 + e^-x) for x from -8 to 8 in halves. */
const LOGISTIC = [
  1, 2, 3, 6, 10, 16, 27, 45, 73, 120, 194, 310, 488, 747, 1101, 1546, 2047, 2549, 2994, 3348, 3607, 3785, 3901, 3975,
  4024, 4050, 4068, 4079, 4085, 4089, 4092, 4093, 4094,
];

/** Log odds in 1/256 to a probability of 4096. */
function toProbability(odds: number): number {
  const at = (odds >> 7) + 16;
  const part = odds & 127;
  return ((LOGISTIC[at] as number) * (128 - part) + (LOGISTIC[at + 1] as number) * part + 64) >> 7;
}

function oddsTable(): Int16Array {
  const table = new Int16Array(ONE);
  let next = 0;
  for (let odds = -2047; odds <= 2047; odds++) {
    for (const probability = toProbability(odds); next <= probability; next++) table[next] = odds;
  }
  return table.fill(2047, next);
}

export interface Model {
  /** That the next bit is 1: of 4096, never 0 or 4096. */
  foretell(): number;
  learn(bit: number): void;
  /** The text so far. */
  readonly bytes: Uint8Array;
  /** How many bytes of it are whole. */
  length(): number;
}

const isLetter = (byte: number): boolean => byte > 127 || ((byte | 32) > 96 && (byte | 32) < 123);

/** `size`: bytes of the whole text. */
export function createModel(size: number): Model {
  const bytes = new Uint8Array(size);
  const odds = oddsTable();
  const contexts = new Int32Array(9);
  const inputs = contexts.length + 1;
  const chances = new Uint16Array(contexts.length << TABLE_BITS).fill(1 << 15);
  const counts = new Uint8Array(chances.length);
  const weights = new Float64Array(inputs * 256 * 5).fill(FIRST_WEIGHT);
  const slots = new Int32Array(contexts.length);
  const told = new Float64Array(inputs);
  const seen = new Int32Array(1 << 16);
  let length = 0;
  /** A 1, then the bits of the byte at hand. */
  let part = 1;
  let set = 0;
  let foretold = 0;
  let word = 0;
  let line = 0;
  let lineBefore = 0;
  let matchAt = 0;
  let match = 0;

  const hash = (...values: number[]): number => {
    let sum = 0x51633e2d;
    for (const value of values) sum = imul(sum ^ (value + 1), 0x2545f491) + (sum >>> 15);
    return sum;
  };
  const back = (by: number): number => bytes[length - by] ?? 0;

  const setContexts = (): void => {
    for (let order = 0; order < 5; order++) {
      contexts[order] = hash(order, ...Array.from({ length: order }, (_, i) => back(i + 1)));
    }
    contexts[5] = hash(5, back(1), back(2), back(3), back(4), back(5), back(6));
    contexts[6] = hash(6, word);
    // A sorted list: the word above, and whether this one has begun like it.
    const column = length - line;
    const above = lineBefore + column < line ? (bytes[lineBefore + column] ?? 0) : 0;
    let same = 0;
    while (same < column && bytes[lineBefore + same] === bytes[line + same]) same++;
    contexts[7] = hash(7, above, min(column, 6), back(1));
    contexts[8] = hash(8, column, above, same === column ? 1 : 0);
  };

  const findMatch = (byte: number): void => {
    if (match > 0 && bytes[matchAt] === byte) {
      match++;
      matchAt++;
    } else match = 0;
    if (length < 5) return;
    const key = hash(back(1), back(2), back(3), back(4), back(5)) >>> 16;
    if (match === 0) {
      matchAt = seen[key] as number;
      while (match < LONGEST_MATCH && match < matchAt && bytes[matchAt - 1 - match] === back(1 + match)) match++;
    }
    seen[key] = length;
  };

  const endByte = (byte: number): void => {
    bytes[length++] = byte;
    if (byte === 10 || byte === 34) {
      lineBefore = line;
      line = length;
    }
    word = isLetter(byte) ? imul(word + byte + 1, 0x2f0b4c47) : 0;
    findMatch(byte);
    setContexts();
  };

  setContexts();
  return {
    bytes,
    length: () => length,
    foretell() {
      const done = 31 - clz32(part);
      const expected = bytes[matchAt] as number;
      if (match > 0 && (expected | 256) >> (8 - done) !== part) match = 0;
      set = (part + 256 * min(length - line, 4)) * inputs;
      let sum = 0;
      for (let i = 0; i < slots.length; i++) {
        const at = imul((contexts[i] as number) + imul(part, 0x9e3779b1), 0x2c1b3c6d) >>> (32 - TABLE_BITS);
        const slot = (i << TABLE_BITS) + at;
        slots[i] = slot;
        const value = counts[slot] === 0 ? 0 : (odds[(chances[slot] as number) >> 4] as number);
        told[i] = value;
        sum += value * (weights[set + i] as number);
      }
      const sure = min(match, 20) * 64;
      const value = (expected >> (7 - done)) & 1 ? sure : -sure;
      told[inputs - 1] = value;
      sum += value * (weights[set + inputs - 1] as number);
      foretold = toProbability(max(-2047, min(2047, sum | 0)));
      return max(1, min(ONE - 1, foretold));
    },
    learn(bit) {
      const error = ((bit << 12) - foretold) * LEARNING;
      for (let i = 0; i < inputs; i++) {
        weights[set + i] = (weights[set + i] as number) + (told[i] as number) * error;
      }
      for (const slot of slots) {
        const count = counts[slot] as number;
        const chance = chances[slot] as number;
        chances[slot] = chance + trunc(((bit ? 65535 : 0) - chance) / (count + 1.4));
        if (count < SLOWEST) counts[slot] = count + 1;
      }
      part = (part << 1) | bit;
      if (part < 256) return;
      const byte = part & 255;
      part = 1;
      endByte(byte);
    },
  };
}

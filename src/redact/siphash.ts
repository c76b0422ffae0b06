// SipHash-2-4 (Aumasson and Bernstein, 2012) over UTF-16 units, in plain 32-bit arithmetic: runs in any engine.

/** 128-bit key as four 32-bit words. */
export type HashKey = readonly [number, number, number, number];

/** Keyed 64-bit hash of a text as 16 hex digits. */
export function sipHash(key: HashKey, text: string): string {
  const v = new Int32Array([
    key[0] ^ 0x70736575,
    key[1] ^ 0x736f6d65,
    key[2] ^ 0x6e646f6d,
    key[3] ^ 0x646f7261,
    key[0] ^ 0x6e657261,
    key[1] ^ 0x6c796765,
    key[2] ^ 0x79746573,
    key[3] ^ 0x74656462,
  ]);
  const add = (a: number, b: number): void => {
    const low = ((v[a] as number) >>> 0) + ((v[b] as number) >>> 0);
    v[a + 1] = (v[a + 1] as number) + (v[b + 1] as number) + (low > 0xffffffff ? 1 : 0);
    v[a] = low | 0;
  };
  const rotate = (a: number, by: number): void => {
    let low = v[a] as number;
    let high = v[a + 1] as number;
    if (by >= 32) [low, high] = [high, low];
    const bits = by % 32;
    v[a] = bits === 0 ? low : (low << bits) | (high >>> (32 - bits));
    v[a + 1] = bits === 0 ? high : (high << bits) | (low >>> (32 - bits));
  };
  const xor = (a: number, b: number): void => {
    v[a] = (v[a] as number) ^ (v[b] as number);
    v[a + 1] = (v[a + 1] as number) ^ (v[b + 1] as number);
  };
  const round = (): void => {
    add(0, 2);
    rotate(2, 13);
    xor(2, 0);
    rotate(0, 32);
    add(4, 6);
    rotate(6, 16);
    xor(6, 4);
    add(0, 6);
    rotate(6, 21);
    xor(6, 0);
    add(4, 2);
    rotate(2, 17);
    xor(2, 4);
    rotate(4, 32);
  };
  const block = (low: number, high: number): void => {
    v[6] = (v[6] as number) ^ low;
    v[7] = (v[7] as number) ^ high;
    round();
    round();
    v[0] = (v[0] as number) ^ low;
    v[1] = (v[1] as number) ^ high;
  };
  const unit = (i: number): number => (i < text.length ? text.charCodeAt(i) : 0);
  for (let i = 0; i < text.length; i += 4) block(unit(i) | (unit(i + 1) << 16), unit(i + 2) | (unit(i + 3) << 16));
  block(text.length | 0, 0);
  v[4] = (v[4] as number) ^ 0xff;
  round();
  round();
  round();
  round();
  const hex = (n: number): string => (n >>> 0).toString(16).padStart(8, '0');
  const at = (i: number): number => v[i] as number;
  return hex(at(1) ^ at(3) ^ at(5) ^ at(7)) + hex(at(0) ^ at(2) ^ at(4) ^ at(6));
}

// Records of other versions: older ones are brought up to date step by step, later ones are refused.
import { readRecord, RECORD_VERSION } from '../../src/service/record';

test('a record of this version is read as it is', () => {
  expect(readRecord(JSON.stringify({ v: RECORD_VERSION, seq: 4 }))).toEqual({ v: RECORD_VERSION, seq: 4 });
});

test('an older one goes through every step', () => {
  const steps = {
    [RECORD_VERSION - 2]: (old: object) => ({ ...old, a: 1 }),
    [RECORD_VERSION - 1]: (old: object) => ({ ...old, b: 2 }),
  };
  expect(readRecord(JSON.stringify({ v: RECORD_VERSION - 2, seq: 4 }), steps)).toEqual({
    v: RECORD_VERSION,
    seq: 4,
    a: 1,
    b: 2,
  });
});

test.each([[RECORD_VERSION + 1], [RECORD_VERSION - 1]])('version %d without a step to here is refused', (v) => {
  expect(() => readRecord(JSON.stringify({ v }))).toThrow(expect.objectContaining({ code: 'STORE_DAMAGED' }) as Error);
});

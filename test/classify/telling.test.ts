// What of the evidence is shown to people.
import { tellingEvidence } from '../../src/classify/telling';
import type { Evidence } from '../../src/types';

const piece = (rule: string, weight: number, quote = rule): Evidence => ({
  rule,
  quote,
  start: 10,
  end: 10 + quote.length,
  weight,
});
const rulesOf = (evidence: readonly Evidence[]): string[] => evidence.map(({ rule }) => rule);

describe('tellingEvidence', () => {
  test('prefers what a rule of the pack explains to what only the reader weighs', () => {
    const evidence = [piece('reader.c:help', 2), piece('some-cause.new-server', 1.1), piece('reader.w:asap', 3)];
    expect(rulesOf(tellingEvidence(evidence))).toEqual(['some-cause.new-server']);
  });

  test('falls back to concepts and facts, and to mere words only where there is nothing else', () => {
    expect(rulesOf(tellingEvidence([piece('reader.w:asap', 3), piece('reader.c:server', 1)]))).toEqual([
      'reader.c:server',
    ]);
    expect(rulesOf(tellingEvidence([piece('reader.w:asap', 3), piece('reader.b:so soon', 1)]))).toEqual([
      'reader.w:asap',
      'reader.b:so soon',
    ]);
  });

  test('keeps the two sides apart and sorts by weight', () => {
    const evidence = [piece('a.one', 0.5), piece('a.two', 2), piece('a.three', -1)];
    expect(rulesOf(tellingEvidence(evidence))).toEqual(['a.two', 'a.one']);
    expect(rulesOf(tellingEvidence(evidence, -1))).toEqual(['a.three']);
  });

  test('leaves out what has no words, and slight statistics', () => {
    expect(tellingEvidence([piece('a.one', 1, ''), piece('reader.c:ip', 0.2)])).toEqual([]);
    expect(tellingEvidence([])).toEqual([]);
  });
});

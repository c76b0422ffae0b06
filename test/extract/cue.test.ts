// The grammar of cue phrases, and that every phrase of the pack compiles and matches something.

import { compileWords, phrasesSource } from '../../src/extract/cue';
import { fold } from '../../src/extract/fold';
import { fieldSchema } from '../../src/pack/schema/field';
import { fieldFiles } from '../support/extract';

const matches = (phrase: string, words: string) => new RegExp(phrasesSource([phrase])).test(fold(words));

test.each([
  ['outbound ip', 'our outbound_ip:', true],
  ['outbound ip', 'outbound  IP', true],
  ['ip', 'shipping', false],
  ['user ?name', 'my username', true],
  ['user ?name', 'my user name', true],
  ['~ing', 'shipping', true],
  ['white~', 'whitelisted', true],
  ['white', 'whitelisted', false],
  ['(our|my) (server|box)', 'My box', true],
  ['get( a| the)* code', 'get a the code', true],
  ['you have … on file', 'you have it there on file', true],
  ['you have … on file', 'you have it. on file', false],
  ['code %', 'code 401', true],
  ['~\\| ', 'a | b', true],
  ['mật khẩu', 'mat khau', true],
  ['账号', '我的账号是', true],
])('%j against %j', (phrase, words, expected) => {
  expect(matches(phrase, words)).toBe(expected);
});

test('folding keeps offsets', () => {
  for (const text of ['Straße ẞ İstanbul', 'đường Đà Nẵng', '（账号：a）', 'ÀÉÎ', 'ﬁne'])
    expect(fold(text)).toHaveLength(text.length);
});

test('a language that the pack lacks reads the words of all', () => {
  const words = { en: ['server'], es: ['servidor'] };
  expect(compileWords(words, 'fr', 'en').test('servidor')).toBe(true);
  expect(compileWords(words, 'es', 'en').test('server')).toBe(true);
});

describe.each(fieldFiles().map((f) => [f.key, f] as const))('%s', (_, file) => {
  const groups = [
    ['labels', file.labels] as const,
    ...Object.entries(file.cues).map(([k, v]) => [k, v.words] as const),
  ];
  test.each(groups)('phrases of %s', (_name, words) => {
    for (const list of Object.values(words)) {
      for (const phrase of list) {
        const re = new RegExp(phrasesSource([phrase]));
        expect(phrase.length).toBeLessThanOrEqual(1_200);
        expect(re.test('')).toBe(false);
      }
    }
  });

  test('has the keys of its schema', () => {
    expect(Object.keys(file).filter((k) => !(k in fieldSchema.properties))).toEqual([]);
    expect(fieldSchema.required.filter((k) => !(k in file))).toEqual([]);
  });
});

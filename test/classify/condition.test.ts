// Conditions over mentions and facts: polarity, scope, questions, and linear work.
import { compileCondition, conceptsOf } from '../../src/classify/condition';
import { readFeatures } from '../../src/classify/features';
import { Lexicon } from '../../src/text/lexicon';
import { readPassage } from '../../src/text/mentions';

const words = {
  'mod-not': ['not', 'no'],
  cat: ['cat'],
  dog: ['dog'],
  claims: ['think'],
  'value-no': ['=false', '=none'],
  'value-yes': ['=true'],
};
const reading = { lexicon: new Lexicon(words, (word) => word, 0), stem: (word: string) => word };
const passageOf = (text: string) => readPassage(text, [reading]);
const quote = (
  condition: Parameters<typeof compileCondition>[0],
  text: string,
  facts: string[] = [],
): string | null => {
  const span = compileCondition(condition)({
    passage: passageOf(text),
    facts: facts.map((fact) => ({ fact, start: 0, end: 3 })),
  });
  return span && text.slice(span.start, span.end);
};

test.each([
  ['one concept', { concepts: ['cat'] }, 'a cat', 'cat'],
  ['two in a clause', { concepts: ['cat', 'dog'] }, 'a dog and cat', 'dog and cat'],
  ['not across clauses', { concepts: ['cat', 'dog'] }, 'a dog, a cat', null],
  [
    'across clauses of a sentence',
    { concepts: ['cat', 'dog'], within: 'sentence' as const },
    'a dog, a cat',
    'dog, a cat',
  ],
  ['not across sentences', { concepts: ['cat', 'dog'], within: 'sentence' as const }, 'A dog. A cat', null],
  [
    'across the text, the first is quoted',
    { concepts: ['cat', 'dog'], within: 'text' as const },
    'A dog. A cat',
    'cat',
  ],
  ['negated only', { concepts: ['!cat'] }, 'a cat, no cat', 'cat'],
  ['not negated only', { concepts: ['+cat'] }, 'no cat', null],
  ['asked only', { concepts: ['cat'], asked: true }, 'a cat.', null],
  ['asked', { concepts: ['cat'], asked: true }, 'a cat?', 'cat'],
  ['all', { all: [{ concepts: ['cat'] }, { not: { concepts: ['dog'] } }] }, 'a cat', 'cat'],
  ['not', { all: [{ concepts: ['cat'] }, { not: { concepts: ['dog'] } }] }, 'a cat, a dog', null],
  ['a fact', { fact: 'tall' }, 'a cat', null],
])('%s', (_, condition, text, expected) => {
  expect(quote(condition, text)).toBe(expected);
});

test('a fact holds on its words', () => expect(quote({ fact: 'tall' }, 'tallest', ['tall'])).toBe('tal'));

test('names of concepts come without their marks', () => {
  expect(conceptsOf({ any: [{ concepts: ['!cat', '+dog'] }, { not: { concepts: ['cat'] } }] })).toEqual([
    'cat',
    'dog',
    'cat',
  ]);
});

test('twice the text is about twice the work', () => {
  const check = compileCondition({ concepts: ['cat', '!dog'], within: 'sentence' });
  /** How often a mention is looked at. */
  const cost = (count: number): number => {
    const passage = passageOf('cat and dog. '.repeat(count));
    let looks = 0;
    const counted = <T extends object>(value: T): T =>
      new Proxy(value, { get: (from, key) => (looks++, Reflect.get(from, key) as unknown) });
    check({ passage: { ...passage, mentions: passage.mentions.map(counted) }, facts: [] });
    return looks;
  };
  expect(cost(100)).toBeGreaterThanOrEqual(100);
  expect(cost(2000) / cost(1000)).toBeLessThan(2.2);
});

test.each([
  ['cat = ""', 'v:cat=empty'],
  ['"cat": false,', 'v:cat=no'],
  ['[cat] => true', 'v:cat=yes'],
  ['cat=none', 'v:cat=no'],
])('a setting %s gives %s', (text, expected) => {
  expect([...readFeatures(passageOf(text), []).keys()]).toContain(expected);
});

test('features quote the text', () => {
  const text = 'No cat here.\n{"cat": false}\nWhere is the dog?';
  const features = readFeatures(passageOf(text), [{ fact: 'tall', start: 0, end: 2 }]);
  expect([...features.keys()]).toEqual(expect.arrayContaining(['c:!cat', 'c:?dog', 'f:tall', 'w:!cat']));
  for (const { start, end } of features.values()) expect(text.slice(start, end)).not.toBe('');
});

describe('what a person only believes', () => {
  test('counts apart: in features, and in conditions that ask', () => {
    const text = 'I think the cat, the dog';
    expect([...readFeatures(passageOf(`${text} ran off today and nobody saw it again since`), []).keys()]).toEqual(
      expect.arrayContaining(['c:~cat', 'c:dog']),
    );
    expect(quote({ concepts: ['cat'], claimed: true }, text)).toBe('cat');
    expect(quote({ concepts: ['cat'], claimed: false }, text)).toBeNull();
    expect(quote({ concepts: ['dog'], claimed: false }, text)).toBe('dog');
  });
  test.each(['where is my cat?', 'I think the cat'])('alone is no ground for a verdict: %s', (text) => {
    expect([...readFeatures(passageOf(text), []).keys()].every((name) => name.startsWith('q:'))).toBe(true);
  });
  test('is told apart from a question with a case behind it', () => {
    const long = 'where is my cat, since yesterday the dog is gone?';
    expect([...readFeatures(passageOf(long), []).keys()]).toContain('c:?cat');
  });
});

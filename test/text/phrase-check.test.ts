// What keeps a phrase from matching is said, and nothing is said of sound ones.
import { warningsOfConcepts, warningsOfPhrase } from '../../src/text/phrase-check';

test.each(['api password|pw .. wrong', '#ip not listed', 'log in|sign in', '?my @secret', '密码 错误', '=403'])(
  'sound: %s',
  (phrase) => {
    expect(warningsOfPhrase(phrase, { secret: ['password', 'key'] })).toEqual([]);
  },
);

test.each([
  ['code 10234', '"10234" never matches: it holds a number of more than three digits, which texts do not keep'],
  ['wrong - password', '"-" never matches: it holds no letter or digit'],
  ['#adress not listed', '"#adress" never matches: it is no class of words'],
  ['@secrets wrong', 'no set is called @secrets'],
])('%s', (phrase, message) => {
  expect(warningsOfPhrase(phrase, { secret: ['password'] })).toContain(message);
});

test('more sequences of words than are matched', () => {
  const choice = 'log-in|sign-in|set-up|check-out';
  expect(warningsOfPhrase(`${choice} ${choice} ${choice} ${choice}`)).toEqual([
    'gives 256 sequences of words, of which only 200 are matched; split it',
  ]);
});

test('a warning has the place of its phrase', () => {
  expect(warningsOfConcepts({ door: ['door', 'door 12345'] })[0]?.path).toEqual(['concepts', 'door', 1]);
});

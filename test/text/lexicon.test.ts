// Phrases, word sets, tolerant spelling, and that long words are passed over.
import { Lexicon } from '../../src/text/lexicon';
import { stemmer } from '../../src/text/stem';
import { tokenise } from '../../src/text/tokens';

const stem = stemmer('porter_stemmer');
const found = (phrases: readonly string[], text: string, sets: Record<string, string[]> = {}): string[] => {
  const lexicon = new Lexicon({ x: phrases }, stem, 6, sets);
  const tokens = tokenise(text);
  const stems = tokens.map((token) => lexicon.correct(stem(token.norm)));
  return lexicon.match(tokens, stems).map(({ from, to }) => text.slice(tokens[from]?.start, tokens[to]?.end));
};

test.each([
  ['a stem', ['whitelist'], 'we whitelisted it', ['whitelisted']],
  ['an exact form', ['=listed'], 'a list that listed it', ['listed']],
  ['an exact hyphenated form is not its first part', ['=re-type'], 're: type', []],
  ['alternatives', ['red|blue box'], 'a blue box', ['blue box']],
  ['a gap', ['not .. list'], 'not in the list', ['not in the list']],
  ['a gap ends with the clause', ['not .. list'], 'not this, the list', []],
  ['an optional word', ['in ?the list'], 'in list', ['in list']],
  ['a class', ['#ip .. and #ip'], '192.0.2.1 and 192.0.2.2', ['192.0.2.1 and 192.0.2.2']],
  ['a name with a dot is words, not any domain', ['fly.io'], 'example.com', []],
  ['a long number matches nothing', ['=2019'], 'in 2024', []],
  ['a status stays itself', ['401'], 'error 401', ['401']],
  ['one slip in a long word', ['whitelist'], 'the whitlist', ['whitlist']],
  ['no slip in a short word', ['list'], 'the lst', []],
  ['no slip in an exact form', ['=callback'], 'the fallback', []],
])('%s', (_, phrases, text, expected) => {
  expect(found(phrases, text)).toEqual(expected);
});

test.each([
  ['@gave .. @addr', 'we typed the number', ['typed the number']],
  ['@gave .. @addr', 'we forgot the number', []],
  ['the @addr|thing', 'the thing', ['the thing']],
])('sets: %s on %s', (phrase, text, expected) => {
  expect(found([phrase], text, { gave: ['gave', 'typed'], addr: ['ip', 'number'] })).toEqual(expected);
});

test('a word of sixty thousand letters is passed over', () => {
  expect(found(['whitelist'], `${'a'.repeat(60_000)} whitelist`)).toEqual(['whitelist']);
});

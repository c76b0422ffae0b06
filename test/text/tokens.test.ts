// Words and classes with their places.
import { normaliseWord, tokenise } from '../../src/text/tokens';

test.each([
  ['Added 192.0.2.1', ['added', '#ip']],
  ['see https://example.org/a?b=c now', ['see', '#url', 'now']],
  ['apiSecret API_KEY', ['api', 'secret', 'api', 'key']],
  ['code 401 in 2026', ['code', '401', 'in', '#num']],
  ['[redacted:api-secret]', ['#secret']],
  ['mail a@example.org', ['mail', '#email']],
  ['don’t', ["don't"]],
  ['contraseña', ['contrasena']],
  ['密码', ['密', '码']],
])('%s', (text, norms) => {
  expect(tokenise(text).map((token) => token.norm)).toEqual(norms);
});

test('clauses break at commas, lines and dashes', () => {
  expect(tokenise('one, two three\nfour - five').map((token) => token.breaks)).toEqual([
    false,
    true,
    false,
    true,
    true,
  ]);
});

test('a normal form is its own normal form', () => {
  for (const word of ['Ärger', 'ĐẠI', 'İp', 'don’t'])
    expect(normaliseWord(normaliseWord(word))).toBe(normaliseWord(word));
});

// Properties: planted secrets never survive, a second redaction changes nothing, JSON stays JSON, nothing throws.
import fc from 'fast-check';
import { createRedactor } from '../../src/redact/redactor';
import { fill, isLeaked, readFixture, type CarrierTemplate } from '../support/redact-fixtures';
import { redactData } from '../support/redact-rules';

const redactor = createRedactor(redactData());
const carriers = readFixture<CarrierTemplate[]>('carriers').filter(
  ({ forms }) => forms !== 'digits' && forms !== 'token',
);
const harmless = readFixture<string[]>('harmless');

const letters = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ';
const word = fc.string({ unit: fc.constantFrom(...letters), minLength: 3, maxLength: 8 });
const digits = fc.integer({ min: 10, max: 99999 }).map(String);
const joint = fc.constantFrom('-', '_', '.', '');
/** A made-up password: two words and a number with joints. */
const secret = fc.tuple(word, joint, word, joint, digits).map(([a, b, c, d, e]) => `Q${a}${b}${c}${d}${e}`);
const sentences = [
  'my password is {S} ok?',
  'api secret: {S}',
  'I tried {S} as the api key',
  '密码是 {S}，还是不行',
  'mật khẩu của em là {S}',
  'пароль {S} не подходит',
  'la contraseña es {S}',
  'minha senha é {S}',
  'kata sandi saya {S}',
  'use larkfield / {S}',
  '{S} is my password',
  'passwho?cd is {S}',
];

test('a planted secret survives in no carrier', () => {
  fc.assert(
    fc.property(fc.constantFrom(...carriers), secret, (carrier, value) => {
      const { text, hidden } = fill(carrier.text, 'larkfield', value);
      const output = redactor.redact(text).text;
      return hidden.every((form) => !isLeaked(form, output)) && redactor.redact(output).text === output;
    }),
    { numRuns: 1500 },
  );
});

test('a planted secret survives in no sentence', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...sentences),
      secret,
      (sentence, value) => !isLeaked(value, redactor.redact(sentence.replace('{S}', value)).text),
    ),
    { numRuns: 1000 },
  );
});

test('harmless texts in any order stay as they are', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(harmless, { minLength: 2, maxLength: 5 }), (texts) => {
      const text = texts.join('\n\n\n\n');
      return redactor.redact(text).text === text;
    }),
    { numRuns: 200 },
  );
});

test('JSON stays JSON', () => {
  const key = fc.constantFrom(
    'password',
    'api_secret',
    'token',
    'otp',
    'msg',
    'domain',
    'Authorization',
    '密码',
    'note',
  );
  const value = fc.oneof(
    fc.string(),
    secret,
    secret.map((s) => `password is ${s}`),
    secret.map((s) => `{"password":"${s}"}`),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
  );
  const tree = fc.dictionary(key, fc.oneof(value, fc.array(value, { maxLength: 3 }), fc.dictionary(key, value)));
  fc.assert(
    fc.property(tree, (object) => {
      const output = redactor.redact(JSON.stringify(object)).text;
      JSON.parse(output);
      return true;
    }),
    { numRuns: 1500 },
  );
});

test('never throws, and redacting twice changes nothing', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom(
      'password',
      'Authorization',
      ':',
      '=',
      ' ',
      '\n',
      '"',
      "'",
      '\\',
      '{',
      '[',
      '%3A',
      '&quot;',
      '\\u003a',
      'Basic ',
      '-----BEGIN PRIVATE KEY-----',
      '://',
      '@',
      '密码',
      '是',
      'пароль',
      ' is ',
      ' / ',
      '[redacted:',
      ']',
      'eyJhbGciOi',
      'curl -u ',
      '\u200b',
      '|',
      ',',
    ),
    secret,
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
      const once = redactor.redact(pieces.join('')).text;
      expect(redactor.redact(once).text).toBe(once);
    }),
    { numRuns: 1500 },
  );
});

test('hostile input ends, and a second redaction changes nothing', () => {
  const hostile: ((n: number) => string)[] = [
    (n) => 'a'.repeat(n),
    (n) => `password${' '.repeat(n)}!`,
    (n) => 'password:'.repeat(n / 9),
    (n) => `password="${'\\"'.repeat(n / 2)}`,
    (n) => '-----BEGIN RSA PRIVATE KEY-----\n'.repeat(n / 32),
    (n) => 'eyJ'.repeat(n / 3),
    (n) => `http://${'a:'.repeat(n / 2)}`,
    (n) => `a://${'b@'.repeat(n / 2)}`,
    (n) => '0123456789abcdef'.repeat(n / 16),
    (n) => '%25'.repeat(n / 3),
    (n) => '\\'.repeat(n),
    (n) => 'secret:\n'.repeat(n / 8),
    (n) => `${'api_'.repeat(n / 4)}=`,
    (n) => '{"a":'.repeat(n / 5),
    (n) => 'password is '.repeat(n / 12),
    (n) => 'curl -u '.repeat(n / 8),
    (n) => 'token|'.repeat(n / 6),
    (n) => '密码'.repeat(n / 2),
    (n) => 'a:b/'.repeat(n / 4),
    (n) => 'auth'.repeat(n / 4),
    (n) => 'user,password\n'.repeat(n / 14),
    (n) => 'header "a:b'.repeat(n / 11),
    (n) => '&#x3a;'.repeat(n / 6),
    (n) => '\\u003a'.repeat(n / 6),
    (n) => 'Cookie: a=b1;'.repeat(n / 13),
  ];
  for (const make of hostile) {
    const text = make(40000);
    const once = redactor.redact(text).text;
    expect([text.slice(0, 30), redactor.redact(once).text === once]).toEqual([text.slice(0, 30), true]);
  }
});

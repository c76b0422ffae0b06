// Which misspelt words are understood, and that the pieces by which they are found stand in each of them.
import { isSlip, Slips } from '../../src/redact/slips';

const WORDS = ['password', 'token'];

test.each([
  ['passwrod', 'password'],
  ['pasword', 'password'],
  ['passsword', 'password'],
  ['oassword', 'password'],
  ['paswsord', 'password'],
  ['tokne', 'token'],
  ['tokken', 'token'],
])('%s means %s', (written, meant) => {
  const slips = new Slips(WORDS, () => false);
  expect(slips.meant(written)).toBe(meant);
  expect(slips.pieces.some((piece) => written.includes(piece))).toBe(true);
});

test.each(['password', 'passport', 'npassword', 'taken', 'toke', 'word'])('%s is no slip', (written) => {
  expect(new Slips(WORDS, () => false).meant(written)).toBeUndefined();
});

test('a known word is none', () => {
  expect(isSlip('passed', 'passwd')).toBe(true);
  expect(new Slips(['passwd'], (word) => word === 'passed').meant('passed')).toBeUndefined();
});

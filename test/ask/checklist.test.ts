import type { Known } from '../../src/ask/term';
import { holdAll, KnownIndex, parseTerm } from '../../src/ask/term';
import { warningsOf } from '../../src/ask/warnings';
import { answerPack } from '../support/answer-pack';

const pack = answerPack();
const english = pack.texts.of('en');
const concept = (name: string, more: Partial<Known> = {}): Known => ({ kind: 'concept', name, ...more });
const fact = (name: string, quote = ''): Known => ({ kind: 'fact', name, quote });
const cause = (name: string): Known => ({ kind: 'cause', name });
const field = (name: string, value: string): Known => ({ kind: 'field', name, value });

describe('state of a step', () => {
  test.each<[string, number, readonly Known[], string, string | undefined]>([
    ['nothing known', 9, [], 'open', undefined],
    [
      'added, as claimed',
      9,
      [concept('ip-list', { clause: 3, quote: 'whitelisted' }), concept('mod-already', { clause: 3 })],
      'done',
      'whitelisted',
    ],
    [
      'added, but not in one clause',
      9,
      [concept('ip-list', { clause: 3 }), concept('mod-already', { clause: 4 })],
      'open',
      undefined,
    ],
    [
      'not added, as said',
      9,
      [concept('ip-list', { clause: 1, quote: 'whitelist' }), concept('add', { negated: true, clause: 1 })],
      'failed',
      'whitelist',
    ],
    [
      'claimed, and the verdict says otherwise',
      9,
      [concept('ip-list', { clause: 1 }), concept('mod-already', { clause: 1 }), cause('outbound-ip-mismatch')],
      'failed',
      undefined,
    ],
    ['header seen', 5, [fact('finding-auth-scheme', 'Basic')], 'failed', 'Basic'],
    [
      'header right',
      5,
      [fact('auth-form-ok', 'Authorization: acme:[redacted:api-secret]')],
      'done',
      'Authorization: acme:[redacted:api-secret]',
    ],
    ['own code has no WHMCS', 10, [field('integration', 'custom')], 'not-applicable', undefined],
    [
      'WHMCS and another way out',
      10,
      [field('integration', 'whmcs'), cause('outbound-ip-mismatch')],
      'failed',
      undefined,
    ],
    ['a harmless action', 11, [field('action', 'balance')], 'done', undefined],
    ['an action that costs', 11, [field('action', 'renew')], 'open', undefined],
    [
      'details',
      12,
      [field('timestamp', 'x'), field('action', 'renew'), field('responseCode', '400'), field('responseMessage', 'x')],
      'done',
      undefined,
    ],
    ['menu missing', 2, [concept('menu-missing', { quote: 'no API menu' })], 'failed', 'no API menu'],
    [
      'never set',
      3,
      [concept('api-password', { clause: 0, quote: 'API password' }), concept('set', { negated: true, clause: 0 })],
      'failed',
      'API password',
    ],
  ])('%s', (_, step, evidence, state, quote) => {
    const item = pack.checklist.stateOf(evidence, english).find((candidate) => candidate.step === step);
    expect([item?.state, item?.quote]).toEqual([state, quote]);
  });

  test('all twelve steps, in order, in every language', () => {
    for (const language of pack.pack.languages) {
      const items = pack.checklist.stateOf([], pack.texts.of(language));
      expect(items.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
      for (const { text } of items) expect(text).toMatch(/\s|[一-鿿]/);
    }
  });
});

describe('terms', () => {
  test.each(['', 'x', 'rule:x', 'concept'])('%p is none', (written) => {
    expect(() => parseTerm(written)).toThrow(SyntaxError);
  });

  test('facts and fields stand outside clauses', () => {
    const items = new KnownIndex([concept('a', { clause: 2 }), fact('b')]);
    expect(holdAll([parseTerm('concept:a'), parseTerm('fact:b')], items)).toHaveLength(2);
    expect(holdAll([parseTerm('concept:!a')], items)).toBeNull();
  });
});

test.each([
  [{ credentialRemoved: false, lookAlikeHost: false }, []],
  [{ credentialRemoved: true, lookAlikeHost: false }, ['treat it as seen']],
  [{ credentialRemoved: true, lookAlikeHost: true }, ['treated as stolen']],
  [
    { credentialRemoved: false, lookAlikeHost: false, privateAddress: '10.0.0.1', costsMoney: true },
    ['10.0.0.1 is an address inside', 'costs money'],
  ],
])('warnings for %j', (given, parts) => {
  const warnings = warningsOf(given, english);
  expect(warnings).toHaveLength(parts.length);
  parts.forEach((part, i) => expect(warnings[i]).toContain(part));
});

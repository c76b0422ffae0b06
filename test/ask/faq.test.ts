import { answerPack } from '../support/answer-pack';

const { faq, texts } = answerPack();
const asked = (sentence: number, ...concepts: string[]) =>
  concepts.map((name) => ({ concept: name.replace('!', ''), negated: name.startsWith('!'), asked: true, sentence }));
const told = (sentence: number, ...concepts: string[]) =>
  asked(sentence, ...concepts).map((mention) => ({ ...mention, asked: false }));

test.each([
  ['may I use the login password', asked(0, 'login-password'), ['login-password']],
  ['told, not asked', told(0, 'login-password'), []],
  ['what is an outbound IP', asked(0, 'outbound', 'ip', 'howto'), ['outbound-ip']],
  ['a how-to without a question mark', told(0, 'ip-list', 'ip', 'add', 'howto'), ['whitelist-ip']],
  ['which header', asked(0, 'header'), ['which-header']],
  ['WHMCS and the IP of the site', asked(0, 'whmcs', 'ip'), ['website-ip']],
  ['what to test first', told(0, 'test-first'), ['test-first']],
  ['rate limits are not documented', asked(0, 'rate-limit'), ['not-documented']],
  ['two questions', [...asked(1, 'header'), ...asked(0, 'login-password')], ['login-password', 'which-header']],
  ['one question twice', [...asked(0, 'header'), ...asked(1, 'header')], ['which-header']],
  ['nothing about it', asked(0, 'greeting'), []],
])('%s', (_, mentions, expected) => {
  expect(faq.answers(mentions, texts.of('en')).map(({ id }) => id)).toEqual(expected);
});

test('answers in the language of the texts', () => {
  for (const language of texts.languages) {
    const [answer] = faq.answers(asked(0, 'header'), texts.of(language));
    expect(answer?.text).toContain('Authorization: username:api_secret');
  }
});

test.each([
  [['money', 'help'], 'other'],
  [['fails', 'help'], 'little'],
  [[], 'little'],
])('%j speaks of another topic or says too little', (concepts, reason) => {
  expect(faq.noneReason(new Set(concepts))).toBe(reason);
});

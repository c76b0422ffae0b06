import { compileAnswers, entropy, expectedInformation, updateByAnswer } from '../../src/ask/information';
import type { QuestionData } from '../../src/pack/schema/question';
import type { AskInput } from '../../src/ask/question';
import { answerPack, CAUSES, readKind } from '../support/answer-pack';

const pack = answerPack();
const HYPOTHESES = [...CAUSES, 'none'];

/** Given probabilities; the others share the rest evenly. */
function spread(given: Readonly<Record<string, number>>): Record<string, number> {
  const rest = HYPOTHESES.filter((id) => !(id in given));
  const left = 1 - Object.values(given).reduce((a, b) => a + b, 0);
  return Object.fromEntries(HYPOTHESES.map((id) => [id, given[id] ?? left / rest.length]));
}

function input(given: Readonly<Record<string, number>>, more: Partial<AskInput> = {}): AskInput {
  return {
    probabilities: spread(given),
    fields: {},
    unknown: [],
    timezoneMissing: false,
    concepts: new Set(),
    facts: new Set(),
    language: 'en',
    ...more,
  };
}

const ALL_FIELDS = {
  account: 'a',
  action: 'check',
  timestamp: '2026-01-02T03:04Z',
  domain: 'x.example',
  outboundIp: '192.0.2.1',
  endpoint: 'https://api.nicenic.net/v2/',
  responseCode: '403',
  responseMessage: 'no',
  integration: 'custom',
};

describe('what is asked next', () => {
  const IP = { 'ip-not-whitelisted': 0.45, 'outbound-ip-mismatch': 0.4 };
  const SECRET = { 'login-password': 0.45, 'authorization-header': 0.4 };
  test.each<[string, AskInput, string | null]>([
    ['nothing known: the words of the reply', input({}), 'responseMessage'],
    [
      'reply known, nothing else: what changed',
      input({}, { fields: { responseMessage: 'x', responseCode: '401' } }),
      'what-changed',
    ],
    ['never added or other exit', input(IP), 'ip-listed'],
    [
      'never added or other exit, list spoken of',
      input(IP, { facts: new Set(['address-listed-calls']), fields: ALL_FIELDS }),
      'fails-when',
    ],
    ['kind of secret or form of header', input(SECRET), 'which-password'],
    [
      'kind of secret or form of header, secret told',
      input(SECRET, { asked: new Set(['which-password']), fields: ALL_FIELDS }),
      'header-form',
    ],
    ['access likely', input({ 'reseller-access': 0.5 }, { fields: ALL_FIELDS }), 'settings-visible'],
    ['parameters likely', input({ 'request-format': 0.5 }, { fields: ALL_FIELDS }), 'fails-when'],
    [
      'a clear cause: only what the ticket lacks',
      input({ 'login-password': 0.95 }, { fields: { ...ALL_FIELDS, account: null } }),
      'account',
    ],
    ['a clear cause and a full ticket', input({ 'login-password': 0.95 }, { fields: ALL_FIELDS }), null],
    [
      'a field that cannot be given is not asked for',
      input({ 'login-password': 0.95 }, { fields: { ...ALL_FIELDS, account: null }, unknown: ['account'] }),
      null,
    ],
    [
      'only the zone lacks',
      input({ 'login-password': 0.95 }, { fields: ALL_FIELDS, timezoneMissing: true }),
      'timezone',
    ],
    ['hardly about the API: what it is', input({ none: 0.96 }), 'scope'],
    ['thanks: nothing', input({ none: 0.96 }, { concepts: new Set(['thanks']) }), null],
  ])('%s', (_, given, expected) => {
    const asked = pack.asker.nextQuestion(given);
    expect(asked === null ? null : (asked.question.field ?? asked.question.asks)).toBe(expected);
  });

  test('is the same for the same input and says why', () => {
    const given = input(IP);
    expect(pack.asker.nextQuestion(given)).toEqual(pack.asker.nextQuestion(given));
    const { question, score } = pack.asker.nextQuestion(given) ?? fail();
    expect(question.why).toContain(
      "“The calling server's IP address is not in the allowed list” from “Requests leave through",
    );
    expect(question.choices?.map(({ value }) => value)).toEqual(['listed', 'other', 'none', 'unsure']);
    expect(score.score).toBeCloseTo(score.information + score.worth - score.effort);
    expect(score.information).toBeGreaterThan(0.3);
  });

  test('speaks the language asked for', () => {
    for (const language of pack.pack.languages) {
      const { question } = pack.asker.nextQuestion(input({}, { language })) ?? fail();
      expect(question.text).toBe(pack.texts.of(language).fields['responseMessage']?.question);
    }
  });

  test('of one group only one is asked', () => {
    const ids = (asked: string[]): string[] =>
      pack.asker.scores(input({}, { asked: new Set(asked) })).map(({ id }) => id);
    expect(ids([])).toEqual(expect.arrayContaining(['fails-when', 'request-body']));
    expect(ids(['fails-when'])).not.toContain('request-body');
    expect(ids([])).not.toContain('module-settings');
  });

  test('questions about a module need a module', () => {
    const given = input({ 'whmcs-credentials': 0.5 }, { fields: { integration: 'whmcs' } });
    expect(pack.asker.scores(given).map(({ id }) => id)).toContain('module-settings');
  });
});

describe('what is missing', () => {
  const missing = (fields: AskInput['fields'], more: Partial<AskInput> = {}): string[] =>
    pack.asker.missingFields(input({}, { fields, ...more }));

  test.each<[string, string[], string[]]>([
    ['a domain where the action has one', missing({ action: 'renew' }), ['domain']],
    ['a version with the module', missing({ integration: 'whmcs' }), ['whmcsVersion']],
    ['the zone of a time', missing({ timestamp: '2026-01-02T03:04' }, { timezoneMissing: true }), ['timezone']],
  ])('%s', (_, given, expected) => {
    expect(given).toEqual(expect.arrayContaining(expected));
  });

  test.each<[string, string[], string]>([
    ['no domain where the action has none', missing({ action: 'balance' }), 'domain'],
    ['no domain where the action is not known', missing({}), 'domain'],
    ['no version with own code', missing({ integration: 'custom' }), 'whmcsVersion'],
    ['no zone without a time', missing({}, { timezoneMissing: true }), 'timezone'],
    [
      'no zone that cannot be given',
      missing({ timestamp: '2026-01-02T03:04' }, { timezoneMissing: true, unknown: ['timezone'] }),
      'timezone',
    ],
  ])('%s', (_, given, absent) => {
    expect(given).not.toContain(absent);
  });

  test('nothing, where all is there', () => {
    expect(missing(ALL_FIELDS)).toEqual([]);
  });

  test('stands in the order in which it is asked', () => {
    let fields: Record<string, string> = {};
    const order = missing({});
    const given = (): AskInput => input({ 'login-password': 0.97 }, { fields });
    for (const expected of pack.asker.missingFields(given())) {
      const { question } = pack.asker.nextQuestion(given()) ?? fail();
      expect(question.field).toBe(expected);
      fields = { ...fields, [expected]: 'x' };
    }
    expect(order).toContain('account');
  });
});

describe('information', () => {
  const model = compileAnswers({ yes: { default: 1, a: 9 }, no: { default: 1, b: 9 } });

  test.each([
    [[1], 0],
    [[0.5, 0.5], 1],
    [[2, 2, 2, 2], 2],
    [[], 0],
    [[0, 0], 0],
  ])('entropy of %p is %p', (values, bits) => {
    expect(entropy(values)).toBeCloseTo(bits);
  });

  test('likelihoods sum to one, and what an answer tells is never negative nor more than there is to know', () => {
    for (const id of ['a', 'b', 'c']) expect(model.likelihoods(id).reduce((x, y) => x + y, 0)).toBeCloseTo(1);
    for (const p of [{ a: 1 }, { a: 0.5, b: 0.5 }, { a: 0.2, b: 0.3, c: 0.5 }, { c: 1 }, {}]) {
      const bits = expectedInformation(model, p);
      expect(bits).toBeGreaterThanOrEqual(0);
      expect(bits).toBeLessThanOrEqual(entropy(Object.values(p)) + 1e-12);
    }
  });

  test('an answer shifts the probabilities', () => {
    const after = updateByAnswer(model, { a: 0.5, b: 0.5 }, 'yes');
    expect(after['a']).toBeCloseTo(0.9 / (0.9 + 0.1));
    expect(updateByAnswer(model, { a: 0.5, b: 0.5 }, 'unheard-of')).toEqual({ a: 0.5, b: 0.5 });
  });
});

function fail(): never {
  throw new Error('a question was expected');
}

describe('a person who answers as is typical of a cause', () => {
  const models = new Map(
    [...readKind<QuestionData>('question').values()].map((data) => [
      data.asks ?? data.field ?? '',
      compileAnswers(data.answers),
    ]),
  );

  /** Questions until the cause reaches 0.85, at most ten. */
  function questionsUntilClear(truth: string): string[] {
    let probabilities = spread({});
    const fields: Record<string, string> = {};
    const asked = new Set<string>();
    const log: string[] = [];
    while (log.length < 10 && (probabilities[truth] ?? 0) < 0.85) {
      const next = pack.asker.nextQuestion({ ...input({}), probabilities, fields, asked });
      if (!next) break;
      const { id, kind } = next.score;
      const model = models.get(id);
      const likelihoods = model?.likelihoods(truth) ?? [];
      const answer = model?.answers[likelihoods.indexOf(Math.max(...likelihoods))] ?? 'x';
      if (model) probabilities = updateByAnswer(model, probabilities, answer);
      if (kind === 'field') fields[id] = answer;
      else asked.add(id);
      log.push(`${id}=${answer}`);
    }
    expect([truth, log, probabilities[truth]]).toEqual([truth, log, expect.any(Number)]);
    expect(probabilities[truth] ?? 0).toBeGreaterThanOrEqual(0.85);
    return log;
  }

  test.each(HYPOTHESES)('%s is clear after at most six questions from nothing', (truth) => {
    const log = questionsUntilClear(truth);
    expect(log.length).toBeLessThanOrEqual(6);
    expect(new Set(log).size).toBe(log.length);
  });

  test('four in the middle', () => {
    const counts = HYPOTHESES.map((truth) => questionsUntilClear(truth).length).sort((a, b) => a - b);
    expect(counts[Math.floor(counts.length / 2)]).toBeLessThanOrEqual(4);
  });
});

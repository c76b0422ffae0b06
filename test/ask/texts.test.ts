// All languages say the same things, give only official links, and assert nothing that the documentation leaves open.
import Ajv from 'ajv';
import { checklistSchema, type ChecklistFile } from '../../src/pack/schema/checklist';
import { faqSchema, type FaqFile } from '../../src/pack/schema/faq';
import type { PackFile } from '../../src/pack/schema/pack';
import { questionSchema, type QuestionData } from '../../src/pack/schema/question';
import { textSchema, type TextFile } from '../../src/pack/schema/text';
import { compileTexts, fillIn } from '../../src/pack/texts';
import { answerPack, CAUSES, NEEDS, readKind, readRule } from '../support/answer-pack';

const pack = readRule<PackFile>('pack');
const endpoint = readRule<{ endpoint: string }>('api').endpoint;
const texts = readKind<TextFile>('text');
const questions = readKind<QuestionData>('question');
const checklist = readRule<ChecklistFile>('checklist');
const faq = readRule<FaqFile>('faq');
const english = texts.get('en') as TextFile;

/** Concepts of the FAQ that no lexicon has words for yet. */
const AWAITED: readonly string[] = ['test-first', 'cidr'];

/** Every sentence by its path. */
function sentences(value: unknown, at = ''): [string, string][] {
  if (typeof value === 'string') return [[at, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => sentences(part, at === '' ? key : `${at}.${key}`));
}

/** What no document says, or where documents conflict; in any language. */
const FORBIDDEN: readonly (readonly [string, RegExp])[] = [
  ['a code for a refusal', /\b(?:401|403|407|429|50\d)\b/],
  [
    'a time that a change takes',
    /\d+\s*(?:[- ]?\d+\s*)?(?:second|minute|hour|day|секунд|минут|час|дн|phút|giờ|ngày|秒|分钟|小时|天|segundo|minuto|hora|día|dia|detik|menit|jam|hari)/i,
  ],
  [
    'a limit of calls',
    /rate.?limit|per (?:second|minute|hour|day)|лимит|giới hạn|频率|límite de|limite de|batas(?:an)? /i,
  ],
  ['a lock-out', /lock(?:ed|s)? out|blocked after|заблокир|bị khóa|锁定|bloquead|diblokir|terkunci/i],
  ['a form of listed addresses', /CIDR|IPv6|wildcard|0\.0\.0\.0|subnet/i],
  ['a price', /[$€¥£₽]\s?\d|\bUSD\b|\bEUR\b/],
  [
    'a purchase or upgrade that is needed',
    /must (?:upgrade|buy|purchase|pay)|need to (?:upgrade|buy|purchase|pay)|必须升级|必须购买|phải (?:nâng cấp|mua)|необходимо (?:повысить|купить)|нужно (?:повысить|купить)|debe (?:comprar|subir)|precisa (?:comprar|subir)|harus (?:membeli|upgrade)/i,
  ],
  ['rules for passwords', /\d+ (?:characters|символ|ký tự|caracteres|karakter)|\d+ ?个字符|expires|истека/i],
  ['the order of checks', /checked first|before any password|проверяется (?:сначала|первым)/i],
  ['the request method', /\b(?:POST|GET)\b/],
  ['a version or compatibility of a module', /WHMCS (?:v?\d)|PHP \d/],
  ['a time of answer', /within \d|24\/7|в течение \d/i],
];

test('every language of the pack has its texts', () => {
  expect([...texts.keys()].sort()).toEqual([...pack.languages].sort());
  for (const [tag, file] of texts) expect(file.language).toBe(tag);
});

test('files match their schemas', () => {
  const ajv = new Ajv({ allErrors: true, strict: false, allowUnionTypes: true });
  const check = (schema: object, name: string, data: unknown): void => {
    const validate = ajv.compile({ ...schema, $id: name });
    if (validate(data) !== true) throw new Error(`${name}: ${ajv.errorsText(validate.errors)}`);
  };
  for (const [tag, file] of texts) check(textSchema, `text-${tag}`, file);
  for (const [id, file] of questions) check(questionSchema, `question-${id}`, file);
  check(checklistSchema, 'checklist', checklist);
  check(faqSchema, 'faq', faq);
});

describe.each([...texts.keys()])('%s', (tag) => {
  const file = texts.get(tag) as TextFile;
  const own = sentences(file);

  test('has the keys of English, no more and no fewer', () => {
    expect(own.map(([at]) => at)).toEqual(sentences(english).map(([at]) => at));
  });

  test('has the placeholders of English', () => {
    const marks = (text: string): string[] => (text.match(/\{[^}]*\}/g) ?? []).sort();
    const there = Object.fromEntries(sentences(english).map(([at, text]) => [at, marks(text)]));
    expect(Object.fromEntries(own.map(([at, text]) => [at, marks(text)]))).toEqual(there);
  });

  test('names no host and no address of its own', () => {
    for (const [at, text] of own) {
      expect([
        at,
        text
          .match(/https?:|www\.|[a-z0-9-]+\.(?:com|net|org|cn|io|me|co)\b(?!\/)/gi)
          ?.filter((host) => host !== 'example.com') ?? [],
      ]).toEqual([at, []]);
    }
  });

  test('asserts nothing that is not documented', () => {
    for (const [at, text] of own)
      for (const [what, pattern] of FORBIDDEN)
        expect([at, what, pattern.exec(text)?.[0]]).toEqual([at, what, undefined]);
  });

  test('holds nothing that Markdown would read as markup', () => {
    for (const [at, text] of own)
      expect([at, /[*<`[\]|#\\]|^[-+]|(?:^|\s)_|_(?:\s|$)|~~/.exec(text)?.[0]]).toEqual([at, undefined]);
  });

  test('is written in its own words', () => {
    if (tag === 'en') return;
    const there = new Map(sentences(english));
    const same = own.filter(([at, text]) => text.split(' ').length > 3 && there.get(at) === text);
    expect(same).toEqual([]);
  });

  test('gives only links of the pack once compiled', () => {
    const official = [...Object.values(pack.links), endpoint];
    const compiled = compileTexts(file, { links: pack.links, values: { endpoint } });
    // What follows a link up to the next blank belongs to it for most programs, but for closing signs of ASCII.
    const links = sentences(compiled).flatMap(([, text]) => text.match(/https?:\/\/\S+/g) ?? []);
    expect(links.map((link) => link.replace(/[).,;:!?]+$/, '')).filter((link) => !official.includes(link))).toEqual([]);
    expect(links.length).toBeGreaterThan(20);
  });
});

test('texts, questions, checklist, FAQ and causes refer to each other', () => {
  expect(Object.keys(english.causes).sort()).toEqual([...CAUSES].sort());
  expect(Object.keys(english.checklist).sort()).toEqual(checklist.steps.map(({ id }) => id).sort());
  expect(checklist.steps.map(({ step }) => step)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
  for (const { id } of faq.answers) expect(Object.keys(english.faq)).toContain(id);
  for (const { key } of NEEDS) expect(Object.keys(english.fields)).toContain(key);
  const asked = [...questions.values()].flatMap(({ asks }) => asks ?? []);
  expect(Object.keys(english.questions).sort()).toEqual(asked.sort());
  for (const { asks, field, answers } of questions.values()) {
    if (asks !== undefined) expect(Object.keys(english.questions[asks]?.choices ?? {})).toEqual(Object.keys(answers));
    for (const likelihoods of Object.values(answers))
      for (const id of Object.keys(likelihoods)) expect([...CAUSES, 'none', 'default']).toContain(id);
    if (field !== undefined) expect(Object.keys(english.fields)).toContain(field);
  }
});

test('reseller access is never made out to need a purchase, and the menu is looked at first', () => {
  for (const [tag, file] of texts) {
    const fixes = file.causes['reseller-access']?.fixes ?? [];
    expect([tag, fixes[0]]).toEqual([tag, expect.stringContaining('API Settings')]);
    expect([tag, fixes.at(-1)]).toEqual([tag, expect.stringContaining('{link:contact}')]);
  }
});

test('an unknown link is refused by name', () => {
  const file = { ...english, warnings: { x: '{link:elsewhere}' } };
  expect(() => compileTexts(file, { links: pack.links, values: {} })).toThrow(
    'text-en.yaml: no link "elsewhere" in pack.yaml',
  );
});

test.each([
  ['{a} and {b}', { a: '{b}', b: 'x' }, '{b} and x'],
  ['{a} {c} {link:a}', { a: '1' }, '1 {c} {link:a}'],
  ['$& {a}', { a: '$&' }, '$& $&'],
])('fills in %s', (text, parameters, expected) => {
  expect(fillIn(text, parameters as unknown as Record<string, string>)).toBe(expected);
});

test.each([
  ['ru', 'ru'],
  ['pt-BR', 'pt'],
  ['de', 'en'],
])('speaks to %s in %s', (asked, given) => {
  expect(answerPack().texts.of(asked).language).toBe(given);
});

test('concepts that questions, checklist and FAQ wait for exist in the lexicon', () => {
  const lexicon = new Set(Object.keys(readRule<{ concepts: object }>('lang-en').concepts));
  const terms = [...questions.values()]
    .flatMap(({ needs, known }) => [...(needs ?? []), ...(known ?? [])])
    .concat(
      checklist.steps.flatMap(({ done, failed, notApplicable }) =>
        [done, failed, notApplicable].flatMap((list) => (list ?? []).flat()),
      ),
    )
    .filter((term) => term.startsWith('concept:'))
    .map((term) => term.slice('concept:'.length));
  const asked = [
    ...faq.asks,
    ...faq.elsewhere,
    ...faq.answers.flatMap(({ when, unless }) => [...when.flat(), ...(unless ?? [])]),
  ];
  const absent = [
    ...new Set([...terms, ...asked].map((name) => name.replace('!', '')).filter((name) => !lexicon.has(name))),
  ];
  expect(absent.filter((name) => !AWAITED.includes(name))).toEqual([]);
});

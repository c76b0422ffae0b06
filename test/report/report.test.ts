import { renderReport } from '../../src/cli/report';
import { gatherNotes } from '../../src/cli/report-notes';
import { cutTo, displayWidth, padTo, printable, wrapText } from '../../src/cli/report-width';
import { answerPack } from '../support/answer-pack';
import { buildResult, type ResultCase } from '../support/results';

const pack = answerPack();
const CASE: ResultCase = {
  language: 'en',
  text: 'I added 198.51.100.20 but the reply says\n"Access denied for 203.0.113.7"',
  cause: 'outbound-ip-mismatch',
  probabilities: { 'outbound-ip-mismatch': 0.8, 'ip-not-whitelisted': 0.1 },
  evidence: [
    { rule: 'a.added', quote: 'added 198.51.100.20', weight: 1 },
    { rule: 'a.refused', quote: 'denied for 203.0.113.7', weight: 3 },
    { rule: 'a.against', quote: 'the reply', weight: -1 },
  ],
  fields: { outboundIp: '203.0.113.7' },
  redactions: [{ kind: 'api-secret', count: 2 }],
};
const english = pack.texts.of('en');
const report = (given: Partial<ResultCase> = {}, options: Partial<Parameters<typeof renderReport>[2]> = {}): string => {
  const merged = { ...CASE, ...given };
  return renderReport(buildResult(pack, merged), pack.texts.of(merged.language), {
    color: false,
    width: 80,
    ...options,
  });
};
const plain = (text: string): string => text.replace(/\u001b\[\d+m/g, '');

test('without colour it says the same', () => {
  const coloured = report({}, { color: true });
  expect(coloured).not.toBe(report());
  expect(plain(coloured)).toBe(report());
});

test.each(pack.pack.languages.flatMap((language) => [60, 72, 100, 120].map((width) => [language, width] as const)))(
  '%s keeps to %i columns',
  (language, width) => {
    const text = `${CASE.text}\n我已经把地址加入白名单了但是一直失败一直失败一直失败一直失败一直失败一直失败一直失败 👍🏽 ${'long'.repeat(60)}`;
    for (const line of report({ language, text }, { width }).split('\n')) {
      expect([line, displayWidth(line) <= width]).toEqual([line, true]);
    }
  },
);

test('width is bounded', () => {
  expect(report({}, { width: 10 })).toBe(report({}, { width: 60 }));
  expect(report({}, { width: 500 })).toBe(report({}, { width: 120 }));
  expect(report({}, { width: Number.NaN })).toBe(report({}, { width: 60 }));
});

test('evidence is marked under its words, numbered, for and against', () => {
  const lines = report().split('\n');
  const row = lines.findIndex((line) => line.includes('I added 198'));
  expect(lines[row + 1]).toBe('  │   ──────────────────1     ────────2');
  expect(report()).toContain('1  +   for      added 198.51.100.20');
  expect(report()).toContain('2  -   against  the reply');
  expect(report()).toContain('3  +++ for      denied for 203.0.113.7');
  expect(
    report({}, { why: (rule) => (rule === 'a.refused' ? 'The refused address is not the one added.' : undefined) }),
  ).toContain('The refused address is not the one added.');
});

test('marks stand under wide characters', () => {
  const text = '您好，我已经加入白名单了';
  const lines = report({ text, evidence: [{ rule: 'x.y', quote: '已经加入', weight: 1 }] }).split('\n');
  const row = lines.findIndex((line) => line.includes(text));
  expect(lines[row + 1]).toBe(`  │ ${' '.repeat(displayWidth('您好，我'))}───────1`);
});

test('nothing of a person steers the terminal', () => {
  const evil = 'x\u001b[2J\u001b]0;title\u0007\u009b31m\u202etxt.exe\r\b\u0000y';
  const shown = report({
    text: evil,
    evidence: [{ rule: 'x.y', quote: evil, weight: 1 }],
    fields: { account: evil, domain: evil },
  });
  expect(shown.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
});

test.each<[string, string, boolean]>([
  ['what was removed', 'API secret × 2', true],
  ['fields', 'Outbound IP  203.0.113.7', true],
  ['no warning of its own', 'treat it as seen', false],
])('shows %s', (_, words, there) => {
  expect(report().includes(words)).toBe(there);
});

test('too little evidence and another topic read differently', () => {
  const none = { cause: null, probabilities: {}, evidence: [] };
  expect(report(none)).toContain(english.phrases['tooLittle'] ?? '');
  expect(report(none, { noneReason: 'other' })).toContain(english.phrases['otherTopic'] ?? '');
  expect(report(none)).toContain(english.report['causes'] ?? '');
  expect(report(none)).not.toContain(english.report['checklist'] ?? '');
});

describe('faults of a request', () => {
  const REQUEST = 'curl -s \\\n  -u acme:[redacted:password] \\\n  https://api.example.test/v2?a=1';
  const given = {
    text: `It fails:\n${REQUEST}\n401`,
    evidence: [
      { rule: 'x.same', quote: '-u acme', weight: 3 },
      { rule: 'x.code', quote: '401', weight: 1 },
    ],
    findings: [
      { id: 'auth-scheme', cause: 'authorization-header', quote: '-u acme:[redacted:password]' },
      { id: 'path-slash', cause: 'wrong-endpoint', quote: '/v2' },
      { id: 'param-name', cause: 'request-format', quote: 'a=1', param: 'action', suggestion: 'action' },
      { id: 'param-missing', cause: 'request-format', quote: 'a=1', param: 'year', suggestion: 'year=1' },
    ],
    corrected: REQUEST.replace('-u acme:', '-H "Authorization: acme:')
      .replace('] ', ']" ')
      .replace('v2?a', 'v2/?action'),
  };
  const at = given.text.indexOf(REQUEST);
  const original = { start: at, end: at + REQUEST.length };

  test('are underlined in the text, each with its reason and what is right', () => {
    const shown = report(given, { original });
    expect(shown).toContain(
      '  │   -u acme:[redacted:password] \\\n' +
        '  │   ^^^^^^^^^^^^^^^^^^^^^^^^^^1\n' +
        '  │   https://api.example.test/v2?a=1\n' +
        '  │                           ^^2 ^^3\n' +
        '  │ 401\n' +
        '  │ ──4\n',
    );
    expect(shown).toContain('1  ✗ The credential goes out with a scheme');
    expect(shown).toContain('2  ✗ The slash at the end');
    expect(shown).toContain('3  ✗ “a=1” does not use the documented name.');
    expect(shown).toContain('   ✗ The required parameter year is missing.\n       → Add it in this form: year=1');
    expect(shown).not.toContain('x.same');
  });

  test('are followed by what changes and by the whole, flush left', () => {
    const shown = report(given, { original });
    expect(shown).toContain(
      '    curl -s \\\n' +
        '  -   -u acme:[redacted:password] \\\n' +
        '  -   https://api.example.test/v2?a=1\n' +
        '  +   -H "Authorization: acme:[redacted:password]" \\\n' +
        '  +   https://api.example.test/v2/?action=1\n',
    );
    expect(shown).toContain(`\n${given.corrected}\n`);
    expect(shown).toContain('Put your own secret');
  });

  test('read the same without colour', () => {
    expect(plain(report(given, { original, color: true }))).toBe(report(given, { original }));
  });

  test('within each other each keep their number', () => {
    const findings = [
      { id: 'shell-quoting', cause: 'c', quote: 'https://api.example.test/v2?a=1' },
      { id: 'path-slash', cause: 'c', quote: '/v2' },
      { id: 'param-name', cause: 'c', quote: 'a=1', param: 'action' },
    ];
    expect(report({ ...given, findings, evidence: [] })).toContain('  │   ^^^^^^^^^^^^^^^^^^^^^^^^^^21^^3\n');
  });

  test('of a long line only the changed part is shown', () => {
    const long = `${'x'.repeat(200)} a=1 ${'y'.repeat(200)}`;
    const shown = report(
      { text: long, evidence: [], findings: [], corrected: long.replace('a=1', 'b=1') },
      { original: { start: 0, end: long.length } },
    );
    expect(shown).toMatch(/\n {2}- …x{29} a=1 y+…\n {2}\+ …x{29} b=1 y+…\n/);
  });

  test('that are blanks at the end of a line can be seen', () => {
    const shown = report(
      { text: 'A: b:c  ', evidence: [], findings: [], corrected: 'A: b:c' },
      { original: { start: 0, end: 8 } },
    );
    expect(shown).toContain('  - A: b:c··\n  + A: b:c\n');
  });
});

test('a log of ten megabytes is cut to its telling lines', () => {
  const filler = '2026-09-14 10:22:31 nothing to see\n'.repeat(150_000);
  const text = `${filler}denied for 203.0.113.7\n${filler}${'z'.repeat(100_000)}`;
  const shown = report({ text, evidence: [{ rule: 'x.y', quote: 'denied for 203.0.113.7', weight: 2 }] });
  expect(shown).toContain('… lines left out: 149999 …');
  expect(shown.split('\n').length).toBeLessThan(80);
});

test('evidence on overlapping words is one note, unless it argues the other way', () => {
  const text = 'one two three four five';
  const at = (quote: string, weight: number, rule: string) => ({
    rule,
    quote,
    weight,
    start: text.indexOf(quote),
    end: text.indexOf(quote) + quote.length,
  });
  const notes = gatherNotes(
    text,
    [
      at('two three', 1, 'b'),
      at('three four', 2, 'a'),
      at('four', -1, 'c'),
      at('one', 0.1, 'd'),
      { ...at('x', 9, 'e'), start: 0, end: 0 },
    ],
    2,
  );
  expect(notes.map(({ number, quote, weight, rules }) => ({ number, quote, weight, rules }))).toEqual([
    { number: 1, quote: 'two three four', weight: 3, rules: ['a', 'b'] },
    { number: 2, quote: 'four', weight: -1, rules: ['c'] },
  ]);
});

describe('widths', () => {
  test.each([
    ['abc', 3],
    ['é', 1],
    ['e\u0301', 1],
    ['中文', 4],
    ['、。', 4],
    ['한글', 4],
    ['ｆｗ', 4],
    ['👍', 2],
    ['✓✗○–', 4],
    ['──█░', 4],
    ['\u200b\u001b', 0],
    ['Привет', 6],
    ['tiếng Việt', 10],
    ['tiê\u0301ng', 5],
  ])('%j takes %i columns', (text, columns) => {
    expect(displayWidth(text)).toBe(columns);
  });

  test.each([
    ['one two three', 7, ['one two', 'three']],
    ['', 7, ['']],
    ['unbreakable-word', 5, ['unbre', 'akabl', 'e-wor', 'd']],
    ['中文没有空格', 6, ['中文没', '有空格']],
    ['设置指南：https://x.y', 12, ['设置指南：', 'https://x.y']],
    ['一二三。', 6, ['一二', '三。']],
  ])('%j in %i columns', (text, width, lines) => {
    expect(wrapText(text, width)).toEqual(lines);
    for (const line of wrapText(text, width)) expect(displayWidth(line)).toBeLessThanOrEqual(width);
  });

  test('cutting and padding', () => {
    expect(cutTo('abcdef', 4)).toBe('abc…');
    expect(cutTo('中文字', 4)).toBe('中…');
    expect(cutTo('abc', 3)).toBe('abc');
    expect(padTo('中', 4)).toBe('中  ');
    expect(printable(' a\n\u001b[1mb\t')).toBe('a [1mb');
  });
});

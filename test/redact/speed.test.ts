// What makes redaction fast changes nothing: the quick searches find what plain ones find, in long texts too. Growth is measured in test/bench.
import { decodeBase64 } from '../../src/redact/encoded';
import { Finder } from '../../src/redact/finder';
import { KeywordScanner } from '../../src/redact/keyword-scanner';
import { createRedactor } from '../../src/redact/redactor';
import { decodeView } from '../../src/redact/view';
import { fill, readFixture, type CarrierTemplate } from '../support/redact-fixtures';
import { redactData } from '../support/redact-rules';

const redactor = createRedactor(redactData());

/** Numbers in a fixed order that looks like none. */
function sequence(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function placesOf(text: string, word: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) places.push(at);
  return places;
}

const next = sequence(7);
const letters = (length: number): string => Array.from({ length }, () => 'abcd'[next(4)]).join('');

test('the finder finds every place of every pattern', () => {
  for (let round = 0; round < 200; round++) {
    const words = new Set(Array.from({ length: 1 + next(12) }, () => letters(4 + next(6))));
    const text = letters(400);
    const found = new Set<string>();
    new Finder(new Map([...words].map((word) => [word, word]))).search(text, (start, end, word) => {
      expect(text.slice(start, end)).toBe(word);
      found.add(`${start} ${word}`);
    });
    expect(found).toEqual(new Set([...words].flatMap((word) => placesOf(text, word).map((at) => `${at} ${word}`))));
  }
});

test('the scanner finds every keyword, also region by region', () => {
  for (let round = 0; round < 100; round++) {
    const words = [...new Set(Array.from({ length: 1 + next(12) }, () => letters(1 + next(5))))];
    const text = letters(300);
    const ends = (regions: number[]): Set<string> => {
      const hits = new KeywordScanner(words).scan(text, regions).words;
      return new Set(hits.flatMap((end, i) => (i % 2 === 0 ? [`${end} ${words[hits[i + 1] as number] ?? ''}`] : [])));
    };
    const all = words.flatMap((word) => placesOf(text, word).map((at) => ({ at, end: at + word.length, word })));
    expect(ends([0, 300])).toEqual(new Set(all.map(({ end, word }) => `${end} ${word}`)));
    const inside = all.filter(({ at, end }) => (at >= 20 && end <= 90) || (at >= 150 && end <= 280));
    expect(ends([20, 90, 150, 280])).toEqual(new Set(inside.map(({ end, word }) => `${end} ${word}`)));
  }
});

test('base64 is decoded as the platform does it', () => {
  for (const text of ['finch:Moss-Tile-4', 'ключ:значение', '密码是', 'ab\ncd ef', '😀 ok']) {
    expect(decodeBase64(Buffer.from(text).toString('base64'))).toBe(text);
    expect(decodeBase64(Buffer.from(text).toString('base64url'))).toBe(text);
  }
  expect(decodeBase64(Buffer.from([0xc3, 0x28, 65, 66, 67, 68]).toString('base64'))).toBeUndefined();
  expect(decodeBase64(Buffer.from([65, 66, 67, 68, 69, 0xe2, 0x82]).toString('base64'))).toBeUndefined();
});

const logLine = (n: number): string =>
  `2026-05-27T10:${String(n % 60).padStart(2, '0')}:00Z INFO  worker ${n % 12} took job check shop${n}.com, ${n % 900} ms`;

test('a carrier loses the same deep inside a long log as alone, and a second redaction changes nothing', () => {
  const carriers = readFixture<CarrierTemplate[]>('carriers').filter(({ forms }) => forms === 'plain');
  const lines: string[] = [];
  const alone: string[] = [];
  carriers.forEach((carrier, i) => {
    const { text } = fill(carrier.text, 'larkfield', `Qmoor-Wren-${i * 7919}-Tx`);
    for (let n = 0; n < 40; n++) lines.push(logLine(i * 40 + n));
    lines.push('', text, '');
    alone.push(redactor.redact(text).text);
  });
  const log = lines.join('\n');
  expect(log.length).toBeGreaterThan(65536);
  const { text } = redactor.redact(log);
  expect(alone.filter((part) => !text.includes(part))).toEqual([]);
  expect(redactor.redact(text).text).toBe(text);
});

test('a log without line ends loses what it loses line by line, and keeps the rest', () => {
  const lines: string[] = [];
  for (let n = 0; lines.join(' ').length < 20000; n++) {
    lines.push(logLine(n));
    if (n % 25 === 0) lines.push(`password=Qmoor-Wren-${n * 7919}-Tx`, `{"api_secret":"Fen-${n * 31}-Reed"}`);
  }
  const { text } = redactor.redact(lines.join(' '));
  expect(text).not.toMatch(/Wren|Reed/);
  expect(text).toBe(lines.map((line) => redactor.redact(line).text).join(' '));
  expect(redactor.redact(text).text).toBe(text);
});

test('millions of escapes in a row are decoded, and a long run of backslashes is read once', () => {
  const escapes = '%25'.repeat(3_000_000);
  const decoded = decodeView({ text: escapes, base: 0 }, 0, escapes.length, 'percent');
  expect(decoded?.text === '%'.repeat(3_000_000)).toBe(true);
  // Quadratic, this would take many minutes.
  const slashes = `\\x41${'\\'.repeat(500_000)}`;
  expect(decodeView({ text: slashes, base: 0 }, 0, slashes.length, 'unicode')?.text.length).toBe(500_001);
});

const LONG: Readonly<Record<string, (n: number) => string>> = {
  'secrets in one line of JSON': (n) =>
    JSON.stringify(Array.from({ length: n / 70 }, (_, i) => ({ user: `u${i}`, password: `Sunny-${i * 7919}-Hill` }))),
  'secrets line by line': (n) => Array.from({ length: n / 30 }, (_, i) => `password=Sunny-${i * 7919}-Hill`).join('\n'),
  'told in one line': (n) => 'password is '.repeat(n / 12),
  'open elements': (n) => '<password>x'.repeat(n / 11),
  'wide letters': (n) => 'ｐａｓｓｗｏｒｄ：x９ '.repeat(n / 12),
  'base64 beside secrets': (n) =>
    Array.from(
      { length: n / 60 },
      (_, i) => `pw=Lark-${i * 31}-Moor ${Buffer.from(`hello friend ${i}`).toString('base64')}`,
    ).join('\n'),
};

test.each(Object.entries(LONG))('long, it ends and leaves no secret: %s', (_, make) => {
  const once = redactor.redact(make(240_000)).text;
  expect(once).not.toMatch(/Sunny-|Lark-/);
  expect(redactor.redact(once).text === once).toBe(true);
});

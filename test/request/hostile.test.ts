// Whatever is pasted, reading ends, never throws, and its places lie within the text.
import fc from 'fast-check';
import { api, read, redacted } from '../support/request';
import { parseRequests } from '../../src/request/parse';

const RUNS =
  '\\ " \' ` ( [ { => &amp; curl|-H| curl|" http://a {"url": Authorization:| ${a #{ a|+| a<b< code:| "code": *** [redacted:a GET|/x|HTTP/1.1\n [a]|=>|b\n s:1:"a"; category= $a->b( x'
    .split(' ')
    .map((s) => s.replaceAll('|', ' '));

test.each(RUNS)('100,000 characters of %j', (unit) => {
  const text = `const x = fetch("${api.data.endpoint}") ${unit.repeat(Math.ceil(100_000 / unit.length))}`;
  const { findings, requests } = read(text);
  for (const { start, end } of [...findings, ...requests])
    expect(start >= 0 && start <= end && end <= text.length).toBe(true);
  for (const { start, end, quote } of findings) expect(text.slice(start, end)).toBe(quote);
});

test('of ten times the log no more requests are read', () => {
  const line = `2026-11-29 01:05:41 ERROR GET ${api.data.endpoint}?category=user&action=balance -> http=200 code=400 msg=x\n`;
  const count = (lines: number): number => read(line.repeat(lines)).requests.length;
  expect(count(500)).toBeGreaterThan(0);
  expect(count(50_000)).toBe(count(5_000));
});

test('any text: no exception, places within', () => {
  const word = fc.constantFrom(
    'curl ',
    '-H ',
    '"',
    "'",
    '\n',
    '\\',
    ' ',
    '{',
    '}',
    '(',
    ')',
    '[',
    ']',
    ':',
    ',',
    '=>',
    api.data.endpoint,
    '?category=domain&action=check',
    'Authorization: ',
    '$x',
    '`',
    'fetch(',
    'requests.get(',
    '<?php ',
    'def f(',
    '=',
    '[redacted:api-secret]',
    '...',
    'GET /v2/ HTTP/1.1',
    'x',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(word, fc.string({ maxLength: 6 })), { maxLength: 60 }), (parts) => {
      const text = parts.join('');
      const { findings, requests } = read(text);
      for (const s of [...findings, ...requests])
        expect(s.start >= 0 && s.start <= s.end && s.end <= text.length).toBe(true);
      for (const f of findings) expect(text.slice(f.start, f.end)).toBe(f.quote);
    }),
    { numRuns: 300, seed: 7 },
  );
});

test('prose without a request is passed over', () => {
  expect(
    parseRequests(
      redacted('We get an error since yesterday, the password is right and the address is listed.'),
      [],
      api,
    ),
  ).toEqual([]);
});

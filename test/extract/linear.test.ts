// Hostile and long input: reading ends, does not throw, quotes the text; of a long text only the two ends are read. Growth: test/bench.

import fc from 'fast-check';
import { read } from '../support/extract';

const PIECES = [
  'a',
  'a.',
  '"a ',
  'user: ',
  'username is ',
  '1.1.1.1 ',
  ':',
  '1',
  '401 ',
  ' ',
  '\n',
  '2026-10-05 ',
  '3 Sept 2026 ',
  'https://api.nicenic.net/v2/ ',
  '((',
  'it says the error is ',
  'a:[redacted:api-secret] ',
  'check check.com ',
  '认证失败返回',
  '| a ',
  '-> 401 ',
  "'a' ",
  'error: ',
  '\\',
  'a_',
  'domain=',
  '10:10:10 ',
  'whmcs 8.',
];

test.each(PIECES)('repeated %j', (piece) => {
  const text = piece.repeat(Math.ceil(30_000 / piece.length));
  const out = read(text);
  for (const [key, span] of Object.entries(out.spans)) expect(text.slice(span.start, span.end)).toBe(out.sources[key]);
});

test('of ten megabytes the end is read, and places are those of the whole', () => {
  const line =
    '2026-10-05 00:10:01 [worker-1] egress=203.0.113.31 action=check domain=ripplebrook.net code=0 msg=success\n';
  const last =
    '2026-10-06 07:00:00 [worker-1] egress=203.0.113.32 action=check domain=ripplebrook.net HTTP 403 "IP not permitted"\n';
  const text = line.repeat(100_000) + last;
  const out = read(text);
  expect(out.values['timestamp']).toBe('2026-10-06T07:00:00');
  for (const [key, span] of Object.entries(out.spans)) expect(text.slice(span.start, span.end)).toBe(out.sources[key]);
});

test('never throws, and sources quote the text', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 12 })), { maxLength: 40 }),
      (parts) => {
        const text = parts.join('');
        const out = read(text);
        for (const [key, span] of Object.entries(out.spans))
          expect(text.slice(span.start, span.end)).toBe(out.sources[key]);
      },
    ),
    { numRuns: 150, seed: 7 },
  );
});

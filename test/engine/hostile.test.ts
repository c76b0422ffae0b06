// Long hostile text through everything: it ends, it does not throw, nothing is lost. Jest's own time limit is the only clock.
import { HOSTILE } from '../bench/timing';
import { engine } from '../support/engine';

const BYTES = 200_000;

describe.each(Object.entries(HOSTILE))('%s', (_, make) => {
  test('is triaged', async () => {
    const text = make(BYTES);
    const result = (await engine()).triage(text);
    expect(result.causes).toHaveLength((await engine()).classifier.labels.length - 1);
  });

  test('is redacted to a fixed point', async () => {
    const { redactor } = await engine();
    const once = redactor.redact(make(20_000)).text;
    expect(redactor.redact(once).text).toBe(once);
  });
});

const BITS = [
  '"',
  "'",
  '\\',
  '{',
  '}',
  '[',
  '(',
  ':',
  '=',
  '%41',
  '&quot;',
  '\u200b',
  '\u0000',
  '\ud800',
  'password',
  'Authorization: Basic ',
  'curl -u ',
  '\n',
  '\t',
  '密码是',
  'eyJ',
  '-----BEGIN ',
  '203.0.113.',
  '?',
  '<?xml',
  '$x = ',
  '=> ',
];

test('mixed debris never throws and offsets quote the text', async () => {
  const { triage } = { triage: (text: string) => current.triage(text) };
  const current = await engine();
  let seed = 7;
  const next = (n: number): number => (seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff) % n;
  for (let round = 0; round < 300; round++) {
    let text = '';
    for (let i = 0; i < 60; i++) text += BITS[next(BITS.length)] ?? '';
    const result = triage(text);
    for (const evidence of result.causes.flatMap((cause) => cause.evidence))
      expect(result.text.slice(evidence.start, evidence.end)).toBe(evidence.quote);
    expect(result.causes.reduce((sum, cause) => sum + cause.probability, 0)).toBeLessThanOrEqual(1.001);
  }
});

test.each([
  ['one letter', 'a'],
  ['base64', 'QWxh'],
  ['token heads', 'eyJ'],
])('ten megabytes of %s in one run are survived', async (_, unit) => {
  const text = unit.repeat((10 * 1024 * 1024) / unit.length);
  expect((await engine()).triage(text).cause).toBeNull();
});

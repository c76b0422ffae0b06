// Every example of rules/redact-*.yaml: what must lose something, and what must stay as it is.
import { createRedactor } from '../../src/redact/redactor';
import type { RedactExamples } from '../../src/redact/pack';
import { redactData } from '../support/redact-rules';

const data = redactData();
const redactor = createRedactor(data);

/** All example lists of a tree of data, with the path at which they stand. */
function examplesOf(node: unknown, path: string): [string, RedactExamples][] {
  if (node === null || typeof node !== 'object') return [];
  const found: [string, RedactExamples][] = [];
  for (const [key, child] of Object.entries(node)) {
    if (key === 'examples') found.push([path, child as RedactExamples]);
    else found.push(...examplesOf(child, `${path}.${key}`));
  }
  return found;
}

// Word lists say what a value may be, not a whole text: their examples are values, tested below.
const { harmless, ...carrying } = data;

describe.each(examplesOf(carrying, 'redact'))('%s', (_path, examples) => {
  test.each(examples.fires)('fires: %s', (text) => {
    expect(redactor.redact(text).redactions).not.toHaveLength(0);
  });
  test.each(examples.silent)('silent: %s', (text) => {
    expect(redactor.redact(text).text).toBe(text);
  });
});

describe('harmless values under a name that is a secret', () => {
  const groups = [harmless.placeholderWords, harmless.stateWords, harmless.codeRoots];
  test.each(groups.flatMap((group) => group.examples.fires))('stays: %s', (value) => {
    const text = `api_secret: ${value}`;
    expect(redactor.redact(text).text).toBe(text);
  });
  test.each(groups.flatMap((group) => group.examples.silent))('goes: %s', (value) => {
    expect(redactor.redact(`api_secret: ${value}`).text).toBe('api_secret: [redacted:api-secret]');
  });
});

// Every case of test/fixtures/extract: the fields named in `expect` must come out so; null means left out.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { FIXTURES, read } from '../support/extract';

interface Case {
  readonly name: string;
  readonly language?: string;
  readonly text: string;
  readonly expect: Readonly<Record<string, string | null>>;
}

describe.each(readdirSync(FIXTURES).filter((f) => f.endsWith('.yaml')))('%s', (file) => {
  const cases = parse(readFileSync(join(FIXTURES, file), 'utf8')) as Case[];
  test.each(cases.map((c) => [c.name, c] as const))('%s', (_, c) => {
    const out = read(c.text, c.language);
    const seen = Object.fromEntries(Object.keys(c.expect).map((key) => [key, out.values[key] ?? null]));
    expect(seen).toEqual(c.expect);
    for (const [key, span] of Object.entries(out.spans))
      expect(c.text.slice(span.start, span.end)).toBe(out.sources[key]);
  });
});

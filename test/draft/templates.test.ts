// Templates print values by helpers only, are alike in all languages, and fail at start where they are broken.
import fs from 'node:fs';
import path from 'node:path';
import { createDrafter } from '../../src/draft/render';
import { readTemplates } from '../../src/draft/templates';
import { excerpt, quoteSentences } from '../../src/draft/excerpt';
import { answerPack, ROOT } from '../support/answer-pack';

const pack = answerPack();
const templates = readTemplates(ROOT, pack.pack.languages);
const mustaches = (source: string): string[] => source.match(/\{\{[\s\S]*?\}\}+/g) ?? [];

test('every language has a ticket template', () => {
  expect(Object.keys(templates).sort()).toEqual([...pack.pack.languages].sort());
});

describe.each(Object.entries(templates))('%s', (_, source) => {
  test('prints nothing without a helper', () => {
    for (const mustache of mustaches(source)) {
      expect(mustache).toMatch(
        /^\{\{(?:(?:md|text|fence) [A-Za-z.]+|#(?:if|each|unless) @?[A-Za-z.]+|\/(?:if|each|unless)|else)\}\}$/,
      );
    }
  });

  test('shows what the English one shows', () => {
    expect(mustaches(source)).toEqual(mustaches(templates['en'] ?? ''));
  });

  test('names all its variables in the README', () => {
    const readme = fs.readFileSync(path.join(ROOT, 'templates', 'README.md'), 'utf8');
    const names = new Set(
      mustaches(source).flatMap(
        (mustache) => /^\{\{#?(?:md|text|fence|if|each) ([A-Za-z.]+)\}\}$/.exec(mustache)?.[1] ?? [],
      ),
    );
    for (const name of [...names].filter((word) => word !== 'this')) expect(readme).toContain(`\`${name}\``);
  });
});

test.each([
  ['a bare value', '{{title}}', '{{title}} prints without a helper'],
  ['a bare value in a block', '{{#if title}}x{{else}}{{#each fields}}{{{value}}}{{/each}}{{/if}}', '{{value}} prints'],
  [
    'a value through the sentence helper',
    '{{#each fields}}{{text value}}{{/each}}',
    'text takes a sentence of the pack',
  ],
  ['a sentence through the value helper', '{{md undecided}}', 'md takes a string'],
  ['a syntax error', '{{#if title}}', 'Parse error'],
  ['an unknown variable', '{{md nothing}}', 'md takes a string'],
  ['an unknown helper', '{{shout undecided}}', 'shout'],
])('%s is a fault at start', (_, source, part) => {
  const build = () =>
    createDrafter({ templates: { en: source }, defaultLanguage: 'en', texts: pack.texts, order: [], about: [] });
  expect(build).toThrow(/templates\/en\/ticket\.md\.hbs/);
  expect(build).toThrow(part);
});

test('a pack without a template for its default language is refused', () => {
  expect(() =>
    createDrafter({ templates: {}, defaultLanguage: 'en', texts: pack.texts, order: [], about: [] }),
  ).toThrow('templates/en/ticket.md.hbs is missing');
});

describe('excerpts', () => {
  test('a long text keeps its beginning and the lines of evidence', () => {
    const filler = 'nothing to see here\n'.repeat(5000);
    const text = `begin\n${filler}the telling line\n${filler}end`;
    const start = text.indexOf('telling');
    const cut = excerpt(text, [{ start, end: start + 7 }], 2000);
    expect(cut.length).toBeLessThan(2100);
    expect(cut).toMatch(/^begin\n/);
    expect(cut).toContain('\n…\n');
    expect(cut).toContain('the telling line');
    expect(excerpt('short', [], 2000)).toBe('short');
  });

  test('sentences around places, each once, in order', () => {
    const text = 'First one. Second 203.0.113.7 here! Third?\nfourth line';
    const at = (words: string) => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length });
    expect(quoteSentences(text, [at('fourth'), at('203.0.113.7'), at('here')], 3)).toEqual([
      'Second 203.0.113.7 here!',
      'fourth line',
    ]);
    expect(quoteSentences(text, [at('fourth'), at('First')], 1)).toEqual(['fourth line']);
    const long = `${'x'.repeat(500)} needle ${'y'.repeat(500)}`;
    const [quote] = quoteSentences(long, [{ start: 501, end: 507 }], 1);
    expect(quote?.length).toBeLessThan(220);
    expect(quote).toMatch(/^….*needle.*…$/);
  });
});

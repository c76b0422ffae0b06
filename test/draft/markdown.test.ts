// A value may become literal text and nothing else: proved with a Markdown renderer on hostile and random values.
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { codeSpan, fencedBlock, oneLine } from '../../src/draft/markdown';

const markdown = new MarkdownIt({ html: true, linkify: true, typographer: true, breaks: true });

interface Shown {
  readonly type: string;
  readonly content: string;
}

/** All tokens of a document, inline ones unfolded. */
function tokens(source: string): Shown[] {
  return markdown
    .parse(source, {})
    .flatMap((token) => (token.children ? token.children : [token]))
    .map(({ type, content }) => ({ type, content }));
}

const HOSTILE = [
  '# heading',
  '\n\n# heading\n',
  '- item',
  '1. item',
  '> quote',
  '```\ncode\n```',
  '````',
  '`a` ``b``',
  '`',
  ' ` ',
  '[x](javascript:alert(1))',
  '![x](https://evil.example/i.png)',
  'https://evil.example www.evil.example me@evil.example',
  '<https://evil.example>',
  '<img src=x onerror=alert(1)>',
  '<!-- x',
  '@everyone <!channel> <@U123> #123',
  '[x]: https://evil.example',
  'a | b\n--- | ---\nc | d',
  '---',
  'title\n===',
  '    indented',
  '\\`x\\`',
  '**bold** _em_ ~~gone~~',
  '&lt;b&gt; &#96;',
  'a\u2028# b\u0085# c\r# d\u000b# e',
  '\u202eevil\u2066',
  '{{secret}} {{{html}}}',
];

const value = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom(...HOSTILE, '`', '``', '\n', ' ', '\\', '*', '<', '[', '](', '#', 'a'), { maxLength: 12 })
    .map((parts) => parts.join('')),
);

/** What a renderer may show of a value: one code span with its text, blanks as CommonMark joins them. */
function expectText(given: string, source: string, kind: string): void {
  const shown = tokens(source).filter(({ type, content }) => !(type === 'text' && content === ''));
  const words = oneLine(given);
  const elements = shown.filter(({ type }) => type === 'code_inline');
  expect([kind, elements.map(({ content }) => content.trim())]).toEqual([kind, words === '' ? [] : [words]]);
  for (const { type } of shown)
    expect([
      'code_inline',
      'text',
      'list_item_open',
      'list_item_close',
      'bullet_list_open',
      'bullet_list_close',
      'paragraph_open',
      'paragraph_close',
    ]).toContain(type);
}

test.each(HOSTILE)('%j is text in a list item, a sentence, alone', (given) => {
  expectText(given, `- Label: ${codeSpan(given)}`, 'item');
  expectText(given, `Words ${codeSpan(given)} words.`, 'sentence');
  expectText(given, codeSpan(given), 'alone');
});

test('any value is text', () => {
  fc.assert(
    fc.property(value, (given) => {
      expectText(given, `- Label: ${codeSpan(given)}`, 'item');
    }),
    { numRuns: 400, seed: 7 },
  );
});

test('any text stays in its block, and nothing of it comes out', () => {
  fc.assert(
    fc.property(value, value, (before, given) => {
      const source = `- ${codeSpan(before)}\n\n${fencedBlock(given)}\n\nafter\n`;
      const shown = tokens(source).filter(({ type }) =>
        ['fence', 'code_block', 'html_block', 'heading_open', 'link_open', 'image', 'html_inline'].includes(type),
      );
      expect(shown.map(({ type }) => type)).toEqual(['fence']);
      expect(tokens(source).at(-2)).toEqual({ type: 'text', content: 'after' });
    }),
    { numRuns: 400, seed: 8 },
  );
});

test.each([
  ['plain', '`plain`'],
  ['  two\n lines ', '`two lines`'],
  ['a`b', '``a`b``'],
  ['`a', '`` `a ``'],
  ['', ''],
  [' \n\t', ''],
  ['zero\u0000byte', '`zerobyte`'],
])('%j becomes %j', (given, expected) => {
  expect(codeSpan(given)).toBe(expected);
});

test.each([[1], [null], [undefined], [{ toString: () => 'x' }], [['x']]])('%p is refused', (given) => {
  expect(() => codeSpan(given)).toThrow(TypeError);
  expect(() => fencedBlock(given)).toThrow(TypeError);
});

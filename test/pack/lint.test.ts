// Every fault of a pack is found, with its place, all at once.
import { lintPack } from '../../src/pack/lint';
import { faultOfPattern } from '../../src/pack/pattern';
import { parseFiles } from '../../src/pack/parse';

const PACK = `name: demo
languages: [en]
defaultLanguage: en
verdictFrom: 0.3
noneFactor: 1
moduleIntegration: module
subjectFields: []
warnings: []
links: {}
`;
const LANG = `language: en
name: English
script: latin
common: [the]
function: [the]
concepts:
  door: [door]
`;
const CAUSE = `id: stuck
number: 1
rules:
  - id: stuck.door
    why: A door that sticks is stuck.
    source: carpenters
    when: { concepts: [door] }
    weight: 1
    examples: { fires: [the door], silent: [the window] }
`;

function faultsOf(files: Record<string, string>): string[] {
  const { documents, faults } = parseFiles(
    new Map(Object.entries({ 'pack.yaml': PACK, 'lang-en.yaml': LANG, 'cause-stuck.yaml': CAUSE, ...files })),
  );
  return [...faults, ...lintPack(documents)].map((f) => `${f.file}:${f.line}:${f.column} ${f.message}`);
}

test('a sound pack has no fault', () => {
  expect(faultsOf({})).toEqual([]);
});

test.each([
  [
    'unknown key',
    { 'cause-stuck.yaml': `${CAUSE}color: red\n` },
    'cause-stuck.yaml:10:1 must NOT have additional properties "color"',
  ],
  [
    'misspelt key',
    { 'cause-stuck.yaml': CAUSE.replace('weight: 1', 'wieght: 1') },
    'cause-stuck.yaml:8:5 rules.0 must NOT have additional properties "wieght"',
  ],
  ['not YAML', { 'lang-en.yaml': 'language: [en\n' }, 'lang-en.yaml:2:1 '],
  [
    'missing source',
    { 'cause-stuck.yaml': CAUSE.replace('    source: carpenters\n', '') },
    "cause-stuck.yaml:4:5 rules.0 must have required property 'source'",
  ],
  [
    'missing silent examples',
    { 'cause-stuck.yaml': CAUSE.replace(', silent: [the window]', '') },
    "cause-stuck.yaml:9:15 rules.0.examples must have required property 'silent'",
  ],
  [
    'unknown concept',
    { 'cause-stuck.yaml': CAUSE.replace('[door] }', '[gate] }') },
    'cause-stuck.yaml:7:23 unknown concept gate',
  ],
  [
    'id of another cause',
    { 'cause-stuck.yaml': CAUSE.replace('stuck.door', 'other.door') },
    'cause-stuck.yaml:4:9 id must begin with stuck.',
  ],
  [
    'id twice',
    { 'cause-stuck.yaml': CAUSE + CAUSE.split('rules:\n')[1] },
    'cause-stuck.yaml:10:9 id stuck.door stands in cause-stuck.yaml already',
  ],
  [
    'unsafe pattern',
    { 'cause-stuck.yaml': CAUSE.replace('{ concepts: [door] }', "{ pattern: '(a+)+b' }") },
    'cause-stuck.yaml:7:22 pattern repeats a group',
  ],
  ['unknown kind of file', { 'sauce.yaml': 'a: 1\n' }, 'sauce.yaml:0:0 unknown kind'],
  [
    'a language that lacks words',
    { 'lang-es.yaml': LANG.replace('language: en', 'language: es').replace('door: [door]', 'gate: [puerta]') },
    'lang-es.yaml:7:3 lacks words for door',
  ],
  [
    'weight outside its bounds',
    { 'cause-stuck.yaml': CAUSE.replace('weight: 1', 'weight: 1\n    bounds: [2, 3]') },
    'cause-stuck.yaml:9:13 the weight is outside its bounds',
  ],
])('%s', (_, files, expected) => {
  const faults = faultsOf(files);
  expect(faults.some((fault) => fault.startsWith(expected))).toBe(true);
});

test('all faults of all files are reported at once', () => {
  expect(
    faultsOf({ 'cause-stuck.yaml': `${CAUSE}color: red\n`, 'sauce.yaml': 'a: 1\n', 'lang-en.yaml': `${LANG}x: 1\n` })
      .length,
  ).toBe(3);
});

test.each(['(a+)+', '(?:\\d+,)*', '(a|b*)*', '(?<=x)y', '(a)\\1', '.*.*x', '\\s+\\s+', '(a{2,}){3}', '('])(
  'pattern %s is refused',
  (source) => {
    expect(faultOfPattern(source)).not.toBeNull();
  },
);

test.each(['\\bSNAT\\b', 'a+b+', '(?:abc)+', '[^"]{0,80}"', '(?:a|b)?c', 'x{1,3}y*'])(
  'pattern %s is fine',
  (source) => {
    expect(faultOfPattern(source)).toBeNull();
  },
);

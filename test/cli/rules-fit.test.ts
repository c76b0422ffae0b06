// `rules fit --write`: what is fitted goes into reader.json and weights.json alone, and a second fit comes to the same. Runs the built program.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { compileRules } from '../../src/classify/rules';
import type { CauseData, RuleData } from '../../src/pack/schema/cause';

const ROOT = path.join(__dirname, '..', '..');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'preticket-fit-'));
afterAll(() => fs.rmSync(dir, { recursive: true }));

function contents(): Map<string, string> {
  const folder = path.join(dir, 'rules');
  const names = fs.readdirSync(folder).filter((name) => fs.statSync(path.join(folder, name)).isFile());
  return new Map(names.map((name) => [name, fs.readFileSync(path.join(folder, name), 'utf8')]));
}

function fitAndWrite(): Map<string, string> {
  const corpus = ['r1', 'r2'].map((name) => path.join(ROOT, 'test', 'corpus', `${name}.jsonl`));
  const args = [path.join(ROOT, 'dist', 'cli', 'main.js'), 'rules', 'fit', ...corpus, '--write'];
  const { status, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', PACK_DIR: dir },
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return contents();
}

test('two fits in a row leave the same bytes, and the files of authors as they were', () => {
  for (const folder of ['rules', 'templates'])
    fs.cpSync(path.join(ROOT, folder), path.join(dir, folder), { recursive: true });
  const before = contents();
  const first = fitAndWrite();
  expect([...first].filter(([name, text]) => before.get(name) !== text).map(([name]) => name)).toEqual([
    'reader.json',
    'weights.json',
  ]);
  expect(fitAndWrite()).toEqual(first);
});

describe('which weight counts', () => {
  const rule: RuleData = {
    id: 'some-cause.rule',
    why: 'so that there is one',
    source: 'test',
    when: { fact: 'some-fact' },
    weight: 0.8,
    examples: { fires: [], silent: [] },
  };
  const weightOf = (data: RuleData, fitted: Record<string, readonly [number, number]>): number | undefined => {
    const cause: CauseData = { id: 'some-cause', number: 1, rules: [data] };
    return compileRules([cause], fitted)[0]?.weight;
  };

  test('the fitted one, where the rule still says what the fit began with', () => {
    expect(weightOf(rule, { [rule.id]: [0.8, 1.9] })).toBe(1.9);
  });
  test.each([
    ['there is no fitted one', rule, {}],
    ['the author has changed it since', rule, { [rule.id]: [0.5, 1.9] }],
    ['the fitted one breaks bounds set since', { ...rule, bounds: [0.2, 1] }, { [rule.id]: [0.8, 1.9] }],
    ['the fitted one has another sign', rule, { [rule.id]: [0.8, -0.2] }],
  ] as const)('the author’s, where %s', (_, data, fitted) => {
    expect(weightOf(data, fitted)).toBe(0.8);
  });
});

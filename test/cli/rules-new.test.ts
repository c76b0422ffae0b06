// `rules new`: whatever it scaffolds lints and passes its examples at once, leaves all else as it was, and never overwrites. Runs the built program.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const ROOT = path.join(__dirname, '..', '..');
const MAIN = path.join(ROOT, 'dist', 'cli', 'main.js');
const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'preticket-new-'));
afterAll(() => fs.rmSync(temporary, { recursive: true }));

function run(dir: string | undefined, ...args: string[]): { status: number | null; out: string; err: string } {
  const result = spawnSync(process.execPath, [MAIN, ...args], {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', PACK_DIR: dir ?? '' },
  });
  return { status: result.status, out: result.stdout, err: result.stderr };
}

/** A copy of the own pack with its fitted reader. */
function copy(name: string): string {
  const dir = path.join(temporary, name);
  for (const folder of ['rules', 'templates'])
    fs.cpSync(path.join(ROOT, folder), path.join(dir, folder), { recursive: true });
  return dir;
}

const contents = (dir: string): Map<string, string> =>
  new Map(
    fs
      .readdirSync(dir, { recursive: true, encoding: 'utf8' })
      .filter((name) => fs.statSync(path.join(dir, name)).isFile())
      .map((name): [string, string] => [name, fs.readFileSync(path.join(dir, name), 'utf8')]),
  );

/** Lines of `after` that `before` has not; nothing of `before` may be gone. */
function added(before: string, after: string): string[] {
  const old = new Set(before.split('\n'));
  const now = new Set(after.split('\n'));
  expect([...old].filter((line) => !now.has(line))).toEqual([]);
  return [...now].filter((line) => !old.has(line));
}

const lints = (dir: string): void => expect(run(dir, 'rules', 'lint')).toMatchObject({ status: 0, err: '' });
const passes = (dir: string): void => expect(run(dir, 'rules', 'test')).toMatchObject({ status: 0, err: '' });

test('a pack: in a folder that was not there, under its name, without what was fitted to the other one', () => {
  const dir = path.join(temporary, 'second-product');
  expect(run(undefined, 'rules', 'new', 'pack', dir).status).toBe(0);
  expect(run(dir, 'rules', 'lint').out).toContain('pack second-product');
  expect(fs.existsSync(path.join(dir, 'rules', 'reader.json'))).toBe(false);
  expect(fs.existsSync(path.join(dir, 'rules', 'schema', 'cause.json'))).toBe(true);
  const before = contents(dir);
  expect(run(undefined, 'rules', 'new', 'pack', dir)).toMatchObject({ status: 2, out: '' });
  expect(contents(dir)).toEqual(before);
});

test('a rule: at the end of its cause, complete, and nothing else changes', () => {
  const dir = copy('rule');
  const before = contents(dir);
  const file = path.join('rules', 'cause-wrong-endpoint.yaml');
  expect(run(dir, 'rules', 'new', 'rule', 'wrong-endpoint.fresh').status).toBe(0);
  lints(dir);
  const after = contents(dir);
  expect([...after].filter(([name, text]) => before.get(name) !== text).map(([name]) => name)).toEqual([file]);
  expect(added(before.get(file) ?? '', after.get(file) ?? '')[0]).toBe('  - id: wrong-endpoint.fresh');
  expect(run(dir, 'rules', 'explain', 'words that stand for wrong-endpoint fresh').out).toContain(
    'wrong-endpoint.fresh',
  );
});

test('a cause: ranked at once beside those that the reader was fitted to, whose verdicts stay; its words stand in every language', () => {
  const dir = copy('cause');
  const text = 'it says IP not allowed since we moved the server';
  const verdict = (): { cause: string; causes: { id: string; title: string; probability: number }[] } =>
    JSON.parse(run(dir, 'triage', '--json', '--language', 'vi', path.join(temporary, 'text')).out) as ReturnType<
      typeof verdict
    >;
  fs.writeFileSync(path.join(temporary, 'text'), text);
  const { cause } = verdict();
  expect(run(dir, 'rules', 'new', 'cause', 'rate-limit').status).toBe(0);
  lints(dir);
  const now = verdict();
  expect(now.cause).toBe(cause);
  const fresh = now.causes.find(({ id }) => id === 'rate-limit');
  expect(fresh?.title).toBe('[rate-limit] title');
  expect(fresh?.probability).toBeGreaterThan(0);
  expect(run(dir, 'rules', 'new', 'rule', 'rate-limit.second').status).toBe(0);
  lints(dir);
});

test('a language: with sentences to translate; no text is taken for it before it has words', () => {
  const dir = copy('language');
  const before = contents(dir);
  expect(run(dir, 'rules', 'new', 'language', 'fr').status).toBe(0);
  lints(dir);
  const after = contents(dir);
  const changed = [...after].filter(([name, text]) => before.get(name) !== text).map(([name]) => name);
  expect(changed.sort()).toEqual([
    'rules/lang-fr.yaml',
    'rules/pack.yaml',
    'rules/redact-speech-fr.yaml',
    'rules/talk-fr.yaml',
    'rules/text-fr.yaml',
    'templates/fr/ticket.md.hbs',
  ]);
  expect(run(dir, 'rules', 'explain', 'bonjour, it says IP not allowed').out).toContain('(en)');
});

test('a credential: removed from the next text on', () => {
  const dir = copy('redaction');
  expect(run(dir, 'rules', 'new', 'redaction', 'acme-key').status).toBe(0);
  lints(dir);
  passes(dir);
  const key = ['acme', 'key', '7Hq2ZpLw9XvT4mRb'].join('_');
  fs.writeFileSync(path.join(temporary, 'text'), `it ran with ${key} yesterday`);
  expect(run(dir, 'redact', path.join(temporary, 'text')).out).not.toContain(key);
});

test.each([
  ['what is there already', ['rule', 'login-password.never-set']],
  ['a cause that is there', ['cause', 'login-password']],
  ['a language that is there', ['language', 'vi']],
  ['a rule of no cause', ['rule', 'nothing.here']],
  ['a name that is a path', ['cause', '../../evil']],
  ['a name that is YAML', ['cause', 'a: b']],
  ['a tag that is none', ['language', 'French']],
  ['a kind that is none', ['toString', 'x']],
])('%s: one line, exit status 2, nothing written', (_what, args) => {
  const dir = path.join(temporary, 'refused');
  if (!fs.existsSync(dir)) copy('refused');
  const before = contents(dir);
  const { status, err, out } = run(dir, 'rules', 'new', ...args);
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(err).toMatch(/^preticket: rules new: [^\n]+\n$/);
  expect(contents(dir)).toEqual(before);
});

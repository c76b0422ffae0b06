// What staff confirmed in Slack comes out as labelled lines, and those go into the backtest, alone and against another pack.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { createDirectory } from '../../src/channels/slack/directory';
import { newBeside } from '../../src/channels/slack/take';
import { createService } from '../../src/service';
import { createTalk } from '../../src/service/core';
import { openEmbeddedStore } from '../../src/stores/embedded';
import { engine as loadEngine } from '../support/engine';
import { temporaryFolder } from '../support/test-server';

const ROOT = path.join(__dirname, '..', '..');
const MAIN = path.join(ROOT, 'dist', 'cli', 'main.js');
const SECRET = 'session-secret-of-tests-0123456789abcdef';
const planted = (): string => ['k9Xq', 'Zt72', 'LmPw', '4rVd'].join('');

const folder = temporaryFolder();
afterAll(() => folder.remove());

const run = (args: string[], env: Record<string, string> = {}): string =>
  execFileSync(process.execPath, [MAIN, ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    encoding: 'utf8',
  });

async function confirmed(dir: string): Promise<void> {
  const store = await openEmbeddedStore({ dir });
  const engine = await loadEngine();
  const talk = createTalk({ engine, fieldKeys: [], defaultLanguage: 'en' });
  const service = createService({ store, talk, engine, maxMessageBytes: 100_000, ttlDays: 30 });
  const { cases } = service;
  const directory = createDirectory(cases, SECRET);
  const place = { team: 'T0', channel: 'C0', mode: 'case', by: 'U0' } as const;
  const texts = [
    'IP not allowed, we never added an address',
    `Authorization: Basic ${planted()} is refused`,
    'never labelled',
  ];
  for (const [i, text] of texts.entries()) {
    const bearer = cases.bearerOf(SECRET, ['slack', 'T0', 'C0', `${i}`]);
    await cases.change(bearer, { open: { channel: 'slack' }, change: () => ({ beside: newBeside(place) }) });
    await cases.hear(bearer, {
      key: 'k',
      unasked: true,
      redaction: (memory) => cases.redact(text, memory),
      beside: (beside) => beside,
    });
    const cause = ['ip-not-whitelisted', null][i];
    if (cause === undefined) continue;
    await cases.change(bearer, {
      change: (beside) => ({ beside: { ...(beside as object), label: { cause, by: 'U0', atMs: 1 } } }),
    });
    await directory.label(bearer.id);
    await directory.label(bearer.id);
  }
  await service.stop();
  await store.close();
}

test('export, then backtest, then backtest against another pack', async () => {
  const data = path.join(folder.dir, 'data');
  await confirmed(data);
  const lines = run(['export'], { DATA_DIR: data, SESSION_SECRET: SECRET });
  const items = lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: string; text: string; primary: string; lang: string });
  expect(items.map(({ primary }) => primary)).toEqual(['ip-not-whitelisted', 'none']);
  expect(items[0]).toMatchObject({ lang: 'en', text: 'IP not allowed, we never added an address' });
  expect(lines).not.toContain(planted());
  const file = path.join(folder.dir, 'confirmed.jsonl');
  fs.writeFileSync(file, lines);
  const alone = run(['rules', 'backtest', file]);
  expect(alone).toMatch(/all\s+2\s/);
  expect(alone).toContain(`${items[1]?.id}: is none, judged `);
  const other = path.join(folder.dir, 'pack');
  for (const part of ['rules', 'templates'])
    fs.cpSync(path.join(ROOT, part), path.join(other, part), { recursive: true });
  const packFile = path.join(other, 'rules', 'pack.yaml');
  fs.writeFileSync(packFile, fs.readFileSync(packFile, 'utf8').replace(/^verdictFrom: .*$/m, 'verdictFrom: 1'));
  const against = run(['rules', 'backtest', file, '--against', other]);
  expect(against).toMatch(/\d of 2 verdicts differ: \d better, \d worse/);
  expect(against).toMatch(/this pack ip-not-whitelisted \(right\), the other none \(wrong\)/);
});

test('a line that is no item is named by its place, and nothing of it is said', () => {
  const file = path.join(folder.dir, 'bad.jsonl');
  fs.writeFileSync(file, `{"text":"x","primary":"none"}\n{"text":"${planted()}","primary":"nonsense"}\n`);
  let said = '';
  try {
    run(['rules', 'backtest', file]);
  } catch (error) {
    said = (error as { stderr: string }).stderr;
  }
  expect(said).toContain('bad.jsonl:2');
  expect(said).not.toContain(planted());
});

// The container file, as far as it can be judged without Docker: stages, user, what is copied, and what may reach it at all.
import fs from 'node:fs';
import path from 'node:path';
import { runInNewContext } from 'node:vm';

const ROOT = path.join(__dirname, '..', '..');
const read = (...at: string[]): string => fs.readFileSync(path.join(ROOT, ...at), 'utf8');

interface Instruction {
  readonly name: string;
  readonly rest: string;
}

/** Instructions of each stage; continued lines joined, comments left out. */
function stagesOf(text: string): Instruction[][] {
  const lines = text.replace(/\\\n\s*/g, '').split('\n');
  const stages: Instruction[][] = [];
  for (const line of lines.filter((one) => /^[A-Z]/.test(one))) {
    const [, name = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    if (name === 'FROM') stages.push([]);
    stages.at(-1)?.push({ name, rest });
  }
  return stages;
}

const dockerfile = read('src', 'deploy', 'Dockerfile');
const stages = stagesOf(dockerfile);
const last = stages.at(-1) ?? [];
const values = (name: string, stage: readonly Instruction[] = last): string[] =>
  stage.filter((one) => one.name === name).map(({ rest }) => rest);

test('three stages, and the last one builds and installs nothing', () => {
  expect(stages.map(([from]) => from?.rest)).toEqual([
    '${NODE_IMAGE} AS build',
    '${NODE_IMAGE} AS modules',
    '${NODE_IMAGE}',
  ]);
  expect(values('RUN').join()).not.toMatch(/npm|apt|curl/);
});

test('every install is from the lock and runs no script of a package', () => {
  const installs = [...dockerfile.matchAll(/npm (?:ci|i|install)\b.*/g)].map(([line]) => line);
  expect(installs).toHaveLength(2);
  for (const line of installs) expect(line).toMatch(/^npm ci .*--ignore-scripts/);
  expect(values('RUN', stages[1])).toEqual([expect.stringContaining('--omit=dev')]);
});

test('it runs as a user that is not root, by number, and owns /data alone', () => {
  expect(values('USER')).toEqual(['1000:1000']);
  expect(last.findIndex(({ name }) => name === 'USER')).toBeGreaterThan(
    last.findLastIndex(({ name }) => name === 'COPY'),
  );
  expect(values('VOLUME')).toEqual(['/data']);
  expect(dockerfile).not.toMatch(/--chown|chmod/);
});

test('its health is asked by Node itself: 0 where /healthz says so, else 1', async () => {
  const command = /CMD (\[.*\])$/.exec(values('HEALTHCHECK')[0] ?? '')?.[1] ?? '[]';
  const [program, flag, script = ''] = JSON.parse(command) as string[];
  expect([program, flag]).toEqual(['node', '-e']);
  const run = async (answer: () => Promise<{ ok: boolean }>): Promise<number> => {
    const asked: string[] = [];
    const code = await new Promise<number>((resolve) => {
      const fetch = (url: string): Promise<{ ok: boolean }> => {
        asked.push(url);
        return answer();
      };
      // The script sees these two instead of its own.
      runInNewContext(script, { fetch, process: { env: { PORT: '3999' }, exit: resolve } });
    });
    expect(asked).toEqual(['http://127.0.0.1:3999/healthz']);
    return code;
  };
  expect(await run(() => Promise.resolve({ ok: true }))).toBe(0);
  expect(await run(() => Promise.resolve({ ok: false }))).toBe(1);
  expect(await run(() => Promise.reject(new Error('refused')))).toBe(1);
});

test('no secret stands in it, and its environment is the contract’s', () => {
  const set = [...values('ENV'), ...values('ENV', stages[0])].join(' ');
  expect([...set.matchAll(/(\w+)=/g)].map(([, name]) => name).sort()).toEqual(['DATA_DIR', 'HOST', 'NODE_ENV', 'PORT']);
  expect(dockerfile).not.toMatch(/^ARG .*(?:SECRET|TOKEN|PASSWORD)/m);
});

test('what is copied is let through by .dockerignore, and nothing else is', () => {
  const lines = read('.dockerignore')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  expect(lines[0]).toBe('*');
  const allowed = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
  const copied = stages.flatMap((stage) =>
    values('COPY', stage)
      .filter((rest) => !rest.startsWith('--from'))
      .flatMap((rest) => rest.split(/\s+/).slice(0, -1)),
  );
  expect([...new Set(copied)].sort()).toEqual([...allowed].sort());
  for (const name of allowed) expect(fs.existsSync(path.join(ROOT, name))).toBe(true);
  expect(lines).toEqual(expect.arrayContaining(['**/data', '**/*.log', '**/.env*']));
});

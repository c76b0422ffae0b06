// The command line as other programs see it: exit status, streams, JSON lines, bad bytes. Runs the built program.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const MAIN = path.join(__dirname, '..', '..', 'dist', 'cli', 'main.js');

function run(
  args: readonly string[],
  input: string | Buffer = '',
): { status: number | null; out: string; err: string } {
  const result = spawnSync(process.execPath, [MAIN, ...args], {
    input,
    maxBuffer: 512 * 1024 * 1024,
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { status: result.status, out: result.stdout.toString(), err: result.stderr.toString() };
}

interface Out {
  readonly id?: string;
  readonly error?: string;
  readonly text?: string;
  readonly cause?: string | null;
  readonly fields?: Record<string, string | null>;
}

const jsonl = (out: string): Out[] =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Out);
const SECRET = ['Orchard', '-Gate-', '77'].join('');

describe('triage', () => {
  test('--json prints the contract’s keys', () => {
    const { status, out } = run(['triage', '--json'], 'where do I add my IP? it says "IP not allowed"');
    expect(status).toBe(0);
    expect(Object.keys(JSON.parse(out) as object)).toEqual(
      expect.arrayContaining([
        'cause',
        'causes',
        'findings',
        'corrected',
        'fixes',
        'checklist',
        'fields',
        'sources',
        'missing',
        'unknown',
        'question',
        'text',
        'redactions',
        'draft',
        'language',
        'pack',
      ]),
    );
  });

  test('--jsonl answers each line in order, and a bad line in place', () => {
    const lines = [
      '{"id":"a","text":"hi"}',
      'no json',
      '{"id":"c"}',
      '{"id":"d","text":7}',
      '[]',
      '{"id":"f","text":"hello"}',
    ];
    const { status, out, err } = run(['triage', '--jsonl'], `${lines.join('\n')}\n`);
    // All were answered, not all were done.
    expect(status).toBe(1);
    expect(err).toBe('preticket: standard input: 4 of 6 lines are bad; "error" in their answers says why\n');
    const got = jsonl(out);
    expect(got.map(({ id, error }) => [id, error])).toEqual([
      ['a', undefined],
      [undefined, 'line is not JSON'],
      ['c', 'text must be a string'],
      ['d', 'text must be a string'],
      [undefined, 'line is not a JSON object'],
      ['f', undefined],
    ]);
  });

  test('fields given with a line win, null is unknown', () => {
    const [result] = jsonl(
      run(
        ['triage', '--jsonl'],
        `{"id":"a","text":"account: fernhill, 403","fields":{"account":"larkhill","domain":null}}\n`,
      ).out,
    ) as [Out & { unknown: string[]; missing: string[] }];
    expect(result.fields).toMatchObject({ account: 'larkhill', domain: null });
    expect(result.unknown).toContain('domain');
    expect(result.missing).not.toContain('domain');
  });

  test('no part of the output holds a secret, in any form', () => {
    const text = `Authorization: fernhill:${SECRET}\nmy api password is ${SECRET}`;
    for (const args of [['triage'], ['triage', '--json'], ['rules', 'explain', '-']]) {
      const { out, err } = run(args, text);
      if (args[0] === 'triage') expect(out).toMatch(/\[redacted:|Removed/);
      expect(`${out}${err}`).not.toContain(SECRET);
    }
    const line = run(['triage', '--jsonl'], `${JSON.stringify({ id: 'x', text })}\n`);
    expect(`${line.out}${line.err}`).not.toContain(SECRET);
  });

  test('offsets quote the text', () => {
    const { out } = run(
      ['triage', '--json'],
      fs.readFileSync(path.join(__dirname, '..', 'samples', 'night-shift.log')),
    );
    const result = JSON.parse(out) as {
      text: string;
      causes: { evidence: { quote: string; start: number; end: number }[] }[];
    };
    const all = result.causes.flatMap((cause) => cause.evidence);
    expect(all.length).toBeGreaterThan(2);
    for (const { quote, start, end } of all) expect(result.text.slice(start, end)).toBe(quote);
  });
});

describe('redact', () => {
  test('prints the text with the secret replaced, the rest byte for byte', () => {
    expect(run(['redact'], `A\r\nAuthorization: fernhill:${SECRET}\r\n`).out).toBe(
      'A\r\nAuthorization: fernhill:[redacted:api-secret]\r\n',
    );
  });

  test('--jsonl', () => {
    expect(jsonl(run(['redact', '--jsonl'], `{"id":1,"text":"password=${SECRET}"}\n`).out)).toEqual([
      { id: 1, text: 'password=[redacted:password]', redactions: [{ kind: 'password', count: 1 }] },
    ]);
  });
});

describe('rough input', () => {
  test.each([
    ['NUL bytes', Buffer.from('a\0b IP not allowed\0')],
    ['a byte-order mark', Buffer.from('\uFEFFIP not allowed')],
    ['UTF-16 with a mark', Buffer.from('\uFEFFIP not allowed', 'utf16le')],
    ['broken UTF-8', Buffer.from([0x49, 0x50, 0xff, 0xfe, 0xc3, 0x28, 0x0a])],
    ['CRLF', Buffer.from('IP\r\nnot allowed\r\n')],
    ['nothing', Buffer.alloc(0)],
    ['lone surrogates', Buffer.from('"\\ud800"')],
  ])('%s', (_, bytes) => {
    expect(run(['triage', '--json'], bytes)).toMatchObject({ status: 0, err: '' });
  });

  test.each([
    ['nothing', Buffer.alloc(0), 'there is nothing in it'],
    ['blanks', Buffer.from(' \r\n\t\n'), 'there is nothing in it'],
    ['NUL bytes alone', Buffer.alloc(4000), 'this is binary data, not text'],
    ['a program', fs.readFileSync(process.execPath).subarray(0, 200_000), 'this is binary data, not text'],
  ])('%s is no text: said so, in the language of the pack, and asked for one', (_, bytes, said) => {
    const { status, out, err } = run(['triage'], bytes);
    expect({ status, err }).toEqual({ status: 0, err: `preticket: standard input: ${said}\n` });
    expect(out).toMatch(/^── Verdict/);
    expect(out.split('\n').length).toBeLessThan(12);
    expect((JSON.parse(run(['triage', '--json'], bytes).out) as { language: string }).language).toBe('en');
  });

  test('a log with broken bytes in it is a log', () => {
    const { err, out } = run(['triage'], Buffer.from('a\0b\uFFFD IP not allowed\0 from the new server\n'));
    expect(err).toBe('');
    expect(out).toContain('IP not allowed');
  });

  test('of many files one that is not there is named, the others are read', () => {
    const sample = path.join(__dirname, '..', 'samples', 'night-shift.log');
    const { status, out, err } = run(['redact', '/no/such/file', sample, '/no/such/other']);
    expect(status).toBe(1);
    expect(out).toBe(run(['redact', sample]).out);
    expect(out).not.toBe('');
    expect(err).toBe('preticket: /no/such/file: no such file\npreticket: /no/such/other: no such file\n');
  });

  test('a full disk is one clear line', () => {
    const full = fs.openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, [MAIN, 'redact'], {
      input: 'x',
      stdio: ['pipe', full, 'pipe'],
    });
    fs.closeSync(full);
    expect(status).toBe(1);
    expect(stderr.toString()).toBe('preticket: standard output: cannot be written (no space left)\n');
  });

  test('a line of 10 MB among others', () => {
    const big = JSON.stringify({ id: 'big', text: `IP not allowed ${'log line 198.51.100.7 ok\n'.repeat(420_000)}` });
    const { status, out } = run(['triage', '--jsonl'], `{"id":"a","text":"hi"}\n${big}\n{"id":"c","text":"hi"}\n`);
    expect(status).toBe(0);
    expect(jsonl(out).map(({ id }) => id)).toEqual(['a', 'big', 'c']);
  });

  test('a file over the limit is refused by name', () => {
    const file = path.join(os.tmpdir(), `preticket-large-${process.pid}.log`);
    fs.writeFileSync(file, '');
    fs.truncateSync(file, 64 * 1024 * 1024 + 1);
    const { status, err } = run(['triage', file]);
    fs.rmSync(file);
    expect(status).toBe(1);
    expect(err).toBe(`preticket: ${file}: larger than 64 MiB; pass the part that shows the fault\n`);
  });
});

describe('usage', () => {
  test.each([
    [['triage', '--nonsense']],
    [['frobnicate']],
    [['triage', '--json', '--jsonl']],
    [['triage', '--language', 'xx']],
  ])('%j exits with 2', (args) => {
    const { status, err } = run(args, 'x');
    expect(status).toBe(2);
    expect(err).toMatch(/^preticket: [^\n]+\n$/);
  });

  test('a missing file is one clear line', () => {
    expect(run(['triage', '/no/such/file'])).toMatchObject({
      status: 1,
      err: 'preticket: /no/such/file: no such file\n',
    });
  });

  test('--version exits with 0', () => {
    expect(run(['--version'])).toMatchObject({ status: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string });
  });

  test('--help exits with 0', () => {
    expect(run(['--help']).status).toBe(0);
  });

  test('a reader that goes away early ends it quietly', async () => {
    const child = spawn(process.execPath, [MAIN, 'triage', '--jsonl'], { stdio: ['pipe', 'pipe', 'pipe'] });
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.stdin.on('error', () => undefined);
    child.stdout.once('data', () => child.stdout.destroy());
    for (let i = 0; i < 3000; i++) child.stdin.write(`{"id":${i},"text":"IP not allowed"}\n`);
    child.stdin.end();
    const status = await new Promise((resolve) => child.on('exit', resolve));
    expect(err).toBe('');
    expect(status).toBe(0);
  });
});

// Holds the structure: imports go one way, no cycles, one importer for each outside package, and no word of a pack in the code.
import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { parse } from 'yaml';

const ROOT = path.join(__dirname, '..');
const SRC = path.join(ROOT, 'src');

function filesBelow(dir: string, ending: string): string[] {
  return fs.readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const at = path.join(dir, entry.name);
    return entry.isDirectory() ? filesBelow(at, ending) : entry.name.endsWith(ending) ? [at] : [];
  });
}

const sources = filesBelow(SRC, '.ts').map((file) => ({
  file: path.relative(SRC, file),
  text: fs.readFileSync(file, 'utf8'),
}));

function importsOf(text: string): string[] {
  return ts.preProcessFile(text, true, true).importedFiles.map((file) => file.fileName);
}

function resolve(from: string, target: string): string {
  const base = path.normalize(path.join(path.dirname(from), target)).replace(/\.js$/, '');
  const found = [`${base}.ts`, path.join(base, 'index.ts')].find((candidate) =>
    fs.existsSync(path.join(SRC, candidate)),
  );
  if (found === undefined) throw new Error(`${from} imports ${target}, which is not there`);
  return found;
}

const inner = sources.map(({ file, text }) => ({
  file,
  targets: importsOf(text)
    // A style sheet is text that the build puts in.
    .filter((t) => t.startsWith('.') && !t.endsWith('.css'))
    .map((t) => resolve(file, t)),
}));

/** Folder (or root file) to the folders it may import from. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'types.ts': [],
  'errors.ts': [],
  'version.ts': [],
  pack: ['types.ts', 'errors.ts', 'pack'],
  text: ['types.ts', 'errors.ts', 'pack', 'text'],
  redact: ['types.ts', 'errors.ts', 'pack', 'redact'],
  request: ['types.ts', 'errors.ts', 'pack', 'redact', 'request'],
  extract: ['types.ts', 'errors.ts', 'pack', 'text', 'redact', 'request', 'extract'],
  classify: ['types.ts', 'errors.ts', 'pack', 'text', 'classify'],
  ask: ['types.ts', 'errors.ts', 'pack', 'ask'],
  draft: ['types.ts', 'errors.ts', 'pack', 'classify', 'draft'],
  engine: ['types.ts', 'pack', 'redact', 'request', 'extract', 'classify', 'ask', 'engine'],
  'engine.ts': [
    'types.ts',
    'errors.ts',
    'pack',
    'text',
    'redact',
    'request',
    'extract',
    'classify',
    'ask',
    'draft',
    'engine',
  ],
  conversation: [
    'types.ts',
    'errors.ts',
    'pack',
    'text',
    'redact',
    'extract',
    'classify',
    'ask',
    'draft',
    'engine.ts',
    'conversation',
  ],
  stores: ['types.ts', 'errors.ts', 'stores'],
  'config.ts': ['errors.ts', 'config'],
  config: ['errors.ts', 'config'],
  'log.ts': ['errors.ts', 'config.ts', 'redact'],
  helpdesks: ['types.ts', 'errors.ts', 'config', 'helpdesks'],
  service: ['types.ts', 'errors.ts', 'redact', 'engine.ts', 'conversation', 'stores', 'helpdesks', 'service'],
  'service.ts': ['types.ts', 'errors.ts', 'redact', 'engine.ts', 'service', 'stores', 'helpdesks'],
  channels: ['types.ts', 'errors.ts', 'log.ts', 'redact', 'service.ts', 'service', 'channels'],
  // The redactor that browsers load is built from the server's own.
  http: ['types.ts', 'errors.ts', 'config.ts', 'log.ts', 'pack', 'redact', 'service.ts', 'service', 'http'],
  'main.ts': [
    'types.ts',
    'errors.ts',
    'config.ts',
    'log.ts',
    'pack',
    'redact',
    'engine.ts',
    'service.ts',
    'service',
    'stores',
    'helpdesks',
    'channels',
    'http',
    'version.ts',
  ],
  cli: [
    'types.ts',
    'errors.ts',
    'pack',
    'text',
    'classify',
    'draft',
    'engine.ts',
    'config.ts',
    'service',
    'helpdesks',
    'stores',
    'channels',
    'main.ts',
    'version.ts',
    'cli',
  ],
};

/** Outside package to the only place that may import it. */
const SINGLE_IMPORTER: Readonly<Record<string, string>> = {
  natural: 'text',
  handlebars: 'draft',
  commander: 'cli',
  picocolors: 'cli',
  ajv: 'pack',
  lmdb: 'stores',
  nodemailer: 'helpdesks',
  ioredis: 'stores',
  fastify: 'http',
  ws: 'http',
  '@sinclair/typebox': 'http',
  'prom-client': 'http',
  pino: 'log.ts',
  botkit: 'channels',
  'botbuilder-core': 'channels',
  '@slack/bolt': 'channels',
  '@slack/oauth': 'channels',
  '@slack/socket-mode': 'channels',
};

/** The contract lists the helpdesks by name, and one of them is the product of a pack too. */
const HELPDESKS = [
  path.join('config', 'helpdesk.ts'),
  path.join('helpdesks', 'registry.ts'),
  path.join('helpdesks', 'whmcs.ts'),
];

/** What a file loads as soon as it is loaded itself; worked out once for each. */
const eagerLoads = new Map<string, readonly string[]>();
function eager(text: string): readonly string[] {
  const known = eagerLoads.get(text);
  if (known !== undefined) return known;
  const { outputText } = ts.transpileModule(text, { compilerOptions: { module: ts.ModuleKind.CommonJS } });
  const loads = [...outputText.matchAll(/^(?!.*import\().*\brequire\(["']([^"']+)["']\)/gm)]
    .filter(([line]) => !line.includes('.then('))
    .map((match) => match[1] ?? '');
  eagerLoads.set(text, loads);
  return loads;
}

const areaOf = (file: string): string => file.split(path.sep)[0] ?? file;

describe('architecture', () => {
  test.each(inner.map(({ file, targets }) => [file, targets] as const))(
    '%s imports only what its folder may',
    (file, targets) => {
      const allowed = ALLOWED[areaOf(file)];
      expect(allowed).toBeDefined();
      expect(targets.filter((target) => !(allowed ?? []).includes(areaOf(target)))).toEqual([]);
    },
  );

  test('no import cycles', () => {
    const graph = new Map(inner.map(({ file, targets }) => [file, targets]));
    const state = new Map<string, 'open' | 'done'>();
    const cycles: string[] = [];
    const visit = (file: string, trail: readonly string[]): void => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open') {
        cycles.push([...trail.slice(trail.indexOf(file)), file].join(' -> '));
        return;
      }
      state.set(file, 'open');
      for (const target of graph.get(file) ?? []) visit(target, [...trail, file]);
      state.set(file, 'done');
    };
    for (const file of graph.keys()) visit(file, []);
    expect(cycles).toEqual([]);
  });

  test.each(Object.entries(SINGLE_IMPORTER))('%s is imported by src/%s alone', (name, area) => {
    const importers = sources
      .filter(({ text }) => importsOf(text).some((t) => t === name || t.startsWith(`${name}/`)))
      .map(({ file }) => areaOf(file));
    expect(importers.filter((importer) => importer !== area)).toEqual([]);
  });

  test('ioredis is imported by the Redis store alone', () => {
    const importers = sources
      .filter(({ text }) => importsOf(text).some((t) => t === 'ioredis'))
      .map(({ file }) => file);
    expect(importers.filter((file) => !file.startsWith(path.join('stores', 'redis')))).toEqual([]);
  });

  test('natural is never imported whole', () => {
    expect(sources.filter(({ text }) => importsOf(text).some((t) => t === 'natural')).map(({ file }) => file)).toEqual(
      [],
    );
  });

  test('Botkit is loaded late: what a start loads does not reach it', () => {
    const loads = sources
      .map(({ file, text }) => ({ file, loads: eager(text) }))
      .filter((source) => source.loads.some((name) => /^bot/.test(name)));
    expect(loads.map(({ file }) => file)).toEqual([path.join('channels', 'adapter.ts')]);
    const reached = sources.filter(({ text }) => eager(text).some((name) => /(^|\/)adapter(\.js)?$/.test(name)));
    expect(reached.map(({ file }) => file)).toEqual([]);
  });

  test('Slack’s libraries are loaded late, where Slack is configured', () => {
    const loading = (pattern: RegExp): string[] =>
      sources.filter(({ text }) => eager(text).some((name) => pattern.test(name))).map(({ file }) => file);
    expect(loading(/^@slack\//)).toEqual(['bolt.ts', 'install.ts'].map((name) => path.join('channels', 'slack', name)));
    expect(loading(/^\..*\/(?:bolt|install|socket)(\.js)?$/)).toEqual([]);
  });

  test('no dialogs of Botkit: state is the reducer’s alone', () => {
    expect(
      sources.filter(({ text }) => /BotkitConversation|addDialog|beginDialog/.test(text)).map(({ file }) => file),
    ).toEqual([]);
  });

  test('no source names a cause, the registrar or its products', () => {
    const causes = fs
      .readdirSync(path.join(ROOT, 'rules'))
      .filter((name) => name.startsWith('cause-'))
      .map((name) => (parse(fs.readFileSync(path.join(ROOT, 'rules', name), 'utf8')) as { id: string }).id);
    const words = new RegExp(`(['"\`])(?:${causes.join('|')})\\1|nicenic|whmcs`, 'i');
    expect(
      sources.filter(({ file, text }) => !HELPDESKS.includes(file) && words.test(text)).map(({ file }) => file),
    ).toEqual([]);
  });

  test('every test file is one that Jest picks up', () => {
    const outside = /[\\/](?:support|fixtures|golden|samples|bench|simulate|corpus|chaos)[\\/]/;
    const strays = filesBelow(path.join(ROOT, 'test'), '.ts').filter(
      (file) => !outside.test(file) && !file.endsWith('.test.ts'),
    );
    expect(strays).toEqual([]);
  });
});

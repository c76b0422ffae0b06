// The redactor as a browser loads it from another origin under the strict policy: the same answers as the server's, and small.
import fs from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import type { BrowserRedaction } from '../../src/http/public/redact/redact';
import { createRedactor } from '../../src/redact/redactor';
import { openChromium } from '../support/chromium';
import { hostSite, type HostSite } from '../support/host-site';
import { redactData } from '../support/redact-rules';
import { served, type Served } from '../support/served';
import { temporaryFolder } from '../support/test-server';

jest.setTimeout(60_000);

const BUDGET_BYTES = 60 * 1024;
const folder = temporaryFolder();
let server: Served;
let browser: Browser;
let site: HostSite;
let page: Page;

beforeAll(async () => {
  [browser, server] = await Promise.all([openChromium(), served(folder.dir)]);
  site = await hostSite(server.url);
  site.pages.set('/', '<!doctype html><html lang="en"><title>host</title></html>');
  page = await browser.newPage();
  await page.goto(site.url);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
  await server?.kill();
  folder.remove();
});

/** In the page: the module's answers to texts. As text, for the compiler would turn `import()` into another call. */
async function inBrowser(texts: readonly string[]): Promise<BrowserRedaction[]> {
  await page.evaluate((all) => Object.assign(window, { texts: all }), texts);
  return page.evaluate<BrowserRedaction[]>(
    `import('${server.url}/redact.js').then((module) => module.loadRedactor('${server.url}'))
      .then((redactor) => window.texts.map((text) => redactor.redact(text)))`,
  );
}

const isLines = (name: string): boolean => name.endsWith('.jsonl');

/** A file's whole text, and of lists of texts each text by itself. */
function textsOf(file: string): string[] {
  if (!fs.statSync(file).isFile()) return [];
  const whole = fs.readFileSync(file, 'utf8');
  return [whole, ...(file.endsWith('.yaml') || isLines(file) ? whole.split('\n') : [])];
}

function corpus(name: string): string[] {
  const lines = fs
    .readFileSync(path.join(__dirname, '..', 'corpus', name), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => (JSON.parse(line) as { text: string }).text);
}

test('byte for byte what the server makes of the same texts; offsets are those of the raw text', async () => {
  const fixtures = path.join(__dirname, '..', 'fixtures');
  const texts = [
    ...fs
      .readdirSync(path.join(__dirname, '..', 'corpus'))
      .filter(isLines)
      .flatMap(corpus),
    ...fs
      .readdirSync(fixtures, { recursive: true, encoding: 'utf8' })
      .flatMap((name) => textsOf(path.join(fixtures, name))),
  ].filter((text) => text !== '');
  const redactor = createRedactor(redactData());
  const answers = await inBrowser(texts);
  let removals = 0;
  for (const [i, text] of texts.entries()) {
    const own = redactor.redact(text);
    const there = answers[i];
    expect([there?.text, there?.redactions]).toEqual([own.text, own.redactions]);
    // The text without what was removed is the redacted one without its placeholders.
    const { removed = [] } = there ?? {};
    removals += removed.length;
    const bare = (whole: string, places: readonly { readonly start: number; readonly end: number }[]): string =>
      places.reduceRight((left, { start, end }) => left.slice(0, start) + left.slice(end), whole);
    expect(bare(text, removed)).toBe(bare(own.text, own.spans));
  }
  expect(texts.length).toBeGreaterThan(5000);
  expect(removals).toBeGreaterThan(200);
});

test('code and data fit their budget, and travel so', async () => {
  const sizes = await Promise.all(
    ['redact.js', 'redact.bin'].map(async (name) => {
      const plain = await fetch(`${server.url}/${name}`, { headers: { 'accept-encoding': 'gzip' } });
      expect(plain.headers.get('content-encoding')).toBe('gzip');
      expect(plain.headers.get('access-control-allow-origin')).toBe('*');
      expect(plain.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
      return gzipSync(Buffer.from(await plain.arrayBuffer()), { level: 9 }).length;
    }),
  );
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(BUDGET_BYTES);
});

test('asked for again by its tag, an unchanged file does not travel', async () => {
  const first = await fetch(`${server.url}/redact.js`);
  const again = await fetch(`${server.url}/redact.js`, {
    headers: { 'if-none-match': first.headers.get('etag') ?? '' },
  });
  expect([again.status, (await again.arrayBuffer()).byteLength]).toEqual([304, 0]);
});

test('a server that is away is tried again at the next call', async () => {
  const failures = await page.evaluate(`import('${server.url}/redact.js').then(async ({ loadRedactor }) => [
    await loadRedactor('http://localhost:9').then(() => 'made', () => 'failed'),
    loadRedactor('${server.url}') === loadRedactor('${server.url}'),
  ])`);
  expect(failures).toEqual(['failed', true]);
});

// The form page in a real browser: filled while typing, sent redacted, its receipt; also without JavaScript; axe in every state.
import fs from 'node:fs';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openChromium } from '../support/chromium';
import { served, type Served } from '../support/served';
import { bytesBelow, temporaryFolder } from '../support/test-server';

jest.setTimeout(40_000);

const SECRET = ['Plover', 'Dam', '#8812'].join('-');
const MESSAGE = `renew failed at 2026-11-24 09:14, it says {"code":401,"msg":"IP not allowed"}. account lotusreg, server 203.0.113.40. my api password is ${SECRET}`;
const folder = temporaryFolder();
const complaints: string[] = [];
const sent: string[] = [];
let server: Served;
let browser: Browser;

beforeAll(async () => {
  [browser, server] = await Promise.all([openChromium(), served(folder.dir)]);
});
afterEach(() => expect(complaints.splice(0)).toEqual([]));
afterAll(async () => {
  await browser?.close();
  await server?.kill();
  folder.remove();
});

async function open(where = '/form', options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(server.url + where);
  return page;
}

async function axe(page: Page): Promise<string[]> {
  await page.evaluate(fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  return page.evaluate<string[]>(
    `axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' ' + target.join(' '))))`,
  );
}

test('from a message to a ticket to copy; the secret leaves neither the browser nor a trace at the server', async () => {
  const page = await open();
  expect(await axe(page)).toEqual([]);
  await page.getByLabel('What goes wrong?').fill(MESSAGE);
  await page.waitForFunction(
    () => document.querySelector<HTMLInputElement>('[name=outboundIp]')?.value === '203.0.113.40',
  );
  // A moment without its zone is half an answer.
  const time = page.locator('.field:has([name=timestamp]) preticket-note');
  await time.locator('.ask').filter({ hasText: 'time zone' }).waitFor();
  expect(await time.locator('.filled').count()).toBe(1);
  expect(await axe(page)).toEqual([]);
  await page.getByText('Ticket text').click();
  expect(await page.getByRole('textbox', { name: 'Ticket text' }).inputValue()).toContain('`203.0.113.40`');
  await page.getByLabel('Domain').fill('example.com');
  await page.getByRole('button', { name: 'Prepare the ticket' }).click();
  await page.getByRole('heading', { name: 'Your ticket is ready' }).waitFor();
  const draft = await page.getByRole('textbox', { name: 'Ticket text' }).inputValue();
  for (const part of ['`203.0.113.40`', '`example.com`', '[redacted:api-secret]', '`lotusreg`'])
    expect(draft).toContain(part);
  expect(await page.locator('.removed').innerText()).toContain('API secret');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('receipt');
  expect(await axe(page)).toEqual([]);
  expect(sent.filter((line) => line.includes(SECRET.slice(0, 9)))).toEqual([]);
  expect(bytesBelow(folder.dir).includes(SECRET)).toBe(false);
  // A reload sends nothing again.
  sent.splice(0);
  await page.reload();
  await page.getByRole('heading', { name: 'Report an API problem' }).waitFor();
  expect(sent.filter((line) => line.includes('text='))).toEqual([]);
  await page.context().close();
});

test('without JavaScript: the same ticket, redacted where it arrives', async () => {
  const page = await open('/form?lang=es', { javaScriptEnabled: false });
  await page.getByLabel('¿Qué falla?').fill(MESSAGE);
  await page.locator('[name=domain]').fill('example.org');
  await page.locator('#ticket button').click();
  await page.getByRole('heading', { name: 'Su ticket está listo' }).waitFor();
  const draft = await page.locator('#draft').inputValue();
  expect(draft).toContain('`example.org`');
  expect(draft).toContain('[redacted:api-secret]');
  expect(await page.content()).not.toContain(SECRET);
  await page.context().close();
});

test.each(['light', 'dark'] as const)(
  '%s, 320 pixels wide, twice the text: nothing is cut off',
  async (colorScheme) => {
    const page = await open('/form?lang=ru', { colorScheme, viewport: { width: 320, height: 640 } });
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(':root { font-size: 200% }');
      document.adoptedStyleSheets = [sheet];
    });
    await page.locator('#text').fill(MESSAGE);
    await page.locator('preticket-note .filled').first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    expect(await axe(page)).toEqual([]);
    await page.context().close();
  },
);

test('what the module alone has is asked for where the module is used', async () => {
  const page = await open();
  const version = page.locator('[name=whmcsVersion]');
  expect(await version.isVisible()).toBe(false);
  await page.locator('[name=integration]').selectOption('whmcs');
  expect(await version.isVisible()).toBe(true);
  await page.context().close();
});

test('by keyboard alone, and the language is kept', async () => {
  const page = await open('/form?lang=pt');
  await page.locator('#text').focus();
  await page.keyboard.type('a API responde 401 desde ontem');
  for (
    let i = 0;
    i < 30 && !(await page.evaluate(() => document.activeElement?.matches('#ticket button.primary')));
    i++
  )
    await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Seu ticket está pronto' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('pt');
  await page.context().close();
});

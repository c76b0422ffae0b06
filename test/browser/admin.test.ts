// The page of those who run the server in a real browser, served by the built program, with a helpdesk that first refuses.
import fs from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { openChromium } from '../support/chromium';
import { fakeHelpdesk, type FakeHelpdesk } from '../support/fake-helpdesk';
import { webhookApi } from '../support/helpdesk-apis';
import { served, type Served } from '../support/served';
import { call, openConversation, temporaryFolder } from '../support/test-server';

jest.setTimeout(40_000);

const TOKEN = ['operator', 'token', 'of', 'tests'].join('-');
const SIGNING = ['signing', 'key', 'of', 'tests'].join('-');
const AXE = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const folder = temporaryFolder();
let desk: FakeHelpdesk;
let server: Served;
let browser: Browser;
const complaints: string[] = [];

beforeAll(async () => {
  desk = await fakeHelpdesk(webhookApi(SIGNING, 'raw'));
  [browser, server] = await Promise.all([
    openChromium(),
    served(folder.dir, 0, {
      ADMIN_TOKEN: TOKEN,
      HELPDESK: 'webhook',
      HELPDESK_URL: desk.url,
      HELPDESK_SECRET: SIGNING,
    }),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await server?.kill();
  await desk?.close();
  folder.remove();
});

async function openPage(colorScheme: 'light' | 'dark' = 'light', width = 1280): Promise<Page> {
  const context = await browser.newContext({
    colorScheme,
    viewport: { width, height: 900 },
    httpCredentials: { username: 'admin', password: TOKEN },
    // The test's own axe is no part of the page; the policy is asserted in test/http.
    bypassCSP: false,
  });
  context.setDefaultTimeout(8000);
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${server.url}/admin`);
  await page.locator('#updated').filter({ hasText: 'Updated' }).waitFor();
  return page;
}

/** A ticket that the helpdesk refused. */
async function ask(text: string): Promise<{ readonly at: string; readonly token: string }> {
  const { at, token } = await openConversation(server.url);
  await call(`${at}/messages`, { token, body: { text } });
  await call(`${at}/ticket`, { method: 'POST', token });
  await until(at, token, 'failed');
  return { at, token };
}

async function until(at: string, token: string, status: string): Promise<void> {
  while (!(await call(`${at}/ticket`, { token })).text.includes(`"${status}"`))
    await new Promise((resolve) => setImmediate(resolve));
}

test('a failed ticket is seen and tried again with one press; figures follow', async () => {
  desk.mishaps.push('refuse');
  const { at, token } = await ask(
    'it says IP not allowed, we added 203.0.113.40 but the pod leaves through a NAT gateway',
  );
  const page = await openPage();
  const table = page.getByRole('region', { name: 'List of deliveries' });
  expect(await table.innerText()).toContain('The helpdesk refuses the ticket');
  expect(await page.locator('main').innerText()).not.toContain('203.0.113.40');
  await table.getByRole('button', { name: /^Retry ticket tk_/ }).click();
  await page.getByRole('status').filter({ hasText: '1 will be tried again now.' }).waitFor();
  await until(at, token, 'delivered');
  await page.reload();
  await page.getByText('Nothing waits and nothing failed.').waitFor();
  // No heads of an empty table.
  expect(await page.getByText('Next try').isVisible()).toBe(false);
  expect(await page.locator('.tiles').innerText()).toMatch(/Conversations\s+1\s[\s\S]*Tickets\s+1\s/);
  expect(desk.tickets).toHaveLength(1);
  await page.context().close();
});

test('the playground explains', async () => {
  const page = await openPage();
  await page
    .getByLabel('A message, a request or a log')
    .fill('It says "IP not allowed". I have not whitelisted the IP.');
  await page.getByRole('button', { name: 'Explain' }).click();
  await page.locator('#fired tr').first().waitFor();
  expect(await page.locator('#language').innerText()).toBe('Read in English.');
  expect(await page.locator('#read').innerText()).toContain('IP not allowed');
  await page.context().close();
});

test.each([
  ['light', 1280],
  ['dark', 1280],
  ['light', 360],
] as const)('axe finds nothing: %s, %d wide', async (scheme, width) => {
  desk.mishaps.push('refuse');
  await ask('401 unauthorised');
  const page = await openPage(scheme, width);
  await page.getByLabel('A message, a request or a log').fill('It says "IP not allowed".');
  await page.getByRole('button', { name: 'Explain' }).click();
  await page.locator('#fired tr').first().waitFor();
  await page.evaluate(AXE);
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
  expect(violations).toEqual([]);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  expect(wide).toBe(false);
  await page.context().close();
});

test('no console, policy or script complained', () => expect(complaints).toEqual([]));

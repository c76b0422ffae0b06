// The support-chat page in a real browser, served by the built program: a talk to its end, reload, restart, no connection, no storage.
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openChromium } from '../support/chromium';
import { served, type Served } from '../support/served';
import { temporaryFolder } from '../support/test-server';

jest.setTimeout(40_000);

const SECRET = ['Orchard', '-Gate-', '77'].join('');
const CURL = `curl "https://api.nicenic.net/v2/?category=domain&action=check&domains=example.com" -H "Authorization: Basic ${SECRET}" -H "Content-Type: application/json"`;
const folder = temporaryFolder();
let server: Served;
let browser: Browser;
/** Whatever the console, the policy or a script complained of; refused connections are the browser's own words for being offline. */
const complaints: string[] = [];

beforeAll(async () => {
  [browser, server] = await Promise.all([openChromium(), served(folder.dir)]);
});
afterEach(() => expect(complaints.splice(0)).toEqual([]));
afterAll(async () => {
  await browser?.close();
  await server?.kill();
  folder.remove();
});

async function openPage(options: BrowserContextOptions = {}, path = '/', before?: () => void): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(8000);
  if (before) await context.addInitScript(before);
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error' && !/net::ERR_|Failed to load resource/.test(message.text()))
      complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${server.url}${path}`);
  return page;
}

async function say(page: Page, text: string): Promise<void> {
  const replies = page.getByRole('log').locator('.reply');
  const before = await replies.count();
  await page.getByRole('textbox', { name: 'Your message' }).fill(text);
  await page.keyboard.press('Enter');
  await replies.nth(before).waitFor();
  await page.locator('#typing').waitFor({ state: 'hidden' });
}

const logText = (page: Page): Promise<string> => page.getByRole('log').innerText();

test('a talk to a verdict, a draft and a choice; what was secret leaves the screen too; reload and restart resume', async () => {
  const page = await openPage();
  const log = page.getByRole('log', { name: 'Conversation' });
  await say(page, CURL);
  for (const kind of ['warning', 'findings', 'causes', 'question']) await log.locator(`.${kind}`).first().waitFor();
  expect(await log.locator('.causes').innerText()).toContain('Authorization header');
  await log.locator('.person .removed').first().waitFor();
  expect(await page.content()).not.toContain(SECRET);
  expect(await log.locator('.code').first().getByRole('button', { name: 'Copy' }).isVisible()).toBe(true);
  for (const link of await log.locator('a').all())
    expect(await link.getAttribute('href')).toMatch(/^https:\/\/nicenic\.net\//);

  await say(page, 'please open a ticket');
  expect(await log.locator('.draft').last().innerText()).toContain('example.com');
  const shown = await log.locator('.reply').allInnerTexts();
  await page.reload();
  await log.locator('.choices button').first().waitFor();
  expect(await log.locator('.reply').allInnerTexts()).toEqual(shown);
  expect(await page.content()).not.toContain(SECRET);

  const { port } = server;
  await server.kill();
  server = await served(folder.dir, port);
  await page.reload();
  await log.getByRole('button', { name: 'Yes, send it' }).click();
  await log.locator('.done').waitFor();
  expect(await page.locator('.choices button:enabled').count()).toBe(0);
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('message');
  await page.context().close();
});

test('no connection: what was typed waits, says so, and arrives once and in order', async () => {
  const page = await openPage();
  await say(page, 'hello');
  const { port } = server;
  await server.kill();
  const box = page.getByRole('textbox');
  for (const text of ['it fails with 401 since Monday', 'curl from the same machine fails too']) {
    await box.fill(text);
    await page.getByRole('button', { name: 'Send' }).click();
  }
  await page.getByRole('status').filter({ hasText: 'no connection' }).waitFor();
  const waiting = page.locator('.person.waiting');
  await expect(waiting.count()).resolves.toBe(2);
  server = await served(folder.dir, port);
  await page.getByRole('button', { name: 'Try again' }).click();
  await waiting.first().waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.querySelectorAll('.waiting').length === 0);
  await page.locator('#typing').waitFor({ state: 'hidden' });
  expect(await page.getByRole('status').innerText()).toBe('');
  await page.reload();
  await page.locator('.person').nth(2).waitFor();
  expect(await page.locator('.person .said').allInnerTexts()).toEqual([
    'hello',
    'it fails with 401 since Monday',
    'curl from the same machine fails too',
  ]);
  await page.context().close();
});

test('an answer that got lost on the way is asked for again under the same key, and counts once', async () => {
  const page = await openPage();
  const keys: (string | undefined)[] = [];
  await page.route('**/messages', async (route) => {
    keys.push(route.request().headers()['idempotency-key']);
    if (keys.length > 1) return route.continue();
    await route.fetch();
    return route.abort('connectionreset');
  });
  await page.getByRole('textbox').fill('it says 401');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.locator('.question').first().waitFor();
  expect(keys).toHaveLength(2);
  expect(keys[1]).toBe(keys[0]);
  await page.reload();
  await page.locator('.question').first().waitFor();
  expect(await page.locator('.person').count()).toBe(1);
  await page.context().close();
});

test('a busy server is tried again by itself; a text that is too long comes back into the box', async () => {
  const page = await openPage();
  let calls = 0;
  await page.route('**/messages', async (route) => {
    calls++;
    if (calls === 1) return route.fulfill({ status: 429, headers: { 'retry-after': '1' }, body: '{}' });
    if (calls === 3) return route.fulfill({ status: 413, body: '{}' });
    return route.continue();
  });
  await say(page, 'it says 401');
  expect(calls).toBe(2);
  await page.getByRole('textbox').fill('a long log');
  await page.keyboard.press('Enter');
  await page.getByRole('status').filter({ hasText: 'too long' }).waitFor();
  expect(await page.getByRole('textbox').inputValue()).toBe('a long log');
  expect(await page.locator('.person').count()).toBe(1);
  await page.context().close();
});

test('by keyboard alone, without storage: a person is asked for, all is deleted, and a new talk begins', async () => {
  const page = await openPage({}, '/', () => {
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new Error('no storage here');
      },
    });
  });
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('message');
  await page.keyboard.type('first line');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('it says 401');
  await page.keyboard.press('Enter');
  await page.locator('.question').waitFor();
  expect(await page.locator('.said').innerText()).toBe('first line\nit says 401');
  await page.keyboard.press('Tab');
  for (const id of ['human', 'restart', 'delete']) {
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe(id);
  }
  await page.locator('#human').press('Enter');
  await page.locator('.done').waitFor();
  await page.locator('#delete').press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  expect(await page.locator('.done').count()).toBe(1);
  await page.locator('#delete').press('Enter');
  await page.getByRole('button', { name: 'Delete', exact: true }).press('Enter');
  await page.locator('.notice').waitFor();
  expect(await logText(page)).not.toContain('first line');
  await say(page, 'it says 401 again');
  await page.context().close();
});

test('an address that called the egress check shows by itself', async () => {
  const page = await openPage();
  const offered = page.locator('.question code').filter({ hasText: '/e/' });
  const answers = [
    '403 ip not allowed, our list has 203.0.113.5 but the new server is behind a NAT gateway',
    'no idea',
    'no idea',
    'no idea',
    'no idea',
  ];
  for (const text of answers) if ((await offered.count()) === 0) await say(page, text);
  await fetch(/https?:\S+/.exec(await offered.first().innerText())?.[0] ?? '');
  await page.getByText('The check came from 127.0.0.1').waitFor();
  await page.context().close();
});

test('hostile text stays text', async () => {
  const page = await openPage();
  await say(
    page,
    '<img src=x onerror="window.hit=1"> [a](javascript:alert(1)) https://evil.example/e/aaaaaaaaaaaa ‮txt it says 401',
  );
  await say(page, '</div><script>window.hit=1</script> please open a ticket');
  expect(await page.evaluate(() => (window as unknown as { hit?: number }).hit)).toBeUndefined();
  expect(await page.locator('#log img, #log script, #log a[href*="evil"], #log a[href^="javascript"]').count()).toBe(0);
  await page.context().close();
});

test.each([
  ['light', 'light', 1100],
  ['dark', 'dark', 1100],
  ['narrow', 'light', 320],
] as const)('%s: nothing is cut off, names are there, contrast is enough', async (_name, colorScheme, width) => {
  const page = await openPage({ colorScheme, viewport: { width, height: 640 } });
  await say(page, CURL);
  const measured = await page.evaluate(() => {
    const colour = (text: string): number[] => (text.match(/[\d.]+/g) ?? []).map(Number);
    const light = (rgb: number[]): number => {
      const [r = 0, g = 0, b = 0] = rgb.map((part) =>
        part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = (element: Element | null): number[] => {
      for (let at = element; at; at = at.parentElement) {
        const rgb = colour(getComputedStyle(at).backgroundColor);
        if (rgb.length === 3 || (rgb[3] ?? 0) > 0.99) return rgb;
      }
      return [255, 255, 255];
    };
    const poor: string[] = [];
    for (const element of document.querySelectorAll('main *')) {
      const own = [...element.childNodes].some((node) => node.nodeType === 3 && (node.textContent ?? '').trim() !== '');
      if (
        !own ||
        element.closest('.hidden, dialog, noscript, option, :disabled') ||
        element.getClientRects().length === 0
      )
        continue;
      const [a, b] = [light(colour(getComputedStyle(element).color)), light(ground(element))];
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      if (ratio < 4.5) poor.push(`${element.className || element.tagName} ${ratio.toFixed(2)}`);
    }
    const small = [...document.querySelectorAll('main button, main select, main textarea')]
      .filter((element) => element.getClientRects().length > 0)
      .filter((element) => element.getBoundingClientRect().height < 24)
      .map((element) => element.id || element.className);
    return {
      poor,
      small,
      wide:
        document.documentElement.scrollWidth > innerWidth ||
        document.getElementById('scroll')!.scrollWidth > innerWidth,
    };
  });
  expect(measured).toEqual({ poor: [], small: [], wide: false });
  await page.context().close();
});

test('speaks the language of its address, else that of the browser', async () => {
  const german = await openPage({ locale: 'de-DE' });
  expect(await german.locator('html').getAttribute('lang')).toBe('en');
  await german.context().close();
  const page = await openPage({ locale: 'vi-VN' });
  expect(await page.getByRole('heading').innerText()).toBe('Hỗ trợ API');
  await page.getByRole('combobox').selectOption('zh');
  await page.getByRole('heading', { name: 'API 支持' }).waitFor();
  await page.locator('#restart').click();
  await page.getByRole('textbox').fill('接口返回 401');
  await page.getByRole('button', { name: '发送' }).click();
  await page.locator('.reply').nth(1).waitFor();
  expect(await page.locator('.reply').nth(1).innerText()).toMatch(/[一-龥]/);
  await page.context().close();
});

// The chat in a real browser as people meet it: on a site of another origin under the strict policy, or on the server's own page.
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { openChromium } from './chromium';
import { type HostSite, hostSite } from './host-site';
import { served, type Served } from './served';
import { temporaryFolder } from './test-server';

export interface ChatStage {
  readonly browser: Browser;
  readonly site: HostSite;
  server: Served;
  /** Whatever the console, a policy or a script complained of; a refused connection and a socket that the policy keeps out are expected. */
  readonly complaints: string[];
  /** Kills the server and starts it again on the same port and folder. */
  restart(between?: () => Promise<void>): Promise<void>;
  open(path: string, options?: BrowserContextOptions, before?: () => void): Promise<Page>;
  /** One more page in the same browser context: another tab. */
  tab(page: Page, path: string): Promise<Page>;
  close(): Promise<void>;
}

export const SECRET = ['Orchard', '-Gate-', '77'].join('');
export const CURL = `curl "https://api.nicenic.net/v2?category=domain&action=check&domains=example.com" -H "Authorization: Basic ${SECRET}" -H "Content-Type: application/json"`;

/** A page of the site with the one script tag; `more`: markup of the page. */
export const hostPage = (server: string, more = '', attributes = 'lang="en"'): string =>
  `<!doctype html><html ${attributes}><head><meta name="viewport" content="width=device-width"><title>A site</title></head><body><main><h1>A site</h1>${more}</main><script src="${server}/widget.js" async></script></body></html>`;

export async function chatStage(env: NodeJS.ProcessEnv = {}): Promise<ChatStage> {
  const folder = temporaryFolder();
  const all = { ALLOWED_ORIGINS: '*', ...env };
  const [browser, server] = await Promise.all([openChromium(), served(folder.dir, 0, all)]);
  const site = await hostSite(server.url);
  site.pages.set('/', hostPage(server.url));
  const complaints: string[] = [];
  const listen = (page: Page): Page => {
    page.on('console', (message) => {
      const text = message.text();
      if (message.type() === 'error' && !/net::ERR_|Failed to load resource|^Connecting to 'ws:/.test(text))
        complaints.push(text);
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    return page;
  };
  const stage: ChatStage = {
    browser,
    site,
    server,
    complaints,
    async restart(between) {
      const { port } = stage.server;
      await stage.server.kill();
      await between?.();
      stage.server = await served(folder.dir, port, all);
    },
    async open(path, options = {}, before) {
      const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...options });
      context.setDefaultTimeout(8000);
      if (before) await context.addInitScript(before);
      const page = listen(await context.newPage());
      await page.goto(path.startsWith('http') ? path : site.url + path);
      return page;
    },
    async tab(page, path) {
      const other = listen(await page.context().newPage());
      await other.goto(path.startsWith('http') ? path : site.url + path);
      return other;
    },
    async close() {
      await browser.close();
      await stage.server.kill();
      await site.close();
      folder.remove();
    },
  };
  return stage;
}

/** Opens the chat and waits for its message box. */
export async function openChat(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'API support' }).click();
  const box = page.getByRole('textbox', { name: 'Your message' });
  await box.waitFor();
  return box;
}

/** Says something and waits for the answer. */
export async function say(page: Page, text: string): Promise<void> {
  const replies = page.getByRole('log').locator('.reply');
  const before = await replies.count();
  await page.getByRole('textbox', { name: 'Your message' }).fill(text);
  await page.keyboard.press('Enter');
  await replies.nth(before).waitFor();
  await page.locator('.typing').waitFor({ state: 'hidden' });
}

export const persons = (page: Page): Promise<string[]> => page.locator('.person .said').allInnerTexts();

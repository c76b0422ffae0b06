// A browser, the built server, and another site with a form on it: what tests of the form share.
import fs from 'node:fs';
import path from 'node:path';
import type { Browser, Page, Request } from 'playwright-core';
import { openChromium } from './chromium';
import { hostSite, type HostSite } from './host-site';
import { served, type Served } from './served';
import { temporaryFolder } from './test-server';

const FIXTURES = path.join(__dirname, '..', 'fixtures', 'form');

export interface FormHost {
  readonly browser: Browser;
  readonly site: HostSite;
  readonly server: Served;
  /** Faults that pages complained of, but for a service that is away. */
  readonly complaints: string[];
  /** Everything that left the pages so far, as text. */
  readonly sent: string[];
  /** A page of the site, with everything that leaves it recorded. */
  open(path: string, before?: (page: Page) => Promise<unknown>): Promise<Page>;
  /** Puts a fixture on the site. `more`: replaces `{name}`. */
  put(path: string, fixture: string, more?: Readonly<Record<string, string>>): void;
  close(): Promise<void>;
}

/** A value as sites put into hidden fields; it looks like a key and must stay. */
export const CSRF = ['b1946ac92492d2347c62', '35b4d2611184'].join('');

export async function formHost(more: NodeJS.ProcessEnv = {}): Promise<FormHost> {
  const folder = temporaryFolder();
  const [browser, server] = await Promise.all([
    openChromium(),
    served(folder.dir, 0, { ALLOWED_ORIGINS: '*', ...more }),
  ]);
  const site = await hostSite(server.url);
  const complaints: string[] = [];
  const sent: string[] = [];
  const record = (request: Request): void => {
    sent.push(`${request.method()} ${request.url()} ${JSON.stringify(request.headers())} ${request.postData() ?? ''}`);
  };
  return {
    browser,
    site,
    server,
    complaints,
    sent,
    async open(where, before) {
      const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce' });
      context.setDefaultTimeout(20_000);
      const page = await context.newPage();
      page.on('request', record);
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error' && !/net::ERR_|Failed to load resource|favicon/.test(message.text()))
          complaints.push(message.text());
      });
      await before?.(page);
      await page.goto(site.url + where);
      return page;
    },
    put(where, fixture, replaced = {}) {
      let text = fs.readFileSync(path.join(FIXTURES, fixture), 'utf8');
      for (const [name, value] of Object.entries({ 'form.js': `${server.url}/form.js`, csrf: CSRF, ...replaced }))
        text = text.replaceAll(`{${name}}`, value);
      site.pages.set(where, text);
    },
    async close() {
      await browser.close();
      await site.close();
      await server.kill();
      folder.remove();
    },
  };
}

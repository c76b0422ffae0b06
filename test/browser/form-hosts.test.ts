// `/form.js` in the forms that people have: WHMCS's, Zendesk's, one that React controls; in other languages and directions; axe.
import fs from 'node:fs';
import path from 'node:path';
import { buildSync } from 'esbuild';
import type { Page } from 'playwright-core';
import { CSRF, formHost, type FormHost } from '../support/form-host';

jest.setTimeout(40_000);

const SECRET = ['Wren', 'Mill', '#2290'].join('-');
const MESSAGE = `renew fails since this morning, it says "IP not allowed". account lotusreg, server 203.0.113.40, own PHP code. my api password is ${SECRET}`;
const CLEAN = MESSAGE.replace(SECRET, '[redacted:api-secret]');
let host: FormHost;
let tongue = '';

beforeAll(async () => {
  host = await formHost();
  host.put('/tongue', 'plain.html');
  tongue = host.site.pages.get('/tongue') ?? '';
});
beforeEach(() => void host.site.arrived.splice(0));
afterEach(() => {
  expect(host.complaints.splice(0)).toEqual([]);
  for (const line of host.sent.splice(0)) expect(line).not.toContain(SECRET.slice(0, 9));
});
afterAll(() => host?.close());

const filledIn = (page: Page, selector: string, value: string) =>
  page.waitForFunction(
    ([where, wanted]) => document.querySelector<HTMLInputElement>(where as string)?.value === wanted,
    [selector, value],
  );

/** Faults that axe finds, by rule and place; those of the page's own controls are the page's. */
async function axe(page: Page): Promise<string[]> {
  // The policy of the page keeps it out as a script element; evaluated from outside it is let in.
  const source = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(source);
  return page.evaluate<string[]>(
    `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' ' + target.join(' '))).filter((fault) => fault !== 'target-size #inputAttachment1'))`,
  );
}

test('WHMCS: the submit-ticket page, its token, its custom fields, its button that goes grey', async () => {
  host.site.pages.set(
    '/whmcs.js',
    `for (const button of document.querySelectorAll('.disable-on-click'))
      button.form.addEventListener('submit', () => { button.disabled = true; button.classList.add('disabled'); });`,
  );
  host.put('/submitticket.php', 'whmcs.html');
  const page = await host.open('/submitticket.php?step=2&deptid=1');
  await page.getByLabel('Subject').fill('API down');
  await page.getByLabel('Characters').fill('a3Xk9');
  await page.getByLabel('Message').fill(MESSAGE);
  await filledIn(page, '#customfield1', 'lotusreg');
  await filledIn(page, '#customfield3', 'Custom');
  expect(await page.locator('.form-group:has(#customfield2) preticket-note .filled').count()).toBe(1);
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Submit' }).dblclick();
  await page.waitForURL('**/submitticket.php?step=3');
  const [post, ...more] = host.site.arrived.filter(({ method }) => method === 'POST');
  expect(more).toEqual([]);
  expect(post?.headers['content-type']).toContain('multipart/form-data');
  const part = (name: string): string | undefined =>
    post?.body.split(`name="${name}"\r\n\r\n`)[1]?.split('\r\n--')[0]?.replaceAll('\r\n', '\n');
  expect(part('message')).toBe(CLEAN);
  expect(['token', 'subject', 'deptid', 'urgency', 'code', 'customfield[1]', 'customfield[2]'].map(part)).toEqual([
    CSRF,
    'API down',
    '1',
    'Medium',
    'a3Xk9',
    'lotusreg',
    '203.0.113.40',
  ]);
  await page.context().close();
});

test('Zendesk: the request form, marked by the theme’s script; the draft goes into a field of its own', async () => {
  host.site.pages.set(
    '/theme.js',
    `const form = document.querySelector('#new_request');
    for (const [id, key] of [['request_description', 'text'], ['request_custom_fields_360001', 'outboundIp'], ['request_custom_fields_360002', 'draft']])
      document.getElementById(id).dataset.preticketField = key;
    form.dataset.preticket = '';`,
  );
  host.put('/hc/en-us/requests/new', 'zendesk.html');
  const page = await host.open('/hc/en-us/requests/new');
  await page.getByLabel('Your email address').fill('mai@example.com');
  await page.getByLabel('Subject').fill('renew fails');
  await page.getByLabel('Description').fill(MESSAGE);
  await filledIn(page, '#request_custom_fields_360001', '203.0.113.40');
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Submit' }).click();
  await page.waitForURL('**/hc/en-us/requests');
  const body = new URLSearchParams(host.site.arrived.find(({ method }) => method === 'POST')?.body);
  expect(body.get('request[description]')).toBe(CLEAN);
  expect(body.get('request[custom_fields][360002]')).toContain('## Details');
  expect(
    ['authenticity_token', 'request[anonymous_requester_email]', 'commit', 'request[description_mimetype]'].map(
      (name) => body.get(name),
    ),
  ).toEqual([CSRF, 'mai@example.com', 'Submit', 'text/plain']);
  await page.context().close();
});

test('React: its state has what was filled in, and the handler sends the redacted state', async () => {
  const { outputFiles } = buildSync({
    entryPoints: [path.join(__dirname, '..', 'fixtures', 'form', 'react.mjs')],
    bundle: true,
    minify: true,
    write: false,
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  host.site.pages.set('/react.js', outputFiles[0]?.text ?? '');
  host.site.pages.set(
    '/react',
    `<!doctype html><html lang="en"><title>React</title><script src="${host.server.url}/form.js" async></script><main><h1>Ticket</h1><div id="root"></div></main><script src="/react.js"></script></html>`,
  );
  const page = await host.open('/react');
  await page.getByLabel('Message').fill(MESSAGE);
  await page.locator('output').filter({ hasText: 'lotusreg|203.0.113.40|custom' }).waitFor();
  // A value of React's own that the person typed is not written over.
  await page.getByRole('textbox', { name: 'Account' }).fill('kept');
  await page.getByRole('textbox', { name: 'Message' }).fill(`again: ${MESSAGE}`);
  await page.getByRole('button', { name: 'Send' }).dblclick();
  await page.locator('#root form > ul > li').waitFor();
  expect(
    (await page.locator('#root form > ul > li').allInnerTexts()).map((text) => JSON.parse(text) as unknown),
  ).toEqual([{ message: `again: ${CLEAN}`, account: 'kept', outboundIp: '203.0.113.40', integration: 'custom' }]);
  expect(await axe(page)).toEqual([]);
  await page.context().close();
});

test.each(['en', 'es', 'id', 'pt', 'ru', 'vi', 'zh-CN'])('speaks the form’s language: %s', async (lang) => {
  host.site.pages.set('/tongue', tongue.replace('lang="en"', `lang="${lang}"`));
  const page = await host.open('/tongue');
  const words = (await (await fetch(`${host.server.url}/form.json?lang=${lang}`)).json()) as {
    form: Record<string, string>;
  };
  await page.locator('#text').fill(MESSAGE);
  await page.locator('preticket-note .filled p').first().waitFor();
  expect(await page.locator('preticket-note .filled p').first().innerText()).toBe(words.form['filled']);
  expect(await page.locator('preticket-panel').getAttribute('lang')).toBe(lang.slice(0, 2));
  await page.context().close();
});

test('right to left, in a language that the pack does not speak, and in forced colours: nothing that axe minds, nothing cut off', async () => {
  host.site.pages.set('/rtl', tongue.replace('lang="en"', 'lang="ar" dir="rtl"'));
  const page = await host.open('/rtl');
  await page.setViewportSize({ width: 320, height: 900 });
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  await page.locator('#text').fill(MESSAGE);
  await page.locator('preticket-note .filled p').first().waitFor();
  expect(await axe(page)).toEqual([]);
  const boxes = await page.evaluate(() =>
    [...document.querySelectorAll('preticket-note, preticket-panel')].map((host) => {
      const { left, right } = host.getBoundingClientRect();
      return left >= 0 && right <= innerWidth;
    }),
  );
  expect(boxes.every(Boolean)).toBe(true);
  await page.context().close();
});

test('styles of the page do not reach what is added, nor the other way round', async () => {
  host.site.pages.set('/styled', tongue);
  const page = await host.open('/styled');
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      '* { color: rgb(1, 2, 3) !important; font-size: 40px !important; display: none } html { font-size: 10px } p { text-transform: uppercase }',
    );
    document.adoptedStyleSheets = [sheet];
  });
  await page.locator('#text').evaluate((box: HTMLTextAreaElement, text) => {
    box.value = text;
    box.dispatchEvent(new FocusEvent('focusin', { bubbles: true }));
  }, MESSAGE);
  const card = page.locator('preticket-panel .card');
  await card.waitFor({ state: 'attached' });
  await page.locator('preticket-panel .verdict').waitFor({ state: 'attached' });
  const looks = await card.evaluate((element) => {
    const host = (element.getRootNode() as ShadowRoot).host;
    const { fontSize, color } = getComputedStyle(element);
    return [getComputedStyle(host).display, fontSize, color === 'rgb(1, 2, 3)'];
  });
  expect(looks).toEqual(['block', '14px', false]);
  await page.context().close();
});

test('the script fits its budget', async () => {
  const response = await fetch(`${host.server.url}/form.js`, { headers: { 'accept-encoding': 'gzip' } });
  const { gzipSync } = await import('node:zlib');
  expect(gzipSync(Buffer.from(await response.arrayBuffer()), { level: 9 }).length).toBeLessThanOrEqual(12 * 1024);
});

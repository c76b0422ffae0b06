// `/form.js` on a plain form of another site under the strict policy: filling, asking, redacting, and never stopping a submit.
import type { Page } from 'playwright-core';
import { CSRF, formHost, type FormHost } from '../support/form-host';

jest.setTimeout(40_000);

const SECRET = ['Heron', 'Gate', '#4471'].join('-');
const MESSAGE = `hi, renew fails since this morning, it says "IP not allowed". account lotusreg, server 203.0.113.40. my api password is ${SECRET}`;
let host: FormHost;

beforeAll(async () => {
  host = await formHost();
  host.put('/plain', 'plain.html');
});
beforeEach(() => void host.site.arrived.splice(0));
afterEach(() => {
  expect(host.complaints.splice(0)).toEqual([]);
  // Whatever left the browser, to whom and how ever.
  for (const line of host.sent.splice(0)) expect(line).not.toMatch(/Heron-Gate/);
});
afterAll(() => host?.close());

const posts = () => host.site.arrived.filter(({ method }) => method === 'POST');
const note = (page: Page, control: string) =>
  page.locator(`${control} ~ preticket-note .note, *:has(> ${control}) + preticket-note .note`);

async function write(page: Page, text: string): Promise<void> {
  await page.getByLabel('Message').pressSequentially(text.slice(0, 1));
  await page.getByLabel('Message').fill(text);
}

test('fills what the message says, asks beside the field for what is missing, and shows how complete it is', async () => {
  const page = await host.open('/plain');
  await write(page, MESSAGE);
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#ip')?.value === '203.0.113.40');
  expect(await page.getByRole('textbox', { name: 'Account' }).inputValue()).toBe('lotusreg');
  expect(await note(page, '#ip').innerText()).toContain('Filled in from your message.');
  expect(await note(page, '#code').innerText()).toContain('Which code came back?');
  expect(await page.locator('preticket-panel [role=progressbar]').getAttribute('aria-valuetext')).toMatch(
    /^\d+ of \d+$/,
  );
  expect(await page.locator('preticket-panel .verdict').innerText()).toContain('allowed list');
  expect(await note(page, '#text').innerText()).toContain('A secret is removed before this is sent');
  const said = page.locator('preticket-panel [role=status]');
  expect(await said.first().innerText()).toContain('Still helpful:');
  expect(await said.last().innerText()).toContain('A secret is removed before this is sent');
  // Only the pack's own links.
  for (const link of await page.locator('preticket-panel a').all())
    expect(await link.getAttribute('href')).toMatch(/^https:\/\/nicenic\.net\//);
  await page.context().close();
});

test('the control is described by its note as well as by what the site gave it', async () => {
  const page = await host.open('/plain');
  await write(page, MESSAGE);
  await note(page, '#ip').waitFor();
  const client = await page.context().newCDPSession(page);
  const { nodes } = await client.send('Accessibility.getFullAXTree');
  const box = nodes.find((node) => node.role?.value === 'textbox' && node.name?.value === 'Server address');
  expect(box?.description?.value).toMatch(/as the API sees it.*Filled in from your message/s);
  const account = nodes.find((node) => node.role?.value === 'textbox' && String(node.name?.value).trim() === 'Account');
  expect(account?.description?.value).toContain('Filled in from your message');
  await page.context().close();
});

test('never over what the person typed; what was filled in can be cleared and stays so', async () => {
  const page = await host.open('/plain');
  await page.getByRole('textbox', { name: 'Account' }).fill('another');
  await write(page, MESSAGE);
  const ip = page.getByLabel('Server address');
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#ip')?.value === '203.0.113.40');
  expect(await page.getByRole('textbox', { name: 'Account' }).inputValue()).toBe('another');
  await note(page, '#ip').getByRole('button', { name: 'Clear' }).click();
  expect(await ip.inputValue()).toBe('');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('ip');
  const answered = page.waitForResponse('**/v1/triage');
  await write(page, `${MESSAGE} and the code is 401`);
  await answered;
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#code')?.value === '401');
  expect(await ip.inputValue()).toBe('');
  // A correction in the message moves what was filled in.
  await write(page, `${MESSAGE} and the code is 403`);
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#code')?.value === '403');
  await page.context().close();
});

test('goes out once, redacted in every free field, with its button, its hidden values and the draft', async () => {
  const page = await host.open('/plain');
  await page.getByLabel('Your name').fill('Mai');
  await write(page, MESSAGE);
  await page.getByLabel('Note').fill(SECRET);
  await note(page, '#note').waitFor();
  await page.getByRole('button', { name: 'Send', exact: true }).dblclick();
  await page.waitForURL('**/tickets');
  expect(posts()).toHaveLength(1);
  const body = new URLSearchParams(posts()[0]?.body);
  expect(body.get('message')).toBe(MESSAGE.replace(SECRET, '[redacted:api-secret]'));
  // Bare in this field; known from the other.
  expect(body.get('note')).toBe('[redacted:api-secret]');
  expect([body.get('csrf'), body.get('go'), body.get('name')]).toEqual([CSRF, 'normal', 'Mai']);
  expect(body.get('draft')).toContain('203.0.113.40');
  await page.context().close();
});

test('what the browser checks is checked, formnovalidate and formaction hold', async () => {
  const page = await host.open('/plain');
  await write(page, MESSAGE);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('name');
  expect(posts()).toHaveLength(0);
  await page.getByRole('button', { name: 'Send as urgent' }).click();
  await page.waitForURL('**/urgent');
  expect(new URLSearchParams(posts()[0]?.body).get('go')).toBe('urgent');
  await page.context().close();
});

test('back in the page, the form can be sent again', async () => {
  const page = await host.open('/plain');
  await page.getByLabel('Your name').fill('Mai');
  await write(page, 'it fails with 401');
  await page.getByLabel('Your name').press('Enter');
  await page.waitForURL('**/tickets');
  await page.goBack();
  await page.getByLabel('Your name').press('Enter');
  await page.waitForURL('**/tickets');
  expect(posts()).toHaveLength(2);
  await page.context().close();
});

test('the service is away: the form goes out as the browser would', async () => {
  const page = await host.open('/plain', (fresh) =>
    fresh.route(/redact\.|\/v1\/|form\.json/, (route) => route.abort('connectionrefused')),
  );
  await page.getByLabel('Your name').fill('Mai');
  await page.getByLabel('Message').fill('it fails with 401');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.waitForURL('**/tickets');
  expect(new URLSearchParams(posts()[0]?.body).get('message')).toBe('it fails with 401');
  expect(await page.locator('preticket-note').count()).toBe(0);
  await page.context().close();
});

test('a triage that fails is asked for again by itself', async () => {
  let tries = 0;
  const page = await host.open('/plain', async (fresh) => {
    await fresh.clock.install();
    await fresh.route('**/v1/triage', (route) => (tries++ === 0 ? route.abort('connectionreset') : route.continue()));
  });
  const loaded = page.waitForResponse('**/redact.bin');
  await page.getByLabel('Message').fill(MESSAGE);
  await loaded;
  const [first] = await Promise.all([page.waitForEvent('requestfailed'), page.clock.runFor(2000)]);
  expect(first.url()).toContain('/v1/triage');
  const [answer] = await Promise.all([page.waitForResponse('**/v1/triage'), page.clock.runFor(5000)]);
  expect(answer.status()).toBe(200);
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#ip')?.value === '203.0.113.40');
  expect(tries).toBe(2);
  await page.context().close();
});

test('the service never answers: the form goes out after a second and a half, redacted all the same', async () => {
  const page = await host.open('/plain', async (fresh) => {
    await fresh.clock.install();
    await fresh.route('**/v1/triage', () => undefined);
  });
  await page.getByLabel('Your name').fill('Mai');
  const loaded = page.waitForResponse('**/redact.bin');
  await page.getByLabel('Message').fill(MESSAGE);
  await loaded;
  const asked = page.waitForRequest('**/v1/triage');
  await page.clock.runFor(2000);
  await asked;
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.clock.runFor(1400);
  expect(posts()).toHaveLength(0);
  await page.clock.runFor(200);
  await page.waitForURL('**/tickets');
  const body = new URLSearchParams(posts()[0]?.body);
  expect(body.get('message')).toContain('[redacted:api-secret]');
  await page.context().close();
});

test('a script of the page that sends by itself, past every handler, sends redacted text', async () => {
  host.site.pages.set(
    '/own.js',
    `document.querySelector('h1').addEventListener('click', () => document.forms[0].submit())`,
  );
  host.site.pages.set(
    '/own',
    (host.site.pages.get('/plain') ?? '').replace('</html>', '<script src="/own.js"></script></html>'),
  );
  const page = await host.open('/own');
  await write(page, MESSAGE);
  await note(page, '#text').waitFor();
  await page.locator('h1').click();
  await page.waitForURL('**/tickets');
  expect(new URLSearchParams(posts()[0]?.body).get('message')).toContain('[redacted:api-secret]');
  await page.context().close();
});

test('a handler of the page sees one submit, redacted, and may refuse it', async () => {
  host.site.pages.set(
    '/handler.js',
    `window.seen = []; document.forms[0].addEventListener('submit', (event) => {
      window.seen.push([event.submitter?.value, document.querySelector('#text').value]);
      event.preventDefault();
    })`,
  );
  host.site.pages.set(
    '/handled',
    (host.site.pages.get('/plain') ?? '').replace('</html>', '<script src="/handler.js"></script></html>'),
  );
  const page = await host.open('/handled');
  await page.getByLabel('Your name').fill('Mai');
  await write(page, MESSAGE);
  await note(page, '#text').waitFor();
  await page.getByRole('button', { name: 'Send', exact: true }).dblclick();
  await page.waitForFunction('window.seen.length > 0');
  expect(await page.evaluate('window.seen')).toEqual([['normal', MESSAGE.replace(SECRET, '[redacted:api-secret]')]]);
  expect(posts()).toHaveLength(0);
  // The person corrects something and sends again.
  await page.getByLabel('Your name').fill('Mai Tran');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.waitForFunction('window.seen.length === 2');
  await page.context().close();
});

test('a form that comes later is guarded too; without JavaScript it is the site’s own', async () => {
  host.site.pages.set(
    '/later.js',
    `setTimeout(() => document.body.insertAdjacentHTML('beforeend', '<form data-preticket action="/later" method="post"><label>Message <textarea name="m" data-preticket-field="text"></textarea></label><button>Go</button></form>'))`,
  );
  host.site.pages.set(
    '/later',
    `<!doctype html><html lang="en"><title>later</title><script src="${host.server.url}/form.js" async></script><body><script src="/later.js"></script></body></html>`,
  );
  const page = await host.open('/later');
  await write(page, MESSAGE);
  await page.locator('preticket-note').first().waitFor();
  await page.getByRole('button', { name: 'Go' }).click();
  await page.waitForFunction(
    () => location.pathname === '/later' && document.querySelector('h1')?.textContent === 'POST',
  );
  expect(new URLSearchParams(posts()[0]?.body).get('m')).toContain('[redacted:api-secret]');
  expect(await page.evaluate(() => Object.keys(window).filter((key) => /preticket/i.test(key)))).toEqual([]);
  await page.context().close();
});

test('radio buttons take a value that fits, what is marked to be skipped stays as it is, a password field is the site’s', async () => {
  host.site.pages.set(
    '/radio',
    `<!doctype html><html lang="en"><title>radio</title><script src="${host.server.url}/form.js" async></script><form data-preticket action="/radio" method="post">
    <label>Message <textarea name="m" data-preticket-field="text"></textarea></label>
    <label><input type="radio" name="kind" value="whmcs" data-preticket-field="integration"> WHMCS</label>
    <label><input type="radio" name="kind" value="custom" data-preticket-field="integration"> own code</label>
    <input name="kept" value="api password: Orchid-#771x" aria-label="kept" data-preticket-skip>
    <input type="password" name="pw" value="Orchid-#771x" aria-label="pw"><button>Go</button></form></html>`,
  );
  const page = await host.open('/radio');
  await write(page, `${MESSAGE}. We use WHMCS 8.10`);
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>('[value=whmcs]')?.checked === true);
  await page.getByRole('button', { name: 'Go' }).click();
  await page.waitForFunction(() => document.querySelector('h1')?.textContent === 'POST');
  const body = new URLSearchParams(posts()[0]?.body);
  expect([body.get('kind'), body.get('kept'), body.get('pw')]).toEqual([
    'whmcs',
    'api password: Orchid-#771x',
    'Orchid-#771x',
  ]);
  expect(body.get('m')).toContain('[redacted:api-secret]');
  await page.context().close();
});

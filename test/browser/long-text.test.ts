// Long pastes: a worker goes through them on the server's own pages, elsewhere the wait is shown first; the answer is the same everywhere.
import type { Page } from 'playwright-core';
import { chatStage, type ChatStage, hostPage, openChat, SECRET } from '../support/chat-page';
import { createRedactor } from '../../src/redact/redactor';
import { redactData } from '../support/redact-rules';

jest.setTimeout(60_000);

const LINE = '2026-11-24T02:00:00Z POST /v2/?category=domain&action=renew 401 {"code":401,"msg":"unauthorized"}\n';
const LONG = `${LINE.repeat(600)}api password: ${SECRET}\n${LINE.repeat(600)}`;
let stage: ChatStage;
beforeAll(async () => (stage = await chatStage()));
afterEach(() => expect(stage.complaints.splice(0)).toEqual([]));
afterAll(() => stage.close());

const expected = (text: string): string => createRedactor(redactData()).redact(text).text;

async function paste(page: Page, selector: string, text: string): Promise<void> {
  await page.locator(selector).focus();
  await page.evaluate((pasted) => navigator.clipboard.writeText(pasted), text);
  await page.keyboard.press('Control+V');
}

const clipboard = { permissions: ['clipboard-read', 'clipboard-write'] };

test('the chat page: a worker does it, and the message that goes out is what the server would have made of it', async () => {
  const page = await stage.open(stage.server.url, clipboard);
  await page.getByRole('textbox', { name: 'Your message' }).waitFor();
  const bodies: string[] = [];
  page.on('request', (request) => bodies.push(request.postData() ?? ''));
  await paste(page, 'textarea', LONG);
  await page.getByText('1 secret will be removed').first().waitFor();
  expect(page.workers().map((worker) => new URL(worker.url()).pathname)).toEqual(['/redact-aside.js']);
  expect(await page.locator('.composer .file-note:visible').count()).toBe(0);
  await page.keyboard.press('Enter');
  await page.locator('.person').waitFor();
  await page.locator('.reply').nth(1).waitFor();
  const sent = bodies
    .filter((body) => body.includes('unauthorized'))
    .map((body) => (JSON.parse(body) as { text: string }).text);
  expect(sent).toEqual([expected(LONG.trimEnd()).concat('\n')]);
  await page.context().close();
});

test('the form page: a worker does it; what is submitted is clean', async () => {
  const page = await stage.open(`${stage.server.url}/form`, clipboard);
  await paste(page, '#text', LONG);
  await page.locator('preticket-note .removed').first().waitFor();
  expect(page.workers().map((worker) => new URL(worker.url()).pathname)).toEqual(['/redact-aside.js']);
  const posted = page.waitForRequest((request) => request.method() === 'POST' && request.url().includes('/form?'));
  await page.getByRole('button', { name: 'Prepare the ticket' }).click();
  const text = new URLSearchParams((await posted).postData() ?? '').get('text') ?? '';
  expect(text.replace(/\r\n/g, '\n')).toBe(expected(LONG));
  await page.getByRole('heading', { name: 'Your ticket is ready' }).waitFor();
  await page.context().close();
});

test('a site of another origin: no worker, the wait is shown before it begins, and the text leaves clean', async () => {
  stage.site.pages.set('/long', hostPage(stage.server.url));
  const page = await stage.open('/long', clipboard);
  await openChat(page);
  const bodies: string[] = [];
  page.on('request', (request) => bodies.push(request.postData() ?? ''));
  await page.evaluate(() => {
    const root = document.querySelector('preticket-chat')!.shadowRoot!;
    const seen: string[] = ((window as unknown as { seen: string[] }).seen = []);
    new MutationObserver(() => {
      for (const note of root.querySelectorAll<HTMLElement>('.file-note')) if (!note.hidden) seen.push(note.innerText);
    }).observe(root, { subtree: true, attributeFilter: ['hidden'] });
  });
  await paste(page, 'preticket-chat textarea', LONG);
  await page.getByText('1 secret will be removed').first().waitFor();
  expect(page.workers()).toEqual([]);
  expect(await page.evaluate(() => (window as unknown as { seen: string[] }).seen)).toContain('Looking for secrets …');
  await page.keyboard.press('Enter');
  await page.locator('.reply').nth(1).waitFor();
  expect(bodies.join('\n')).toContain('[redacted:');
  expect(bodies.join('\n')).not.toContain(SECRET);
  await page.context().close();
});

test('a worker that cannot be had: the page goes through it itself', async () => {
  const page = await stage.open('/', {}, () => Reflect.deleteProperty(window, 'Worker'));
  await page.goto(stage.server.url);
  const box = page.getByRole('textbox', { name: 'Your message' });
  await box.waitFor();
  await box.fill(LONG);
  await page.getByText('1 secret will be removed').first().waitFor();
  await page.context().close();
});

// The support-chat page, which the widget fills: live over a socket, in the language of its address or the browser.
import { chatStage, type ChatStage, say } from '../support/chat-page';

jest.setTimeout(40_000);

let stage: ChatStage;
beforeAll(async () => (stage = await chatStage({ ALLOWED_ORIGINS: undefined })));
afterEach(() => expect(stage.complaints.splice(0)).toEqual([]));
afterAll(() => stage.close());

test('where sockets are let in, messages go by it, turns come by it, and it resumes after a restart', async () => {
  const page = await stage.open(stage.server.url);
  const posts: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') posts.push(new URL(request.url()).pathname);
  });
  const socket = page.waitForEvent('websocket');
  await page.getByRole('textbox', { name: 'Your message' }).waitFor();
  await say(page, 'it says 401');
  const frames: string[] = [];
  (await socket).on('framesent', ({ payload }) => frames.push(String(payload)));
  // Until the socket is open a message goes over HTTP, which is as good.
  for (let i = 0; i < 4 && frames.length === 0; i++) await say(page, 'it still says 401, every time');
  expect(frames[0]).toContain('"type":"message"');
  const before = posts.length;
  await say(page, 'yes, always');
  expect([posts.length, frames.length]).toEqual([before, 2]);

  const second = await stage.tab(page, stage.server.url);
  await second.locator('.person').nth(2).waitFor();
  await say(second, 'please open a ticket');
  await page.locator('.draft').waitFor();

  const again = page.waitForEvent('websocket');
  await stage.restart();
  await again;
  await say(second, 'please add: the account is lotusreg');
  await page.locator('.said').filter({ hasText: 'the account is lotusreg' }).waitFor();
  await page.context().close();
});

test('speaks the language of its address, else of the browser; a choice of language goes for page, words and talk', async () => {
  const german = await stage.open(stage.server.url, { locale: 'de-DE' });
  expect(await german.locator('html').getAttribute('lang')).toBe('en');
  await german.context().close();
  const page = await stage.open(stage.server.url, { locale: 'vi-VN' });
  await page.getByRole('heading', { name: 'Hỗ trợ API' }).waitFor();
  await page.getByRole('textbox').fill('lỗi 401');
  await page.keyboard.press('Enter');
  await page.locator('.question').waitFor();
  await page.getByRole('button', { name: 'Thêm', exact: true }).click();
  await page.getByRole('combobox').selectOption('zh');
  await page.getByRole('heading', { name: 'API 支持' }).waitFor();
  await page.waitForFunction(() => {
    const root = document.querySelector('preticket-chat')?.shadowRoot;
    return /[一-龥]/.test([...(root?.querySelectorAll('.question') ?? [])].at(-1)?.textContent ?? '');
  });
  expect([await page.locator('html').getAttribute('lang'), new URL(page.url()).search]).toEqual(['zh', '?lang=zh']);
  await page.context().close();
});

test('events tell the page what happens, without a word of the talk', async () => {
  const page = await stage.open(stage.server.url);
  await page.evaluate(() => {
    const heard: unknown[] = ((window as unknown as { heard: unknown[] }).heard = []);
    for (const name of ['status', 'ticket', 'delete'])
      document.addEventListener(`preticket:${name}`, (event) =>
        heard.push([name, Object.keys((event as CustomEvent<object>).detail)]),
      );
  });
  await say(page, '401, Authorization: Basic is what we send, please open a ticket');
  await say(page, 'please open a ticket');
  await page.getByRole('button', { name: 'Finish the ticket' }).click();
  await page.getByText('Ready: copy it').waitFor();
  const heard = await page.evaluate(() => (window as unknown as { heard: unknown[] }).heard);
  expect(heard).toContainEqual(['status', ['status', 'cause']]);
  expect(heard).toContainEqual(['ticket', ['id']]);
  await page.context().close();
});

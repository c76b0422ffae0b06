// What is pressed, dropped and pasted in the chat: choices, a person, a fresh start, files; calm where motion is not wanted, quick where it loads.
import type { Page } from 'playwright-core';
import { chatStage, type ChatStage, hostPage, openChat, persons, say, SECRET } from '../support/chat-page';

jest.setTimeout(60_000);

let stage: ChatStage;
beforeAll(async () => (stage = await chatStage()));
afterEach(() => expect(stage.complaints.splice(0)).toEqual([]));
afterAll(() => stage.close());

const fromMenu = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('button', { name, exact: true }).click();
};
const focused = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => document.querySelector('preticket-chat')?.shadowRoot?.activeElement?.id);

test('a choice that is pressed is the answer: it is said, marked as taken, and cannot be pressed again', async () => {
  const page = await stage.open('/');
  await openChat(page);
  const choices = page.locator('.choices:not(.over) .choice');
  for (let i = 0; i < 6 && (await choices.count()) === 0; i++) await say(page, i === 0 ? 'it says 401' : 'no idea');
  const label = await choices.first().innerText();
  const before = await page.locator('.reply').count();
  await choices.first().click();
  await page.locator('.reply').nth(before).waitFor();
  expect((await persons(page)).at(-1)).toBe(label);
  expect(await page.locator('.taken').last().innerText()).toBe(label);
  expect(await page.locator('.over .choice:enabled').count()).toBe(0);
  expect(await focused(page)).toBe('message');
  await page.context().close();
});

test('"talk to a person" says so, and hands over', async () => {
  const page = await stage.open('/');
  await openChat(page);
  await say(page, 'it says 401');
  await fromMenu(page, 'Talk to a person');
  await page.locator('.done').waitFor();
  expect((await persons(page)).at(-1)).toBe('I want to talk to a person');
  expect(await focused(page)).toBe('message');
  await page.context().close();
});

test('"start over" leaves nothing of the old talk in the log, here, in another tab and after a reload; all of it is deleted together', async () => {
  const page = await stage.open('/');
  await openChat(page);
  await say(page, 'it says 401 since monday');
  const second = await stage.tab(page, '/');
  await openChat(second);
  await second.locator('.question').waitFor();
  const greeting = await page.locator('.reply').first().innerText();
  await fromMenu(page, 'Start over');
  for (const tab of [page, second]) {
    await tab.locator('.person').waitFor({ state: 'detached' });
    expect(await tab.locator('.reply').count()).toBe(1);
    expect(await tab.locator('.reply').innerText()).toBe(greeting);
    expect(await tab.locator('.notice, .checklist:visible').count()).toBe(0);
  }
  expect(await focused(page)).toBe('message');
  await page.reload();
  await openChat(page);
  await say(page, 'it says 403 ip not allowed');
  expect(await persons(page)).toEqual(['it says 403 ip not allowed']);

  const deleted: string[] = [];
  page.on('response', (response) => {
    if (response.request().method() === 'DELETE') deleted.push(`${response.status()} ${response.url()}`);
  });
  await fromMenu(page, 'Delete my data');
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByText('Nothing is kept').waitFor();
  expect(new Set(deleted).size).toBe(2);
  expect(deleted.every((line) => line.startsWith('204'))).toBe(true);
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
  await page.context().close();
});

test.each([
  ['no-preference', true],
  ['reduce', false],
] as const)('motion %s: anything moves: %s', async (reducedMotion, moves) => {
  const page = await stage.open('/', { reducedMotion });
  await page.route('**/messages', () => undefined);
  await openChat(page);
  await page.getByRole('textbox').fill('it says 401');
  await page.keyboard.press('Enter');
  await page.locator('.typing').waitFor();
  const moving = await page.evaluate(
    () =>
      document.querySelector('preticket-chat')!.shadowRoot!.querySelector('.typing')!.getAnimations({ subtree: true })
        .length,
  );
  expect(moving > 0).toBe(moves);
  await page.context().close();
});

test.each(['drop', 'paste'])('a text file by %s is read and cleaned; a picture is named only', async (way) => {
  const page = await stage.open('/');
  await openChat(page);
  const bodies: string[] = [];
  page.on('request', (request) => bodies.push(request.postData() ?? ''));
  const prevented = await page.evaluate(
    ([kind, secret]) => {
      const box = document.querySelector('preticket-chat')!.shadowRoot!.querySelector('textarea')!;
      const data = new DataTransfer();
      data.items.add(new File([`02:00 it says 401\napi password: ${secret}\n`], 'night.log', { type: 'text/plain' }));
      data.items.add(new File([new Uint8Array([0x89, 0x50, 0, 0xff])], 'shot.png', { type: 'image/png' }));
      const init = { bubbles: true, cancelable: true, composed: true };
      const event = (name: string): Event =>
        kind === 'drop'
          ? new DragEvent(name, { ...init, dataTransfer: data })
          : new ClipboardEvent(name, { ...init, clipboardData: data });
      const over = kind === 'drop' ? [!box.dispatchEvent(event('dragover'))] : [];
      return [...over, !box.dispatchEvent(event(kind ?? ''))];
    },
    [way, SECRET],
  );
  expect(prevented).not.toContain(false);
  await page.getByText('1 secret will be removed').first().waitFor();
  await page.locator('.file-note').getByText('are not read').waitFor();
  expect(await page.locator('.drop').isVisible()).toBe(false);
  expect(await page.locator('.chip-file .name').allInnerTexts()).toEqual(['night.log', 'shot.png']);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.locator('.person .file').waitFor();
  await page.locator('.reply').nth(1).waitFor();
  expect(bodies.join('\n')).toContain('it says 401');
  expect(bodies.join('\n')).toContain('"attachments":"shot.png"');
  expect(bodies.join('\n')).not.toContain(SECRET);
  await page.context().close();
});

test('the loader and the form guard hold nothing up while the page loads: no long task, no layout shift', async () => {
  stage.site.pages.set(
    '/both',
    hostPage(
      stage.server.url,
      `<form data-preticket><textarea data-preticket-field="text"></textarea></form><script src="${stage.server.url}/form.js" async></script>`,
    ),
  );
  const page = await stage.open('/both');
  // A busy machine makes any task long now and then; one of our own would be long every time.
  let least: number[] = [Infinity, Infinity];
  for (let load = 0; load < 4 && least[0] !== 0; load++) {
    await page.reload();
    await page.getByRole('button', { name: 'API support' }).waitFor();
    const seen = await page.evaluate(
      () =>
        new Promise<number[]>((done) => {
          let [tasks, shift] = [0, 0];
          new PerformanceObserver((list) => (tasks += list.getEntries().length)).observe({
            type: 'longtask',
            buffered: true,
          });
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) shift += (entry as PerformanceEntry & { value: number }).value;
          }).observe({ type: 'layout-shift', buffered: true });
          requestAnimationFrame(() => setTimeout(() => done([tasks, shift])));
        }),
    );
    expect(seen[1]).toBe(0);
    if (seen[0]! < least[0]!) least = seen;
  }
  expect(least).toEqual([0, 0]);
  await page.context().close();
});

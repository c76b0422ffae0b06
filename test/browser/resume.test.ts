// What a talk survives: reload, another tab, a restart of the server, no connection, no storage; each message arrives once and in order.
import { chatStage, type ChatStage, openChat, persons, say, SECRET } from '../support/chat-page';

jest.setTimeout(60_000);

let stage: ChatStage;
beforeAll(async () => (stage = await chatStage()));
afterEach(() => expect(stage.complaints.splice(0)).toEqual([]));
afterAll(() => stage.close());

test('reload, a second tab and a restart show the same talk and go on with it', async () => {
  const page = await stage.open('/');
  await openChat(page);
  await say(page, 'the api says ip not allowed, code 403');
  const shown = await page.locator('.reply').allInnerTexts();
  await page.reload();
  await openChat(page);
  await page.locator('.question').waitFor();
  expect(await page.locator('.reply').allInnerTexts()).toEqual(shown);
  expect(await persons(page)).toEqual(['the api says ip not allowed, code 403']);

  const second = await stage.tab(page, '/');
  await openChat(second);
  await second.locator('.question').waitFor();
  await stage.restart();
  await say(second, 'please open a ticket');
  // The first tab hears of it without a socket.
  await page.locator('.draft').waitFor();
  expect(await persons(page)).toEqual(await persons(second));

  // Deleted in one tab, it is gone in the other and in storage.
  await second.getByRole('button', { name: 'More' }).click();
  await second.getByRole('button', { name: 'Delete my data' }).click();
  await second.getByRole('button', { name: 'Delete', exact: true }).click();
  for (const tab of [second, page]) {
    await tab.getByText('Nothing is kept').waitFor();
    expect(await persons(tab)).toEqual([]);
  }
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
  await page.context().close();
});

test('what is typed offline waits, says so, outlives a reload, and arrives once and in order', async () => {
  const page = await stage.open('/');
  await openChat(page);
  await say(page, 'hello');
  const { site } = stage;
  await stage.restart(async () => {
    for (const text of [
      'it fails with 401 since Monday',
      `my api password is ${SECRET}`,
      'the same from another machine',
    ]) {
      await page.getByRole('textbox').fill(text);
      await page.getByRole('button', { name: 'Send', exact: true }).click();
    }
    await page.getByRole('status').filter({ hasText: 'no connection' }).waitFor();
    await page.locator('.unsent').nth(2).waitFor();
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(SECRET);
    expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('message:')).length)).toBe(
      3,
    );
  });
  await page.goto(site.url);
  await openChat(page);
  await page.waitForFunction(() => {
    const root = document.querySelector('preticket-chat')?.shadowRoot;
    return root?.querySelectorAll('.person').length === 4 && root.querySelector('.is-waiting') === null;
  });
  await page.locator('.typing').waitFor({ state: 'hidden' });
  await page.reload();
  await openChat(page);
  await page.locator('.person').nth(3).waitFor();
  const said = await persons(page);
  expect([said.length, said[0], said[1], said[3]]).toEqual([
    4,
    'hello',
    'it fails with 401 since Monday',
    'the same from another machine',
  ]);
  expect(said[2]).toMatch(/^my api password is \[redacted:/);
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('message:')))).toEqual([]);
  await page.context().close();
});

test('an answer that got lost on the way is asked for again under the same key, and counts once', async () => {
  const page = await stage.open('/');
  const keys: (string | undefined)[] = [];
  await page.route('**/messages', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    keys.push(route.request().headers()['idempotency-key']);
    if (keys.length > 1) return route.continue();
    await route.fetch();
    return route.abort('connectionreset');
  });
  await openChat(page);
  await page.getByRole('textbox').fill('it says 401');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.locator('.question').first().waitFor();
  expect(keys).toHaveLength(2);
  expect(keys[1]).toBe(keys[0]);
  expect(await page.locator('.person').count()).toBe(1);
  expect(await page.locator('.is-waiting').count()).toBe(0);
  await page.context().close();
});

test('a busy server is tried again by itself; a text that is too long comes back into the box', async () => {
  const page = await stage.open('/');
  const headers = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'retry-after' };
  let calls = 0;
  await page.route('**/messages', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    calls++;
    if (calls === 1) return route.fulfill({ status: 429, headers: { ...headers, 'retry-after': '1' }, body: '{}' });
    if (calls === 3) return route.fulfill({ status: 413, headers, body: '{}' });
    return route.continue();
  });
  await openChat(page);
  await say(page, 'it says 401');
  expect(calls).toBe(2);
  await page.getByRole('textbox').fill('a long log');
  await page.keyboard.press('Enter');
  await page.getByRole('status').filter({ hasText: 'too long' }).waitFor();
  expect(await page.getByRole('textbox').inputValue()).toBe('a long log');
  expect(await page.locator('.person').count()).toBe(1);
  await page.context().close();
});

test('without storage, and without the redactor: the talk goes on, and the server removes', async () => {
  const page = await stage.open('/', {}, () => {
    for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, {
        get() {
          throw new Error('no storage here');
        },
      });
  });
  await page.route('**/redact.js', (route) => route.abort());
  await openChat(page);
  await say(page, `my api password is ${SECRET} and it says 401`);
  await page.locator('.warning').waitFor();
  expect((await persons(page))[0]).toContain('[redacted:');
  await say(page, 'I want to talk to a person');
  await page.locator('.done').waitFor();
  await page.context().close();
});

// The chat among what a site may do to it: styles that unset everything, a page that reads from the right, storage forbidden; and how little the site feels of it.
import type { Locator, Page } from 'playwright-core';
import { chatStage, type ChatStage, CURL, hostPage, openChat, persons, say } from '../support/chat-page';

jest.setTimeout(60_000);

let stage: ChatStage;
beforeAll(async () => {
  stage = await chatStage();
  stage.site.pages.set('/plain', hostPage(stage.server.url, '<button>Own</button>'));
  stage.site.pages.set('/rtl', hostPage(stage.server.url, '<p>نص</p>', 'lang="ar" dir="rtl"'));
});
afterEach(() => expect(stage.complaints.splice(0)).toEqual([]));
afterAll(() => stage.close());

const HOSTILE = `* { all: unset !important; font-size: 40px !important; letter-spacing: 9px !important; text-transform: uppercase !important }
  button { display: none !important } div, section, p { position: static !important; color: red !important }`;

/** Where each thing stands and how it is written. */
const looks = (things: Locator): Promise<string[]> =>
  things.evaluateAll((elements) =>
    elements.map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      const { fontSize, letterSpacing, textTransform, color, display, direction } = getComputedStyle(element);
      return JSON.stringify([
        element.className,
        [x, y, width, height].map(Math.round),
        [fontSize, letterSpacing, textTransform, color, display, direction],
      ]);
    }),
  );

async function stylesOf(page: Page): Promise<string[]> {
  const closed = await looks(page.locator('.launcher, .launcher *'));
  await openChat(page);
  return [...closed, ...(await looks(page.locator('.panel, .panel *:not(path, option)')))];
}

test('a site that unsets every style and hides every button changes nothing of the chat', async () => {
  const options = { viewport: { width: 1280, height: 800 } };
  const plain = await stage.open('/plain', options);
  const hostile = await stage.open('/plain', options);
  await hostile.evaluate((css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [sheet];
  }, HOSTILE);
  expect(await hostile.getByRole('button', { name: 'Own' }).count()).toBe(0);
  const expected = await stylesOf(plain);
  expect(expected.length).toBeGreaterThan(30);
  expect(await stylesOf(hostile)).toEqual(expected);
  for (const page of [plain, hostile]) await page.context().close();
});

test('from right to left the chat mirrors, in words that read from the left too', async () => {
  const page = await stage.open('/rtl', { viewport: { width: 1280, height: 800 } });
  const middle = (place: Locator): Promise<number> =>
    place.evaluate((element) => {
      const { left, right } = element.getBoundingClientRect();
      return (left + right) / 2;
    });
  expect(await middle(page.locator('.launcher'))).toBeLessThan(640);
  await openChat(page);
  expect(await middle(page.locator('.panel'))).toBeLessThan(640);
  await say(page, 'it says 401');
  const panel = await middle(page.locator('.panel'));
  expect(await middle(page.locator('.person'))).toBeLessThan(panel);
  expect(await middle(page.locator('.mark'))).toBeGreaterThan(panel);
  expect(await middle(page.locator('.send'))).toBeLessThan(panel);
  // A sentence that ends in a sign reads as it was written, beside the same edge as the heading.
  expect(await page.locator('.names p').evaluate((element) => getComputedStyle(element).textAlign)).toBe('right');
  expect(await page.locator('.names p').evaluate((element) => getComputedStyle(element).unicodeBidi)).toBe('plaintext');
  await page.context().close();
});

test('loading holds the page up nowhere: no long task, in one load of five at least, as the machine may be busy', async () => {
  const watch = (): void => {
    const long: number[] = ((window as unknown as { long: number[] }).long = []);
    new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'longtask',
    });
  };
  const tasks = (page: Page): Promise<number[]> =>
    page.evaluate(
      () =>
        new Promise<number[]>((done) =>
          requestAnimationFrame(() =>
            requestAnimationFrame(() => done((window as unknown as { long: number[] }).long.splice(0))),
          ),
        ),
    );
  const found: number[] = [];
  for (let load = 0; load < 5 && !found.includes(0); load++) {
    const page = await stage.open('/plain', {}, watch);
    await page.getByRole('button', { name: 'API support' }).waitFor();
    expect(await page.evaluate(() => PerformanceObserver.supportedEntryTypes.includes('longtask'))).toBe(true);
    found.push((await tasks(page)).length);
    await page.context().close();
  }
  expect(found).toContain(0);
});

test.each([
  ['1280 by 800', { width: 1280, height: 800 }],
  ['390 by 844', { width: 390, height: 844 }],
])('%s: after each turn what is asked, or what sends the ticket, is seen whole', async (_name, viewport) => {
  const page = await stage.open('/plain', { viewport });
  await openChat(page);
  const isSeen = (place: Locator): Promise<boolean> =>
    place.evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      const view = element.closest('.scroll')!.getBoundingClientRect();
      return top >= view.top - 1 && bottom <= view.bottom + 1;
    });
  for (const text of [CURL, 'it says 401', `${'2026-11-03 call failed with 401, tried again\n'.repeat(60)} help`]) {
    await say(page, text);
    expect([text.slice(0, 20), await isSeen(page.locator('.question').last())]).toEqual([text.slice(0, 20), true]);
  }
  // What was long folds away, and comes back whole.
  const folded = page.locator('.is-folded').first();
  const height = (await folded.boundingBox())?.height ?? 0;
  const kept = await folded.elementHandle();
  await folded.getByRole('button', { name: 'Show all' }).click();
  expect((await kept?.boundingBox())?.height).toBeGreaterThan(height);
  await say(page, 'please open a ticket');
  expect(await isSeen(page.getByRole('button', { name: 'Finish the ticket' }))).toBe(true);
  // What is known takes no room until it is asked for.
  const known = page.locator('.field.is-known');
  expect([await known.count(), await known.first().isVisible()]).toEqual([await known.count(), false]);
  await page.locator('.ticket').getByRole('button', { name: 'Show all' }).click();
  expect(await known.first().isVisible()).toBe(true);
  await page.context().close();
});

test('the checklist counts the same whole all along; no verdict is said to be certain; marks stand apart', async () => {
  const page = await stage.open('/plain');
  await openChat(page);
  const wholes = new Set<string>();
  for (const text of ['it says 401', CURL, 'the server is behind NAT, listed 203.0.113.5, but 198.51.100.23 leaves']) {
    await say(page, text);
    wholes.add(/of (\d+)/.exec(await page.locator('.checklist .count').innerText())?.[1] ?? '');
  }
  expect([...wholes]).toEqual(['12']);
  for (const percent of await page.locator('.percent').allInnerTexts())
    expect(parseInt(percent, 10)).toBeLessThanOrEqual(99);
  const gaps = await page.locator('sup').evaluateAll((marks) => marks.map((mark) => getComputedStyle(mark).marginLeft));
  expect(gaps.length).toBeGreaterThan(1);
  expect(gaps.every((gap) => parseFloat(gap) > 0)).toBe(true);
  await page.context().close();
});

test('with storage forbidden the talk goes on as long as the page does', async () => {
  const page = await stage.open('/plain', {}, () => {
    for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException('denied', 'SecurityError');
        },
      });
  });
  await openChat(page);
  await say(page, 'it says 401');
  await say(page, 'only on the new server');
  expect(await persons(page)).toEqual(['it says 401', 'only on the new server']);
  await page.context().close();
});

test('one secret and several are each said rightly, and to those who listen', async () => {
  const page = await stage.open('/plain');
  await openChat(page);
  const status = page.locator('.panel > [role=status]');
  const secret = ['Orchard', '-Gate-', '77'].join('');
  await page.getByRole('textbox').fill(`my api password is ${secret}`);
  await status.getByText('1 secret will be removed').waitFor({ state: 'attached' });
  await page.getByRole('textbox').fill(`my api password is ${secret} and the whmcs pw: ${secret.toLowerCase()}x`);
  await status.getByText('2 secrets will be removed').waitFor({ state: 'attached' });
  await page.context().close();
});

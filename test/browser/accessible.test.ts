// WCAG 2.2 AA in every state: axe finds nothing, targets are large enough, nothing is cut off, the keyboard does all, each line is announced once.
import fs from 'node:fs';
import type { Page } from 'playwright-core';
import { chatStage, type ChatStage, CURL, hostPage, openChat, say } from '../support/chat-page';

jest.setTimeout(60_000);

const AXE = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
  }[];
}

let stage: ChatStage;
beforeAll(async () => {
  stage = await chatStage();
  stage.site.pages.set('/rtl', hostPage(stage.server.url, '', 'lang="en" dir="rtl"'));
});
afterEach(() => expect(stage.complaints.splice(0)).toEqual([]));
afterAll(() => stage.close());

/** What axe, the sizes of targets and the width say of the state that is shown. */
async function faults(page: Page): Promise<string[]> {
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(where: Element, options: object): Promise<AxeResults> } };
    const host = document.querySelector('preticket-chat')!;
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations } = await axe.run(host, { runOnly: { type: 'tag', values: tags } });
    const out = violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`),
    );
    const root = host.shadowRoot!;
    for (const target of root.querySelectorAll('button, select, input, textarea, summary')) {
      const { width, height } = target.getBoundingClientRect();
      if (target.getClientRects().length > 0 && Math.min(width, height) < 24) out.push(`small: ${target.className}`);
    }
    const scroll = root.querySelector('.scroll') ?? document.documentElement;
    if (scroll.scrollWidth > scroll.clientWidth || document.documentElement.scrollWidth > innerWidth)
      out.push('too wide');
    return out;
  });
  return found;
}

test.each([
  ['light', {}, '/'],
  ['dark', { colorScheme: 'dark' }, '/'],
  ['forced colours', { forcedColors: 'active' }, '/'],
  ['320 px', { viewport: { width: 320, height: 640 } }, '/'],
  ['200 % zoom', { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }, '/'],
  ['right to left', {}, '/rtl'],
] as const)('%s: no fault in any state', async (_name, options, path) => {
  const page = await stage.open(path, options);
  // As a test tool would: past the policy of the page.
  await page.evaluate(AXE);
  const all: string[] = [];
  const state = async (name: string): Promise<void> => {
    for (const fault of await faults(page)) all.push(`${name}: ${fault}`);
  };
  await state('closed');
  const box = await openChat(page);
  await state('open');
  await box.fill(CURL);
  await page.locator('.removal summary').click();
  await state('removal');
  await box.focus();
  await say(page, CURL);
  await state('findings, verdict, question');
  await page.locator('.checklist summary').click();
  await state('checklist');
  await page.locator('.checklist summary').click();
  await say(page, 'please open a ticket');
  await page.locator('.preview summary').click();
  await state('ticket');
  await page.getByRole('button', { name: 'More' }).click();
  await state('menu');
  await page.getByRole('button', { name: 'Delete my data' }).click();
  await state('dialog');
  await page.keyboard.press('Escape');
  await page
    .locator('input[type=file]')
    .setInputFiles([{ name: 'a.png', mimeType: 'image/png', buffer: Buffer.from([0]) }]);
  await page.locator('.file-note:visible').waitFor();
  await state('file');
  await page.getByRole('button', { name: 'Finish the ticket' }).click();
  await page.locator('.done').waitFor();
  await state('receipt');
  await page.route('**/v1/**', (route) => route.abort());
  await box.fill('are you there');
  await page.keyboard.press('Enter');
  await page.locator('.unsent').waitFor();
  await state('offline');
  expect(all).toEqual([]);
  stage.complaints.length = 0;
  await page.context().close();
});

test('by keyboard alone: open, write, go through the menu, delete, close; focus goes where it is expected', async () => {
  const page = await stage.open('/');
  const focused = (): Promise<string | undefined> =>
    page.evaluate(() => {
      const active = document.querySelector('preticket-chat')?.shadowRoot?.activeElement;
      return active?.getAttribute('aria-label') ?? active?.textContent ?? undefined;
    });
  await page.getByRole('button', { name: 'API support' }).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox').waitFor();
  expect(await focused()).toBe('Your message');
  await page.keyboard.type('first line');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('it says 401');
  await page.keyboard.press('Enter');
  await page.locator('.question').waitFor();
  expect(await page.locator('.said').innerText()).toBe('first line\nit says 401');
  expect(await focused()).toBe('Your message');
  await page.getByRole('button', { name: 'More' }).focus();
  await page.keyboard.press('Enter');
  const order = [];
  for (let i = 0; i < 4; i++) {
    await page.keyboard.press('Tab');
    order.push(await focused());
  }
  expect(order).toEqual(['Ticket so far', 'Talk to a person', 'Start over', 'Delete my data']);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Delete this conversation' }).waitFor();
  await page.keyboard.press('Escape');
  expect(await focused()).toBe('More');
  expect(await page.locator('.person').count()).toBe(1);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  expect(await focused()).toBe('More');
  await page.keyboard.press('Escape');
  await page.locator('section.panel').waitFor({ state: 'hidden' });
  expect(await focused()).toBe('API support');
  await page.context().close();
});

test('the log announces each line once: nothing is added twice, moved, or said again after a reload', async () => {
  const page = await stage.open('/');
  await openChat(page);
  const watch = (): Promise<void> =>
    page.evaluate(() => {
      const log = document.querySelector('preticket-chat')!.shadowRoot!.querySelector('[role=log]')!;
      const added: string[] = ((window as unknown as { added: string[] }).added = []);
      new MutationObserver((records) => {
        if (log.getAttribute('aria-live') === 'off') return;
        for (const { addedNodes } of records)
          for (const node of addedNodes)
            if (node instanceof HTMLElement && node.localName === 'article') added.push(node.textContent ?? '');
      }).observe(log, { childList: true });
    });
  const added = (): Promise<string[]> => page.evaluate(() => (window as unknown as { added: string[] }).added);
  await watch();
  await say(page, CURL);
  await say(page, 'please open a ticket');
  const lines = await added();
  expect(lines.length).toBeGreaterThan(5);
  expect(new Set(lines).size).toBe(lines.length);
  await page.reload();
  await openChat(page);
  await watch();
  await page.locator('.draft').waitFor();
  await page.locator('[role=log][aria-live=polite]').waitFor();
  expect(await added()).toEqual([]);
  await page.context().close();
});

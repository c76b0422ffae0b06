// The chat on a site of another origin under the strict policy: a talk to its ticket, over HTTP alone, and what leaves the browser.
import { chatStage, type ChatStage, CURL, hostPage, openChat, persons, say, SECRET } from '../support/chat-page';

jest.setTimeout(60_000);

let stage: ChatStage;
beforeAll(async () => (stage = await chatStage()));
afterEach(() => expect(stage.complaints.splice(0)).toEqual([]));
afterAll(() => stage.close());

test('nothing but the loader comes before it is opened; then a talk to the ticket and its receipt', async () => {
  const asked: string[] = [];
  const page = await stage.open('/', { viewport: { width: 1000, height: 800 } });
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const shift = await page.evaluate(
    () =>
      new Promise<number>((done) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += (entry as PerformanceEntry & { value: number }).value;
        }).observe({ type: 'layout-shift', buffered: true });
        requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
      }),
  );
  expect([asked, shift]).toEqual([[], 0]);
  expect(await page.evaluate(() => Object.keys(window).filter((key) => /preticket/i.test(key)))).toEqual([]);
  await openChat(page);
  expect(asked.sort()).toEqual(expect.arrayContaining(['/chat.js', '/texts/en.json']));
  expect(asked.some((path) => path.startsWith('/v1/'))).toBe(false);

  const bodies: string[] = [];
  page.on('request', (request) => bodies.push(request.postData() ?? ''));
  await page.getByRole('textbox').fill(CURL);
  await page.getByText('1 secret will be removed').first().waitFor();
  await say(page, CURL);
  expect(bodies.join()).toContain('[redacted:');
  expect(bodies.join()).not.toContain(SECRET);
  const log = page.getByRole('log', { name: 'Conversation' });
  expect(await log.innerText()).not.toContain(SECRET);

  // Faults underlined, the corrected request beside them.
  expect(await log.locator('.fault-mark sup').allInnerTexts()).toEqual(['1', '2']);
  const corrected = log.locator('.is-right');
  expect(await corrected.innerText()).toContain('https://api.nicenic.net/v2/?');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await corrected.getByRole('button', { name: 'Copy' }).click();
  await corrected.getByRole('button', { name: 'Copied' }).waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('v2/?');
  // The corrected request is not said a second time.
  expect((await log.innerText()).split('v2/?').length).toBe(2);
  expect(await log.locator('.causes q').count()).toBeGreaterThan(0);
  for (const link of await log.locator('a').all())
    expect(await link.getAttribute('href')).toMatch(/^https:\/\/nicenic\.net\//);
  await page.getByText(/\d of \d+ checked/).click();
  expect(await page.locator('.checklist li').count()).toBe(12);
  await page.getByText(/\d of \d+ checked/).click();

  await say(page, 'please open a ticket');
  const card = log.locator('.ticket');
  const filled = async (): Promise<string> => (await card.locator('.meter').innerText()).trim();
  const before = await filled();
  const account = card.getByRole('textbox', { name: 'Account' });
  await account.fill('lotusreg');
  await account.press('Tab');
  await page.waitForFunction(
    (was) => document.querySelector('preticket-chat')?.shadowRoot?.querySelector('.meter')?.textContent?.trim() !== was,
    before,
  );
  const address = card.getByRole('textbox', { name: 'Outbound IP' });
  await address.fill('256.1.1.1');
  await address.press('Tab');
  await card.getByText('is not a valid IP address').waitFor();
  expect(await address.getAttribute('aria-invalid')).toBe('true');
  await address.fill('203.0.113.9');
  await address.press('Tab');
  await card.locator('summary').filter({ hasText: 'Ticket draft' }).click();
  await card.locator('.body').getByText('203.0.113.9').waitFor();
  expect(await log.locator('.draft').count()).toBe(1);
  await card.getByRole('button', { name: 'Finish the ticket' }).click();
  await log.locator('.done').getByText('Ready: copy it').waitFor();
  expect(await card.getByRole('textbox').count()).toBe(0);
  expect(await page.evaluate(() => document.querySelector('preticket-chat')?.shadowRoot?.activeElement?.id)).toBe(
    'message',
  );
  await page.context().close();
});

test('the host’s styles stay out, the chat’s stay in; attributes are followed as they change', async () => {
  stage.site.pages.set('/styled', hostPage(stage.server.url, '<p class="panel">text</p><button>Own</button>'));
  const page = await stage.open('/styled');
  const before = await page.locator('p.panel').evaluate((element) => getComputedStyle(element).position);
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      '* { color: rgb(255, 0, 0) !important; font-size: 40px; letter-spacing: 9px } button { border-radius: 0 !important }',
    );
    document.adoptedStyleSheets = [sheet];
  });
  await openChat(page);
  const style = await page.locator('.panel .names p').evaluate((element) => {
    const { color, letterSpacing, fontSize } = getComputedStyle(element);
    return { color, letterSpacing, fontSize };
  });
  expect(style.color).not.toBe('rgb(255, 0, 0)');
  expect(style.letterSpacing).toBe('normal');
  expect(parseFloat(style.fontSize)).toBeLessThan(16);
  expect(
    await page
      .locator('p.panel')
      .first()
      .evaluate((element) => getComputedStyle(element).position),
  ).toBe(before);

  const chat = page.locator('preticket-chat');
  await chat.evaluate((element) => element.setAttribute('heading', 'Ask us'));
  await page.getByRole('heading', { name: 'Ask us' }).waitFor();
  await page.getByRole('textbox').fill('half a sentence');
  await chat.evaluate((element) => element.setAttribute('lang', 'vi'));
  await page.getByRole('button', { name: 'Gửi' }).waitFor();
  expect(await page.getByRole('textbox').inputValue()).toBe('half a sentence');
  await page.keyboard.press('Escape');
  await page.locator('section.panel').waitFor({ state: 'hidden' });
  expect(await chat.getAttribute('open')).toBeNull();
  await chat.evaluate((element) => element.toggleAttribute('open', true));
  await page.locator('section.panel').waitFor();
  await page.context().close();
});

test('an egress command is copied, and its result comes by itself over HTTP alone', async () => {
  const page = await stage.open('/');
  await openChat(page);
  const command = page.locator('.question code').filter({ hasText: '/e/' });
  const answers = [
    '403 ip not allowed, our list has 203.0.113.5 but the new server is behind a NAT gateway',
    'no idea',
    'no idea',
    'no idea',
    'no idea',
  ];
  for (const text of answers) if ((await command.count()) === 0) await say(page, text);
  await page.getByText('Waiting for the check').last().waitFor();
  await fetch(/https?:\S+/.exec(await command.first().innerText())?.[0] ?? '');
  await page.locator('.result.is-seen').getByText('The check came from 127.0.0.1').waitFor();
  expect(await page.getByText('The check came from 127.0.0.1').count()).toBe(1);
  await page.context().close();
});

test('hostile text stays text; signs that turn it around are shown by number', async () => {
  const page = await stage.open('/');
  await openChat(page);
  await say(
    page,
    `<img src=x onerror="window.hit=1"> [a](javascript:alert(1)) https://evil.example/e/aaaaaaaaaaaa \u202etxt it says 401`,
  );
  await say(page, `</div><script>window.hit=1</script> ${'long '.repeat(3000)} please open a ticket`);
  expect(await page.evaluate(() => (window as unknown as { hit?: number }).hit)).toBeUndefined();
  expect(await page.locator('.log img, .log script, .log a[href*="evil"], .log a[href^="javascript"]').count()).toBe(0);
  expect((await persons(page))[0]).toContain('U+202E');
  const wide = await page.locator('.scroll').evaluate((element) => element.scrollWidth > element.clientWidth);
  expect(wide).toBe(false);
  await page.context().close();
});

test('files: text is read and cleaned here, anything else is named only and warned of', async () => {
  const page = await stage.open('/');
  await openChat(page);
  const bodies: string[] = [];
  page.on('request', (request) => bodies.push(request.postData() ?? ''));
  await page.locator('input[type=file]').setInputFiles([
    {
      name: 'night.log',
      mimeType: 'text/plain',
      buffer: Buffer.from(`02:00 call failed with 401\napi password: ${SECRET}\n`),
    },
    { name: 'shot.png', mimeType: 'image/png', buffer: Buffer.from([0x89, 0x50, 0, 0xff, 0xfe]) },
  ]);
  await page.locator('.file-note').getByText('are not read').waitFor();
  await page.getByText('1 secret will be removed').first().waitFor();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.locator('.person .file').waitFor();
  await page.locator('.reply').nth(1).waitFor();
  expect(bodies.join('\n')).toContain('02:00 call failed');
  expect(bodies.join('\n')).toContain('"attachments":"shot.png"');
  expect(bodies.join('\n')).not.toContain(SECRET);
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('button', { name: 'Ticket so far' }).click();
  expect(await page.getByRole('textbox', { name: 'Attachments' }).inputValue()).toBe('shot.png');
  await page.context().close();
});

test('what was removed may stay only where the server keeps it', async () => {
  const page = await stage.open('/');
  await openChat(page);
  await page.getByRole('textbox').fill(`my api password is ${SECRET}`);
  await page.locator('.removal summary').click();
  await page.getByRole('button', { name: 'Not a secret?' }).click();
  await page.getByText('It stays removed').last().waitFor();
  await page.route('**/v1/triage', (route) =>
    route.fulfill({ json: { text: `my api password is ${SECRET}` }, headers: { 'access-control-allow-origin': '*' } }),
  );
  await page.getByRole('textbox').fill(`so my api password is ${SECRET}`);
  await page.getByRole('button', { name: 'Not a secret?' }).click();
  await page.locator('.removal').waitFor({ state: 'hidden' });
  await page.context().close();
});

test('a server that takes no calls from the site: the console says what to set, the person that it is not enabled', async () => {
  const closed = await chatStage({ ALLOWED_ORIGINS: undefined });
  try {
    const page = await closed.open('/');
    await openChat(page);
    await page.getByRole('textbox').fill('hello');
    await page.keyboard.press('Enter');
    await page.getByText('not enabled for this site').waitFor();
    const own = closed.complaints.filter((text) => text.startsWith('preticket'));
    expect(own).toEqual([`preticket: Add ${closed.site.url} to ALLOWED_ORIGINS of ${closed.server.url}`]);
  } finally {
    await closed.close();
  }
});

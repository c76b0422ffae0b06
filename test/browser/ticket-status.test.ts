// The ticket as a real helpdesk takes it: on its way, with support under its number, refused and sent again; in the chat and on the form's receipt.
import { chatStage, type ChatStage, openChat, say } from '../support/chat-page';
import { fakeHelpdesk, type FakeHelpdesk } from '../support/fake-helpdesk';
import { webhookApi } from '../support/helpdesk-apis';

jest.setTimeout(60_000);

const SIGNING = ['signing', 'key', 'of', 'tests'].join('-');
let desk: FakeHelpdesk;
let stage: ChatStage;
beforeAll(async () => {
  desk = await fakeHelpdesk(webhookApi(SIGNING, 'raw'));
  stage = await chatStage({ HELPDESK: 'webhook', HELPDESK_URL: `${desk.url}/in`, HELPDESK_SECRET: SIGNING });
});
afterEach(() => expect(stage.complaints.splice(0)).toEqual([]));
afterAll(async () => {
  await stage?.close();
  await desk?.close();
});

test('chat: on its way, then with support under its number, by itself', async () => {
  desk.mishaps.push('error');
  const page = await stage.open('/');
  await openChat(page);
  await say(page, 'it says 401, please open a ticket');
  await say(page, 'please open a ticket');
  await page.getByRole('button', { name: 'Send to support' }).click();
  await page.locator('.receipt').getByText('On its way to support').waitFor();
  await page.locator('.receipt.is-delivered').getByText('With support').waitFor({ timeout: 20_000 });
  expect(await page.locator('.receipt').innerText()).toContain(desk.tickets.at(-1)?.reference);
  await page.context().close();
});

test('chat: refused, it says so and can be sent again; it arrives once', async () => {
  const before = desk.tickets.length;
  desk.mishaps.push('refuse');
  const page = await stage.open('/');
  await openChat(page);
  await say(page, 'it says 401, please open a ticket');
  await say(page, 'please open a ticket');
  await page.getByRole('button', { name: 'Send to support' }).click();
  await page.locator('.receipt.is-failed').getByText('Not delivered yet').waitFor({ timeout: 20_000 });
  await page.locator('.warning').getByText('can be sent again').waitFor();
  await page.locator('.ticket').getByRole('button', { name: 'Try again' }).click();
  await page.locator('.receipt.is-delivered').waitFor({ timeout: 20_000 });
  expect(await page.locator('.receipt').innerText()).toContain(desk.tickets.at(-1)?.reference);
  expect(desk.tickets.length).toBe(before + 1);
  await page.context().close();
});

test('the form’s receipt: refused, sent again, delivered', async () => {
  const before = desk.tickets.length;
  desk.mishaps.push('refuse');
  const page = await stage.open(`${stage.server.url}/form`);
  await page.getByLabel('What goes wrong?').fill('renew says 401 since this morning, account lotusreg');
  await page.getByRole('button', { name: 'Send the ticket' }).click();
  await page.getByRole('heading', { name: 'Your ticket was not handed over' }).waitFor({ timeout: 20_000 });
  expect(await page.getByRole('status').innerText()).toContain('send it again');
  // No number of a ticket that support does not have.
  expect(await page.locator('.number').isVisible()).toBe(false);
  await page.getByRole('button', { name: 'Send again' }).click();
  await page.getByRole('heading', { name: 'Support has your ticket' }).waitFor({ timeout: 20_000 });
  expect(await page.locator('.number').innerText()).toBe(desk.tickets.at(-1)?.reference);
  expect(await page.getByRole('button', { name: 'Send again' }).count()).toBe(0);
  expect(desk.tickets.length).toBe(before + 1);
  await page.context().close();
});

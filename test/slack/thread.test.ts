// The shortcut on a customer's message: one card in the thread, from what the customer said, kept in step.
import { readText } from '../support/block-kit';
import { BOT, fakeSlack, type FakeSlack } from '../support/fake-slack';
import { type SlackApp, slackApp } from '../support/slack-app';

let fake: FakeSlack;
let app: SlackApp;
beforeEach(async () => {
  fake = await fakeSlack();
  app = await slackApp(fake);
});
afterEach(async () => {
  await app.close();
  await fake.close();
});

const cards = (channel = 'C0CASES') => fake.messages(channel).filter(({ user }) => user === BOT);

test('one card with verdict, evidence, what is missing and the buttons of the contract', async () => {
  const root = fake.say(
    'C0CASES',
    'U0CUST',
    'We whitelisted 203.0.113.40 but the API says IP not allowed. Our server leaves from 198.51.100.23, it is behind a NAT gateway.',
  );
  expect((await app.shortcut(root, 'U0AGENT')).status).toBe(200);
  await fake.until(() => cards().length === 1);
  const [card] = cards();
  const text = readText(card?.['blocks']);
  expect(card?.['thread_ts']).toBe(root.ts);
  expect(text).toContain('another IP address');
  expect(text).toContain('198.51.100.23');
  expect(fake.refused).toEqual([]);
});

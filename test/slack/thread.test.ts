// The shortcut on a customer's message: one card in the thread, from what the customer said, kept in step and never posted twice.
import { readText } from '../support/block-kit';
import { bench, closeBenches } from '../support/slack-bench';
import { caseIdOf } from '../support/slack-app';

afterEach(closeBenches);

const ASKED =
  'We added 203.0.113.40 to the list but the API says IP not allowed. Requests leave from 198.51.100.23, through a NAT gateway.';

const secret = (): string => ['k9Xq', 'Zt72', 'LmPw', '4rVd'].join('');

test('one card in the thread: verdict, evidence, fields, what is missing, buttons of the contract; at most twelve blocks', async () => {
  const { fake, app, posted } = await bench();
  const root = fake.say('C0CASES', 'U0CUST', ASKED);
  expect((await app.shortcut(root, 'U0AGENT')).status).toBe(200);
  await fake.until(() => posted().length === 1);
  const [card] = posted();
  const blocks = card?.['blocks'] as { type: string; elements?: { action_id?: string; options?: unknown[] }[] }[];
  const text = readText(blocks);
  expect(card?.['thread_ts']).toBe(root.ts);
  expect(text).toContain('another IP address');
  expect(text).toMatch(/very likely|likely/);
  expect(text).toContain('198.51.100.23');
  expect(text).toContain('Still missing');
  expect(blocks.length).toBeLessThanOrEqual(12);
  const buttons = blocks.find(({ type }) => type === 'actions')?.elements ?? [];
  expect(buttons.map((button) => button.action_id)).toEqual(
    expect.arrayContaining(['open_draft', 'ask_customer', 'confirm_cause']),
  );
  expect(buttons.find((button) => button.action_id === 'confirm_cause')?.options).toHaveLength(9);
  expect(fake.refused).toEqual([]);
});

test('reads all pages of the thread, and staff’s own words are no evidence', async () => {
  const { fake, app, posted } = await bench();
  const root = fake.say('C0CASES', 'U0CUST', 'hello, the api does not work for us');
  const reply = (user: string, text: string) => fake.say('C0CASES', user, text, { thread_ts: root.ts });
  reply('U0AGENT', 'Did you send Authorization: Basic? Your header is base64 encoded, account is wrongaccount77');
  reply('U0OTHER', 'their IP 192.0.2.99 is not whitelisted I think');
  for (let i = 0; i < 5; i++) reply('U0CUST', `still waiting ${i}`);
  reply('U0CUST', ASKED);
  await app.shortcut(root, 'U0AGENT');
  await fake.until(() => posted().length === 1);
  const text = readText(posted()[0]?.['blocks']);
  expect(text).toContain('198.51.100.23');
  expect(text).not.toContain('wrongaccount77');
  expect(text).not.toContain('192.0.2.99');
  expect(fake.called('conversations.replies').length).toBeGreaterThan(2);
});

test('guests are the customers, whoever wrote first', async () => {
  const { fake, app, posted } = await bench();
  fake.users.set('U0GUEST', { guest: true });
  const root = fake.say('C0CASES', 'U0SALES', 'new trouble: I set the login password myself as the api password');
  fake.say('C0CASES', 'U0GUEST', ASKED, { thread_ts: root.ts });
  await app.shortcut(root, 'U0AGENT');
  await fake.until(() => posted().length === 1);
  expect(readText(posted()[0]?.['blocks'])).toContain('another IP address');
});

test('what an agent pasted counts where nobody else speaks', async () => {
  const { fake, app, posted } = await bench();
  const root = fake.say('C0CASES', 'U0AGENT', ASKED);
  await app.shortcut(root, 'U0AGENT');
  await fake.until(() => posted().length === 1);
  expect(readText(posted()[0]?.['blocks'])).toContain('another IP address');
});

test('a second shortcut and a customer’s reply change the card in place', async () => {
  const { fake, app, posted, settled } = await bench();
  const root = fake.say('C0CASES', 'U0CUST', ASKED);
  await app.shortcut(root, 'U0AGENT');
  await fake.until(() => posted().length === 1);
  const reply = fake.say('C0CASES', 'U0CUST', 'The action was get_price and our account is lotusreg', {
    thread_ts: root.ts,
  });
  await app.event(reply);
  await fake.until(() => readText(posted()[0]?.['blocks']).includes('get_price'));
  expect(readText(posted()[0]?.['blocks'])).toContain('lotusreg');
  await app.shortcut(root, 'U0AGENT');
  await fake.until(() => fake.called('chat.update').length >= 2);
  await settled();
  expect(posted()).toHaveLength(1);
  const { text: evidence } = { text: readText(posted()[0]?.['blocks']) };
  expect(evidence.match(/198\.51\.100\.23/g)?.length).toBeLessThanOrEqual(3);
});

test('staff who talk among themselves in the thread are not listened to', async () => {
  const { fake, app, posted, settled } = await bench();
  const root = fake.say('C0CASES', 'U0CUST', ASKED);
  await app.shortcut(root, 'U0AGENT');
  await fake.until(() => posted().length === 1);
  const before = fake.called('chat.update').length;
  await app.event(fake.say('C0CASES', 'U0AGENT', 'account is staffaccount1, I think', { thread_ts: root.ts }));
  await settled();
  expect(fake.called('chat.update')).toHaveLength(before);
  expect(posted()).toHaveLength(1);
});

test('a question that nobody put is answered by no words of the customer', async () => {
  const { fake, app, posted } = await bench();
  const root = fake.say('C0CASES', 'U0CUST', ASKED);
  await app.shortcut(root, 'U0AGENT');
  await fake.until(() => posted().length === 1);
  const id = caseIdOf(posted()[0] ?? {});
  for (let i = 0; i < 4; i++)
    await app.event(fake.say('C0CASES', 'U0CUST', `any news? (${i})`, { thread_ts: root.ts }));
  await fake.until(() => fake.called('chat.update').length >= 4);
  const seen = await app.service.cases.load({ id, token: '' });
  if (seen === undefined) throw new Error('no case');
  const view = app.service.cases.view(seen.record, 'en');
  expect(view.fields.filter(({ value }) => value === null)).toEqual([]);
  expect(seen.ticket).toBeNull();
});

test('a customer’s yes sends no ticket', async () => {
  const { fake, app, posted, settled } = await bench();
  const root = fake.say(
    'C0CASES',
    'U0CUST',
    `${ASKED} Account lotusreg, action balance, own PHP script, 2026-11-03T02:00:11+07:00, https://api.nicenic.net/v2/, code 401.`,
  );
  await app.shortcut(root, 'U0AGENT');
  await fake.until(() => posted().length === 1);
  await app.event(fake.say('C0CASES', 'U0CUST', 'yes, please send the ticket', { thread_ts: root.ts }));
  await app.event(fake.say('C0CASES', 'U0CUST', 'yes', { thread_ts: root.ts }));
  await fake.until(() => fake.called('chat.update').length >= 2);
  await settled();
  const seen = await app.service.cases.load({ id: caseIdOf(posted()[0] ?? {}), token: '' });
  expect(seen?.ticket).toBeNull();
});

test('a secret in the thread is reported with a link, and repeated nowhere', async () => {
  const { fake, app, posted } = await bench();
  const root = fake.say('C0CASES', 'U0CUST', `curl fails. Authorization: Basic ${secret()}`);
  const staff = fake.say('C0CASES', 'U0AGENT', `my api password is ${secret()}x9`, { thread_ts: root.ts });
  await app.shortcut(root, 'U0AGENT');
  await fake.until(() => posted().length === 1);
  const [card] = posted();
  const link = (ts: string): string => `https://example.slack.com/archives/C0CASES/p${ts.replace('.', '')}`;
  expect(JSON.stringify(card)).toContain(link(root.ts));
  expect(JSON.stringify(card)).toContain(link(staff.ts));
  expect(readText(card?.['blocks'])).toContain('Have it changed');
  expect(JSON.stringify(fake.calls)).not.toContain(secret());
  expect(app.log.join('')).not.toContain(secret());
});

test('the card speaks the agent’s language, the question the customer’s', async () => {
  const { fake, app, posted } = await bench();
  fake.users.set('U0AGENT', { locale: 'pt-BR' });
  const root = fake.say(
    'C0CASES',
    'U0CUST',
    'Здравствуйте, API отвечает IP not allowed, мы добавили 203.0.113.40, но сервер выходит через NAT с 198.51.100.23',
  );
  await app.shortcut(root, 'U0AGENT');
  await fake.until(() => posted().length === 1);
  const text = readText(posted()[0]?.['blocks']);
  expect(text).toContain('Abrir rascunho do chamado');
  expect(text).toContain('o cliente escreve em russo');
  await app.press('ask_customer', caseIdOf(posted()[0] ?? {}), 'U0AGENT', { thread: root.ts });
  await fake.until(() => fake.called('chat.postEphemeral').length === 1);
  const question = readText(fake.called('chat.postEphemeral')[0]?.['blocks']);
  expect(question).toMatch(/[а-я]{4}/);
  expect(question).toContain('Quer dizer:');
});

test('where the assistant is not in the channel it answers who asked, from the message that was pressed', async () => {
  const { fake, app, posted } = await bench();
  fake.channels.set('C0ALIEN', { member: false });
  const root = fake.say('C0ALIEN', 'U0CUST', ASKED);
  await app.shortcut(root, 'U0AGENT');
  await fake.until(() => posted('D0AGENT').length === 1);
  const text = readText(posted('D0AGENT')[0]?.['blocks']);
  expect(text).toContain('another IP address');
  expect(text).toContain('Invite me');
  expect(posted('C0ALIEN')).toEqual([]);
});

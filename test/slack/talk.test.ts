// Talks with staff: mentions, direct messages, assistant threads; and when the assistant keeps silent.
import { readText } from '../support/block-kit';
import { BOT, TEAM } from '../support/fake-slack';
import { bench, closeBenches } from '../support/slack-bench';

afterEach(closeBenches);

const ASKED =
  'We added 203.0.113.40 to the list but the API says IP not allowed. Requests leave from 198.51.100.23, through a NAT gateway.';
const TROUBLE = 'the API says IP not allowed since we moved to the new server';

test('a mention begins a talk in its thread; replies count without one, and each has one answer', async () => {
  const { fake, app, posted, settled } = await bench();
  const root = fake.say('C0CASES', 'U0AGENT', `<@${BOT}> ${TROUBLE}`);
  await app.event(root, { type: 'app_mention' });
  await fake.until(() => posted().length === 1);
  expect(posted()[0]?.['thread_ts']).toBe(root.ts);
  await app.event(fake.say('C0CASES', 'U0AGENT', 'it leaves from 198.51.100.23', { thread_ts: root.ts }));
  await fake.until(() => posted().length === 2);
  await settled();
  expect(posted()).toHaveLength(2);
  expect(posted()[1]?.['thread_ts']).toBe(root.ts);
  expect(readText(posted()[0]?.['blocks'])).toContain('198.51.100.23');
  expect(fake.refused).toEqual([]);
});

test('the mention and its message are one thing said, in either order', async () => {
  for (const order of [
    ['app_mention', 'message'],
    ['message', 'app_mention'],
  ]) {
    const { fake, app, posted, settled } = await bench();
    const root = fake.say('C0CASES', 'U0AGENT', `<@${BOT}> ${TROUBLE}`);
    for (const type of order) await app.event(root, { type });
    await fake.until(() => posted().length === 1);
    await settled();
    expect(posted()).toHaveLength(1);
    expect(fake.called('chat.update')).toEqual([]);
  }
});

test('a mention in a customer’s thread reads the thread', async () => {
  const { fake, app, posted } = await bench();
  const root = fake.say('C0CASES', 'U0CUST', `${TROUBLE}, we added 203.0.113.40 but leave from 198.51.100.23`);
  await app.event(fake.say('C0CASES', 'U0AGENT', `<@${BOT}>`, { thread_ts: root.ts }), { type: 'app_mention' });
  await fake.until(() => posted().length === 1);
  expect(readText(posted()[0]?.['blocks'])).toContain('198.51.100.23');
});

test('a direct message is answered in its thread, with a status while it reads', async () => {
  const { fake, app, posted } = await bench();
  const root = fake.say('D0AGENT', 'U0AGENT', `${TROUBLE}. What is an outbound IP?`);
  await app.event(root, { channel_type: 'im' });
  await fake.until(() => posted('D0AGENT').length === 1);
  expect(posted('D0AGENT')[0]?.['thread_ts']).toBe(root.ts);
  expect(readText(posted('D0AGENT')[0]?.['blocks'])).toContain('The outbound IP is the public address');
  expect(fake.called('assistant.threads.setStatus')[0]).toMatchObject({ channel_id: 'D0AGENT', thread_ts: root.ts });
});

test('an assistant thread gets prompts; without them, words of greeting', async () => {
  const { fake, app, posted } = await bench();
  const started = (id: string, thread: string) =>
    app.send({
      type: 'event_callback',
      team_id: TEAM,
      event_id: id,
      event: {
        type: 'assistant_thread_started',
        assistant_thread: { user_id: 'U0AGENT', channel_id: 'D0AGENT', thread_ts: thread },
      },
    });
  await started('EvA', '1700000000.000001');
  await fake.until(() => fake.called('assistant.threads.setSuggestedPrompts').length === 1);
  expect(fake.called('assistant.threads.setSuggestedPrompts')[0]?.['prompts']).toHaveLength(3);
  fake.mood('assistant.threads.setSuggestedPrompts', { error: 'unknown_method' });
  fake.mood('assistant.threads.setStatus', { error: 'missing_scope' });
  await started('EvB', '1700000000.000002');
  await fake.until(() => posted('D0AGENT').length === 1);
  expect(posted('D0AGENT')[0]?.['thread_ts']).toBe('1700000000.000002');
  await app.event(fake.say('D0AGENT', 'U0AGENT', TROUBLE, { thread_ts: '1700000000.000002' }), { channel_type: 'im' });
  await fake.until(() => posted('D0AGENT').length === 2);
});

test('a mention without words says how the assistant is used', async () => {
  const { fake, app, posted } = await bench();
  await app.event(fake.say('C0CASES', 'U0AGENT', `<@${BOT}>`), { type: 'app_mention' });
  await fake.until(() => posted().length === 1);
  expect(readText(posted()[0]?.['blocks'])).toContain('message shortcut');
});

test.each([
  ['a message to nobody', {}],
  ['its own message', { user: BOT, bot_id: 'B0BOT' }],
  ['another app’s message', { bot_id: 'B0OTHER', subtype: 'bot_message' }],
  ['an edit', { subtype: 'message_changed', message: { text: 'x' }, hidden: true }],
  ['a deletion', { subtype: 'message_deleted', deleted_ts: '1.1', hidden: true }],
  ['somebody who joins', { subtype: 'channel_join' }],
  ['a reply in a thread without a talk', { thread_ts: '1600000000.000100' }],
])('%s does not make it talk', async (_name, more) => {
  const { fake, app, posted, settled } = await bench();
  const message = fake.say('C0CASES', 'U0AGENT', TROUBLE, more);
  expect((await app.event(message)).status).toBe(200);
  await settled();
  expect(posted().filter(({ ts }) => ts !== message.ts)).toEqual([]);
});

test('edits, deletions and own messages in a thread that holds a talk are no turns', async () => {
  const { fake, app, posted, settled } = await bench();
  const root = fake.say('D0AGENT', 'U0AGENT', TROUBLE);
  await app.event(root, { channel_type: 'im' });
  await fake.until(() => posted('D0AGENT').length === 1);
  for (const more of [
    { subtype: 'message_changed', hidden: true },
    { subtype: 'message_deleted', hidden: true },
    { user: BOT, bot_id: 'B0BOT' },
  ])
    await app.event({ ...root, ts: '1700009999.000100', thread_ts: root.ts, ...more }, { channel_type: 'im' });
  await settled();
  expect(posted('D0AGENT')).toHaveLength(1);
  expect(fake.called('chat.update')).toEqual([]);
});

test('guests and people of other organisations are told that it is for staff, and nothing else', async () => {
  const { fake, app, posted } = await bench();
  fake.users.set('U0GUEST', { guest: true });
  await app.event(fake.say('D0GUEST', 'U0GUEST', TROUBLE), { channel_type: 'im' });
  await fake.until(() => fake.called('chat.postEphemeral').length === 1);
  expect(readText(fake.called('chat.postEphemeral')[0]?.['blocks'])).toContain('for the support team');
  expect(posted('D0GUEST')).toEqual([]);
});

test('App Home: own open cases and the figures of the week; guests see neither', async () => {
  const { fake, app, posted } = await bench();
  fake.users.set('U0GUEST', { guest: true });
  await app.shortcut(fake.say('C0CASES', 'U0CUST', `${ASKED} Our account is lotusreg.`), 'U0AGENT');
  await fake.until(() => posted().length === 1);
  // The list of cases is written once the card's link is known.
  await fake.until(() => fake.called('chat.getPermalink').length === 1);
  const open = async (user: string): Promise<string> => {
    const before = fake.called('views.publish').length;
    await app.send({
      type: 'event_callback',
      team_id: TEAM,
      event_id: `Ev${user}${before}`,
      event: { type: 'app_home_opened', user, tab: 'home' },
    });
    await fake.until(() => fake.called('views.publish').length > before);
    return readText(fake.called('views.publish').at(-1)?.['view']);
  };
  let home = await open('U0AGENT');
  for (let tries = 0; tries < 50 && !home.includes('another IP'); tries++) home = await open('U0AGENT');
  expect(home).toContain('another IP address');
  // What tells one of thirty from the others.
  expect(home).toContain('lotusreg');
  expect(home).toMatch(/facts missing: \d/);
  expect(home).toContain('cases: 1');
  expect(await open('U0OTHER')).toContain('No open case');
  const guests = await open('U0GUEST');
  expect(guests).not.toContain('cases: 1');
  expect(guests).toContain('for the support team');
  expect(fake.refused).toEqual([]);
});

test('/triage answers only who typed it, without a post', async () => {
  const { fake, app } = await bench();
  const { status, text, ms } = await app.command(ASKED, 'U0AGENT');
  const answer = JSON.parse(text) as { response_type: string; blocks: unknown };
  expect(status).toBe(200);
  expect(ms).toBeLessThan(3000);
  expect(answer.response_type).toBe('ephemeral');
  expect(readText(answer.blocks)).toContain('another IP address');
  expect(fake.calls.filter(({ method }) => method.startsWith('chat.'))).toEqual([]);
  expect(JSON.parse((await app.command('  ', 'U0AGENT')).text)).toMatchObject({ response_type: 'ephemeral' });
});

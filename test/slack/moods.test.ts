// The Web API as it is: rate limits, failures, lost answers, messages that are gone. Each case ends with exactly one card.
import { readText } from '../support/block-kit';
import { BOT_TOKEN, type Mood } from '../support/fake-slack';
import { bench, closeBenches } from '../support/slack-bench';

afterEach(closeBenches);

const TROUBLE = 'the API says IP not allowed since we moved to the new server';

const MOODS: readonly (readonly [string, string, readonly Mood[]])[] = [
  ['a rate limit', 'chat.postMessage', [{ retryAfter: 30 }]],
  ['a server error', 'chat.postMessage', [{ status: 500 }, { status: 503 }]],
  ['an internal error', 'chat.postMessage', [{ error: 'internal_error' }]],
  ['an answer that is no JSON', 'conversations.replies', [{ garbage: true }]],
  ['a lost answer', 'chat.postMessage', [{ loseReply: true }]],
  ['a lost answer and then a rate limit', 'chat.postMessage', [{ loseReply: true }, { retryAfter: 5 }]],
  ['a rate limit on reading', 'conversations.replies', [{ retryAfter: 10 }]],
  ['no look at people', 'users.info', [{ error: 'missing_scope' }, { error: 'missing_scope' }]],
  ['no link', 'chat.getPermalink', [{ error: 'message_not_found' }]],
];

test.each(MOODS)('%s', async (_name, method, moods) => {
  const { fake, app, posted, settled } = await bench();
  fake.mood(method, ...moods);
  const root = fake.say('C0CASES', 'U0CUST', TROUBLE);
  await app.shortcut(root, 'U0AGENT');
  await fake.until(() => fake.called(method).length > 0);
  // The clock goes on instead of waiting.
  for (let tries = 0; tries < 200 && fake.called('chat.getPermalink').length === 0; tries++) {
    app.forward(35_000);
    await app.command('tick', 'U0AGENT');
  }
  await settled();
  expect(posted()).toHaveLength(1);
  expect(readText(posted()[0]?.['blocks'])).toContain('IP not allowed');
});

test('Retry-After is obeyed', async () => {
  const { fake, app, posted, settled } = await bench();
  fake.mood('chat.postMessage', { retryAfter: 30 });
  const root = fake.say('C0CASES', 'U0CUST', TROUBLE);
  await app.shortcut(root, 'U0AGENT');
  await fake.until(() => fake.called('chat.postMessage').length === 1);
  await settled();
  app.forward(20_000);
  await settled();
  expect(posted()).toEqual([]);
  app.forward(11_000);
  await fake.until(() => posted().length === 1);
});

test('a card that was deleted is posted anew', async () => {
  const { fake, app, posted } = await bench();
  const root = fake.say('C0CASES', 'U0CUST', TROUBLE);
  await app.shortcut(root, 'U0AGENT');
  await fake.until(() => posted().length === 1);
  fake.mood('chat.update', { error: 'message_not_found' });
  await app.event(fake.say('C0CASES', 'U0CUST', 'account lotusreg', { thread_ts: root.ts }));
  await fake.until(() => posted().length === 2);
});

test('a job that can never be done does not hold up those after it', async () => {
  const { fake, app, posted } = await bench();
  const root = fake.say('D0AGENT', 'U0AGENT', TROUBLE);
  fake.mood('chat.postMessage', { error: 'msg_too_long' });
  await app.event(root, { channel_type: 'im' });
  await fake.until(() => fake.called('chat.postMessage').length === 1);
  await app.event(fake.say('D0AGENT', 'U0AGENT', 'account lotusreg', { thread_ts: root.ts }), { channel_type: 'im' });
  await fake.until(() => posted('D0AGENT').length === 1);
});

test('the token goes to the Web API in a header, and into no log', async () => {
  const { fake, app, posted } = await bench();
  fake.mood('conversations.info', { error: 'invalid_auth' });
  await app.shortcut(fake.say('C0CASES', 'U0CUST', TROUBLE), 'U0AGENT');
  await fake.until(() => fake.called('conversations.info').length > 0);
  app.forward(10_000);
  await fake.until(() => posted().length === 1);
  expect(fake.calls.every(({ authorization }) => authorization === `Bearer ${BOT_TOKEN}`)).toBe(true);
  expect(app.log.join('')).not.toContain(BOT_TOKEN);
});

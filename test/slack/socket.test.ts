// Socket Mode: the same talk over a socket that we open, acknowledged as late, and connected again whatever becomes of the socket.
import { readText } from '../support/block-kit';
import { BOT, type FakeSlack, TEAM } from '../support/fake-slack';
import { bench, closeBenches } from '../support/slack-bench';
import type { Store } from '../../src/stores/store';
import { PreticketError } from '../../src/errors';

afterEach(closeBenches);

const TROUBLE = 'the API says IP not allowed since we moved to the new server';
const appToken = ['xapp', '1', 'A111', '222', 'fakefakefake'].join('-');

let events = 0;
const eventOf = (message: Record<string, unknown>, more: Record<string, unknown> = {}, id = `EvS${++events}`) => ({
  type: 'event_callback',
  team_id: TEAM,
  event_id: id,
  authorizations: [{ team_id: TEAM, user_id: BOT, is_bot: true }],
  event: { type: 'message', channel_type: 'im', ...message, ...more },
});
const connected = (fake: FakeSlack): Promise<void> => fake.until(() => fake.sockets() === 1);

test('there is no request URL then, and events, commands and modals come over the socket', async () => {
  const { fake, app, posted } = await bench({ appToken });
  expect((await fetch(`${app.url}/slack/events`, { method: 'POST', body: '{}' })).status).toBe(404);
  await connected(fake);
  expect(fake.calls.find(({ method }) => method === 'apps.connections.open')?.authorization).toBe(`Bearer ${appToken}`);
  const envelope = fake.push('events_api', eventOf(fake.say('D0AGENT', 'U0AGENT', TROUBLE)));
  await fake.until(() => fake.acks.has(envelope) && posted('D0AGENT').length === 1);
  const command = fake.push('slash_commands', {
    command: '/triage',
    text: TROUBLE,
    team_id: TEAM,
    user_id: 'U0AGENT',
    channel_id: 'C0STAFF',
    trigger_id: 't.1',
  });
  await fake.until(() => fake.acks.has(command));
  expect(fake.acks.get(command)).toMatchObject({ response_type: 'ephemeral' });
  const root = fake.say('C0CASES', 'U0CUST', TROUBLE);
  const shortcut = fake.push('interactive', {
    type: 'message_action',
    callback_id: 'triage_message',
    team: { id: TEAM },
    user: { id: 'U0AGENT', team_id: TEAM },
    channel: { id: 'C0CASES' },
    trigger_id: 't.2',
    message: root,
  });
  await fake.until(() => fake.acks.has(shortcut) && posted().length === 1);
  const id = String((posted()[0]?.['blocks'] as { block_id?: string }[]).find((b) => b.block_id)?.block_id).slice(5);
  const modal = fake.push('interactive', {
    type: 'view_submission',
    team: { id: TEAM },
    user: { id: 'U0AGENT', team_id: TEAM },
    view: {
      callback_id: 'ticket_draft',
      private_metadata: id,
      state: { values: { outboundIp: { value: { type: 'plain_text_input', value: '10.0.0.1' } } } },
    },
  });
  await fake.until(() => fake.acks.has(modal));
  expect(fake.acks.get(modal)).toMatchObject({ response_action: 'errors' });
});

test.each([['terminate'], ['disconnect']])(
  'after the socket is gone (%s) it connects again, and nothing is answered twice',
  async (how) => {
    const { fake, posted, settled } = await bench({ appToken });
    await connected(fake);
    const body = eventOf(fake.say('D0AGENT', 'U0AGENT', TROUBLE), {}, 'EvAgain');
    const first = fake.push('events_api', body);
    await fake.until(() => fake.acks.has(first));
    fake.drop(how === 'disconnect' ? 'disconnect' : undefined);
    await fake.until(() => fake.sockets() === 0);
    await connected(fake);
    const second = fake.push('events_api', body, { retry_attempt: 1, retry_reason: 'timeout' });
    await fake.until(() => fake.acks.has(second) && posted('D0AGENT').length === 1);
    const third = fake.push('events_api', eventOf(fake.say('D0AGENT2', 'U0AGENT', TROUBLE)));
    await fake.until(() => fake.acks.has(third) && posted('D0AGENT2').length === 1);
    expect(posted('D0AGENT')).toHaveLength(1);
    expect(settled).toBeDefined();
  },
);

test('Slack that cannot be reached at the start, or refuses, is tried again, and the server runs meanwhile', async () => {
  const { fake, app, posted } = await bench({ appToken });
  await connected(fake);
  fake.mood(
    'apps.connections.open',
    { status: 500 },
    { error: 'internal_error' },
    { retryAfter: 1 },
    { error: 'invalid_auth' },
    { garbage: true },
  );
  fake.drop();
  await fake.until(() => fake.called('apps.connections.open').length >= 6);
  expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
  await connected(fake);
  fake.push('events_api', eventOf(fake.say('D0AGENT', 'U0AGENT', TROUBLE)));
  await fake.until(() => posted('D0AGENT').length === 1);
  for (const reason of ['internal_error', 'ratelimited', 'invalid_auth'])
    expect(app.log.filter((line) => line.includes(`Slack: ${reason}`))).toHaveLength(1);
  expect(app.log.join('')).not.toContain(appToken);
});

test('what is not durable is not acknowledged, and comes again', async () => {
  let away = true;
  const wrap = (store: Store): Store => ({
    ...store,
    create: (...args) => (away ? Promise.reject(new PreticketError('STORE_FULL', 'full')) : store.create(...args)),
  });
  const { fake, posted } = await bench({ appToken, wrap });
  await connected(fake);
  const body = eventOf(fake.say('D0AGENT', 'U0AGENT', TROUBLE));
  const lost = fake.push('events_api', body);
  // A later one that needs no store is acknowledged; by then the first one would have been.
  const other = fake.push('events_api', eventOf({ ...fake.say('C0X', 'U0AGENT', 'x'), channel_type: 'channel' }));
  await fake.until(() => fake.acks.has(other));
  expect(fake.acks.has(lost)).toBe(false);
  away = false;
  const again = fake.push('events_api', body, { retry_attempt: 1 });
  await fake.until(() => fake.acks.has(again) && posted('D0AGENT').length === 1);
  expect(readText(posted('D0AGENT')[0]?.['blocks'])).toContain('IP not allowed');
});

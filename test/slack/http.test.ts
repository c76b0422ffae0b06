// Slack over HTTP: who may send, what is acknowledged when, and that each event is handled once however often it comes.
import { readText } from '../support/block-kit';
import { BOT, TEAM } from '../support/fake-slack';
import { bench, closeBenches } from '../support/slack-bench';
import type { Store } from '../../src/stores/store';
import { PreticketError } from '../../src/errors';

afterEach(closeBenches);

const TROUBLE = 'the API says IP not allowed since we moved to the new server';
const challenge = { type: 'url_verification', challenge: 'c-123' };
const FIVE_MINUTES_MS = 300_000;

test('the signature is over the raw body, within five minutes either way', async () => {
  const { app } = await bench();
  const now = Date.now();
  const statusAt = async (atMs: number) => (await app.send(challenge, { atMs })).status;
  expect(await statusAt(now)).toBe(200);
  expect(await statusAt(now - FIVE_MINUTES_MS + 10_000)).toBe(200);
  expect(await statusAt(now - FIVE_MINUTES_MS - 10_000)).toBe(401);
  expect(await statusAt(now + FIVE_MINUTES_MS + 10_000)).toBe(401);
  expect((await app.send(challenge, { secret: 'another-secret' })).status).toBe(401);
  expect((await app.send(challenge, { signs: JSON.stringify(challenge, null, 1) })).status).toBe(401);
  for (const headers of [
    { 'x-slack-signature': '' },
    { 'x-slack-signature': 'v0=00' },
    { 'x-slack-request-timestamp': '' },
    { 'x-slack-request-timestamp': 'NaN' },
  ])
    expect((await app.send(challenge, { headers })).status).toBe(401);
  expect(JSON.parse((await app.send(challenge)).text)).toEqual({ challenge: 'c-123' });
});

test('what is no JSON, no form or nothing at all is refused or passed over, and never an error of the server', async () => {
  const { app, settled } = await bench();
  for (const body of [
    {},
    { type: 'event_callback' },
    { type: 'event_callback', event: { type: 'message' } },
    { payload: 1 },
  ])
    expect((await app.send(body as Record<string, unknown>)).status).toBe(200);
  for (const hostile of [
    { event: [] },
    { event: { type: 'message', channel: { a: 1 }, ts: 7, text: ['x'] } },
    { event: { type: 'app_mention', channel: 'C0'.repeat(50), ts: '1.1', user: 'U1', text: 'x' } },
    { type: 'block_actions', actions: [{ action_id: 'open_draft', value: { x: 1 } }] },
    { type: 'view_submission', view: { callback_id: 'ticket_draft', private_metadata: 5, state: { values: 7 } } },
    { type: 'message_action', callback_id: 'triage_message' },
  ])
    expect(
      (await app.send({ type: 'event_callback', team_id: TEAM, event_id: 'EvX', ...hostile })).status,
    ).toBeLessThan(500);
  const response = await fetch(`${app.url}/slack/events`, {
    method: 'POST',
    body: '<xml/>',
    headers: { 'content-type': 'text/xml' },
  });
  expect(response.status).toBe(415);
  expect((await fetch(`${app.url}/slack/events`)).status).toBe(405);
  await settled();
});

test('the same event again, retried or at the same moment, is handled once; a retry may be the only delivery', async () => {
  const { fake, app, posted, settled } = await bench();
  const message = fake.say('C0CASES', 'U0AGENT', `<@${BOT}> ${TROUBLE}`);
  const body = {
    type: 'event_callback',
    team_id: TEAM,
    event_id: 'EvTwice',
    authorizations: [{ team_id: TEAM, user_id: BOT, is_bot: true }],
    event: { ...message, type: 'app_mention' },
  };
  const retry = (n: number) => ({
    headers: { 'x-slack-retry-num': String(n), 'x-slack-retry-reason': 'http_timeout' },
  });
  const answers = await Promise.all([app.send(body, retry(1)), app.send(body), app.send(body, retry(2))]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  await fake.until(() => posted().length === 1);
  app.forward(15 * 60_000);
  await app.send(body, retry(3));
  await settled();
  expect(posted()).toHaveLength(1);
  expect(fake.called('chat.update')).toEqual([]);
});

test('an event is known by its id, also where all else of it differs', async () => {
  const { fake, app, posted, settled } = await bench();
  const root = fake.say('D0AGENT', 'U0AGENT', TROUBLE);
  await app.event(root, { channel_type: 'im' });
  await fake.until(() => posted('D0AGENT').length === 1);
  const again = { event_id: 'EvSame' };
  await app.event(
    fake.say('D0AGENT', 'U0AGENT', 'account lotusreg', { thread_ts: root.ts }),
    { channel_type: 'im' },
    again,
  );
  await app.event(
    fake.say('D0AGENT', 'U0AGENT', 'account other', { thread_ts: root.ts }),
    { channel_type: 'im' },
    again,
  );
  await fake.until(() => posted('D0AGENT').length === 2);
  await settled();
  expect(posted('D0AGENT')).toHaveLength(2);
});

test('messages that overtake each other: each counts once', async () => {
  const { fake, app, posted, settled } = await bench();
  const root = fake.say('D0AGENT', 'U0AGENT', TROUBLE);
  const second = fake.say('D0AGENT', 'U0AGENT', 'account is lotusreg', { thread_ts: root.ts });
  const third = fake.say('D0AGENT', 'U0AGENT', 'it leaves from 198.51.100.23', { thread_ts: root.ts });
  await Promise.all([third, root, second].map((message) => app.event(message, { channel_type: 'im' })));
  await fake.until(() => posted('D0AGENT').length === 3);
  await settled();
  expect(posted('D0AGENT')).toHaveLength(3);
  await fake.until(() =>
    /lotusreg[^]*198\.51\.100\.23|198\.51\.100\.23[^]*lotusreg/.test(readText(posted('D0AGENT')[0]?.['blocks'])),
  );
});

test('nothing is acknowledged before it is durable: a store that is away is 503 at once, and the retry is answered', async () => {
  let away = true;
  const wrap = (store: Store): Store => {
    const refuse = <T>(work: () => Promise<T>): Promise<T> =>
      away ? Promise.reject(new PreticketError('STORE_UNAVAILABLE', 'away')) : work();
    return {
      ...store,
      create: (...args) => refuse(() => store.create(...args)),
      load: (...args) => refuse(() => store.load(...args)),
      save: (...args) => refuse(() => store.save(...args)),
    };
  };
  const { fake, app, posted } = await bench({ wrap });
  const message = fake.say('D0AGENT', 'U0AGENT', TROUBLE);
  const envelope = { event_id: 'EvAway' };
  expect((await app.event(message, { channel_type: 'im' }, envelope)).status).toBe(503);
  away = false;
  expect((await app.event(message, { channel_type: 'im' }, envelope)).status).toBe(200);
  await fake.until(() => posted('D0AGENT').length === 1);
});

test('a store that hangs is not waited for beyond three seconds, and what came late counts once', async () => {
  let release: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  let held = true;
  const wrap = (store: Store): Store => ({
    ...store,
    async create(...args) {
      if (held) await gate;
      return store.create(...args);
    },
  });
  const { fake, app, posted, settled } = await bench({ wrap });
  const message = fake.say('D0AGENT', 'U0AGENT', TROUBLE);
  const envelope = { event_id: 'EvSlow' };
  const first = await app.event(message, { channel_type: 'im' }, envelope);
  expect(first.status).toBe(503);
  expect(first.ms).toBeLessThan(3000);
  held = false;
  release();
  expect((await app.event(message, { channel_type: 'im' }, envelope)).status).toBe(200);
  await fake.until(() => posted('D0AGENT').length === 1);
  await settled();
  expect(posted('D0AGENT')).toHaveLength(1);
});

test('a slow Slack holds up no acknowledgement', async () => {
  const { fake, app, posted } = await bench();
  let go: () => void = () => undefined;
  const until = new Promise<void>((resolve) => (go = resolve));
  fake.mood('users.info', { until });
  fake.mood('conversations.replies', { until });
  const root = fake.say('C0CASES', 'U0CUST', TROUBLE);
  expect((await app.shortcut(root, 'U0AGENT')).ms).toBeLessThan(2000);
  go();
  await fake.until(() => posted().length === 1);
});

test('two nodes over one store: one answer', async () => {
  const one = await bench();
  const two = await bench({ store: { ...one.app.store, close: () => Promise.resolve() } });
  const message = one.fake.say('D0AGENT', 'U0AGENT', TROUBLE);
  const envelope = { event_id: 'EvNodes' };
  await Promise.all([
    one.app.event(message, { channel_type: 'im' }, envelope),
    two.app.event(message, { channel_type: 'im' }, envelope),
  ]);
  const answers = (): number => one.posted('D0AGENT').length + two.posted('D0AGENT').length;
  await Promise.race([one.fake.until(() => answers() > 0), two.fake.until(() => answers() > 0)]);
  await Promise.all([one.settled(), two.settled()]).catch(() => undefined);
  expect(answers()).toBe(1);
});

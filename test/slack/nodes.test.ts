// Two nodes on one Redis: an event that comes to both is handled once, a workspace that installed the assistant at one is answered by the other.
import { openRedisStore } from '../../src/stores/redis';
import { BOT, TEAM } from '../support/fake-slack';
import { redisAlone } from '../support/redis-server';
import { bench, closeBenches } from '../support/slack-bench';
import { type SlackApp, SESSION_SECRET, slackApp, type SlackAppOptions } from '../support/slack-app';
import { bytesBelow } from '../support/test-server';
import { begin, comeBack, grantOf, install, OAUTH, tokenOf } from '../support/slack-oauth';

const TROUBLE = 'the API says IP not allowed since we moved to the new server';
const QUARTER_MS = 15 * 60_000;

let redis: Awaited<ReturnType<typeof redisAlone>>;
beforeAll(async () => (redis = await redisAlone()));
afterAll(() => redis.stop());
const others: SlackApp[] = [];
afterEach(async () => {
  shift = 0;
  for (const app of others.splice(0)) await app.close();
  await closeBenches();
});

/** The store of a node; it is the Redis that has them all. */
let shift = 0;
const store = () => openRedisStore({ url: redis.url, secret: SESSION_SECRET, now: () => Date.now() + shift });

async function twoNodes(options: SlackAppOptions = {}) {
  const made = await bench({ ...options, store: await store() });
  const other = await slackApp(made.fake, { ...options, store: await store() });
  others.push(other);
  return { ...made, other };
}

const envelope = (id: string, team = TEAM) => ({
  event_id: id,
  team_id: team,
  authorizations: [{ team_id: team, user_id: BOT, is_bot: true }],
});

test('an event that both nodes get, at once and again after a quarter of an hour, is answered once', async () => {
  const { fake, app, other, posted } = await twoNodes();
  const message = fake.say('D0AGENT', 'U0AGENT', TROUBLE);
  const send = (node: SlackApp, headers: Record<string, string> = {}) =>
    node.send(
      {
        type: 'event_callback',
        ...envelope('EvBoth'),
        event: { ...message, channel_type: 'im' },
      },
      { headers },
    );
  const answers = await Promise.all([send(app), send(other), send(app), send(other)]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  await fake.until(() => posted('D0AGENT').length > 0);
  shift += QUARTER_MS;
  for (const node of [app, other]) node.forward(QUARTER_MS);
  await send(other, { 'x-slack-retry-num': '3', 'x-slack-retry-reason': 'http_timeout' });
  // Another talk, begun after all that, is answered after all that.
  await other.event(fake.say('D0LATER', 'U0LATER', TROUBLE), { channel_type: 'im' }, envelope('EvLater'));
  await fake.until(() => posted('D0LATER').length === 1);
  expect(posted('D0AGENT')).toHaveLength(1);
  expect(fake.called('chat.postMessage').filter(({ channel }) => channel === 'D0AGENT')).toHaveLength(1);
});

test('a retry that comes to the other node is the only delivery where the first one never came', async () => {
  const { fake, other, posted } = await twoNodes();
  const message = fake.say('D0RETRY', 'U0AGENT', TROUBLE);
  const body = { type: 'event_callback', ...envelope('EvRetry'), event: { ...message, channel_type: 'im' } };
  await other.send(body, { headers: { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' } });
  await fake.until(() => posted('D0RETRY').length === 1);
});

test('installed at one node, answered at the other; a state is used once at both together; no token stands in Redis', async () => {
  const { fake, app, other, posted } = await twoNodes({ oauth: OAUTH });
  await install(app.url, fake, grantOf('T0RED', 'Red'));
  await other.event(
    fake.say('D0RED', 'U0AGENT', TROUBLE, { team: 'T0RED' }),
    { channel_type: 'im' },
    envelope('EvRed', 'T0RED'),
  );
  await fake.until(() => posted('D0RED').length === 1);
  const { state, cookie } = await begin(app.url);
  fake.grants.set('one', grantOf('T0BLUE', 'Blue')).set('two', grantOf('T0BLUE', 'Blue'));
  const ends = await Promise.all([
    comeBack(app.url, { code: 'one', state }, cookie),
    comeBack(other.url, { code: 'two', state }, cookie),
  ]);
  expect(ends.map(({ status }) => status).sort()).toEqual([200, 400]);
  const dump = bytesBelow(redis.server.dir);
  expect(dump.length).toBeGreaterThan(1000);
  expect(dump.includes(tokenOf('T0RED'))).toBe(false);
});

// The real program is killed between the acknowledgement and the answer, at several places: after its restart there is exactly one answer.
import { readText } from '../support/block-kit';
import { BOT, BOT_TOKEN, fakeSlack, type Mood, sendSigned, TEAM } from '../support/fake-slack';
import { served } from '../support/served';
import { SIGNING_SECRET } from '../support/slack-app';
import { bytesBelow, temporaryFolder } from '../support/test-server';

const secret = (): string => ['k9Xq', 'Zt72', 'LmPw', '4rVd'].join('');
const TROUBLE = (): string => `the API says IP not allowed. Authorization: Basic ${secret()}`;

const never = (): Promise<void> => new Promise(() => undefined);

/** The method of Slack's at which the process dies, and what Slack makes of that call. */
const DEATHS: readonly (readonly [string, Mood])[] = [
  // While the card is on its way.
  ['chat.postMessage', { until: never() }],
  // After the card was posted, its answer lost.
  ['chat.postMessage', { loseReply: true }],
];

async function dieAt(method: string, mood: Mood): Promise<void> {
  const fake = await fakeSlack();
  const folder = temporaryFolder();
  const start = () =>
    served(folder.dir, 0, {
      SLACK_BOT_TOKEN: BOT_TOKEN,
      SLACK_SIGNING_SECRET: SIGNING_SECRET,
      SLACK_API_URL: fake.apiUrl,
      LOG_LEVEL: 'trace',
    });
  const message = fake.say('D0AGENT', 'U0AGENT', TROUBLE());
  const body = {
    type: 'event_callback',
    team_id: TEAM,
    event_id: 'EvCrash',
    authorizations: [{ team_id: TEAM, user_id: BOT, is_bot: true }],
    event: { ...message, channel_type: 'im' },
  };
  const send = async (url: string, more: object = {}) =>
    (await sendSigned(url, { ...body, ...more }, { secret: SIGNING_SECRET })).status;
  const posted = () => fake.messages('D0AGENT').filter(({ user }) => user === BOT);
  fake.mood(method, mood);
  const first = await start();
  expect(await send(first.url)).toBe(200);
  await fake.until(() => fake.called(method).length > 0);
  await first.kill();
  // Counted before the start: on a busy machine the claim may have run out by the time that it is up.
  const links = fake.called('chat.getPermalink').length;
  const second = await start();
  await fake.until(() => fake.called('chat.getPermalink').length > links || fake.called('chat.update').length > 0);
  expect(await send(second.url)).toBe(200);
  // A talk that begins after it is answered after it.
  const other = fake.say('D0OTHER', 'U0OTHER', 'IP not allowed');
  await send(second.url, { event_id: 'EvOther', event: { ...other, channel_type: 'im' } });
  await fake.until(() => fake.messages('D0OTHER').length === 2);
  expect(posted()).toHaveLength(1);
  expect(readText(posted()[0]?.['blocks'])).toContain('IP not allowed');
  await second.kill();
  expect(bytesBelow(folder.dir).includes(secret())).toBe(false);
  expect(JSON.stringify(fake.calls)).not.toContain(secret());
  await fake.close();
  folder.remove();
}

test('killed before, during or after the answer goes out: one answer, and the secret in no file', async () => {
  await Promise.all(DEATHS.map(([method, mood]) => dieAt(method, mood)));
});

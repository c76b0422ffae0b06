// Channels that customers read: nothing is posted there, what is asked for is seen by who asked alone, and says so.
import { readText } from '../support/block-kit';
import { BOT } from '../support/fake-slack';
import { bench, closeBenches } from '../support/slack-bench';
import { caseIdOf } from '../support/slack-app';

afterEach(closeBenches);

const ASKED =
  'We added 203.0.113.40 to the list but the API says IP not allowed. Requests leave from 198.51.100.23, through a NAT gateway.';

test('a shared channel: the shortcut is answered to who pressed it alone', async () => {
  const { fake, app, posted, settled } = await bench();
  fake.channels.set('C0SHARED', { shared: true });
  fake.users.set('U0THEM', { team: 'T0THEM' });
  const root = fake.say('C0SHARED', 'U0THEM', ASKED, { team: 'T0THEM' });
  await app.shortcut(root, 'U0AGENT');
  await fake.until(() => fake.called('chat.postEphemeral').length === 1);
  const [whisper] = fake.called('chat.postEphemeral');
  expect(whisper).toMatchObject({ user: 'U0AGENT', channel: 'C0SHARED', thread_ts: root.ts });
  expect(readText(whisper?.['blocks'])).toContain('another IP address');
  expect(readText(whisper?.['blocks'])).toContain('only you see this');
  // What the customer writes after it is taken in silently.
  await app.event(fake.say('C0SHARED', 'U0THEM', 'our account is lotusreg', { thread_ts: root.ts, team: 'T0THEM' }));
  await app.event(fake.say('C0SHARED', 'U0AGENT', `<@${BOT}>`, { thread_ts: root.ts }), { type: 'app_mention' });
  await fake.until(() => fake.called('chat.postEphemeral').length === 2);
  expect(readText(fake.called('chat.postEphemeral')[1]?.['blocks'])).toContain('lotusreg');
  const id = caseIdOf(whisper ?? {});
  await app.submit(id, { account: 'lotusreg' }, 'U0AGENT');
  await fake.until(() => fake.called('chat.postEphemeral').length === 3);
  await settled();
  expect(posted('C0SHARED')).toEqual([]);
});

test('a customer’s mention in a shared channel is answered by nothing', async () => {
  const { fake, app, posted, settled } = await bench();
  fake.channels.set('C0SHARED', { shared: true });
  fake.users.set('U0THEM', { team: 'T0THEM' });
  await app.event(fake.say('C0SHARED', 'U0THEM', `<@${BOT}> ${ASKED}`, { team: 'T0THEM' }), { type: 'app_mention' });
  await settled();
  expect(posted('C0SHARED')).toEqual([]);
  expect(fake.called('chat.postEphemeral')).toEqual([]);
});

test('what Slack says of the event suffices; where it cannot be known, nothing is posted', async () => {
  const { fake, app, posted, settled } = await bench();
  await app.event(
    fake.say('C0X', 'U0AGENT', `<@${BOT}> ${ASKED}`),
    { type: 'app_mention' },
    { is_ext_shared_channel: true },
  );
  await fake.until(() => fake.called('chat.postEphemeral').length === 1);
  fake.mood('conversations.info', { error: 'missing_scope' });
  await app.shortcut(fake.say('C0Y', 'U0CUST', ASKED), 'U0AGENT');
  await fake.until(() => fake.called('chat.postEphemeral').length === 2);
  await settled();
  expect([...posted('C0X'), ...posted('C0Y')]).toEqual([]);
});

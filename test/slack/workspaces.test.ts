// Several workspaces: each installs the assistant for itself, is answered with its own token, and sees nothing of another one.
import { openEmbeddedStore } from '../../src/stores/embedded';
import type { Store } from '../../src/stores/store';
import { PreticketError } from '../../src/errors';
import { readText } from '../support/block-kit';
import { BOT, type Called, type FakeSlack } from '../support/fake-slack';
import { bench, closeBenches } from '../support/slack-bench';
import { caseIdOf, type SlackApp } from '../support/slack-app';
import { begin, comeBack, grantOf, install, OAUTH, tokenOf } from '../support/slack-oauth';
import { bytesBelow, temporaryFolder } from '../support/test-server';

afterEach(closeBenches);

const TROUBLE = 'the API says IP not allowed since we moved to the new server';
const [RED, BLUE] = ['T0RED', 'T0BLUE'];
const of = (team: string) => ({ team_id: team, authorizations: [{ team_id: team, user_id: BOT, is_bot: true }] });
const tokensOf = (calls: readonly Called[]): Set<string> =>
  new Set(calls.filter(({ method }) => !/^(oauth|auth)\./.test(method)).map(({ authorization }) => authorization));

async function two() {
  const made = await bench({ oauth: OAUTH, publicUrl: 'https://pre.example' });
  await install(made.app.url, made.fake, grantOf(RED, 'Red <b>&'));
  await install(made.app.url, made.fake, grantOf(BLUE, 'Blue'));
  return made;
}
const tell = (
  app: SlackApp,
  fake: FakeSlack,
  team: string,
  channel: string,
  text = TROUBLE,
  id = `${team}${channel}`,
) => app.event(fake.say(channel, 'U0AGENT', text, { team }), { channel_type: 'im' }, { ...of(team), event_id: id });

test('the browser goes to Slack with the scopes and a state, and comes back to a page that names the workspace', async () => {
  const { app, fake } = await bench({ oauth: OAUTH, publicUrl: 'https://pre.example' });
  const { to, state, cookie } = await begin(app.url);
  expect(`${to.origin}${to.pathname}`).toBe(`${fake.url}/oauth/v2/authorize`);
  expect(to.searchParams.get('client_id')).toBe(OAUTH.clientId);
  expect(to.searchParams.get('scope')).toContain('commands');
  expect(to.searchParams.get('redirect_uri')).toBe('https://pre.example/slack/oauth_redirect');
  fake.grants.set('good', grantOf(RED, 'Red <b>&'));
  const { status, text, headers } = await comeBack(app.url, { code: 'good', state }, cookie, 'ru-RU,ru;q=0.9');
  expect(status).toBe(200);
  expect(text).toContain('lang="ru"');
  expect(text).toContain('Red &lt;b&gt;&amp;');
  expect(text).toContain('https://slack.com/app_redirect?app=A0APP&amp;team=T0RED');
  expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
  expect(headers.get('cache-control')).toBe('no-store');
  expect(fake.called('oauth.v2.access')).toEqual([
    expect.objectContaining({ code: 'good', redirect_uri: 'https://pre.example/slack/oauth_redirect' }),
  ]);
});

test('each workspace is answered with its own token, also where ids are the same', async () => {
  const { app, fake, posted } = await two();
  fake.calls.length = 0;
  expect((await tell(app, fake, RED, 'D0RED')).status).toBe(200);
  // The last call of an answer.
  await fake.until(() => fake.called('chat.getPermalink').length === 1);
  expect(posted('D0RED')).toHaveLength(1);
  expect(tokensOf(fake.calls)).toEqual(new Set([`Bearer ${tokenOf(RED)}`]));
  fake.calls.length = 0;
  // The same person's id is a guest there.
  fake.users.set(`${BLUE}:U0AGENT`, { guest: true });
  expect((await tell(app, fake, BLUE, 'D0BLUE')).status).toBe(200);
  await fake.until(() => fake.called('chat.postEphemeral').length === 1);
  expect(tokensOf(fake.calls)).toEqual(new Set([`Bearer ${tokenOf(BLUE)}`]));
  expect(posted('D0BLUE')).toEqual([]);
});

test('a case of one workspace is not there for another one, nor is its home', async () => {
  const { app, fake, posted, settledIn } = await twoWithCase();
  const id = caseIdOf(posted('C0CASES')[0] ?? {});
  const press = (team: string, action: string) =>
    app.press(action, id, 'U0AGENT', { team: { id: team }, user: { id: 'U0AGENT', team_id: team } });
  await press(BLUE, 'open_draft');
  await fake.until(() => fake.called('views.open').length === 1);
  expect(JSON.stringify(fake.called('views.open')[0])).toContain('not kept any more');
  await press(RED, 'open_draft');
  await fake.until(() => fake.called('views.open').length === 2);
  expect(JSON.stringify(fake.called('views.open')[1])).toContain('ticket_draft');
  for (const team of [BLUE, RED]) {
    await app.send({
      type: 'event_callback',
      ...of(team),
      event_id: `home${team}`,
      event: { type: 'app_home_opened', user: 'U0AGENT', tab: 'home' },
    });
    await fake.until(() => fake.called('views.publish').length === (team === BLUE ? 1 : 2));
  }
  const [blue, red] = fake.called('views.publish').map((args) => JSON.stringify(args));
  expect(blue).not.toContain(id);
  expect(red).toContain(id);
  await settledIn(RED);
});

async function twoWithCase() {
  const made = await two();
  const { app, fake, posted } = made;
  const root = fake.say('C0CASES', 'U0CUST', TROUBLE, { team: RED });
  await app.shortcut(root, 'U0AGENT', { team: { id: RED }, user: { id: 'U0AGENT', team_id: RED } });
  await fake.until(() => posted().length === 1);
  const settledIn = async (team: string): Promise<void> => {
    await tell(app, fake, team, `D0SETTLED${team}`);
    await fake.until(() => posted(`D0SETTLED${team}`).length === 1);
  };
  return { ...made, settledIn };
}

describe('a state', () => {
  const refusals: readonly (readonly [
    string,
    (app: SlackApp, fake: FakeSlack) => Promise<{ status: number; text: string }>,
  ])[] = [
    [
      'that was used',
      async (app, fake) => {
        const { state, cookie } = await begin(app.url);
        fake.grants.set('first', grantOf(RED, 'Red')).set('second', grantOf(BLUE, 'Blue'));
        expect((await comeBack(app.url, { code: 'first', state }, cookie)).status).toBe(200);
        fake.calls.length = 0;
        return comeBack(app.url, { code: 'second', state }, cookie);
      },
    ],
    [
      'that somebody made up',
      async (app) => {
        const { state } = await begin(app.url);
        const forged = `${state.slice(0, -6)}AAAAAA`;
        return comeBack(app.url, { code: 'x', state: forged }, `slack-app-oauth-state=${forged}`);
      },
    ],
    [
      'that is signed by nobody',
      async (app) => {
        const { state } = await begin(app.url);
        const head = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
        const forged = `${head}.${state.split('.')[1]}.`;
        return comeBack(app.url, { code: 'x', state: forged }, `slack-app-oauth-state=${forged}`);
      },
    ],
    [
      'that is too old',
      async (app) => {
        const { state, cookie } = await begin(app.url);
        app.forward(11 * 60_000);
        return comeBack(app.url, { code: 'x', state }, cookie);
      },
    ],
    ['of another browser', async (app) => comeBack(app.url, { code: 'x', state: (await begin(app.url)).state })],
    ['that is not there', async (app) => comeBack(app.url, { code: 'x' }, (await begin(app.url)).cookie)],
    [
      'with which somebody said no',
      async (app) => {
        const { state, cookie } = await begin(app.url);
        return comeBack(app.url, { error: 'access_denied', state }, cookie);
      },
    ],
  ];
  test.each(refusals)('%s installs nothing and says to begin again', async (_name, act) => {
    const { app, fake } = await bench({ oauth: OAUTH });
    const { status, text } = await act(app, fake);
    expect(status).toBe(400);
    expect(text).toContain('Begin again');
    expect(text).toContain('href="install"');
    expect(fake.called('oauth.v2.access')).toEqual([]);
    expect(app.log.join('')).toContain('slack-install-failed');
  });
});

test('a code that Slack refuses, and a store that is away when the token has come, install nothing; a new beginning does', async () => {
  let away = false;
  const wrap = (store: Store): Store => ({
    ...store,
    create: (id, change) =>
      away && change.record.includes('sealed')
        ? Promise.reject(new PreticketError('STORE_UNAVAILABLE', 'away'))
        : store.create(id, change),
  });
  const { app, fake, posted } = await bench({ oauth: OAUTH, wrap });
  const first = await begin(app.url);
  expect((await comeBack(app.url, { code: 'no-such', state: first.state }, first.cookie)).status).toBe(400);
  away = true;
  expect((await install(app.url, fake, grantOf(RED, 'Red'))).status).toBe(503);
  away = false;
  // Nothing is installed: the event is taken and answered by nothing.
  expect((await tell(app, fake, RED, 'D0RED')).status).toBe(200);
  expect((await install(app.url, fake, grantOf(RED, 'Red'))).status).toBe(200);
  expect((await tell(app, fake, RED, 'D0LATER')).status).toBe(200);
  await fake.until(() => posted('D0LATER').length === 1);
  expect(posted('D0RED')).toEqual([]);
});

test('while installations cannot be read an event is not acknowledged, and comes again', async () => {
  let away = false;
  const wrap = (store: Store): Store => ({
    ...store,
    load: (...args) => (away ? Promise.reject(new PreticketError('STORE_UNAVAILABLE', 'away')) : store.load(...args)),
  });
  const { app, fake, posted } = await bench({ oauth: OAUTH, wrap });
  await install(app.url, fake, grantOf(RED, 'Red'));
  away = true;
  const message = fake.say('D0RED', 'U0AGENT', TROUBLE, { team: RED });
  const send = () => app.event(message, { channel_type: 'im' }, { ...of(RED), event_id: 'EvAway' });
  expect((await send()).status).toBe(503);
  away = false;
  expect((await send()).status).toBe(200);
  await fake.until(() => posted('D0RED').length === 1);
});

test('a workspace that removes the assistant is forgotten, and only it; a late word of it does not undo a new installation', async () => {
  const { app, fake, posted } = await two();
  const removed = (atMs: number, event: object = { type: 'app_uninstalled' }) =>
    app.send({
      type: 'event_callback',
      team_id: RED,
      event_id: `Ev${atMs}${JSON.stringify(event)}`,
      event_time: Math.floor(atMs / 1000),
      event,
    });
  const sealed = async (): Promise<number> =>
    (await app.event(fake.say('D0X', 'U0AGENT', TROUBLE, { team: RED }), { channel_type: 'im' }, of(RED))).status;
  // Tokens of people are none of ours.
  expect((await removed(Date.now(), { type: 'tokens_revoked', tokens: { oauth: ['U1'] } })).status).toBe(200);
  await tell(app, fake, RED, 'D0RED');
  await fake.until(() => posted('D0RED').length === 1);
  expect((await removed(Date.now())).status).toBe(200);
  const calls = fake.calls.length;
  expect(await sealed()).toBe(200);
  await tell(app, fake, BLUE, 'D0BLUE');
  await fake.until(() => posted('D0BLUE').length === 1);
  expect(fake.calls.slice(calls).some(({ authorization }) => authorization.includes(tokenOf(RED)))).toBe(false);
  expect(app.log.join('')).toContain('slack-uninstalled');
  await install(app.url, fake, grantOf(RED, 'Red'));
  expect((await removed(Date.now() - 60_000)).status).toBe(200);
  await tell(app, fake, RED, 'D0AGAIN');
  await fake.until(() => posted('D0AGAIN').length === 1);
  expect((await removed(Date.now(), { type: 'tokens_revoked', tokens: { bot: [BOT] } })).status).toBe(200);
  const before = posted('D0AGAIN').length;
  await tell(app, fake, RED, 'D0AGAIN', 'and now?', 'EvLast');
  await tell(app, fake, BLUE, 'D0LAST');
  await fake.until(() => posted('D0LAST').length === 1);
  expect(posted('D0AGAIN')).toHaveLength(before);
});

test('work that waits when its workspace goes ends without a call', async () => {
  const { app, fake } = await two();
  fake.mood('chat.postMessage', { retryAfter: 60 });
  await tell(app, fake, RED, 'D0RED');
  await fake.until(() => fake.called('chat.postMessage').length === 1);
  await app.send({
    type: 'event_callback',
    team_id: RED,
    event_id: 'EvGone',
    event_time: Math.floor(Date.now() / 1000),
    event: { type: 'app_uninstalled' },
  });
  const calls = fake.calls.length;
  app.forward(61_000);
  await tell(app, fake, BLUE, 'D0BLUE');
  await fake.until(() => fake.messages('D0BLUE').length === 2);
  expect(fake.calls.slice(calls).filter(({ authorization }) => authorization.includes(tokenOf(RED)))).toEqual([]);
  expect(fake.messages('D0RED')).toHaveLength(1);
});

test('an organisation that installs it as a whole is answered in each of its workspaces', async () => {
  const { app, fake, posted } = await bench({ oauth: OAUTH });
  const grant = { enterprise: { id: 'E0ORG', name: 'Org' }, token: tokenOf('E0ORG') };
  const { status, text } = await install(app.url, fake, grant);
  expect([status, text.includes('Org')]).toEqual([200, true]);
  const envelope = {
    team_id: 'T0INNER',
    enterprise_id: 'E0ORG',
    event_id: 'EvOrg',
    authorizations: [
      { enterprise_id: 'E0ORG', team_id: null, user_id: BOT, is_bot: true, is_enterprise_install: true },
    ],
  };
  fake.calls.length = 0;
  await app.event(fake.say('D0ORG', 'U0AGENT', TROUBLE, { team: 'T0INNER' }), { channel_type: 'im' }, envelope);
  await fake.until(() => posted('D0ORG').length === 1);
  expect(tokensOf(fake.calls)).toEqual(new Set([`Bearer ${tokenOf('E0ORG')}`]));
});

test('no token and no secret is in the log, nor in any file', async () => {
  const folder = temporaryFolder();
  const { app, fake, posted } = await bench({ oauth: OAUTH, store: await openEmbeddedStore({ dir: folder.dir }) });
  await install(app.url, fake, grantOf(RED, 'Red'));
  await tell(app, fake, RED, 'D0RED');
  await fake.until(() => posted('D0RED').length === 1);
  expect(readText(posted('D0RED')[0]?.['blocks'])).toContain('IP not allowed');
  await closeBenches();
  for (const secret of [tokenOf(RED), OAUTH.clientSecret, OAUTH.stateSecret]) {
    expect(app.log.join('')).not.toContain(secret);
    expect(bytesBelow(folder.dir).includes(secret)).toBe(false);
  }
  folder.remove();
});

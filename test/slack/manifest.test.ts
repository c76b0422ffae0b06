// The manifest asks for no more than what is called, and listens to all that is handled.
import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { SCOPES as SCOPES_ASKED } from '../../src/channels/slack/install';

const FOLDER = path.join(__dirname, '..', '..', 'src', 'channels', 'slack');
const sources = fs
  .readdirSync(FOLDER)
  .filter((name) => name.endsWith('.ts'))
  .map((name) => fs.readFileSync(path.join(FOLDER, name), 'utf8'))
  .join('\n');
const manifest = parse(fs.readFileSync(path.join(FOLDER, 'manifest.yaml'), 'utf8')) as {
  oauth_config: { scopes: { bot: string[] } };
  settings: { event_subscriptions: { bot_events: string[] } };
  features: { shortcuts: { callback_id: string }[]; slash_commands: { command: string }[] };
};

/** Method of the Web API to the scopes it needs; docs.slack.dev/reference/methods. */
const SCOPES: Readonly<Record<string, readonly string[]>> = {
  'chat.postMessage': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.update': ['chat:write'],
  'chat.getPermalink': [],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history'],
  'conversations.info': ['channels:read', 'groups:read'],
  'users.info': ['users:read'],
  'views.open': [],
  'views.publish': [],
  'assistant.threads.setStatus': ['assistant:write'],
  'assistant.threads.setSuggestedPrompts': ['assistant:write'],
};

test('each scope is needed by a call or an event, and every call has its scopes', () => {
  const called = [...sources.matchAll(/'((?:chat|conversations|users|views|assistant)\.[A-Za-z.]+)'/g)].map(
    (m) => m[1] ?? '',
  );
  expect(new Set(called)).toEqual(new Set(Object.keys(SCOPES)));
  const needed = new Set([...called.flatMap((method) => SCOPES[method] ?? []), 'commands', 'app_mentions:read']);
  expect(new Set(manifest.oauth_config.scopes.bot)).toEqual(needed);
});

test('who installs it by OAuth is asked for the same scopes', () => {
  expect(SCOPES_ASKED).toEqual(manifest.oauth_config.scopes.bot);
});

test('shortcut, command and events are those that are handled', () => {
  const { features, settings } = manifest;
  for (const { callback_id: id } of features.shortcuts) expect(sources).toContain(`shortcut('${id}'`);
  for (const { command } of features.slash_commands) expect(sources).toContain(`command('${command}'`);
  for (const event of settings.event_subscriptions.bot_events) expect(sources).toContain(`'${event.split('.')[0]}'`);
});

test('uncommented it is the manifest for HTTP and several workspaces', () => {
  const text = fs.readFileSync(path.join(FOLDER, 'manifest.yaml'), 'utf8');
  const whole = parse(text.replace(/^( +)# (?=(?:url|request_url|redirect_urls|  - https):?)/gm, '$1')) as object;
  expect(JSON.stringify(whole).match(/https:\/\/HOST\/slack\/events/g)).toHaveLength(3);
  expect(whole).toMatchObject({ oauth_config: { redirect_urls: ['https://HOST/slack/oauth_redirect'] } });
  const readme = fs.readFileSync(path.join(FOLDER, 'README.md'), 'utf8');
  expect(readme).toContain('uncomment the three lines');
});

test('the README gives a reason for each scope', () => {
  const readme = fs.readFileSync(path.join(FOLDER, 'README.md'), 'utf8');
  for (const scope of manifest.oauth_config.scopes.bot) expect(readme).toContain(`\`${scope}\``);
});

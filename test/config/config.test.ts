// The environment: what is read, what is refused, all faults at once, by name and without a value.
import { readConfig } from '../../src/config';
import { PreticketError } from '../../src/errors';

const SECRET = ['s3', 'cr3t', '-of-the-', 'operator'].join('');

function faultsOf(environment: Record<string, string>): string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(PreticketError);
    expect((error as PreticketError).code).toBe('CONFIG_INVALID');
    return (error as Error).message.split('\npreticket: ');
  }
}

test('defaults', () => {
  const config = readConfig({});
  expect(config).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    trustProxy: 0,
    logLevel: 'info',
    conversationTtlDays: 30,
    maxMessageBytes: 262144,
    rateLimit: 60,
    helpdesk: { kind: 'none' },
  });
  expect(config.dataDir.endsWith('/data')).toBe(true);
  for (const key of ['publicUrl', 'redisUrl', 'sessionSecret', 'adminToken', 'allowedOrigins', 'packDir', 'slack'])
    expect(config).not.toHaveProperty(key);
});

test('an empty value is an unset one', () => {
  expect(readConfig({ PORT: '', HELPDESK: '', RATE_LIMIT: '', REDIS_URL: '' })).toEqual(readConfig({}));
});

test.each<[Record<string, string>, object]>([
  [{ PORT: '0' }, { port: 0 }],
  [{ HOST: '::' }, { host: '::' }],
  [{ PUBLIC_URL: 'https://t.example/base/' }, { publicUrl: 'https://t.example/base' }],
  [{ RATE_LIMIT: '5' }, { rateLimit: 5 }],
  [{ ALLOWED_ORIGINS: '*' }, { allowedOrigins: '*' }],
  [
    { ALLOWED_ORIGINS: ' https://a.example , http://b.example:8080 ' },
    { allowedOrigins: ['https://a.example', 'http://b.example:8080'] },
  ],
  [
    { REDIS_URL: 'redis+sentinel://h1:26379,h2:26379/main', SESSION_SECRET: 'x'.repeat(32) },
    { redisUrl: 'redis+sentinel://h1:26379,h2:26379/main' },
  ],
  [{ REDIS_URL: 'redis+cluster://user:pw@h1:7000,h2:7000', SESSION_SECRET: 'x'.repeat(32) }, {}],
  [
    { SLACK_BOT_TOKEN: 'b', SLACK_SIGNING_SECRET: 's' },
    { slack: { botToken: 'b', signingSecret: 's', apiUrl: 'https://slack.com/api/' } },
  ],
  [
    {
      SLACK_CLIENT_ID: 'i',
      SLACK_CLIENT_SECRET: 'c',
      SLACK_STATE_SECRET: 'x'.repeat(32),
      SLACK_APP_TOKEN: 'a',
    },
    { slack: { oauth: { clientId: 'i', clientSecret: 'c', stateSecret: 'x'.repeat(32) }, appToken: 'a' } },
  ],
  [
    { HELPDESK: 'webhook', HELPDESK_URL: 'https://h.example/in', HELPDESK_SECRET: 'x'.repeat(16) },
    { helpdesk: { kind: 'webhook', settings: { HELPDESK_URL: 'https://h.example/in' } } },
  ],
  [
    {
      HELPDESK: 'smtp',
      HELPDESK_URL: 'smtps://u:p@mail.example:465',
      HELPDESK_TO: 'a@b.example',
      HELPDESK_FROM: 'Desk <d@b.example>',
    },
    { helpdesk: { kind: 'smtp' } },
  ],
])('%j is taken', (environment, expected) => {
  expect(readConfig(environment)).toMatchObject(expected);
});

test('RATE_LIMIT off', () => expect(readConfig({ RATE_LIMIT: 'off' })).not.toHaveProperty('rateLimit'));

const SLACK_APP = { SLACK_CLIENT_ID: 'i', SLACK_CLIENT_SECRET: 'c', SLACK_SIGNING_SECRET: 's' };

test.each<[string, string, Record<string, string>?]>([
  ['PORT', 'abc'],
  ['PORT', '70000'],
  ['PORT', '-1'],
  ['PORT', '3000.5'],
  ['PORT', ' 3000'],
  ['HOST', 'not a host'],
  ['PUBLIC_URL', 'example.org'],
  ['PUBLIC_URL', 'ftp://example.org'],
  ['PUBLIC_URL', `https://user:${SECRET}@example.org/`],
  ['PUBLIC_URL', `https://example.org/?q=${SECRET}`],
  ['PACK_DIR', '/nowhere'],
  ['TRUST_PROXY', 'yes'],
  ['REDIS_URL', 'http://h', { SESSION_SECRET: 'x'.repeat(32) }],
  ['REDIS_URL', 'redis+sentinel://h1:26379', { SESSION_SECRET: 'x'.repeat(32) }],
  ['SESSION_SECRET', 'short'],
  ['ADMIN_TOKEN', 'short'],
  ['ALLOWED_ORIGINS', 'a.example'],
  ['ALLOWED_ORIGINS', 'https://a.example/path'],
  ['LOG_LEVEL', 'loud'],
  ['CONVERSATION_TTL_DAYS', '0'],
  ['MAX_MESSAGE_BYTES', '1e6'],
  ['RATE_LIMIT', '0'],
  ['RATE_LIMIT', 'none'],
  ['HELPDESK', 'jira'],
  ['SLACK_API_URL', 'nowhere'],
  ['SLACK_STATE_SECRET', 'short', SLACK_APP],
  ['SLACK_BOT_TOKEN', 'b', { ...SLACK_APP, SLACK_STATE_SECRET: 'x'.repeat(32) }],
  ['HELPDESK_URL', 'mailto:x', { HELPDESK: 'webhook', HELPDESK_SECRET: 'x'.repeat(16) }],
  ['HELPDESK_SECRET', 'whsec_!!', { HELPDESK: 'webhook', HELPDESK_URL: 'https://h.example' }],
  ['HELPDESK_TO', 'nobody', { HELPDESK: 'smtp', HELPDESK_URL: 'smtp://m', HELPDESK_FROM: 'a@b.c' }],
])('%s=%s is refused in one line that names it', (name, value, more = {}) => {
  const faults = faultsOf({ ...more, [name]: value });
  expect(faults).toHaveLength(1);
  expect(faults[0]?.startsWith(`${name} `)).toBe(true);
  expect(faults[0]).not.toContain('\n');
});

test('all faults at once, and what a choice needs', () => {
  const faults = faultsOf({
    PORT: 'x',
    LOG_LEVEL: 'x',
    HELPDESK: 'zendesk',
    REDIS_URL: 'redis://h',
    SLACK_SIGNING_SECRET: 's',
  });
  expect(faults.map((fault) => fault.split(' ')[0]).sort()).toEqual([
    'HELPDESK_TOKEN',
    'HELPDESK_URL',
    'HELPDESK_USER',
    'LOG_LEVEL',
    'PORT',
    'SESSION_SECRET',
    'SLACK_BOT_TOKEN',
  ]);
});

test('an app for several workspaces names all that it lacks', () => {
  expect(faultsOf({ SLACK_CLIENT_ID: 'i' }).map((fault) => fault.split(' ')[0])).toEqual([
    'SLACK_CLIENT_SECRET',
    'SLACK_STATE_SECRET',
    'SLACK_SIGNING_SECRET',
  ]);
});

test('no fault prints a value', () => {
  const names = [
    'PORT',
    'HOST',
    'PUBLIC_URL',
    'TRUST_PROXY',
    'REDIS_URL',
    'ALLOWED_ORIGINS',
    'LOG_LEVEL',
    'CONVERSATION_TTL_DAYS',
    'MAX_MESSAGE_BYTES',
    'RATE_LIMIT',
    'SLACK_API_URL',
    'HELPDESK',
  ];
  const environment = Object.fromEntries(names.map((name) => [name, `${SECRET} !`]));
  const text = faultsOf({ ...environment, SESSION_SECRET: SECRET.slice(0, 10), ADMIN_TOKEN: SECRET.slice(0, 8) }).join(
    '\n',
  );
  expect(text).not.toContain(SECRET.slice(0, 8));
});

// `preticket helpdesk check`, against helpdesks on real sockets: what it says, and that it never says a secret.
import { PreticketError } from '../../src/errors';
import { helpdeskCheckCommand } from '../../src/cli/helpdesk-check';
import { fakeHelpdesk, type FakeHelpdesk } from '../support/fake-helpdesk';
import { webhookApi, whmcsApi, zammadApi, zendeskApi } from '../support/helpdesk-apis';

const SECRET = ['signing', 'key', 'of', 'tests'].join('-');
const TOKEN = ['token', 'of', 'the', 'desk'].join('.');

let fake: FakeHelpdesk | undefined;
afterEach(() => fake?.close());

async function check(environment: Record<string, string>): Promise<string> {
  const lines: string[] = [];
  try {
    await helpdeskCheckCommand(environment, (line) => lines.push(line));
  } catch (error) {
    if (!(error instanceof PreticketError)) throw error;
    lines.push(`${error.code}: ${error.message}`);
  }
  return lines.join('\n');
}

test.each([
  ['webhook', webhookApi(SECRET, 'raw'), { HELPDESK_SECRET: SECRET }, 'W-1'],
  ['zendesk', zendeskApi('a@example.com', TOKEN), { HELPDESK_USER: 'a@example.com', HELPDESK_TOKEN: TOKEN }, '35436'],
  ['zammad', zammadApi(TOKEN, 'Users'), { HELPDESK_TOKEN: TOKEN, HELPDESK_GROUP: 'Users' }, '22001'],
  [
    'whmcs',
    whmcsApi('id', TOKEN, '3'),
    { HELPDESK_IDENTIFIER: 'id', HELPDESK_SECRET: TOKEN, HELPDESK_DEPARTMENT: '3' },
    'WHM-614382',
  ],
])('%s: the test ticket is marked, and its reference is said', async (kind, api, settings, reference) => {
  fake = await fakeHelpdesk(api);
  const said = await check({ HELPDESK: kind, HELPDESK_URL: fake.url, ...(settings as Record<string, string>) });
  expect(said).toMatch(
    new RegExp(`^${kind} at 127\\.0\\.0\\.1:\\d+: the test ticket tk_check_\\w+ was taken after \\d+ ms\\.`),
  );
  expect(said).toContain(`Its reference: ${reference}`);
  expect(fake.tickets).toHaveLength(1);
  expect(fake.tickets[0]?.subject).toContain('preticket: test ticket, please delete');
});

test('what went wrong is said with what to do, and without a secret', async () => {
  fake = await fakeHelpdesk(webhookApi(`${SECRET}-other`, 'raw'));
  const url = fake.url.replace('//', `//hook:${TOKEN}@`);
  const environment = { HELPDESK: 'webhook', HELPDESK_URL: `${url}/${SECRET}`, HELPDESK_SECRET: SECRET };
  const said = await check(environment);
  expect(said).toMatch(/^CHECK_FAILED: webhook at 127\.0\.0\.1:\d+: unauthorised \(401\): it refuses the credentials/);
  for (const secret of [SECRET, TOKEN]) expect(said).not.toContain(secret);
  await fake.close();
  expect(await check(environment)).toMatch(/^CHECK_FAILED: .* unreachable: nothing answers there\./);
});

test('without a helpdesk there is nothing to check; with half of one the variable is named', async () => {
  expect(await check({})).toMatch(/^HELPDESK is none:/);
  expect(await check({ HELPDESK: 'zammad' })).toMatch(/^CONFIG_INVALID: .*HELPDESK_URL/s);
});

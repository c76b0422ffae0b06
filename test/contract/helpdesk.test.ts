// Each helpdesk that is spoken to over HTTP under the one contract, and what is particular to it.
import { createWebhook } from '../../src/helpdesks/webhook';
import { createWhmcs } from '../../src/helpdesks/whmcs';
import { createZammad } from '../../src/helpdesks/zammad';
import { createZendesk } from '../../src/helpdesks/zendesk';
import { fakeHelpdesk } from '../support/fake-helpdesk';
import { whmcsApi, webhookApi, zammadApi, zendeskApi } from '../support/helpdesk-apis';
import { helpdeskContract, TICKET } from '../support/helpdesk-contract';

const RAW = ['raw', 'signing', 'key', 'of', 'tests'].join('-');
const BASE64 = `whsec_${Buffer.from(['twenty-four', 'bytes-of-it!'].join('-')).toString('base64')}`;
const TOKEN = ['token', 'of', 'the', 'desk'].join('.');
const USER = 'agent@example.com';
const signal = new AbortController().signal;

helpdeskContract('webhook', {
  api: () => webhookApi(RAW, 'raw'),
  connect: (url, { secret = RAW, callMs }) =>
    createWebhook({ url: `${url}/in/`, secret, ...(callMs ? { callMs } : {}) }),
});
helpdeskContract('zendesk', {
  api: () => zendeskApi(USER, TOKEN),
  connect: (url, { secret = TOKEN, callMs }) =>
    createZendesk({ url, user: USER, token: secret, ...(callMs ? { callMs } : {}) }),
});
helpdeskContract('zammad', {
  api: () => zammadApi(TOKEN, 'Users'),
  connect: (url, { secret = TOKEN, callMs }) =>
    createZammad({ url, token: secret, group: 'Users', ...(callMs ? { callMs } : {}) }),
});
helpdeskContract('whmcs', {
  api: () => whmcsApi('id-of-api', TOKEN, '3'),
  connect: (url, { secret = TOKEN, callMs }) =>
    createWhmcs({ url, identifier: 'id-of-api', secret, department: '3', ...(callMs ? { callMs } : {}) }),
});

describe('webhook', () => {
  test('a secret in base64 signs as the reference library verifies, at the very address, with its login in a header', async () => {
    const fake = await fakeHelpdesk(webhookApi(BASE64));
    const url = fake.url.replace('//', '//hook:p%40ss@');
    await createWebhook({ url: `${url}/in/?team=7`, secret: BASE64 }).deliver(TICKET, { number: 1, signal });
    const [request] = fake.requests;
    expect(request?.path).toBe('/in/');
    expect(request?.query.get('team')).toBe('7');
    expect(request?.headers.authorization).toBe(`Basic ${Buffer.from('hook:p@ss').toString('base64')}`);
    expect(JSON.parse(request?.text ?? '')).toEqual({
      type: 'ticket.created',
      timestamp: TICKET.createdAt,
      data: {
        id: TICKET.id,
        subject: TICKET.subject,
        body: TICKET.body,
        format: 'markdown',
        language: 'en',
        cause: 'some-cause',
        fields: TICKET.fields,
      },
    });
    await fake.close();
  });

  test('every try is signed for its own moment and sends the same bytes', async () => {
    const fake = await fakeHelpdesk({ ...webhookApi(RAW, 'raw'), hasLogin: () => true });
    let now = 1_700_000_000_000;
    const desk = createWebhook({ url: fake.url, secret: RAW, now: () => now });
    await desk.deliver(TICKET, { number: 1, signal });
    now += 3600_000;
    await desk.deliver(TICKET, { number: 2, signal });
    const [first, second] = fake.requests;
    expect([first?.headers['webhook-timestamp'], second?.headers['webhook-timestamp']]).toEqual([
      '1700000000',
      '1700003600',
    ]);
    expect(first?.headers['webhook-signature']).not.toBe(second?.headers['webhook-signature']);
    expect(first?.text).toBe(second?.text);
    await fake.close();
  });

  test('a receiver that says nothing, or something that cannot be shown, gives no reference', async () => {
    const fake = await fakeHelpdesk({
      ...webhookApi(RAW, 'raw'),
      create: () => ({ status: 200, body: { reference: '<img src=x onerror=alert(1)>', id: 'a\nb' } }),
    });
    expect(await createWebhook({ url: fake.url, secret: RAW }).deliver(TICKET, { number: 1, signal })).toEqual({});
    await fake.close();
  });
});

describe('zendesk', () => {
  test('a key that was forgotten after two hours makes no second ticket', async () => {
    const fake = await fakeHelpdesk(zendeskApi(USER, TOKEN, { forgets: true }));
    const desk = createZendesk({ url: fake.url, user: USER, token: TOKEN });
    fake.mishaps.push('lose');
    await expect(desk.deliver(TICKET, { number: 1, signal })).rejects.toMatchObject({ retryable: true });
    expect((await desk.deliver(TICKET, { number: 9, signal })).reference).toBe(fake.tickets[0]?.reference);
    expect(fake.tickets).toHaveLength(1);
    await fake.close();
  });

  test('a key that was used with other words means that the ticket is there', async () => {
    const fake = await fakeHelpdesk(zendeskApi(USER, TOKEN));
    const desk = createZendesk({ url: fake.url, user: USER, token: TOKEN });
    const first = await desk.deliver(TICKET, { number: 1, signal });
    expect(await desk.deliver({ ...TICKET, body: 'edited' }, { number: 1, signal })).toEqual(first);
    expect(fake.tickets).toHaveLength(1);
    await fake.close();
  });
});

describe('zammad', () => {
  test('a try whose end is not known is followed late enough for the search index', async () => {
    const fake = await fakeHelpdesk(zammadApi(TOKEN, 'Users'));
    const desk = createZammad({ url: fake.url, token: TOKEN, group: 'Users' });
    fake.mishaps.push('lose');
    await expect(desk.deliver(TICKET, { number: 1, signal })).rejects.toMatchObject({ retryAfterMs: 15_000 });
    await fake.close();
  });

  test('a group that is not there is refused for good', async () => {
    const fake = await fakeHelpdesk(zammadApi(TOKEN, 'Users'));
    const desk = createZammad({ url: fake.url, token: TOKEN, group: 'Nobody' });
    await expect(desk.deliver(TICKET, { number: 1, signal })).rejects.toMatchObject({
      reason: 'refused',
      retryable: false,
    });
    await fake.close();
  });
});

describe('whmcs', () => {
  test.each([
    ['Invalid IP 203.0.113.9', 'unauthorised', false],
    ['Invalid Permissions: API action "openticket" is not allowed', 'unauthorised', false],
    ['Department ID not found', 'refused', false],
    ['Something Odd', 'server-error', true],
  ])('says %s: %s', async (message, reason, retryable) => {
    const api = whmcsApi('i', TOKEN, '3');
    const fake = await fakeHelpdesk({ ...api, create: () => ({ status: 200, body: { result: 'error', message } }) });
    const desk = createWhmcs({ url: `${fake.url}/includes/api.php`, identifier: 'i', secret: TOKEN, department: '3' });
    await expect(desk.deliver(TICKET, { number: 1, signal })).rejects.toMatchObject({ reason, retryable });
    await fake.close();
  });

  test('merge fields stay words, no mail goes out, and the sender can never be written to', async () => {
    const fake = await fakeHelpdesk(whmcsApi('i', TOKEN, '3'));
    await createWhmcs({ url: fake.url, identifier: 'i', secret: TOKEN, department: '3' }).deliver(TICKET, {
      number: 1,
      signal,
    });
    const sent = new URLSearchParams(fake.requests[0]?.text);
    expect(sent.get('message')).not.toContain('{$');
    expect(sent.get('noemail')).toBe('true');
    expect(sent.get('email')).toBe('tk-0123456789abcdefghjkmnpqrs@preticket.invalid');
    expect(sent.get('name')).toBe('lanternrow');
    await fake.close();
  });
});

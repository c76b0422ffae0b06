// Buttons and the modal: the question, causes, what was confirmed, and the ticket, which is submitted once and told in the thread.
import type { Helpdesk } from '../../src/helpdesks/helpdesk';
import { readText } from '../support/block-kit';
import type { FakeMessage } from '../support/fake-slack';
import { bench, type Bench, closeBenches } from '../support/slack-bench';
import { caseIdOf, type SlackAppOptions } from '../support/slack-app';

afterEach(closeBenches);

const ASKED =
  'We added 203.0.113.40 to the list but the API says IP not allowed. Requests leave from 198.51.100.23, through a NAT gateway.';

interface Case extends Bench {
  readonly id: string;
  readonly root: FakeMessage;
  readonly whispers: () => string[];
}

async function triaged(options: SlackAppOptions = {}): Promise<Case> {
  const made = await bench(options);
  const { fake, app, posted } = made;
  const root = fake.say('C0CASES', 'U0CUST', ASKED);
  await app.shortcut(root, 'U0AGENT');
  await fake.until(() => posted().length === 1);
  const whispers = () => fake.called('chat.postEphemeral').map(({ blocks }) => readText(blocks));
  return { ...made, root, id: caseIdOf(posted()[0] ?? {}), whispers };
}

type View = {
  callback_id: string;
  submit?: unknown;
  blocks: { type: string; block_id?: string; element?: Record<string, unknown> }[];
};

test('open_draft: a modal with one input for each field, filled with what is known', async () => {
  const { fake, app, id } = await triaged();
  await app.press('open_draft', id, 'U0AGENT');
  await fake.until(() => fake.called('views.open').length === 1);
  const view = fake.called('views.open')[0]?.['view'] as View;
  const inputs = view.blocks.filter(({ type }) => type === 'input');
  expect(view.callback_id).toBe('ticket_draft');
  expect(inputs.map(({ block_id: key }) => key)).toEqual(app.book.of('en').fields.map(({ key }) => key));
  expect(inputs.find(({ block_id: key }) => key === 'outboundIp')?.element).toMatchObject({
    initial_value: '198.51.100.23',
  });
  expect(fake.refused).toEqual([]);
});

test('bad values stand at their inputs in the agent’s language, and nothing is sent', async () => {
  const { fake, app, id } = await triaged();
  fake.users.set('U0AGENT2', { locale: 'es-ES' });
  const { text } = await app.submit(
    id,
    { outboundIp: '10.0.0.7', timestamp: 'yesterday', responseCode: '401' },
    'U0AGENT2',
  );
  const answer = JSON.parse(text) as { response_action: string; errors: Record<string, string> };
  expect(answer.response_action).toBe('errors');
  expect(Object.keys(answer.errors).sort()).toEqual(['outboundIp', 'timestamp']);
  expect(JSON.stringify(answer)).not.toContain('10.0.0.7');
  expect(answer.errors['outboundIp']).toMatch(/dirección|red/);
  expect((await app.service.cases.load({ id, token: '' }))?.ticket).toBeNull();
});

test('submitted once, told in the thread once, shown when opened again', async () => {
  const { fake, app, id, root, posted, settled } = await triaged();
  const values = { outboundIp: '198.51.100.24', account: 'lotusreg' };
  const answers = await Promise.all([app.submit(id, values, 'U0AGENT'), app.submit(id, values, 'U0OTHER')]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  await fake.until(() => posted().length === 2);
  await settled();
  expect(posted()).toHaveLength(2);
  const ticket = (await app.service.cases.load({ id, token: '' }))?.ticket;
  const [card, news] = posted();
  expect(news?.['thread_ts']).toBe(root.ts);
  expect(readText(news?.['blocks'])).toContain(ticket?.id);
  expect(readText(card?.['blocks'])).toContain('198.51.100.24');
  expect(readText(card?.['blocks'])).toContain(ticket?.id);
  await app.press('open_draft', id, 'U0AGENT');
  await fake.until(() => fake.called('views.open').length === 1);
  const view = fake.called('views.open')[0]?.['view'] as View;
  expect(view.submit).toBeUndefined();
  expect(readText(view)).toContain(ticket?.id);
  expect(JSON.parse((await app.submit(id, values, 'U0AGENT')).text)).toMatchObject({ response_action: 'update' });
  expect(posted()).toHaveLength(2);
});

test('the thread hears later what became of the ticket, in the same message', async () => {
  let deliver: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (deliver = resolve));
  const offered: string[] = [];
  const helpdesk: Helpdesk = {
    kind: 'webhook',
    async deliver(ticket) {
      offered.push(ticket.id);
      await gate;
      return { reference: 'DESK-4711' };
    },
  };
  const { fake, app, id, posted } = await triaged({ helpdesk });
  await app.submit(id, { account: 'lotusreg' }, 'U0AGENT');
  await fake.until(() => posted().length === 2 && readText(posted()[1]?.['blocks']).includes('on its way'));
  deliver();
  // Looked after ever more seldom; the clock goes on instead of waiting.
  for (let tries = 0; tries < 100 && !readText(posted()[1]?.['blocks']).includes('DESK-4711'); tries++) {
    app.forward(60_000);
    await app.command('tick', 'U0AGENT');
  }
  expect(readText(posted()[1]?.['blocks'])).toContain('DESK-4711');
  await fake.until(() => readText(posted()[0]?.['blocks']).includes('DESK-4711'));
  expect(posted()).toHaveLength(2);
  expect(new Set(offered).size).toBe(1);
});

test('ask_customer: the question to copy, to who pressed alone; its answer then is one', async () => {
  const { fake, app, id, root, whispers, posted } = await triaged();
  await app.press('ask_customer', id, 'U0AGENT', { thread: root.ts });
  await fake.until(() => whispers().length === 1);
  expect(fake.called('chat.postEphemeral')[0]).toMatchObject({
    user: 'U0AGENT',
    channel: 'C0CASES',
    thread_ts: root.ts,
  });
  expect(whispers()[0]).toContain('WHMCS');
  await app.event(fake.say('C0CASES', 'U0CUST', 'My own code', { thread_ts: root.ts }));
  await fake.until(() => fake.called('chat.update').length === 1);
  expect(readText(posted()[0]?.['blocks'])).toContain('My own code or another tool');
  expect(posted()).toHaveLength(1);
});

test('confirm_cause records what it was, undo takes it back; both are seen by who pressed alone', async () => {
  const { fake, app, id, whispers } = await triaged();
  const labelOf = async () => {
    const seen = await app.service.cases.load({ id, token: '' });
    return (seen?.beside as { label?: { cause: string | null } }).label;
  };
  const confirm = (value: string) => app.press('confirm_cause', value, 'U0AGENT', { block_id: `case-${id}` });
  await confirm('ip-not-whitelisted');
  expect(await labelOf()).toMatchObject({ cause: 'ip-not-whitelisted', by: 'U0AGENT' });
  await fake.until(() => whispers().length === 1);
  expect(whispers()[0]).toContain('not in the allowed list');
  await confirm('none');
  expect(await labelOf()).toMatchObject({ cause: null });
  await app.press('undo_cause', id, 'U0AGENT');
  expect(await labelOf()).toBeUndefined();
  await confirm('no-such-cause');
  expect(await labelOf()).toBeUndefined();
  await fake.until(() => whispers().length === 3);
});

test('other causes and what to do, on request', async () => {
  const { fake, app, id, whispers } = await triaged();
  await app.press('other_causes', id, 'U0AGENT');
  await app.press('show_fixes', id, 'U0AGENT');
  await fake.until(() => whispers().length === 2);
  expect(whispers().join('\n')).toContain('Find the real outbound IP');
  expect(whispers().join('\n')).toMatch(/Nothing speaks for another cause|Other causes/);
});

test('who is not staff gets nothing from a button, and no other workspace a case', async () => {
  const { fake, app, id, whispers } = await triaged();
  fake.users.set('U0GUEST', { guest: true });
  await app.press('ask_customer', id, 'U0GUEST');
  await app.press('ask_customer', id, 'U0AGENT', { team: { id: 'T0OTHER' } });
  await app.press('ask_customer', '../../etc/passwd', 'U0AGENT');
  await fake.until(() => whispers().length === 3);
  expect(whispers()[0]).toContain('for the support team');
  for (const text of whispers().slice(1)) expect(text).toMatch(/not kept|for the support team/);
  const { text } = await app.submit(id, { account: 'x' }, 'U0GUEST');
  expect(JSON.parse(text)).toMatchObject({ response_action: 'update' });
  expect((await app.service.cases.load({ id, token: '' }))?.ticket).toBeNull();
});

test('where no ephemeral message can be posted, the answer goes through the response_url', async () => {
  const { fake, app, id } = await triaged();
  fake.channels.set('C0ALIEN', { member: false });
  await app.press('ask_customer', id, 'U0AGENT', { channel: 'C0ALIEN' });
  await fake.until(() => fake.responses.length === 1);
  expect(fake.responses[0]).toMatchObject({ response_type: 'ephemeral', replace_original: false });
  await app.press('ask_customer', id, 'U0AGENT', { channel: 'C0ALIEN', response_url: 'http://127.0.0.1:9/steal' });
  await fake.until(() => fake.called('chat.postEphemeral').length === 2);
  expect(fake.responses).toHaveLength(1);
});

test('a talk’s own yes leads to a ticket that the thread is told of', async () => {
  const { fake, app, posted } = await bench();
  const say = (text: string, more = {}) =>
    app.event(fake.say('D0AGENT', 'U0AGENT', text, more), { channel_type: 'im' });
  const root = fake.say('D0AGENT', 'U0AGENT', ASKED);
  await app.event(root, { channel_type: 'im' });
  await fake.until(() => posted('D0AGENT').length === 1);
  await say('open a ticket please', { thread_ts: root.ts });
  await fake.until(() => posted('D0AGENT').length === 2);
  await say('yes, send it', { thread_ts: root.ts });
  await fake.until(() => posted('D0AGENT').some((m) => readText(m['blocks']).includes('Support has the ticket')));
});

test('names of files that will be attached go along with the ticket, and only names are taken', async () => {
  const { fake, app, id } = await triaged();
  await app.press('open_draft', id, 'U0AGENT');
  await fake.until(() => fake.called('views.open').length === 1);
  const { blocks } = fake.called('views.open')[0]?.['view'] as View;
  expect(blocks.find(({ block_id: key }) => key === 'attachments')).toMatchObject({
    label: { text: 'Attachments' },
    hint: { text: expect.stringContaining('commas') as string },
  });
  const refused = await app.submit(id, { attachments: '../../etc/passwd' }, 'U0AGENT');
  expect(Object.keys((JSON.parse(refused.text) as { errors: object }).errors)).toEqual(['attachments']);
  expect(refused.text).not.toContain('passwd');
  const { text } = await app.submit(id, { attachments: ' app.log,screen 1.png , app.log' }, 'U0AGENT');
  expect(text).toBe('');
  await app.press('open_draft', id, 'U0AGENT');
  await fake.until(() => fake.called('views.open').length === 2);
  expect(readText((fake.called('views.open')[1]?.['view'] as View).blocks)).toContain('app.log, screen 1.png');
  expect(fake.refused).toEqual([]);
});

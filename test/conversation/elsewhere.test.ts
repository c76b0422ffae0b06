// What is said counts wherever it is said: values of other fields than the one that is asked for.
import { draftOf } from '../../src/conversation/ticket';
import { judgementOf } from '../../src/conversation/judge';
import type { Conversation } from '../../src/conversation/conversation';
import type { Engine } from '../../src/engine';
import { engine } from '../support/engine';
import { asked, begin, tell } from '../support/talk';

test.each([
  ['responseMessage', 'whmcs 8.10', { whmcsVersion: '8.10', integration: 'whmcs' }],
  ['responseMessage', 'renew', { action: 'renew' }],
  ['responseMessage', '203.0.113.44', { outboundIp: '203.0.113.44' }],
  ['account', 'https://api.nicenic.net/v2/', { endpoint: 'https://api.nicenic.net/v2/' }],
  ['account', 'own script', { integration: 'custom' }],
  ['account', 'renew, what else', { action: 'renew' }],
  ['endpoint', 'yesterday at 10 pm UTC', { timestamp: '2026-11-23T22:00Z' }],
  ['endpoint', 'acme-hosting4', { account: 'acme-hosting4' }],
  ['outboundIp', '403', { responseCode: '403' }],
])('asked for %s, told %s', async (field, text, fields) => {
  const core = await engine();
  const { conversation, replies } = tell(core, asked(core, 'en', { field }), text);
  const values = Object.fromEntries(Object.entries(conversation.fields).map(([key, { value }]) => [key, value]));
  expect(values).toEqual(fields);
  expect(conversation.last?.field).toBe(field);
  expect(replies.map((reply) => reply.text).join('\n')).toContain('Noted: ');
});

test('a version is no time unless a time is asked for', async () => {
  const core = await engine();
  const other = tell(core, asked(core, 'en', { field: 'responseMessage', also: ['timestamp'] }), 'whmcs 8.10');
  expect(other.conversation.fields['timestamp']).toBeUndefined();
  const time = tell(core, asked(core, 'en', { field: 'timestamp' }), '8.10');
  expect(time.conversation.fields['timestamp']?.value).toBe('2026-11-24T08:10');
});

function talk(core: Engine, texts: readonly string[]): Conversation {
  return texts.reduce((conversation, text) => tell(core, conversation, text).conversation, begin());
}

test('what is said plainly corrects what was read from any words', async () => {
  const core = await engine();
  const loose = tell(core, asked(core, 'en', { field: 'responseMessage' }), 'the usual complaint').conversation;
  expect(loose.fields['responseMessage']?.value).toBe('the usual complaint');
  const { conversation } = tell(core, loose, 'it says: "Authentication failed"');
  expect(conversation.fields['responseMessage']?.value).toBe('Authentication failed');
});

test('the ticket holds no yes, no idea or send it', async () => {
  const core = await engine();
  const conversation = talk(core, ['my api stopped working, code 403', 'yes', 'no idea', 'send it']);
  const { body } = draftOf(conversation, judgementOf(conversation, core), core);
  expect(conversation.status).toBe('review');
  expect(body).toContain('my api stopped working');
  expect(body).not.toMatch(/^(?:yes|no idea|send it)$/m);
});

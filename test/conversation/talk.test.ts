// Whole talks: what may come at any time is taken at any time, and the promises of a conversation hold.
import type { Conversation } from '../../src/conversation/conversation';
import { reduce } from '../../src/conversation/reduce';
import { viewConversation, viewTurn } from '../../src/conversation/view';
import { engine } from '../support/engine';
import { asked, begin, NOON, type Said, tell } from '../support/talk';

const OPENING = 'API v2 answers 403 "IP not in whitelist" from our new server, we have not added its address yet.';

async function talk(language: string, ...messages: readonly string[]): Promise<Said> {
  const core = await engine();
  let said: Said = { conversation: begin(language), replies: [] };
  for (const message of messages) said = tell(core, said.conversation, message);
  return said;
}

const text = ({ replies }: Said): string => replies.map((reply) => reply.text).join('\n');

describe('steering', () => {
  test.each([
    ['en', 'I want to talk to a person, not a machine'],
    ['zh', '转人工'],
    ['vi', 'cho em gặp nhân viên hỗ trợ'],
    ['ru', 'позовите живого человека'],
    ['es', 'quiero hablar con una persona'],
    ['pt', 'quero falar com um atendente'],
    ['id', 'saya mau bicara dengan petugas'],
  ])('%s: a human is asked for and comes, with the transcript', async (language, message) => {
    const { conversation } = await talk(language, OPENING, message);
    expect(conversation.status).toBe('handed-over');
    expect(conversation.transcript.map(({ text }) => text)).toEqual([OPENING, message]);
  });

  test.each([
    ['en', 'it works now, thanks'],
    ['zh', '好了，谢谢'],
    ['vi', 'được rồi ạ, cảm ơn'],
    ['ru', 'заработало, спасибо'],
    ['es', 'ya funciona, gracias'],
    ['pt', 'já funciona, obrigado'],
    ['id', 'sudah bisa, terima kasih'],
  ])('%s: it works, no ticket', async (language, message) => {
    expect((await talk(language, OPENING, message)).conversation.status).toBe('resolved');
  });

  test.each([
    ['en', "I haven't got it to work now", 'it does not work now'],
    ['en', 'does it work now?', 'is it solved?'],
  ])('%s: "%s" is no success', async (language, ...messages) => {
    for (const message of messages)
      expect((await talk(language, OPENING, message)).conversation.status).not.toBe('resolved');
  });

  test.each([
    ['en', 'please open a ticket'],
    ['zh', '请帮我提交工单'],
    ['vi', 'mở ticket giúp em'],
    ['ru', 'откройте тикет'],
    ['es', 'abre un ticket por favor'],
    ['pt', 'abra um ticket por favor'],
    ['id', 'tolong buat tiket'],
  ])('%s: the ticket is shown when it is asked for', async (language, message) => {
    const said = await talk(language, OPENING, message);
    expect(said.conversation.status).toBe('review');
    expect(said.replies.map(({ kind }) => kind)).toContain('draft');
    expect(viewTurn(said.conversation, await engine()).draft?.body).toContain('403');
  });

  test('starting over forgets fields and verdicts, not what was redacted', async () => {
    const { conversation } = await talk('en', OPENING, 'my account is ironbark', "let's start over");
    expect(conversation.fields).toEqual({});
    expect(conversation.cause).toBeNull();
    expect(conversation.status).toBe('open');
    expect(conversation.turns).toBe(3);
  });

  test('a ticket is sent on yes, once, and the talk says so afterwards', async () => {
    const sent = await talk('en', OPENING, 'please open a ticket', 'yes');
    expect(sent.conversation.status).toBe('submitted');
    expect(sent.replies.map(({ kind }) => kind)).toEqual(['done']);
    const after = tell(await engine(), sent.conversation, 'hello?');
    expect(after.conversation.status).toBe('submitted');
  });

  test('a correction on the draft shows it again', async () => {
    const said = await talk('en', OPENING, 'please open a ticket', 'yes, but the account is lanternrow');
    expect(said.conversation.status).toBe('review');
    expect(said.conversation.fields['account']?.value).toBe('lanternrow');
  });
});

describe('fields', () => {
  test('a correction wins over an answer, and is said back', async () => {
    const core = await engine();
    const first = tell(core, asked(core, 'en', { field: 'account' }), 'kestrel-net');
    const second = tell(core, first.conversation, 'sorry, the account is kestrel-net2, not kestrel-net');
    expect(second.conversation.fields['account']?.value).toBe('kestrel-net2');
    expect(text(second)).toContain('kestrel-net2');
  });

  test('a value is taken back', async () => {
    const core = await engine();
    const first = tell(core, asked(core, 'en', { field: 'account' }), 'kestrel-net');
    expect(tell(core, first.conversation, 'forget the account').conversation.fields['account']).toBeUndefined();
  });

  test('several lines answer what was asked for together', async () => {
    const core = await engine();
    const question = { field: 'responseMessage', also: ['responseCode', 'timestamp', 'action', 'domain', 'endpoint'] };
    const { conversation } = tell(
      core,
      asked(core, 'en', question),
      'ip restricted\n403\n2026-06-19T22:14:05-07:00\ncheck mostly\nferrytale.app\nno idea',
    );
    expect(Object.fromEntries(Object.entries(conversation.fields).map(([key, { value }]) => [key, value]))).toEqual({
      responseMessage: 'ip restricted',
      responseCode: '403',
      timestamp: '2026-06-19T22:14:05-07:00',
      action: 'check',
      domain: 'ferrytale.app',
      endpoint: null,
    });
  });

  test('a zone alone completes the time', async () => {
    const core = await engine();
    const first = tell(core, asked(core, 'en', { field: 'timestamp' }), '2026-10-02 03:10');
    expect(viewTurn(first.conversation, core).missing).toContain('timezone');
    const second = tell(
      core,
      { ...first.conversation, last: { field: 'timezone', also: [], text: '?', why: '' } },
      'UTC+7',
    );
    expect(second.conversation.fields['timestamp']?.value).toBe('2026-10-02T03:10+07:00');
    expect(viewTurn(second.conversation, core).missing).not.toContain('timezone');
  });

  test('a second bad answer makes the field unknown; nothing is asked a third time', async () => {
    const core = await engine();
    let said = tell(core, asked(core, 'en', { field: 'outboundIp' }), '256.1.1.1');
    said = tell(core, said.conversation, '10.0.0.5');
    expect(said.conversation.fields['outboundIp']?.value).toBeNull();
    expect(viewTurn(said.conversation, core).unknown).toContain('outboundIp');
    expect(said.conversation.asked['outboundIp']).toBe(2);
  });

  test('"same as above" takes the earlier value', async () => {
    const core = await engine();
    const first = tell(core, begin(), 'The site bakehouse-lane.co.uk is one of ours and its ticket is old.');
    const waiting: Conversation = {
      ...first.conversation,
      fields: {},
      last: { field: 'domain', also: [], text: '?', why: '' },
    };
    expect(tell(core, waiting, 'same as above').conversation.fields['domain']?.value).toBe('bakehouse-lane.co.uk');
  });

  test('edited fields win, bad ones are passed over', async () => {
    const core = await engine();
    const { conversation } = reduce(
      begin(),
      { type: 'fields', at: NOON, fields: { outboundIp: '2001:DB8:0:0::1', account: null, domain: 'not a domain' } },
      core,
    );
    expect(conversation.fields['outboundIp']).toMatchObject({ value: '2001:db8::1', by: 'edit' });
    expect(conversation.fields['account']?.value).toBeNull();
    expect(conversation.fields['domain']).toBeUndefined();
  });
});

describe('verdict', () => {
  test('what is said later counts with what was said before, and is said once', async () => {
    const said = await talk(
      'en',
      'API v2 refuses our calls with 403.',
      'the allow list has 203.0.113.12',
      'requests leave through 203.0.113.99, we are behind a NAT gateway',
    );
    const facts = said.conversation.evidence.addresses.map(({ role, listed }) => `${role}${listed ? ' listed' : ''}`);
    expect(facts).toEqual(['listed listed', 'outbound']);
    expect(new Set(said.conversation.verdicts.map(({ cause }) => cause)).size).toBe(said.conversation.verdicts.length);
  });

  test('a fix that did not help speaks against its cause', async () => {
    const core = await engine();
    const first = tell(core, begin(), OPENING);
    const cause = first.conversation.verdicts.at(-1)?.cause ?? '';
    const before = first.conversation.probabilities[cause] ?? 0;
    const second = tell(core, first.conversation, 'it still fails, the same error');
    expect(cause).not.toBe('');
    expect(second.conversation.against[cause]).toBe(1);
    expect(second.conversation.probabilities[cause]).toBeLessThan(before);
  });

  test('the egress check fills the address, compares it with the list, and shows several ways out', async () => {
    const core = await engine();
    const first = tell(core, begin(), 'We get 403, the whitelist has 203.0.113.0/28 and 198.51.100.7', {
      egressUrl: 'https://check.example/e/abc',
    });
    const see = (conversation: Conversation, address: string): Said =>
      reduce(conversation, { type: 'egress', at: NOON, address }, core);
    const inside = see(first.conversation, '203.0.113.9');
    expect(text(inside)).toContain('is in the list');
    const outside = see(inside.conversation, '192.0.2.44');
    expect(text(outside)).toContain('203.0.113.9, 192.0.2.44');
    expect(text(outside)).toContain('not among');
    expect(outside.conversation.fields['outboundIp']).toMatchObject({ value: '192.0.2.44', by: 'egress' });
  });

  test.each([
    ['our script is PHP with Guzzle', 'php -r'],
    ['on Windows with powershell', 'Invoke-WebRequest'],
    ['node 20 with axios', 'node -e'],
    ['no matter what', 'curl -4'],
  ])('the command of the egress check fits: %s', async (words, command) => {
    const core = await engine();
    const waiting = asked(core, 'en', { field: 'outboundIp' });
    const said = tell(core, tell(core, waiting, words).conversation, 'what is an outbound IP?', {
      egressUrl: 'https://check.example/e/abc',
    });
    const offered = tell(core, waiting, `${words}. what is an outbound IP?`, {
      egressUrl: 'https://check.example/e/abc',
    });
    expect(`${text(said)}${text(offered)}`).toContain(command);
  });
});

describe('credentials', () => {
  const secret = ['Kupfer', '9-Drossel', '-44'].join('');

  test('one warning per kind, and no trace of the value, also where it comes again without its label', async () => {
    const core = await engine();
    const first = tell(core, begin(), `my api password is ${secret} and it fails`);
    expect(first.replies.filter(({ kind }) => kind === 'warning')).toHaveLength(1);
    const second = tell(core, first.conversation, `again: my api password is ${secret}`);
    expect(second.replies.filter(({ kind }) => kind === 'warning')).toHaveLength(0);
    const third = tell(core, JSON.parse(JSON.stringify(second.conversation)) as Conversation, `is ${secret} wrong?`);
    expect(JSON.stringify([first, second, third, viewConversation(third.conversation, core)])).not.toContain(
      secret.slice(0, 9),
    );
  });

  test('deletion leaves nothing', async () => {
    const core = await engine();
    const { conversation } = reduce((await talk('en', OPENING)).conversation, { type: 'deleted', at: NOON }, core);
    expect(conversation.transcript).toEqual([]);
    expect(conversation.fields).toEqual({});
    expect(JSON.stringify(conversation)).not.toContain('whitelist');
  });
});

describe('the reducer', () => {
  test('changes nothing in what it is given, and answers the same to the same', async () => {
    const core = await engine();
    const before = (await talk('en', OPENING)).conversation;
    const copy = JSON.stringify(before);
    const once = tell(core, before, 'ironbark');
    expect(JSON.stringify(before)).toBe(copy);
    expect(JSON.stringify(tell(core, JSON.parse(copy) as Conversation, 'ironbark'))).toBe(JSON.stringify(once));
  });

  test('the language changes on request and with the words, and the open question with it', async () => {
    const core = await engine();
    const first = tell(core, begin('zh'), '接口返回 403 "IP不在白名单"，新服务器');
    const second = tell(core, first.conversation, 'please continue in English');
    expect(second.conversation.language).toBe('en');
    expect(second.replies.at(-1)?.text).not.toMatch(/[\u3400-\u9fff]/);
  });

  test.each([
    ...'🤖',
    '',
    '   ',
    '\u0000',
    '</script><img src=x>',
    '{{constructor}}',
    'a'.repeat(100_000),
    '?'.repeat(500),
    '1. 2. 3.',
    '[redacted:password]',
  ])('survives %j', async (message) => {
    const core = await engine();
    let { conversation } = await talk('en', OPENING);
    for (let i = 0; i < 3; i++) ({ conversation } = tell(core, conversation, message));
    expect(['open', 'review']).toContain(conversation.status);
  });

  test('whoever answers nothing reaches a ticket within 25 turns, and no field is asked more than twice', async () => {
    const core = await engine();
    for (const [language, message] of [
      ['en', 'blah'],
      ['en', 'skip'],
      ['zh', '不知道'],
      ['ru', 'ну'],
      ['en', 'why?'],
    ] as const) {
      let conversation = begin(language);
      let turns = 0;
      for (
        conversation = tell(core, conversation, OPENING).conversation;
        conversation.status === 'open' && turns < 30;
        turns++
      )
        conversation = tell(core, conversation, message).conversation;
      expect([message, conversation.status]).toEqual([message, 'review']);
      expect(turns).toBeLessThanOrEqual(24);
      const times = Object.entries(conversation.asked).flatMap(([key, count]) => (key === 'submit' ? [] : [count]));
      expect(Math.max(...times)).toBeLessThanOrEqual(2);
    }
  });

  test('a turn costs no more after 200 turns, and what is kept is bounded', async () => {
    const core = await engine();
    let { conversation } = await talk('en', OPENING);
    for (let i = 0; i < 200; i++)
      conversation = {
        ...tell(
          core,
          conversation,
          `we tried again, attempt ${i}, the address 203.0.113.${i % 250} fails on the server`,
        ).conversation,
        status: 'open',
      };
    expect(conversation.evidence.concepts.length).toBeLessThanOrEqual(400);
    expect(conversation.evidence.addresses.length).toBeLessThanOrEqual(60);
    expect(Object.keys(conversation.evidence.features).length).toBeLessThanOrEqual(1500);
  });
});

test('the state of a talk stays bounded in bytes, and so does what each turn costs', async () => {
  const core = await engine();
  let conversation = begin();
  const bytes: number[] = [];
  for (let i = 0; i < 200; i++) {
    const words = `attempt ${i}: error-${i * 7} on host${i}.example from 203.0.113.${i % 250}, the header${i} and the list of our server are as before`;
    conversation = { ...tell(core, conversation, words.repeat(1 + (i % 3))).conversation, status: 'open' };
    bytes.push(JSON.stringify(conversation).length);
  }
  const half = Math.max(...bytes.slice(0, 100));
  expect(Math.max(...bytes.slice(100))).toBeLessThan(1.1 * half);
  expect(half).toBeLessThan(80_000);
  expect(JSON.stringify(conversation)).not.toContain('What to do');
});

test('what is found later wins over the guess of the opening, whatever is asked between', async () => {
  const said = await talk(
    'en',
    'My Authorization header must be wrong, I get rejected every time.',
    'the header is user:secret as documented, no Basic, no blanks',
    "Found it in the old config:\n$base = 'http://api.nicenic.net/v1/';\nThat is what the site calls.",
  );
  expect(viewTurn(said.conversation, await engine()).cause).toBe('wrong-endpoint');
});

test('a field that was named twice beside others is left to the person, and the ticket says that it is open', async () => {
  const core = await engine();
  let said = tell(core, begin(), OPENING);
  for (let i = 0; i < 12 && said.conversation.status === 'open'; i++) {
    const field = said.conversation.last?.field ?? '';
    said = tell(
      core,
      said.conversation,
      { account: 'kestrel-net', action: 'check', timestamp: '2026-10-02 03:10 UTC' }[field] ?? '403',
    );
  }
  expect(said.conversation.status).toBe('review');
  expect(viewTurn(said.conversation, core).missing).not.toEqual([]);
  for (const key of ['account', 'action', 'timestamp']) expect(said.conversation.fields[key]?.value).toBeTruthy();
});

test('faults of a pasted request are shown with the request as it should be', async () => {
  const said = await talk(
    'en',
    'this fails with 401:\ncurl -u ironbark:xyz "https://api.nicenic.net/v2/?category=account&action=balance" -H "Content-Type: application/json"',
  );
  const kinds = said.replies.map(({ kind }) => kind);
  expect(kinds).toContain('findings');
  expect(text(said)).toContain('Authorization: ironbark:');
  expect(said.conversation.findings.map(({ id }) => id)).toContain('auth-scheme');
});

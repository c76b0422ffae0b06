// Words about the talk, moments in passing and evidence in answers: what people say beside what was asked is never lost, nor taken for a value.
import type { Conversation } from '../../src/conversation/conversation';
import { judgementOf } from '../../src/conversation/judge';
import { reduce } from '../../src/conversation/reduce';
import { draftOf } from '../../src/conversation/ticket';
import { engine } from '../support/engine';
import { asked, begin, NOON, type Said, tell } from '../support/talk';

const OPENING = 'API v2 answers 403 "IP not in whitelist" from our new server, we have not added its address yet.';

const OPENINGS: Readonly<Record<string, string>> = {
  es: 'La API responde 403 "IP not in whitelist" desde el servidor nuevo, todavía no hemos añadido su dirección a la lista.',
  ru: 'API отвечает 403 "IP not in whitelist" с нового сервера, его адрес мы ещё не добавили в список.',
};

async function talk(language: string, ...messages: readonly string[]): Promise<Said> {
  const core = await engine();
  let said: Said = { conversation: begin(language), replies: [] };
  for (const message of messages) said = tell(core, said.conversation, message);
  return said;
}

const valueOf = ({ conversation }: Said, key: string): string | null | undefined => conversation.fields[key]?.value;
const text = ({ replies }: Said): string => replies.map((reply) => reply.text).join('\n');

describe('still failing', () => {
  test.each([
    ['en', 'no it is still broken'],
    ['en', 'no, still not working'],
    ['es', 'no, sigue sin funcionar'],
    ['ru', 'нет, всё ещё ошибка'],
  ])('%s: "%s" is no answer for the field, and speaks against the cause', async (language, message) => {
    const said = await talk(language, OPENINGS[language] ?? OPENING, message);
    const { talk: words } = (await engine()).textsOf(language);
    expect(text(said)).not.toContain(words['noUse']);
    expect(Object.keys(said.conversation.against)).toEqual(['ip-not-whitelisted']);
    expect(said.conversation.last?.field).toBe('outboundIp');
  });

  test('a cause whose fix was tried in vain is not the title of the ticket', async () => {
    const said = await talk(
      'en',
      'It says IP not allowed, what now?',
      'I added it but still the same error',
      'please open a ticket',
    );
    const core = await engine();
    const { subject } = draftOf(said.conversation, judgementOf(said.conversation, core), core);
    expect(said.conversation.cause).not.toBe('ip-not-whitelisted');
    expect(subject).not.toContain('allowed list');
  });
});

describe('moments', () => {
  test.each([
    ['en', 'today at 09:40 UTC', '2026-11-24T09:40Z'],
    ['en', 'half past nine this morning', '2026-11-24T09:30'],
    ['en', 'yesterday evening around 8', '2026-11-23T20:00'],
    ['vi', '9h sáng nay', '2026-11-24T09:00'],
    ['zh', '今天早上九点半', '2026-11-24T09:30'],
    ['ru', 'полдесятого утра', '2026-11-24T09:30'],
    ['es', 'ayer por la tarde sobre las 8', '2026-11-23T20:00'],
    ['pt', 'hoje de manhã, umas nove e meia', '2026-11-24T09:30'],
    ['id', 'tadi pagi jam setengah sepuluh', '2026-11-24T09:30'],
  ])('%s: "%s" is kept whatever was asked, and is no other value', async (language, message, expected) => {
    const core = await engine();
    for (const field of ['account', 'responseMessage', 'responseCode', 'outboundIp', 'timestamp']) {
      const said = tell(core, asked(core, language, { field }), message);
      expect([field, valueOf(said, 'timestamp')]).toEqual([field, expected]);
      expect(Object.keys(said.conversation.fields)).toEqual(['timestamp']);
    }
  });

  test('the zone is asked for once', async () => {
    const said = await talk(
      'en',
      OPENING,
      '203.0.113.9',
      'half past nine this morning',
      'no idea',
      'no idea',
      'no idea',
    );
    expect(said.conversation.asked['timezone'] ?? 0).toBeLessThanOrEqual(1);
  });
});

describe('commands', () => {
  test.each([['prefiero español'], ['talk to me in spanish please'], ['en español por favor']])(
    '"%s" changes the language and is no reply',
    async (message) => {
      const said = await talk('en', 'our api calls fail', message);
      expect(said.conversation.language).toBe('es');
      expect(valueOf(said, 'responseMessage')).toBeUndefined();
      expect(said.conversation.last?.field).toBe('responseMessage');
    },
  );

  test.each([
    ['yes, send it'],
    ['talk to a person'],
    ['I WANT TO TALK TO A PERSON'],
    ['please open a ticket'],
    ['thanks'],
  ])('"%s" stands neither in the ticket nor among the evidence', async (message) => {
    const core = await engine();
    const { conversation } = await talk('en', OPENING, message);
    const { body } = draftOf(conversation, judgementOf(conversation, core), core);
    expect(body).toContain('IP not in whitelist');
    expect(body).not.toContain(message);
  });

  test('who was greeted is not greeted again, and tells the trouble next', async () => {
    const core = await engine();
    const opened = reduce(begin(), { type: 'open', at: NOON }, core).conversation;
    const said = tell(core, opened, 'hello');
    expect(said.replies).toHaveLength(1);
    expect(text(said)).not.toBe(core.textsOf('en').talk['greeting']);
    expect(tell(core, said.conversation, OPENING).conversation.cause).toBe('ip-not-whitelisted');
  });
});

describe('tickets', () => {
  const ready = async (): Promise<Conversation> => (await talk('en', OPENING, 'please open a ticket')).conversation;

  test('with a helpdesk: on its way, then its reference', async () => {
    const core = await engine();
    const sent = tell(core, await ready(), 'yes').conversation;
    expect(text(tell(core, sent, 'any news?'))).toBe(core.textsOf('en').talk['alreadySent']);
    const there = reduce(sent, { type: 'delivered', at: NOON, reference: 'HD-7731' }, core).conversation;
    expect(text(tell(core, there, 'any news?'))).toContain('HD-7731');
  });

  test('without one: it is kept, and to be copied', async () => {
    const core = await engine();
    const kept = reduce(await ready(), { type: 'ticket', at: NOON }, core, { delivers: false });
    expect(kept.conversation.status).toBe('submitted');
    expect(text({ ...kept })).toBe(core.textsOf('en').talk['kept']);
  });
});

describe('evidence in answers', () => {
  test('a documented reply outweighs a guess, and the change is said', async () => {
    const said = await talk(
      'en',
      "Hi, not very technical here, I took over from our developer. The site can't look up domains any more. I think the IP is blocked because that was the problem last time.",
      'Request parameter error',
    );
    expect(said.conversation.cause).toBe('request-format');
    const { talk: words } = (await engine()).textsOf('en');
    expect(text(said)).toContain((words['revised'] ?? '').split('{')[0]);
  });

  test('an address said to be in the list answers that question', async () => {
    const said = await talk('en', 'It says IP not allowed.', '198.51.100.5, and it is in the list, I looked');
    expect(said.conversation.answers['ip-listed']).toBe('listed');
  });

  test.each([
    ['outboundIp', 'by the way the address is 203.0.113.9', '203.0.113.9'],
    ['account', 'account username: lanternrow', 'lanternrow'],
    ['responseCode', 'the response code was 403', '403'],
    ['endpoint', 'we call https://api.nicenic.net/v2/', 'https://api.nicenic.net/v2/'],
    ['whmcsVersion', 'WHMCS 8.10.1', '8.10.1'],
  ])('%s said in any turn reaches the ticket', async (key, message, expected) => {
    const others = ['our api calls fail', 'It says "authentication failed"', 'no idea'];
    for (let at = 0; at <= others.length; at++) {
      const said = await talk('en', ...others.slice(0, at), message, ...others.slice(at));
      expect([at, valueOf(said, key)]).toEqual([at, expected]);
    }
  });
});

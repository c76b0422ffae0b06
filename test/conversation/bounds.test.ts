// What holds in every talk, whoever talks: nothing is asked a third time, a verdict does not fade, a log is no list of answers.
import type { Conversation } from '../../src/conversation/conversation';
import { loadConversation } from '../../src/conversation/migrate';
import { reduce } from '../../src/conversation/reduce';
import { viewTurn } from '../../src/conversation/view';
import { engine } from '../support/engine';
import { asked, begin, NOON, tell } from '../support/talk';

const OPENING = 'API v2 answers 403 "IP not in whitelist" from our new server, we have not added its address yet.';

describe('bounds', () => {
  test.each([
    ['a time whose zone never comes', '2026-10-02 03:10'],
    ['corrections without end', 'sorry, 2026-10-02 03:10, no wait, 03:11'],
    ['the same words', 'it is in the log'],
    ['taking back', 'forget the account, forget the time'],
    ['starting over', 'start over'],
  ])('%s: no field is asked more than twice', async (_, words) => {
    const core = await engine();
    let { conversation } = tell(core, begin(), OPENING);
    const seen = new Map<string, number>();
    for (let i = 0; i < 25 && conversation.status === 'open'; i++) {
      const key = conversation.last?.field;
      if (key !== undefined) seen.set(key, (seen.get(key) ?? 0) + 1);
      conversation = tell(core, conversation, i % 2 === 0 ? words : OPENING).conversation;
    }
    expect(Math.max(0, ...seen.values())).toBeLessThanOrEqual(2);
  });

  test('a first message that tells nothing is asked about and not answered with a ticket', async () => {
    const core = await engine();
    const { conversation } = tell(core, begin('pt'), 'Oi, temos um sistema lento que parou. Não mexemos em nada.');
    expect(conversation.status).toBe('open');
    expect(conversation.last).not.toBeNull();
  });

  test('a day is asked for its hour once, and the hour completes the day', async () => {
    const core = await engine();
    const first = tell(core, asked(core, 'en', { field: 'timestamp' }), '21 November 2026');
    expect(first.conversation.last?.field).toBe('timestamp');
    const second = tell(core, first.conversation, 'about 8pm, UTC+2');
    expect(second.conversation.fields['timestamp']?.value).toBe('2026-11-21T20:00+02:00');
    const unknown = tell(core, first.conversation, 'no idea');
    expect(unknown.conversation.fields['timestamp']?.value).toBe('2026-11-21');
    expect(unknown.conversation.last?.field).not.toBe('timestamp');
  });

  test('as many lines as were asked for are a log where they do not fit', async () => {
    const core = await engine();
    const question = { field: 'responseMessage', also: ['responseCode', 'timestamp', 'domain', 'endpoint'] };
    const { conversation } = tell(
      core,
      asked(core, 'en', question),
      'Here is a piece:\n$h = [1];\ncurl_setopt($c, X, $h);\nsend($c);\nAnswer: {"code":400,"msg":"Request parameter error"}',
    );
    expect(conversation.fields['responseMessage']?.value).toBe('Request parameter error');
  });

  test('messages that speak of no cause, and the same words again, leave the verdict', async () => {
    const core = await engine();
    const first = tell(core, begin(), OPENING).conversation;
    let conversation: Conversation = first;
    for (const words of ['as I said', 'as I said', 'you have all of it, please go on with whatever you do there'])
      conversation = tell(core, conversation, words).conversation;
    expect(first.cause).not.toBeNull();
    expect(conversation.cause).toBe(first.cause);
  });
});

describe('stored talks', () => {
  test('one of an earlier version loads with the defaults of what is new', async () => {
    const core = await engine();
    const now = tell(core, begin(), OPENING).conversation;
    const without = (of: object, ...keys: readonly string[]): object =>
      Object.fromEntries(Object.entries(of).filter(([key]) => !keys.includes(key)));
    const old = without(now, 'corrected', 'egress', 'dodged');
    const evidence = without(now.evidence, 'later');
    const loaded = loadConversation(JSON.parse(JSON.stringify({ ...old, evidence })));
    expect(loaded).toMatchObject({ corrected: null, egress: [], dodged: 0, turns: now.turns, language: 'en' });
    expect(loaded.evidence.later).toEqual({});
    expect(viewTurn(tell(core, loaded, 'ironbark').conversation, core).status).toBe('open');
  });

  test('one of this version stays the very object', async () => {
    const { conversation } = tell(await engine(), begin(), OPENING);
    expect(loadConversation(conversation)).toBe(conversation);
  });
});

describe('edited fields', () => {
  test.each([
    ['UTC+7', '2026-10-02T03:10+07:00'],
    ['Asia/Ho_Chi_Minh', '2026-10-02T03:10+07:00'],
    ['+01:00', '2026-10-02T03:10+01:00'],
  ])('the zone %s completes the time', async (timezone, value) => {
    const { conversation } = reduce(
      begin(),
      { type: 'fields', at: NOON, fields: { timezone, timestamp: '2026-10-02T03:10' } },
      await engine(),
    );
    expect(conversation.fields['timestamp']?.value).toBe(value);
    expect(conversation.timezoneMissing).toBe(false);
  });

  test('attachments are names of files, no paths', async () => {
    const core = await engine();
    const edit = (attachments: string): unknown =>
      reduce(begin(), { type: 'fields', at: NOON, fields: { attachments } }, core).conversation.fields['attachments']
        ?.value;
    expect(edit('module.log,  shot 1.png, module.log')).toBe('module.log, shot 1.png');
    expect(edit('../../etc/passwd')).toBeUndefined();
    expect(edit(' , ')).toBeUndefined();
  });
});

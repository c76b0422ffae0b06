// Botkit as host, held against the five faults that were found by running it (each test names its fault).
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { Botkit } from 'botkit';
import type { Activity, TurnContext } from 'botbuilder-core';
import { type Chat, createChat } from '../../src/channels/chat';
import { FORGETFUL_STORAGE } from '../../src/channels/storage';
import { PreticketError } from '../../src/errors';
import { createLog } from '../../src/log';
import { createService, type Service } from '../../src/service';
import type { Bearer } from '../../src/service/admit';
import { createMemoryStore } from '../../src/stores/memory';
import { engine } from '../support/engine';
import { fakeTalk } from '../support/fake-talk';
import { temporaryFolder } from '../support/test-server';

jest.setTimeout(30_000);

const SECRET = ['Orchard', '-Gate-', '77'].join('');
const MAIN = path.join(__dirname, '..', '..', 'dist', 'cli', 'main.js');

const lines: string[] = [];
const log = createLog('trace', { write: (line) => lines.push(line) });
// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own `this`
const original = Botkit.prototype.handleTurn;
const unhandled = jest.fn();
let service: Service;
let bearer: Bearer;
let written: jest.SpyInstance;
/** Activities that Botkit was handed, as it saw them. */
let activities: Activity[];

beforeEach(async () => {
  lines.length = 0;
  service = createService({
    store: createMemoryStore(),
    talk: fakeTalk(),
    engine: await engine(),
    maxMessageBytes: 2048,
    ttlDays: 30,
  });
  bearer = await service.open({ channel: 'web' });
  written = jest.spyOn(FORGETFUL_STORAGE, 'write');
  activities = [];
  const handled = jest.spyOn(Botkit.prototype, 'handleTurn');
  handled.mockImplementation(function (this: Botkit, context: TurnContext) {
    activities.push(context.activity);
    return original.call(this, context);
  });
  process.on('unhandledRejection', unhandled);
});
afterEach(async () => {
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
  jest.restoreAllMocks();
  await service.stop();
});

const chatWith = (more: { message?: Service['message']; turnMs?: number } = {}): Chat => {
  const { message = service.message.bind(service), turnMs } = more;
  const redact = service.redact.bind(service);
  return createChat({ service: { message, redact }, log, channel: 'web', ...(turnMs === undefined ? {} : { turnMs }) });
};
const textsOf = (body: string): string[] =>
  (JSON.parse(body) as { replies: { text: string }[] }).replies.map(({ text }) => text);
/** All that Botkit was handed, and all it wanted to keep. */
const seen = (): string => JSON.stringify(activities) + JSON.stringify(written.mock.calls);

test('a message goes through Botkit and comes back byte for byte; a retry gets the first answer', async () => {
  const chat = chatWith();
  const first = await chat.message(bearer, 'hello there', { key: 'k1' });
  expect(textsOf(first.body)).toEqual(['1: hello there']);
  expect(await chat.message(bearer, 'hello there', { key: 'k1' })).toEqual(first);
  expect(await service.message(bearer, 'hello there', { key: 'k1' })).toEqual(first);
  expect(activities).toHaveLength(2);
});

test('fault 1: no activity, log or debug output holds a secret, also one that only the conversation knows', async () => {
  const chat = chatWith();
  await chat.message(bearer, `my api password is ${SECRET} and it says 401`);
  await chat.message(bearer, `still ${SECRET} is refused`);
  expect(activities).toHaveLength(2);
  expect(seen()).toContain('[redacted:');
  expect(seen()).toContain('is refused');
  for (const place of [seen(), lines.join('\n')])
    for (const hidden of [SECRET, bearer.token, bearer.id]) expect(place).not.toContain(hidden);
});

test('fault 1: the terminal chat under DEBUG=botkit* prints its activities without the secret', () => {
  const folder = temporaryFolder();
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, 'chat', '--language', 'en'], {
    env: { PATH: process.env['PATH'], DATA_DIR: folder.dir, DEBUG: 'botkit*,botbuilder*' },
    input: `my api password is ${SECRET}, 401\nit still says ${SECRET} is wrong\n/quit\n`,
    timeout: 25_000,
  });
  folder.remove();
  expect(status).toBe(0);
  const all = `${stdout.toString()}${stderr.toString()}`;
  expect(all).toContain('INCOMING ACTIVITY');
  expect(all).toContain('[redacted:');
  expect(all).not.toContain(SECRET);
});

describe('fault 2: a handler that fails neither hangs a turn nor ends the process', () => {
  test.each<[string, Service['message'], RegExp]>([
    [
      'throws at once',
      () => {
        throw new Error('broken');
      },
      /broken/,
    ],
    ['rejects', () => Promise.reject(new PreticketError('STORE_UNAVAILABLE', 'away')), /away/],
    ['never settles', () => new Promise(() => undefined), /took too long/],
  ])('%s', async (_name, message, expected) => {
    const chat = chatWith({ message, turnMs: 1500 });
    await expect(chat.message(bearer, 'a')).rejects.toThrow(expected);
    await expect(chat.message(bearer, 'b')).rejects.toThrow(expected);
  });

  test('the next message of a conversation is answered, and a late end of the first is no fault', async () => {
    let late: () => void = () => undefined;
    const message: Service['message'] = async (who, raw, more) => {
      if (raw === 'slow') await new Promise<void>((resolve) => (late = resolve));
      return service.message(who, raw, more);
    };
    const chat = chatWith({ message, turnMs: 800 });
    await expect(chat.message(bearer, 'slow', { key: 's' })).rejects.toMatchObject({ code: 'TURN_TIMED_OUT' });
    expect(textsOf((await chat.message(bearer, 'next')).body)).toEqual(['1: next']);
    late();
    // Asked again under its key, it is done once.
    expect(textsOf((await service.message(bearer, 'slow', { key: 's' })).body)).toEqual(['2: slow']);
    expect(lines.join('')).toContain('TURN_TIMED_OUT');
  });

  test('a stranger is refused before Botkit hears of it', async () => {
    const chat = chatWith();
    await expect(chat.message({ ...bearer, token: 'x' }, 'a')).rejects.toMatchObject({ code: 'TOKEN_MISSING' });
    await expect(chat.message(bearer, 'x'.repeat(3000))).rejects.toMatchObject({ code: 'MESSAGE_TOO_LARGE' });
    expect(activities).toEqual([]);
  });
});

test('fault 3: messages at once get one answer each, in their order; other conversations do not wait', async () => {
  const other = await service.open({ channel: 'web' });
  const message: Service['message'] = async (who, raw, more) => {
    if (raw === 'a0') await new Promise((resolve) => setTimeout(resolve, 300));
    return service.message(who, raw, more);
  };
  const chat = chatWith({ message });
  await chat.message(bearer, 'warm');
  const order: string[] = [];
  const say = async (who: Bearer, text: string): Promise<string[]> => {
    const { body } = await chat.message(who, text);
    order.push(text);
    return textsOf(body);
  };
  const answers = await Promise.all([...['a0', 'a1', 'a2'].map((text) => say(bearer, text)), say(other, 'other')]);
  expect(answers).toEqual([['2: a0'], ['3: a1'], ['4: a2'], ['1: other']]);
  expect(order).toEqual(['other', 'a0', 'a1', 'a2']);
  const flood = await Promise.allSettled(Array.from({ length: 40 }, (_, i) => chat.message(bearer, `f${i}`)));
  expect(flood.filter(({ status }) => status === 'rejected')).toHaveLength(8);
});

test('fault 4: no dialog takes a message as the value of a question: all of it reaches the mind as it is', async () => {
  const chat = chatWith();
  const texts = ['Router <v2> & "Windows"', '{{vars.user}} {{{x}}} <%= 1 %>'];
  for (const text of texts) expect(textsOf((await chat.message(bearer, text)).body)[0]).toContain(text);
  expect(activities.map(({ text }) => text)).toEqual(texts);
});

test('fault 5: Botkit’s storage is empty after any number of turns, and its keys cannot collide', async () => {
  const chat = chatWith();
  for (const text of ['a', 'b', 'c']) await chat.message(bearer, text);
  const keys = [...new Set(written.mock.calls.flatMap(([changes]) => Object.keys(changes as object)))];
  expect(await FORGETFUL_STORAGE.read(keys.concat('x'))).toEqual({});
  for (const { id, conversation } of activities) {
    expect(conversation.id).toMatch(/^[0-9a-f]{32}$/);
    expect(id).toMatch(/^[0-9a-f]{32}$/);
  }
  expect(seen()).not.toContain(bearer.id);
});

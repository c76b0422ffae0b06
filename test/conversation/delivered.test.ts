// What the talk says of a ticket's end, in every language: the reference where a helpdesk has it, a way on where none took it.
import { reduce } from '../../src/conversation/reduce';
import { engine } from '../support/engine';
import { begin, NOON, tell } from '../support/talk';
import type { Conversation } from '../../src/conversation/conversation';

const YES = { en: 'yes', zh: '是', vi: 'có', ru: 'да', es: 'sí', pt: 'sim', id: 'ya' } as const;

async function submitted(language: string): Promise<Conversation> {
  const core = await engine();
  const { conversation } = tell(core, begin(language), '403 IP not in whitelist');
  return reduce({ ...conversation, language }, { type: 'ticket', at: NOON }, core).conversation;
}

describe.each(Object.entries(YES))('%s', (language, yes) => {
  test('delivered: the reference is said as it is, once, and the status stays', async () => {
    const core = await engine();
    const { conversation, replies } = reduce(
      await submitted(language),
      { type: 'delivered', at: NOON, reference: 'WHM-1{a}' },
      core,
    );
    expect(replies).toEqual([{ kind: 'done', text: expect.stringContaining('WHM-1{a}') as string }]);
    expect(replies[0]?.text).not.toContain('{reference}');
    expect(conversation.status).toBe('submitted');
  });

  test.each([false, true])(
    'not delivered (withheld: %s): it is said, asked, and a yes sends it again',
    async (withheld) => {
      const core = await engine();
      const failed = reduce(await submitted(language), { type: 'undelivered', at: NOON, withheld }, core);
      expect(failed.conversation.status).toBe('review');
      expect(failed.replies.map(({ kind }) => kind)).toEqual(['warning', 'question']);
      const texts = core.textsOf(language).talk;
      expect(failed.replies[0]?.text).toBe(texts[withheld ? 'withheld' : 'undelivered']);
      const again = tell(core, failed.conversation, yes);
      expect(again.conversation.status).toBe('submitted');
    },
  );
});

test('asked for again after a failure it goes; without one it is with support already', async () => {
  const core = await engine();
  const sent = await submitted('en');
  const again = reduce(sent, { type: 'ticket', at: NOON, again: true }, core);
  expect(again.replies.map(({ kind }) => kind)).toEqual(['done']);
  expect(reduce(sent, { type: 'ticket', at: NOON }, core).replies.map(({ kind }) => kind)).toEqual(['text']);
});

test('a talk that a human took over stays theirs, whatever becomes of the ticket', async () => {
  const core = await engine();
  const { conversation } = tell(core, begin('en'), 'I want to talk to a person');
  for (const event of [
    { type: 'delivered', at: NOON, reference: 'R-1' },
    { type: 'undelivered', at: NOON, withheld: false },
  ] as const)
    expect(reduce(conversation, event, core).conversation.status).toBe('handed-over');
});

test('a failed one that is delivered after all is submitted', async () => {
  const core = await engine();
  const failed = reduce(await submitted('en'), { type: 'undelivered', at: NOON, withheld: false }, core);
  const { status, last } = reduce(
    failed.conversation,
    { type: 'delivered', at: NOON, reference: 'R-1' },
    core,
  ).conversation;
  expect([status, last]).toEqual(['submitted', null]);
});

// Short answers are read in the light of the question that was asked.
import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { engine } from '../support/engine';
import { asked, tell } from '../support/talk';

interface AnswerCase {
  readonly name: string;
  readonly field: string;
  readonly language?: string;
  readonly text: string;
  readonly zone?: string;
  readonly value?: string | null;
  readonly bad?: true;
  readonly says?: string;
}

const cases = parse(
  fs.readFileSync(path.join(__dirname, '..', 'fixtures', 'conversation', 'answers.yaml'), 'utf8'),
) as AnswerCase[];

test.each(cases.map((one) => [one.name, one] as const))(
  '%s',
  async (_, { field, language, text, zone, value, bad, says }) => {
    const core = await engine();
    const { conversation, replies } = tell(
      core,
      asked(core, language ?? 'en', { field }),
      text,
      zone === undefined ? {} : { zone },
    );
    if (bad === true) {
      expect(conversation.fields[field]).toBeUndefined();
      expect(conversation.last?.field).toBe(field);
      expect(conversation.asked[field]).toBe(2);
      expect(replies.length).toBeGreaterThan(1);
    } else {
      expect(conversation.fields[field]?.value).toBe(value);
      expect(conversation.last?.field).not.toBe(field);
    }
    if (says !== undefined) expect(replies.map((reply) => reply.text).join('\n')).toContain(says);
  },
);

test.each([
  ['en', 'fails-when', 'yes, always', 'always'],
  ['en', 'fails-when', 'now and then', 'sometimes'],
  ['en', 'fails-when', 'the second', 'sometimes'],
  ['en', 'fails-when', '3', 'place'],
  ['en', 'settings-visible', 'nope', 'no'],
  ['en', 'settings-visible', 'yes', 'yes'],
  ['en', 'what-changed', "I don't know", null],
  ['en', 'which-password', 'both are the same', 'same'],
  ['en', 'which-password', 'no idea', 'unsure'],
  ['en', 'whmcs-where', 'both', 'both'],
  ['en', 'ip-listed', 'No address was added', 'none'],
  ['zh', 'fails-when', '每次都失败', 'always'],
  ['zh', 'settings-visible', '没有', 'no'],
  ['vi', 'settings-visible', 'có', 'yes'],
  ['ru', 'settings-visible', 'нет', 'no'],
  ['ru', 'fails-when', 'иногда', 'sometimes'],
  ['es', 'fails-when', 'a veces', 'sometimes'],
  ['pt', 'settings-visible', 'sim', 'yes'],
  ['id', 'settings-visible', 'ya', 'yes'],
])('%s %s: %s', async (language, question, text, expected) => {
  const core = await engine();
  const { conversation } = tell(core, asked(core, language, { asks: question }), text);
  expect(conversation.answers[question] ?? null).toBe(expected);
});

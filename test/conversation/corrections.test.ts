// Corrections of every field in several wordings: the field that is meant takes the new value, no other field moves.
import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import type { Conversation, KnownField } from '../../src/conversation/conversation';
import { engine } from '../support/engine';
import { asked, begin, tell } from '../support/talk';

interface CorrectionCase {
  readonly name: string;
  readonly language?: string;
  readonly known?: Readonly<Record<string, string>>;
  readonly answered?: string;
  readonly asks?: string;
  readonly text: string;
  readonly expect: Readonly<Record<string, string>>;
}

const cases = parse(
  fs.readFileSync(path.join(__dirname, '..', 'fixtures', 'conversation', 'corrections.yaml'), 'utf8'),
) as CorrectionCase[];

test.each(cases.map((one) => [one.name, one] as const))('%s', async (_, one) => {
  const core = await engine();
  const language = one.language ?? 'en';
  const start = one.asks === undefined ? { ...begin(language), turns: 1 } : asked(core, language, { field: one.asks });
  const fields = Object.fromEntries(
    Object.entries(one.known ?? {}).map(([key, value]): [string, KnownField] => [
      key,
      { value, source: value, by: 'answer' },
    ]),
  );
  const timestamp = one.known?.['timestamp'];
  const before: Conversation = {
    ...start,
    fields,
    answered: one.answered ?? null,
    timezoneMissing: timestamp !== undefined && !/(?:Z|[+-]\d\d:\d\d)$/.test(timestamp),
  };
  const { conversation } = tell(core, before, one.text);
  const after = Object.fromEntries(Object.keys(one.expect).map((key) => [key, conversation.fields[key]?.value]));
  expect(after).toEqual(one.expect);
  expect(conversation.timezoneMissing).toBe(false);
});

test('a corrected address is no evidence of two ways out', async () => {
  const core = await engine();
  const first = tell(
    core,
    begin(),
    'We rebuilt on a new VPS and have not added its address. API calls are refused with 403.',
  );
  const waiting: Conversation = { ...first.conversation, last: { field: 'outboundIp', also: [], text: '?', why: '' } };
  const { conversation } = tell(
    core,
    waiting,
    '198.51.100.68. No, correction, that is the gateway. It is 198.51.100.66',
  );
  expect(conversation.evidence.addresses.map(({ value }) => value)).toEqual(['198.51.100.66']);
  expect(conversation.cause).toBe(first.conversation.cause);
  expect(conversation.cause).not.toBeNull();
});

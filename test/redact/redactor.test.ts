// What a redaction reports: counts, places, observations; how it fails; what a conversation's memory recognises.
import { PreticketError } from '../../src/errors';
import { RedactionMemory } from '../../src/redact/memory';
import { createRedactor } from '../../src/redact/redactor';
import { sipHash } from '../../src/redact/siphash';
import { redactData } from '../support/redact-rules';

const data = redactData();
const redactor = createRedactor(data);
const key = [1, 2, 3, 4] as const;
const secret = 'Fen!' + 'Reed_12';

describe('observations', () => {
  test('a pair behind a scheme word', () => {
    const pair = Buffer.from(`larkfield:${secret}`).toString('base64');
    const result = redactor.redact(`Authorization: Basic ${pair}\nHost: h`);
    expect(result.text).toBe('Authorization: Basic [redacted:basic-credentials]\nHost: h');
    expect(result.observations).toEqual([
      expect.objectContaining({
        carrier: 'header',
        name: 'Authorization',
        scheme: 'Basic',
        encoding: 'base64',
        decodesTo: 'pair',
        length: pair.length,
      }),
    ]);
    const place = result.spans[0];
    expect(result.text.slice(place?.start, place?.end)).toBe('[redacted:basic-credentials]');
  });

  test('blanks around the colon', () => {
    const [first] = redactor.redact(`Authorization: larkfield : ${secret}`).observations;
    expect(first).toMatchObject({ blanksBefore: true, hasColon: false, name: 'Authorization' });
    const [second] = redactor.redact(`header value: b'larkfield:${secret}\\n'`).observations;
    expect(second).toMatchObject({ blanksBefore: false, blanksAfter: true });
  });

  test('equal values share a group', () => {
    const { observations } = redactor.redact(`login password: ${secret}\napi_secret=${secret}\ntoken=Other-77-Reed`);
    expect(observations.map(({ group }) => group)).toEqual([1, 1, 2]);
  });
});

test('counts by kind', () => {
  const { redactions } = redactor.redact(`api_secret=${secret}&authcode=Kw-Trf-8891`);
  expect(redactions).toEqual([
    { kind: 'api-secret', count: 1 },
    { kind: 'epp-code', count: 1 },
  ]);
});

test('a value recognised once goes everywhere in the text', () => {
  const encoded = Buffer.from(`xx:${secret}`).toString('base64');
  const { text } = redactor.redact(
    `api_secret=${secret}\nlater: ${secret.toUpperCase()} and ${encodeURIComponent(secret)} and ${encoded}`,
  );
  expect(text).toBe(
    'api_secret=[redacted:api-secret]\nlater: [redacted:api-secret] and [redacted:api-secret] and [redacted:basic-credentials]',
  );
});

describe('memory', () => {
  test('recognises a bare value in a later message, in other case and encodings', () => {
    const memory = new RedactionMemory(key);
    redactor.redact(`my password is ${secret}`, memory);
    const encoded = Buffer.from(secret).toString('base64');
    const { text, observations } = redactor.redact(
      `still ${secret.toLowerCase()} or ${encoded} or ${encodeURIComponent(secret)}.`,
      memory,
    );
    expect(text).toBe('still [redacted:password] or [redacted:password] or [redacted:password].');
    expect(observations[0]).toMatchObject({ carrier: 'memory', group: 1 });
  });

  test('keeps no value', () => {
    const memory = new RedactionMemory(key);
    redactor.redact(`my password is ${secret}`, memory);
    expect(JSON.stringify(memory.toData())).not.toContain(secret.slice(0, 5));
    const copy = RedactionMemory.from(memory.toData());
    expect(redactor.redact(`try ${secret} again`, copy).text).toBe('try [redacted:password] again');
  });

  test('holds back what was announced or asked for', () => {
    const memory = new RedactionMemory(key);
    redactor.redact("I'll send you the password in the next message", memory);
    expect(redactor.redact('kingfisher', memory).text).toBe('[redacted:password]');
    redactor.redact('What is your API password?', memory);
    expect(redactor.redact('thanks, it works now', memory).text).toBe('thanks, it works now');
  });
});

test('fails closed: a rule that throws lets nothing pass, and its message holds nothing of the text', () => {
  const broken = createRedactor(data);
  const memory = {
    get lengths(): never {
      throw new Error(secret);
    },
    size: 1,
    expects: undefined,
  } as unknown as RedactionMemory;
  let thrown: unknown;
  try {
    broken.redact(`x ${secret}`, memory);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(PreticketError);
  expect(thrown).toMatchObject({ code: 'REDACTION_FAILED' });
  expect(String(thrown) + String((thrown as Error).cause)).not.toContain(secret);
});

test('a draft is looked at once more', () => {
  expect(redactor.recheck('Account: larkfield\nSecret: [redacted:api-secret]').redactions).toEqual([]);
  expect(redactor.recheck(`Account: larkfield\nSecret: ${secret}`).redactions).toEqual([
    { kind: 'api-secret', count: 1 },
  ]);
});

test('the hash is SipHash-2-4 keyed: another key, another hash', () => {
  expect(sipHash([1, 2, 3, 4], 'a')).toBe(sipHash([1, 2, 3, 4], 'a'));
  expect(sipHash([1, 2, 3, 4], 'a')).not.toBe(sipHash([1, 2, 3, 5], 'a'));
  expect(sipHash([1, 2, 3, 4], 'ab')).not.toBe(sipHash([1, 2, 3, 4], 'ba'));
});

test('fails closed: where a rule throws, nothing of the text passes', () => {
  const data = redactData();
  const [first, ...shapes] = data.shapes.shapes;
  const broken = {
    ...data,
    shapes: {
      shapes: [
        {
          ...(first as (typeof data.shapes.shapes)[number]),
          get kind(): string {
            throw new TypeError('broken rule');
          },
        },
        ...shapes,
      ],
    },
  };
  const failing = createRedactor(broken);
  const text = 'id AKIAQ3ZXK7LMPW2RTV5N';
  let caught: unknown;
  try {
    failing.redact(text);
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(PreticketError);
  expect(caught).toMatchObject({ code: 'REDACTION_FAILED' });
  expect((caught as Error).message).not.toMatch(/AKIA|broken rule/);
});

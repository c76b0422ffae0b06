// The redaction data as browsers fetch it: small, and read back as what was written; a redactor made of it says the same.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { compress, expand } from '../../src/redact/portable/coder';
import { packRedaction, reduceRedaction, unpackRedaction } from '../../src/redact/portable/portable';
import { createRedactor } from '../../src/redact/redactor';
import { redactData } from '../support/redact-rules';

const data = redactData();
const packed = packRedaction(data);
const atOnce = (): Promise<void> => Promise.resolve();

test('reads back what was written', async () => {
  expect(await unpackRedaction(packed, atOnce)).toEqual(reduceRedaction(data));
});

test('what is left out is read by no detector: the same verdict on every message of the corpus', async () => {
  const [whole, read] = [createRedactor(data), createRedactor(await unpackRedaction(packed, atOnce))];
  const corpus = path.join(__dirname, '..', 'corpus');
  const texts = fs
    .readdirSync(corpus)
    .filter((name) => /^(?:dev|r1)\.jsonl$/.test(name))
    .flatMap((name) => fs.readFileSync(path.join(corpus, name), 'utf8').trim().split('\n'))
    .map((line) => (JSON.parse(line) as { text: string }).text);

  const differ = texts.filter((text) => JSON.stringify(whole.redact(text)) !== JSON.stringify(read.redact(text)));
  expect(differ.length).toBe(0);
});

test('pieces are short, and others have their turn between them', async () => {
  let turns = 0;
  await unpackRedaction(packed, () => {
    turns++;
    return Promise.resolve();
  });
  expect(turns).toBeGreaterThan(20);
});

test.each([
  ['nothing', new Uint8Array(0)],
  ['one byte', Uint8Array.of(0)],
  ['one byte again and again', new Uint8Array(5000).fill(255)],
  ['noise', Uint8Array.from({ length: 4000 }, (_, i) => createHash('md5').update(`${i}`).digest()[0] as number)],
])('survives %s', async (_name, bytes) => {
  expect(Buffer.from(await expand(compress(bytes), atOnce)).equals(Buffer.from(bytes))).toBe(true);
});

test('a length that no pack has is refused before anything is made for it', async () => {
  await expect(expand(Uint8Array.of(255, 255, 255, 255), atOnce)).rejects.toThrow(RangeError);
});

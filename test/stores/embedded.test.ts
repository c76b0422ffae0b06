// What the embedded store promises beyond the contract: it survives death, keeps nothing that was deleted, and never starts on damage.
import fs from 'node:fs';
import path from 'node:path';
import { openEmbeddedStore } from '../../src/stores/embedded';
import type { Store } from '../../src/stores/store';
import { storeProcess } from '../support/store-process';
import { bytesBelow, temporaryFolder } from '../support/test-server';

const expiresAtMs = Date.now() + 86_400_000;
const WORDS = ['heron', 'walks', 'alone'].join('-');
let dir: string;
let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
  ({ dir } = folder);
});
afterEach(() => folder.remove());

const open = (): Promise<Store> => openEmbeddedStore({ dir });
const failure = async (promise: Promise<unknown>): Promise<{ code: string; message: string }> =>
  promise.then(
    () => ({ code: 'none', message: '' }),
    (error: { code: string; message: string }) => error,
  );

describe('survival', () => {
  test('a store that was closed holds what it held', async () => {
    const first = await open();
    await first.create('a', {
      record: 'one',
      entries: [{ seq: 1, text: 'e' }],
      remember: { key: 'k', value: 'v' },
      put: [{ name: 'w', kind: 'x', dueAtMs: 0 }],
      expiresAtMs,
    });
    await first.close();
    const second = await open();
    expect(await second.load('a', 'k')).toEqual({ version: 1, record: 'one', remembered: 'v' });
    expect(await second.lease(1000, 5)).toEqual([{ id: 'a', name: 'w', kind: 'x', attempt: 1 }]);
    await second.close();
  });

  test('five processes killed without warning lose nothing that they acknowledged', async () => {
    let acknowledged = 0;
    for (let round = 0; round < 5; round++) {
      const { child, lines, ended } = storeProcess(
        dir,
        `await Promise.all([0, 1, 2, 3].map(async (lane) => {
           const id = 'c${round}-' + lane;
           await store.create(id, { record: '0', expiresAtMs });
           for (let i = 1; i < 100000; i++) {
             await store.save(id, i, { record: String(i), entries: [{ seq: i, text: 'e' + i }], expiresAtMs });
             say(id + ' ' + i);
           }
         }))`,
      );
      while (lines.length < 40 * (round + 1)) await new Promise((resolve) => setTimeout(resolve, 5));
      child.kill('SIGKILL');
      await ended;
      const last = new Map(lines.map((line) => line.split(' ') as [string, string]));
      const store = await open();
      for (const [id, count] of last) {
        const loaded = await store.load(id);
        expect(Number(loaded?.record)).toBeGreaterThanOrEqual(Number(count));
        const entries = await store.entries(id, 0);
        expect(entries.map((entry) => entry.text)).toEqual(
          Array.from({ length: Number(loaded?.record) }, (_, i) => `e${i + 1}`),
        );
        acknowledged += Number(count);
      }
      await store.close();
    }
    expect(acknowledged).toBeGreaterThan(400);
  });

  test('three processes on one store: every save is one of a kind', async () => {
    const store = await open();
    await store.create('a', { record: '0', expiresAtMs });
    const script = `
      for (let done = 0; done < 100; ) {
        const { version, record } = await store.load('a');
        if (await store.save('a', version, { record: String(Number(record) + 1), expiresAtMs })) done++;
      }`;
    const processes = [1, 2, 3].map(() => storeProcess(dir, script));
    expect(await Promise.all(processes.map(({ ended }) => ended))).toEqual([0, 0, 0]);
    expect(await store.load('a')).toEqual({ version: 301, record: '300' });
    await store.close();
  });

  test('a watcher hears what another process does', async () => {
    const store = await openEmbeddedStore({ dir, pollMs: 10 });
    await store.create('a', { record: '0', expiresAtMs });
    const heard = new Promise<void>((resolve) => store.watch('a', resolve));
    await storeProcess(dir, `await store.save('a', 1, { record: '1', expiresAtMs })`).ended;
    await heard;
    expect((await store.load('a'))?.record).toBe('1');
    await store.close();
  });
});

describe('forgetting', () => {
  const fill = async (store: Store, id: string): Promise<void> => {
    await store.create(id, {
      record: `${WORDS} record`,
      remember: { key: WORDS, value: WORDS },
      put: [{ name: WORDS, kind: WORDS, dueAtMs: 0 }],
      expiresAtMs,
    });
    for (let i = 1; i < 30; i++)
      await store.save(id, i, {
        record: `${WORDS} ${i} ${'x'.repeat(i * 300)}`,
        entries: [{ seq: i, text: `${WORDS} entry` }],
        expiresAtMs,
      });
  };

  test('no word of a conversation is in any file at any time', async () => {
    const store = await open();
    await fill(store, 'some-conversation-id');
    await store.close();
    const bytes = bytesBelow(dir);
    expect(bytes.includes(WORDS)).toBe(false);
    expect(bytes.includes('some-conversation-id')).toBe(false);
  });

  test('after a deletion the key is in no file, while a copy of the data file made before stays sealed', async () => {
    const store = await open();
    await fill(store, 'a');
    await fill(store, 'b');
    const keyFile = path.join(dir, 'keys.bin');
    const keys = fs.readFileSync(keyFile);
    const key = keys.subarray(64 + 1, 64 + 33);
    const backup = fs.readFileSync(path.join(dir, 'data.mdb'));
    await store.delete('a');
    expect(bytesBelow(dir).includes(key)).toBe(false);
    expect(backup.includes(key)).toBe(false);
    // The data file of before beside the keys of now, which is what a restored backup is.
    await store.close();
    fs.writeFileSync(path.join(dir, 'data.mdb'), backup);
    const restored = await open();
    expect(await restored.load('a')).toBeUndefined();
    expect(await restored.entries('a', 0)).toEqual([]);
    expect((await restored.load('b'))?.version).toBe(30);
    await restored.close();
  });

  test('expiry destroys keys too, and a slot is used again with another key', async () => {
    let now = Date.now();
    const store = await openEmbeddedStore({ dir, now: () => now });
    await store.create('a', { record: 'x', expiresAtMs: now + 1000 });
    const keyFile = path.join(dir, 'keys.bin');
    const before = fs.readFileSync(keyFile).subarray(65, 97);
    now += 7200_000;
    expect(await store.expire(10)).toBe(1);
    expect(fs.readFileSync(keyFile).includes(before)).toBe(false);
    await store.create('b', { record: 'y', expiresAtMs: now + 1000 });
    expect(fs.statSync(keyFile).size).toBe(128);
    await store.close();
  });

  test('files do not grow with what comes and goes', async () => {
    const store = await open();
    const size = (): number => fs.statSync(path.join(dir, 'data.mdb')).size;
    for (let i = 0; i < 5; i++) {
      await fill(store, `c${i}`);
      await store.delete(`c${i}`);
    }
    const after = size();
    for (let i = 5; i < 25; i++) {
      await fill(store, `c${i}`);
      await store.delete(`c${i}`);
    }
    expect(size()).toBeLessThanOrEqual(after * 1.5);
    await store.close();
  });
});

describe('damage stops the start with one line', () => {
  const prepare = async (): Promise<void> => {
    const store = await open();
    for (let i = 0; i < 40; i++)
      await store.create(`c${i}`, {
        record: 'r'.repeat(900),
        entries: [{ seq: 1, text: 'e'.repeat(3000) }],
        remember: { key: 'k', value: 'v'.repeat(300) },
        put: [{ name: 'w', kind: 'k', dueAtMs: 1 }],
        expiresAtMs,
      });
    await store.close();
    // Without the room that is written ahead, so that harm hits what is in use.
    const bytes = fs.readFileSync(file('data.mdb'));
    const end = bytes.findLastIndex((byte) => byte !== 0) + 1;
    fs.truncateSync(file('data.mdb'), Math.ceil(end / 4096) * 4096);
  };
  const file = (name: string): string => path.join(dir, name);
  const overwrite = (name: string, at: (size: number) => number, bytes: Buffer): void => {
    const handle = fs.openSync(file(name), 'r+');
    fs.writeSync(handle, bytes, 0, bytes.length, at(fs.fstatSync(handle).size));
    fs.closeSync(handle);
  };
  const ways: readonly (readonly [string, () => void])[] = [
    ['the data file is gone', () => fs.rmSync(file('data.mdb'))],
    ['the data file is empty', () => fs.truncateSync(file('data.mdb'))],
    ['the data file is cut in half', () => fs.truncateSync(file('data.mdb'), fs.statSync(file('data.mdb')).size / 2)],
    ['the data file is cut short', () => fs.truncateSync(file('data.mdb'), 5000)],
    ['the head of the data file is overwritten', () => overwrite('data.mdb', () => 0, Buffer.alloc(8192, 0x5a))],
    ['the data file is text', () => fs.writeFileSync(file('data.mdb'), 'hello '.repeat(5000))],
    ['pages in the middle are zero', () => overwrite('data.mdb', (size) => size / 2, Buffer.alloc(40_000))],
    [
      'pages in the middle are noise',
      () => overwrite('data.mdb', (size) => Math.floor(size / 3), Buffer.alloc(40_000, 'noise!')),
    ],
    ['the key file is gone', () => fs.rmSync(file('keys.bin'))],
    ['the key file is empty', () => fs.truncateSync(file('keys.bin'))],
    ['the key file is cut short', () => fs.truncateSync(file('keys.bin'), 700)],
    ['a key is another one', () => overwrite('keys.bin', () => 64 + 64 * 3 + 5, Buffer.from('12345678'))],
    ['keys are zero', () => overwrite('keys.bin', () => 64, Buffer.alloc(640))],
    ['the key file is of another store', () => overwrite('keys.bin', () => 32, Buffer.alloc(16, 7))],
    ['the mark is damaged', () => fs.writeFileSync(file('store.json'), '{"format":1,"sto')],
    [
      'the mark is of another store',
      () => fs.writeFileSync(file('store.json'), `{"format":1,"store":"${'ab'.repeat(16)}"}`),
    ],
    [
      'the store is of a later version',
      () => fs.writeFileSync(file('store.json'), `{"format":99,"store":"${'ab'.repeat(16)}"}`),
    ],
  ];

  test.each(ways)('%s', async (_name, harm) => {
    await prepare();
    harm();
    const { code, message } = await failure(open());
    expect(code).toBe('STORE_DAMAGED');
    expect(message).toContain(dir);
    expect(message).not.toContain('\n');
  });

  test('one byte anywhere in what a conversation holds is noticed', async () => {
    await prepare();
    const whole = fs.readFileSync(file('data.mdb'));
    let noticed = 0;
    for (let i = 1; i <= 12; i++) {
      const bytes = Buffer.from(whole);
      const at = Math.floor((bytes.length / 13) * i);
      bytes.writeUInt8(bytes.readUInt8(at) ^ 0x40, at);
      fs.writeFileSync(file('data.mdb'), bytes);
      const result = await open().then(
        async (store) => {
          const records = await Promise.all(Array.from({ length: 40 }, (_, n) => store.load(`c${n}`)));
          await store.close();
          return records.every((record) => record?.record === 'r'.repeat(900));
        },
        (error: { code: string }) => {
          noticed++;
          return error.code === 'STORE_DAMAGED';
        },
      );
      // Either the byte was in a page that holds nothing, or the start stops.
      expect(result).toBe(true);
    }
    expect(noticed).toBeGreaterThan(4);
  });

  test('a mark that was lost is made again where the data is sound', async () => {
    await prepare();
    fs.rmSync(file('store.json'));
    const store = await open();
    expect((await store.load('c7'))?.record).toHaveLength(900);
    expect(fs.existsSync(file('store.json'))).toBe(true);
    await store.close();
  });

  test('two processes that begin on an empty folder at once make one store', async () => {
    const processes = Array.from({ length: 4 }, (_, i) =>
      storeProcess(dir, `await store.create('c${i}', { record: 'r${i}', expiresAtMs })`),
    );
    expect(await Promise.all(processes.map(({ ended }) => ended))).toEqual([0, 0, 0, 0]);
    const store = await open();
    for (let i = 0; i < 4; i++) expect((await store.load(`c${i}`))?.record).toBe(`r${i}`);
    await store.close();
  });
});

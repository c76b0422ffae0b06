// What every store must do. To run it on a new one: call `storeContract` with a function that makes an empty store on the given clock.
import type { Change, Clock, Store } from '../../src/stores/store';

const HOUR = 3600_000;
const START = Date.UTC(2026, 0, 5, 10, 0, 0);

export function storeContract(
  name: string,
  make: (now: Clock) => Promise<{ store: Store; end: () => Promise<void> }>,
): void {
  describe(`store contract: ${name}`, () => {
    let now = START;
    let store: Store;
    let end: () => Promise<void>;
    beforeEach(async () => {
      now = START;
      ({ store, end } = await make(() => now));
    });
    afterEach(async () => {
      await store.close();
      await end();
    });
    const change = (record: string, more: Partial<Change> = {}): Change => ({
      record,
      expiresAtMs: START + 24 * HOUR,
      ...more,
    });

    test('a record is there once it was created, and an id is taken once', async () => {
      expect(await store.load('a')).toBeUndefined();
      expect(await store.create('a', change('one'))).toBe(true);
      expect(await store.create('a', change('two'))).toBe(false);
      expect(await store.load('a')).toEqual({ version: 1, record: 'one' });
      expect(await store.load('b')).toBeUndefined();
    });

    test('a save wants the version that stands', async () => {
      await store.create('a', change('one'));
      expect(await store.save('a', 1, change('two'))).toBe(2);
      expect(await store.save('a', 1, change('three'))).toBeUndefined();
      expect(await store.save('a', 3, change('three'))).toBeUndefined();
      expect(await store.save('b', 1, change('three'))).toBeUndefined();
      expect(await store.load('a')).toEqual({ version: 2, record: 'two' });
    });

    test('of twenty saves at once on one version, one wins', async () => {
      await store.create('a', change('0'));
      const saved = await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          store.save('a', 1, change(String(i), { entries: [{ seq: 1, text: String(i) }] })),
        ),
      );
      expect(saved.filter((version) => version !== undefined)).toEqual([2]);
      const winner = String(saved.findIndex((version) => version !== undefined));
      expect((await store.load('a'))?.record).toBe(winner);
      expect(await store.entries('a', 0)).toEqual([{ seq: 1, text: winner }]);
    });

    test('entries come in order, after a number, up to a limit; a stale save leaves none', async () => {
      await store.create('a', change('0', { entries: [{ seq: 1, text: 'e1' }] }));
      await store.save(
        'a',
        1,
        change('1', {
          entries: [
            { seq: 2, text: 'e2' },
            { seq: 3, text: 'e3' },
          ],
        }),
      );
      await store.save('a', 1, change('x', { entries: [{ seq: 4, text: 'stale' }] }));
      for (let i = 0; i < 300; i++)
        await store.save('a', i + 2, change('1', { entries: [{ seq: i + 4, text: `e${i + 4}` }] }));
      expect((await store.entries('a', 0, 3)).map((entry) => entry.text)).toEqual(['e1', 'e2', 'e3']);
      expect((await store.entries('a', 254, 3)).map((entry) => entry.seq)).toEqual([255, 256, 257]);
      expect(await store.entries('a', 303)).toEqual([]);
      expect(await store.entries('b', 0)).toEqual([]);
      expect(await store.entries('a', 0)).toHaveLength(303);
    });

    test('what is remembered comes with the load, in the conversation that it belongs to alone', async () => {
      await store.create('a', change('0', { remember: { key: 'k', value: 'first' } }));
      await store.create('b', change('0'));
      await store.save('a', 9, change('1', { remember: { key: 'l', value: 'stale' } }));
      expect(await store.load('a', 'k')).toEqual({ version: 1, record: '0', remembered: 'first' });
      expect(await store.load('a', 'l')).toEqual({ version: 1, record: '0' });
      expect(await store.load('b', 'k')).toEqual({ version: 1, record: '0' });
    });

    test('texts of any script, size and oddity come back as they were', async () => {
      for (const [i, record] of ['', '\u0000', '密码 ключ 🔑', 'x'.repeat(2_000_000)].entries()) {
        await store.create(String(i), change(record, { entries: [{ seq: 1, text: record }] }));
        expect((await store.load(String(i)))?.record === record).toBe(true);
        expect((await store.entries(String(i), 0))[0]?.text === record).toBe(true);
      }
    });

    test('deletion takes record, entries, memory and work; the id is then free', async () => {
      await store.create(
        'a',
        change('0', {
          entries: [{ seq: 1, text: 'e' }],
          remember: { key: 'k', value: 'v' },
          put: [{ name: 'w', kind: 'k', dueAtMs: START }],
        }),
      );
      expect(await store.delete('a')).toBe(true);
      expect(await store.delete('a')).toBe(false);
      expect(await store.load('a')).toBeUndefined();
      expect(await store.entries('a', 0)).toEqual([]);
      expect(await store.lease(1000, 10)).toEqual([]);
      expect(await store.save('a', 1, change('1'))).toBeUndefined();
      expect(await store.create('a', change('again'))).toBe(true);
      expect(await store.load('a', 'k')).toEqual({ version: 1, record: 'again' });
      expect(await store.entries('a', 0)).toEqual([]);
    });

    test('expiry: gone when its hour has passed, whether swept or not; a save moves it', async () => {
      await store.create('a', change('0', { expiresAtMs: now + HOUR }));
      await store.create('b', change('0', { expiresAtMs: now + HOUR }));
      await store.save('b', 1, change('1', { expiresAtMs: now + 5 * HOUR }));
      now += 2 * HOUR;
      expect(await store.load('a')).toBeUndefined();
      expect(await store.expire(10)).toBe(1);
      expect(await store.expire(10)).toBe(0);
      expect((await store.load('b'))?.record).toBe('1');
      now += 4 * HOUR;
      expect(await store.expire(10)).toBe(1);
    });

    test('work is handed out when due, once a lease, oldest first, and counted', async () => {
      await store.create(
        'a',
        change('0', {
          put: [
            { name: 'late', kind: 'deliver', dueAtMs: now + 5000 },
            { name: 'soon', kind: 'deliver', dueAtMs: now + 1000 },
          ],
        }),
      );
      expect(await store.lease(10_000, 10)).toEqual([]);
      now += 6000;
      expect(await store.lease(10_000, 1)).toEqual([{ id: 'a', name: 'soon', kind: 'deliver', attempt: 1 }]);
      now += 1;
      expect(await store.lease(10_000, 10)).toEqual([{ id: 'a', name: 'late', kind: 'deliver', attempt: 1 }]);
      expect(await store.lease(10_000, 10)).toEqual([]);
      now += 10_001;
      expect((await store.lease(10_000, 10)).map((lease) => [lease.name, lease.attempt])).toEqual([
        ['soon', 2],
        ['late', 2],
      ]);
    });

    test('work ends or moves with the save that says so, and with no other', async () => {
      await store.create('a', change('0', { put: [{ name: 'w', kind: 'deliver', dueAtMs: now }] }));
      await store.lease(1000, 10);
      await store.save('a', 9, change('x', { drop: ['w'] }));
      await store.save('a', 1, change('1', { put: [{ name: 'w', kind: 'deliver', dueAtMs: now + 60_000 }] }));
      now += 2000;
      expect(await store.lease(1000, 10)).toEqual([]);
      now += 60_000;
      expect((await store.lease(1000, 10)).map((lease) => lease.attempt)).toEqual([2]);
      await store.save('a', 2, change('2', { drop: ['w'] }));
      now += 60_000;
      expect(await store.lease(1000, 10)).toEqual([]);
    });

    test('work that waits is listed, soonest due first, leased or not, with how often it was handed out', async () => {
      const due = { kind: 'deliver', dueAtMs: now };
      await store.create('a', change('0', { put: [{ ...due, name: 'later', kind: 'other', dueAtMs: now + 9000 }] }));
      await store.create('b', change('0', { put: [{ ...due, name: 'soon' }] }));
      await store.lease(1000, 10);
      expect(await store.waiting(10)).toEqual([
        { id: 'b', name: 'soon', kind: 'deliver', dueAtMs: now + 1000, attempt: 1 },
        { id: 'a', name: 'later', kind: 'other', dueAtMs: now + 9000, attempt: 0 },
      ]);
      expect(await store.waiting(1)).toHaveLength(1);
      await store.save('b', 1, change('1', { drop: ['soon'] }));
      await store.delete('a');
      expect(await store.waiting(10)).toEqual([]);
    });

    test('many workers at once never hold the same work', async () => {
      const put = Array.from({ length: 30 }, (_, i) => ({ name: `w${i}`, kind: 'deliver', dueAtMs: now }));
      await store.create('a', change('0', { put }));
      const leases = (await Promise.all(Array.from({ length: 10 }, () => store.lease(60_000, 7)))).flat();
      expect(new Set(leases.map((lease) => lease.name)).size).toBe(30);
      expect(leases).toHaveLength(30);
    });

    test('a watcher hears of saves and of the deletion until it ends', async () => {
      await store.create('a', change('0'));
      let heard = 0;
      const stop = store.watch('a', () => heard++);
      await store.save('a', 1, change('1'));
      expect(heard).toBe(1);
      await store.save('a', 1, change('stale'));
      expect(heard).toBe(1);
      await store.delete('a');
      expect(heard).toBe(2);
      stop();
      await store.create('a', change('2'));
      await store.save('a', 1, change('3'));
      expect(heard).toBe(2);
    });
  });
}

// The worker loop on a store: what it hands out, how often, in which order, and what it leaves to others.
import { PreticketError } from '../../src/errors';
import { MAX_ATTEMPTS, retryDelayMs } from '../../src/service/backoff';
import {
  startWorkers,
  URGENT_MS,
  type Job,
  type WorkerOptions,
  type Workers,
  type WorkFault,
} from '../../src/service/worker';
import { createMemoryStore } from '../../src/stores/memory';
import type { Store, Work } from '../../src/stores/store';

const HOUR = 3600_000;
let store: Store;
let workers: Workers | undefined;
let faults: WorkFault[];

beforeEach(() => {
  jest.useFakeTimers({ now: Date.UTC(2026, 0, 5) });
  store = createMemoryStore();
  faults = [];
});
afterEach(async () => {
  await workers?.stop();
  workers = undefined;
  jest.useRealTimers();
});

const pass = (ms: number): Promise<unknown> => jest.advanceTimersByTimeAsync(ms);
const start = (handlers: WorkerOptions['handlers'], more: Partial<WorkerOptions> = {}): Workers =>
  (workers = startWorkers({
    store,
    handlers,
    ttlDays: 30,
    random: () => 0.5,
    onFault: (fault) => faults.push(fault),
    ...more,
  }));
const put = (id: string, ...work: Partial<Work>[]): Promise<boolean> =>
  store.create(id, {
    record: 'r',
    expiresAtMs: Date.now() + 1000 * HOUR,
    put: work.map((one) => ({ name: 'w', kind: 'k', dueAtMs: Date.now(), ...one })),
  });
async function done({ id, name }: Pick<Job, 'id' | 'name'>): Promise<void> {
  const { version } = (await store.load(id)) ?? { version: 0 };
  await store.save(id, version, { record: 'done', drop: [name], expiresAtMs: Date.now() + 1000 * HOUR });
}
/** A handler that waits until it is let go. */
function gate(): {
  readonly begun: string[];
  readonly handler: (job: Job) => Promise<void>;
  readonly open: () => void;
} {
  const begun: string[] = [];
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return {
    begun,
    open: () => open(),
    async handler(job) {
      begun.push(job.name);
      await opened;
      await done(job);
    },
  };
}

test('work is done once when it is due, and at once when woken', async () => {
  const seen: number[] = [];
  const began = Date.now();
  await put('a', { dueAtMs: began + 2000 });
  start({ k: async (job) => (seen.push(Date.now() - began), done(job)) });
  await pass(1999);
  expect(seen).toEqual([]);
  await pass(60_000);
  expect(seen).toHaveLength(1);
  expect(seen[0]).toBeLessThanOrEqual(2500);
  await put('b', {});
  workers?.wake();
  await pass(0);
  expect(seen).toHaveLength(2);
});

test('what throws comes again after 1, 5 and 25 s and ever less often, for a day, then never', async () => {
  const at: number[] = [];
  const last: boolean[] = [];
  const began = Date.now();
  await put('a', {});
  start({
    k: ({ isLast }) => {
      at.push(Date.now() - began);
      last.push(isLast);
      return Promise.reject(new Error('a fault'));
    },
  });
  await pass(26 * HOUR);
  const gaps = at.slice(1).map((ms, i) => Math.round((ms - (at[i] ?? 0)) / 1000));
  expect(gaps.slice(0, 3)).toEqual([1, 5, 25]);
  gaps.slice(1).forEach((gap, i) => expect(gap).toBeGreaterThanOrEqual(gaps[i] ?? 0));
  expect(at).toHaveLength(MAX_ATTEMPTS);
  expect(at.at(-1)).toBeGreaterThan(20 * HOUR);
  expect(at.at(-1)).toBeLessThan(24 * HOUR);
  expect(last.indexOf(true)).toBe(MAX_ATTEMPTS - 1);
  expect(faults[0]).toMatchObject({ code: 'UNEXPECTED', kind: 'k', attempt: 1 });
  expect((await store.load('a'))?.record).toBe('r');
  expect(await store.waiting(9)).toEqual([]);
});

test('work is never dropped where the store was what failed, nor where its handler sees to the end itself', async () => {
  let tries = 0;
  await put('a', {});
  await put('b', { kind: 'kept' });
  start(
    {
      k: () => Promise.reject(new PreticketError('STORE_FULL', 'full')),
      kept: () => (tries++, Promise.reject(new Error('a fault'))),
    },
    { keeps: ['kept'] },
  );
  await pass(50 * HOUR);
  expect(tries).toBeGreaterThan(MAX_ATTEMPTS);
  expect((await store.waiting(9)).map(({ id }) => id).sort()).toEqual(['a', 'b']);
});

test('delays differ from one another by up to a fifth', () => {
  expect([retryDelayMs(2, () => 0), retryDelayMs(2, () => 1)]).toEqual([4000, 6000]);
});

test('at most so many at once; the next begins when one ends', async () => {
  const { begun, handler, open } = gate();
  for (let i = 0; i < 5; i++) await put(`c${i}`, { name: `w${i}` });
  start({ k: handler }, { atOnce: 2 });
  await pass(5000);
  expect(begun).toEqual(['w0', 'w1']);
  open();
  await pass(0);
  expect(begun).toEqual(['w0', 'w1', 'w2', 'w3', 'w4']);
});

test('work of one conversation runs one after the other, oldest first', async () => {
  const { begun, handler, open } = gate();
  const now = Date.now();
  await put('a', { name: 'second', dueAtMs: now - 1 }, { name: 'first', dueAtMs: now - 2 });
  await put('b', { name: 'other' });
  start({ k: handler });
  await pass(0);
  expect(begun).toEqual(['first', 'other']);
  open();
  await pass(0);
  expect(begun).toEqual(['first', 'other', 'second']);
});

test('what a person waits for comes before all that is due', async () => {
  for (let i = 0; i < 20; i++) await put(`c${i}`, { name: `w${i}`, dueAtMs: Date.now() - 60_000 + i });
  await put('a', { name: 'urgent', dueAtMs: URGENT_MS });
  const seen: string[] = [];
  start({ k: async (job) => (seen.push(job.name), done(job)) }, { atOnce: 2 });
  await pass(5000);
  expect(seen.slice(0, 2)).toEqual(['urgent', 'w0']);
  expect(seen).toHaveLength(21);
});

test('the lease of a worker that died runs out, and another does the work', async () => {
  await put('a', {});
  expect(await store.lease(30_000, 1)).toHaveLength(1);
  const attempts: number[] = [];
  start({ k: async (job) => (attempts.push(job.attempt), done(job)) });
  await pass(29_000);
  expect(attempts).toEqual([]);
  await pass(2000);
  expect(attempts).toEqual([2]);
});

test('a handler is told to end before its lease does', async () => {
  await put('a', {});
  const aborted: number[] = [];
  const began = Date.now();
  start({
    k: (job) =>
      new Promise((_resolve, reject) =>
        job.signal.addEventListener('abort', () => {
          aborted.push(Date.now() - began);
          reject(new Error('cut'));
        }),
      ),
  });
  await pass(24_900);
  expect(aborted).toEqual([24_000]);
  await store.delete('a');
});

test('a handler that never ends loses its place when the lease does', async () => {
  await put('a', {});
  let begun = 0;
  start({ k: () => new Promise(() => begun++) }, { atOnce: 1 });
  await pass(29_000);
  expect(begun).toBe(1);
  await pass(4000);
  expect(begun).toBe(2);
  expect(faults[0]).toMatchObject({ code: 'TURN_TIMED_OUT', attempt: 1 });
  await store.delete('a');
  await pass(31_000);
});

test('two workers on one store never hold the same work', async () => {
  for (let i = 0; i < 40; i++) await put(`c${i}`, { name: `w${i}` });
  const seen: string[] = [];
  const handler = async (job: Job): Promise<void> => (seen.push(job.name), done(job));
  const other = startWorkers({ store, handlers: { k: handler }, ttlDays: 30 });
  start({ k: handler });
  await pass(5000);
  await other.stop();
  expect(seen).toHaveLength(40);
  expect(new Set(seen).size).toBe(40);
});

test('a store that is away is asked ever less often, said once, and found again', async () => {
  let away = true;
  let asked = 0;
  const lease = store.lease.bind(store);
  store = {
    ...store,
    lease: (...args) => {
      asked++;
      return away ? Promise.reject(new PreticketError('STORE_UNAVAILABLE', 'away')) : lease(...args);
    },
  };
  await put('a', {});
  const seen: string[] = [];
  start({ k: async (job) => (seen.push(job.name), done(job)) });
  await pass(120_000);
  expect(asked).toBeLessThan(15);
  expect(faults).toEqual([expect.objectContaining({ code: 'STORE_UNAVAILABLE' })]);
  away = false;
  await pass(31_000);
  expect(seen).toEqual(['w']);
});

test('a kind that this node does not know is left to others', async () => {
  await put('a', { kind: 'newer' });
  start({ k: () => Promise.resolve() });
  await pass(1000);
  expect(faults).toEqual([expect.objectContaining({ code: 'WORK_KIND_UNKNOWN', kind: 'newer' })]);
  await workers?.stop();
  await pass(30_000);
  expect(await store.lease(1000, 9)).toHaveLength(1);
});

test('work of such a kind reaches a process that knows it within seconds, though another one takes it first; each kind is said once', async () => {
  const seen: number[] = [];
  const begun = Date.now();
  await put('a', { kind: 'newer' });
  await put('b', { kind: 'newer' });
  const ignorant = startWorkers({ store, handlers: {}, ttlDays: 30, onFault: (fault) => faults.push(fault) });
  await pass(100);
  start({ newer: async (job) => (seen.push(Date.now() - begun), done(job)) });
  await pass(4000);
  await ignorant.stop();
  expect(seen).toHaveLength(2);
  expect(faults.map(({ code }) => code)).toEqual(['WORK_KIND_UNKNOWN']);
});

test('a stop waits for what runs and takes nothing new', async () => {
  const { begun, handler, open } = gate();
  await put('a', { name: 'one' }, { name: 'two' });
  const running = start({ k: handler });
  await pass(0);
  let stopped = false;
  const stop = running.stop(60_000).then(() => (stopped = true));
  await pass(1000);
  expect([begun, stopped]).toEqual([['one'], false]);
  open();
  await stop;
  expect(begun).toEqual(['one']);
  // What waited behind it is due for others at once.
  expect((await store.lease(1000, 9)).map(({ name }) => name)).toEqual(['two']);
});

test('work of a conversation that was deleted is not there any more', async () => {
  await put('a', { dueAtMs: Date.now() + 5000 });
  const seen: string[] = [];
  start({ k: (job) => Promise.resolve(void seen.push(job.name)) });
  await store.delete('a');
  await pass(60_000);
  expect(seen).toEqual([]);
});

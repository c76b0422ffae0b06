// The parts of a store on Redis: its connections, what sends on them, and the look at a Redis before anything is done on it.
import { PreticketError } from '../../errors';
import type { Clock } from '../store';
import { readRedisAddress } from './address';
import { checkRedis } from './check';
import { type Client, connect } from './clients';
import { Conversations } from './conversations';
import { refusal } from './faults';
import { Keyring } from './keyring';
import { Lanes } from './lanes';

/** A count that is not had at once is not worth waiting for. */
const COUNT_BUDGET_MS = 250;

export interface RedisStoreOptions {
  /** One of the forms of REDIS_URL. */
  readonly url: string;
  /** The same on all nodes; conversations are sealed under keys that are made of it. */
  readonly secret: string;
  /** For tests. Where left out, leases and expiry go by the clock of Redis, which all nodes share. */
  readonly now?: Clock;
  /** Told when a connection fails, and of what could not be done behind a call that had succeeded. */
  readonly onFault?: (error: unknown) => void;
}

/** The parts of a store on Redis, checked. Errors: CONFIG_INVALID; a Redis that is away is none. */
export async function openRedisParts({ url, secret, now, onFault = () => undefined }: RedisStoreOptions) {
  const address = readRedisAddress(url);
  let refused: string | undefined;
  const onError = (error: Error): void => {
    refused = refusal(error) ?? refusal((error as { lastNodeError?: unknown }).lastNodeError) ?? refused;
    onFault(error);
  };
  const clients = [connect(address, { onError }), connect(address, { onError })] as const;
  const [readClient, writeClient] = clients;
  const keyring = new Keyring(secret);
  const reads = new Lanes(readClient, false);
  const counts = new Lanes(readClient, false, COUNT_BUDGET_MS);
  const writes = new Lanes(writeClient, true);
  const clock = now ?? Date.now;
  const scriptNow = (): number | '' => now?.() ?? '';
  const conversations = new Conversations({ reads, writes, keyring, now: clock, scriptNow });
  const subscriber = (): Client => connect(address, { subscribes: true, onError });

  let checking: Promise<void> | undefined;
  let isChecked = false;
  /** Nothing is done on a Redis that was not looked at: it may have been away when this node began. */
  const checked = async (): Promise<void> => {
    if (isChecked) return;
    checking ??= checkRedis(readClient, reads, writes, keyring).finally(() => (checking = undefined));
    await checking;
    isChecked = true;
  };
  const close = (): void => {
    for (const lanes of [reads, writes, counts]) lanes.close();
    for (const client of clients) client.disconnect();
  };
  try {
    await checked();
  } catch (error) {
    const away = error instanceof PreticketError && error.code === 'STORE_UNAVAILABLE';
    if (!away || refused !== undefined) {
      close();
      throw away ? new PreticketError('CONFIG_INVALID', `REDIS_URL: ${refused}`, { cause: error }) : error;
    }
  }
  return { reads, writes, counts, writeClient, keyring, conversations, clock, scriptNow, subscriber, checked, close };
}

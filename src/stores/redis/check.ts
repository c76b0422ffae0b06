// Whether a Redis may be used at all: one that throws data away, is too old, or was written with another secret may not.
import { Cluster, type Redis } from 'ioredis';
import { PreticketError } from '../../errors';
import type { Client } from './clients';
import { storeError } from './faults';
import type { Keyring } from './keyring';
import type { Lanes } from './lanes';
import { FORMAT, MARK_KEY } from './layout';

/** `ZRANGE … BYSCORE` came with 6.2. */
const OLDEST = [6, 2] as const;

const refuse = (why: string): PreticketError => new PreticketError('CONFIG_INVALID', why);

function field(info: string, name: string): string {
  return new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? '';
}

async function checkServer(server: Redis): Promise<void> {
  const [about, memory] = [await server.info('server'), await server.info('memory')];
  const [major = 0, minor = 0] = field(about, 'redis_version').split('.').map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]))
    throw refuse(`REDIS_URL: Redis ${OLDEST.join('.')} or later is needed`);
  if (field(memory, 'maxmemory') !== '0' && field(memory, 'maxmemory_policy') !== 'noeviction')
    throw refuse('REDIS_URL: maxmemory-policy must be noeviction, or Redis throws conversations away when it is full');
}

/** Throws CONFIG_INVALID with one line, and what a store that is away throws. */
export async function checkRedis(client: Client, reads: Lanes, writes: Lanes, keyring: Keyring): Promise<void> {
  try {
    await check(client, reads, writes, keyring);
  } catch (error) {
    throw storeError(error);
  }
}

async function check(client: Client, reads: Lanes, writes: Lanes, keyring: Keyring): Promise<void> {
  // The first command waits for the connection; what follows is asked of servers that are there.
  const mark = `${FORMAT} ${keyring.mark()}`;
  const before = await reads.send(MARK_KEY, (pipeline) => pipeline.get(MARK_KEY));
  for (const server of client instanceof Cluster ? client.nodes('master') : [client]) await checkServer(server);
  if (before === null) await writes.send(MARK_KEY, (pipeline) => pipeline.set(MARK_KEY, mark, 'NX'));
  const stands = before ?? (await reads.send(MARK_KEY, (pipeline) => pipeline.get(MARK_KEY)));
  const [format, secret] = String(stands).split(' ');
  if (format !== FORMAT) throw refuse('REDIS_URL: this Redis holds a store of another version. Use that version.');
  if (secret !== keyring.mark())
    throw refuse('SESSION_SECRET is not the one that this Redis was written with; all nodes share one');
}

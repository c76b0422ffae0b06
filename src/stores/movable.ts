// Opens a store for copying by what it is called: a folder, or an address of Redis.
import fs from 'node:fs';
import path from 'node:path';
import { PreticketError } from '../errors';
import { DATA_FILE } from './embedded/layout';
import { openMovableFolder } from './embedded/whole';
import { isRedisUrl } from './redis/address';
import { openMovableRedis } from './redis/whole';
import type { Movable } from './whole';

const MIN_SECRET_LETTERS = 32;

/** `make`: a folder that is not there is made. Errors: USAGE, CONFIG_INVALID, those of stores. */
export function openMovable(place: string, secret: string | undefined, { make }: { make: boolean }): Promise<Movable> {
  if (isRedisUrl(place)) {
    if (secret === undefined || secret.length < MIN_SECRET_LETTERS)
      throw new PreticketError('CONFIG_INVALID', 'SESSION_SECRET is needed with Redis: the one that the nodes have');
    return openMovableRedis({ url: place, secret });
  }
  if (!make && !fs.existsSync(path.join(place, DATA_FILE)))
    throw new PreticketError('USAGE', 'FROM is no folder of a store (no data.mdb in it), and no address of Redis.');
  return openMovableFolder(place);
}

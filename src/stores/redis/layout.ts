// How keys and fields are named. All that belongs to a conversation has the hash tag of its shard, so that it shares a slot.
// Names hold hashes and numbers only; values are sealed.
import { createHash, randomBytes } from 'node:crypto';

/** Version of this layout; a store of another one is not opened. */
export const FORMAT = '1';
/** Fixed for ever: a conversation is found by it. */
export const SHARDS = 64;

const hash = (text: string, bytes: number): Buffer => createHash('sha256').update(text).digest().subarray(0, bytes);

/** What a conversation is called in a store; the same in all kinds, so that it can be moved. */
export const refOf = (id: string): Buffer => hash(id, 16);
export const nameHash = (name: string): string => hash(name, 8).toString('hex');
export const rememberHash = (key: string): string => hash(key, 16).toString('hex');

export interface ShardKeys {
  readonly due: string;
  readonly work: string;
  readonly tries: string;
  readonly expiry: string;
  /** Deletions after which the files of the server were not yet written anew. */
  readonly wipe: string;
}

const tag = (shard: number): string => `preticket:{${String(shard).padStart(2, '0')}}`;

export const SHARD_KEYS: readonly ShardKeys[] = Array.from({ length: SHARDS }, (_, shard) => ({
  due: `${tag(shard)}:due`,
  work: `${tag(shard)}:work`,
  tries: `${tag(shard)}:tries`,
  expiry: `${tag(shard)}:expiry`,
  wipe: `${tag(shard)}:wipe`,
}));

/** Channel on which changes are told. */
export const CHANNEL = 'preticket:changes';
/** What the whole store says of itself. */
export const MARK_KEY = `${tag(0)}:store`;

export const shardOf = (ref: Buffer): number => (ref[0] ?? 0) % SHARDS;

export function shardKeys(shard: number): ShardKeys {
  const keys = SHARD_KEYS[shard];
  if (keys === undefined) throw new RangeError('no such shard');
  return keys;
}

export const conversationKey = (ref: Buffer): string => `${tag(shardOf(ref))}:c:${ref.toString('hex')}`;
/** Says for a while that a deletion was done, to who asks again because the answer was lost. */
export const doneKey = (ref: Buffer, change: string): string => `${tag(shardOf(ref))}:done:${change}`;
export const counterKey = (digest: Buffer): string => `${tag(shardOf(digest))}:count:${digest.toString('hex')}`;

/** Fields of a conversation's hash. */
export const FIELD = {
  version: 'v',
  expiresAtMs: 'x',
  salt: 's',
  record: 'r',
  /** Number of the last entry. */
  last: 'n',
  entry: (seq: number): string => `e${seq}`,
  remembered: (hex: string): string => `m${hex}`,
  /** Which change made a version; the last sixteen are kept. */
  change: (version: number): string => `i${version % 16}`,
  /** Stands where the conversation has work of this name. */
  work: (hex: string): string => `q${hex}`,
} as const;

const CHANGE_PREFIX = randomBytes(9).toString('base64url');
let changes = 0;
/** Tells one change from all others of all nodes, so that doing it again is seen. */
export const newChange = (): string => `${CHANGE_PREFIX}${(changes++).toString(36)}`;

const place = (kind: string, ref: Buffer, of: string): Buffer =>
  Buffer.concat([Buffer.from(kind), ref, Buffer.from(of)]);
/** What a sealed text is bound to. */
export const recordPlace = (ref: Buffer, version: number): Buffer => place('record', ref, String(version));
export const entryPlace = (ref: Buffer, seq: number): Buffer => place('entry', ref, String(seq));
export const rememberedPlace = (ref: Buffer, hex: string): Buffer => place('kept', ref, hex);
export const workPlace = (ref: Buffer, hex: string): Buffer => place('work', ref, hex);

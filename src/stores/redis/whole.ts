// Redis as copying sees it.
import type { Movable, Whole } from '../whole';
import { seal } from '../seal';
import { open } from './conversations';
import type { Known } from './keyring';
import * as layout from './layout';
import { FIELD } from './layout';
import { openRedisParts, type RedisStoreOptions } from './open';
import { PUT } from './scripts';

const REFS_AT_ONCE = 1000;
/** First letters of fields. */
const [ENTRY, REMEMBERED, WORK] = ['e', 'm', 'q'] as const;

/** Errors: CONFIG_INVALID, STORE_UNAVAILABLE. */
export async function openMovableRedis(options: RedisStoreOptions): Promise<Movable> {
  const { reads, writes, keyring, conversations, clock, checked, close } = await openRedisParts(options);
  await checked();
  const workOf = async (known: Known, ref: Buffer, hash: string): Promise<Whole['work'][number]> => {
    const { due, work, tries } = layout.shardKeys(layout.shardOf(ref));
    const member = ref.toString('hex') + hash;
    const [sealed, dueAtMs, attempt] = await Promise.all([
      reads.send(work, (pipeline) => pipeline.hget(work, member)),
      reads.send(due, (pipeline) => pipeline.zscore(due, member)),
      reads.send(tries, (pipeline) => pipeline.hget(tries, member)),
    ]);
    const text = open(known, layout.workPlace(ref, hash), Buffer.from(String(sealed), 'base64'));
    return { hash, text, dueAtMs: Number(dueAtMs), attempt: Number(attempt ?? 0) };
  };
  return {
    async *refs() {
      for (const { expiry } of layout.SHARD_KEYS) {
        for (let at = 0; ; at += REFS_AT_ONCE) {
          const names = (await reads.send(expiry, (pipeline) =>
            pipeline.zrange(expiry, String(at), String(at + REFS_AT_ONCE - 1), 'WITHSCORES'),
          )) as string[];
          for (let i = 0; i < names.length; i += 2)
            if (Number(names[i + 1]) > clock()) yield Buffer.from(names[i] ?? '', 'hex');
          if (names.length === 0) break;
        }
      }
    },
    version: (ref) => conversations.version(ref),
    async read(ref) {
      const key = layout.conversationKey(ref);
      const all = (await reads.send(key, (pipeline) => pipeline.hgetallBuffer(key))) as Record<string, Buffer>;
      const { [FIELD.version]: version, [FIELD.expiresAtMs]: expiry, [FIELD.salt]: salt, [FIELD.record]: record } = all;
      if (!version || !salt || !record || !(Number(expiry?.toString()) > clock())) return undefined;
      const known = keyring.learn(ref, salt, Number(version.toString()));
      const named = (letter: string): [string, Buffer][] =>
        Object.entries(all).flatMap(([name, value]): [string, Buffer][] =>
          name.startsWith(letter) ? [[name.slice(1), value]] : [],
        );
      return {
        ref,
        version: known.version,
        expiresAtMs: Number(expiry?.toString()),
        record: open(known, layout.recordPlace(ref, known.version), record),
        entries: named(ENTRY)
          .map(([seq, sealed]) => ({
            seq: Number(seq),
            text: open(known, layout.entryPlace(ref, Number(seq)), sealed),
          }))
          .sort((a, b) => a.seq - b.seq),
        remembered: named(REMEMBERED).map(([hash, sealed]) => ({
          hash,
          value: open(known, layout.rememberedPlace(ref, hash), sealed),
        })),
        work: await Promise.all(named(WORK).map(([hash]) => workOf(known, ref, hash))),
      };
    },
    async write(whole) {
      const salt = keyring.newSalt();
      const key = keyring.keyOf(whole.ref, salt);
      const { ref, version, expiresAtMs, record, entries, remembered, work } = whole;
      const fields: (string | number | Buffer)[] = [
        ...[FIELD.version, version, FIELD.expiresAtMs, expiresAtMs, FIELD.salt, salt],
        ...[FIELD.record, seal(key, layout.recordPlace(ref, version), record)],
        ...[FIELD.last, entries.at(-1)?.seq ?? 0],
        ...entries.flatMap(({ seq, text }) => [FIELD.entry(seq), seal(key, layout.entryPlace(ref, seq), text)]),
        ...remembered.flatMap(({ hash, value }) => [
          FIELD.remembered(hash),
          seal(key, layout.rememberedPlace(ref, hash), value),
        ]),
      ];
      const tasks = work.flatMap(({ hash, text, dueAtMs, attempt }) => [
        hash,
        seal(key, layout.workPlace(ref, hash), text).toString('base64'),
        dueAtMs,
        attempt,
      ]);
      const shard = layout.shardKeys(layout.shardOf(ref));
      const keys = [layout.conversationKey(ref), shard.due, shard.work, shard.tries, shard.expiry];
      const ttlMs = Math.max(1, expiresAtMs - clock());
      const head = [ref.toString('hex'), expiresAtMs, ttlMs, fields.length / 2, work.length];
      await writes.run(PUT, keys, [...head, ...fields, ...tasks]);
    },
    close() {
      close();
      return Promise.resolve();
    },
  };
}

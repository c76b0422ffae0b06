// Reads and changes the hash of one conversation: seals what goes in, opens what comes out.
import { type Change, type Entry, EXPIRY_GRAIN_MS, type Loaded } from '../store';
import { seal, unseal } from '../seal';
import { damaged } from './faults';
import type { Keyring, Known } from './keyring';
import type { Lanes } from './lanes';
import * as layout from './layout';
import { FIELD } from './layout';
import { REMOVE, SAVE, TOUCH } from './scripts';

type Bytes = Buffer | null;
const ENTRIES_AT_ONCE = 500;
const KEY_CHANGED = -1;

const number = (bytes: Bytes | undefined): number => Number(bytes?.toString() ?? NaN);

export interface ConversationsDeps {
  readonly reads: Lanes;
  readonly writes: Lanes;
  readonly keyring: Keyring;
  readonly now: () => number;
  /** What scripts are given as the time: nothing where they go by the server's clock. */
  readonly scriptNow: () => number | '';
}

export class Conversations {
  constructor(private readonly deps: ConversationsDeps) {}

  async load(id: string, key: string | undefined): Promise<Loaded | undefined> {
    const ref = layout.refOf(id);
    const hash = key === undefined ? undefined : layout.rememberHash(key);
    const fields = [FIELD.version, FIELD.expiresAtMs, FIELD.salt, FIELD.record];
    const found = await this.fields(ref, hash === undefined ? fields : [...fields, FIELD.remembered(hash)]);
    const [versionBytes, expiry, salt, record, kept] = found;
    if (!versionBytes || !salt || !record || !(number(expiry) > this.deps.now())) return undefined;
    const version = number(versionBytes);
    const known = this.deps.keyring.learn(ref, salt, version);
    const loaded = { version, record: open(known, layout.recordPlace(ref, version), record) };
    if (!kept || hash === undefined) return loaded;
    // What is repeated is acknowledged: it must be as safe as what is new.
    await this.confirm(ref);
    return { ...loaded, remembered: open(known, layout.rememberedPlace(ref, hash), kept) };
  }

  async entries(id: string, after: number, limit: number): Promise<Entry[]> {
    const ref = layout.refOf(id);
    const fields = [FIELD.version, FIELD.expiresAtMs, FIELD.salt];
    const entries: Entry[] = [];
    while (entries.length < limit) {
      const first = after + entries.length + 1;
      const count = Math.min(ENTRIES_AT_ONCE, limit - entries.length);
      const numbers = Array.from({ length: count }, (_, i) => first + i);
      const [version, expiry, salt, ...sealed] = await this.fields(ref, [...fields, ...numbers.map(FIELD.entry)]);
      if (!version || !salt || !(number(expiry) > this.deps.now())) return entries;
      const known = this.deps.keyring.learn(ref, salt, number(version));
      for (const [i, bytes] of sealed.entries()) {
        if (!bytes) return entries;
        const seq = first + i;
        entries.push({ seq, text: open(known, layout.entryPlace(ref, seq), bytes) });
      }
    }
    return entries;
  }

  /** False where the id is taken. */
  async create(id: string, change: Change): Promise<boolean> {
    const ref = layout.refOf(id);
    const salt = this.deps.keyring.newSalt();
    const known: Known = { salt, key: this.deps.keyring.keyOf(ref, salt), version: 0 };
    const version = await this.write(id, ref, known, 0, change);
    if (version !== 1) return false;
    this.deps.keyring.learn(ref, salt, 1);
    return true;
  }

  /** Undefined where another version stands or it is gone. */
  async save(id: string, version: number, change: Change): Promise<number | undefined> {
    const ref = layout.refOf(id);
    for (let tries = 0; tries < 2; tries++) {
      const known = this.deps.keyring.find(ref) ?? (await this.ask(ref));
      if (known === undefined) return undefined;
      const saved = await this.write(id, ref, known, version, change);
      if (saved === KEY_CHANGED) {
        this.deps.keyring.forget(ref);
        continue;
      }
      if (saved === 0) return undefined;
      this.deps.keyring.learn(ref, known.salt, saved);
      return saved;
    }
    return undefined;
  }

  async delete(id: string): Promise<boolean> {
    const ref = layout.refOf(id);
    this.deps.keyring.forget(ref);
    return (await this.remove(ref, 'asked')) === 1;
  }

  /** 1 where it was there and is gone. */
  async remove(ref: Buffer, why: 'asked' | 'expired'): Promise<number> {
    const { due, work, tries, expiry, wipe } = layout.shardKeys(layout.shardOf(ref));
    const done = layout.doneKey(ref, layout.newChange());
    const keys = [layout.conversationKey(ref), due, work, tries, expiry, wipe, done];
    return Number(await this.deps.writes.run(REMOVE, keys, [ref.toString('hex'), this.deps.scriptNow(), why]));
  }

  /** The key of a conversation; undefined where it is gone. */
  async ask(ref: Buffer): Promise<Known | undefined> {
    const [version, salt] = await this.fields(ref, [FIELD.version, FIELD.salt]);
    return version && salt ? this.deps.keyring.learn(ref, salt, number(version)) : undefined;
  }

  async version(ref: Buffer): Promise<number | undefined> {
    const [version, expiry] = await this.fields(ref, [FIELD.version, FIELD.expiresAtMs]);
    return version && number(expiry) > this.deps.now() ? number(version) : undefined;
  }

  /** Resolves once what stands would survive a fail-over. */
  confirm(ref: Buffer): Promise<unknown> {
    return this.deps.writes.run(TOUCH, [layout.conversationKey(ref)], []);
  }

  fields(ref: Buffer, names: readonly string[]): Promise<Bytes[]> {
    const key = layout.conversationKey(ref);
    return this.deps.reads.send(key, (pipeline) => pipeline.hmgetBuffer(key, ...names)) as Promise<Bytes[]>;
  }

  private async write(id: string, ref: Buffer, known: Known, version: number, change: Change): Promise<number> {
    const { due, work, tries, expiry } = layout.shardKeys(layout.shardOf(ref));
    const { entries = [], remember, drop = [], put = [] } = change;
    const expiresAtMs = Math.ceil(change.expiresAtMs / EXPIRY_GRAIN_MS) * EXPIRY_GRAIN_MS;
    const kept = remember && layout.rememberHash(remember.key);
    const args = [
      version,
      layout.newChange(),
      this.deps.scriptNow(),
      ref.toString('hex'),
      known.salt,
      seal(known.key, layout.recordPlace(ref, version + 1), change.record),
      expiresAtMs,
      Math.max(1, Math.ceil(expiresAtMs - this.deps.now())),
      entries.length,
      kept === undefined ? 0 : 1,
      drop.length,
      put.length,
      ...entries.flatMap(({ seq, text }) => [FIELD.entry(seq), seal(known.key, layout.entryPlace(ref, seq), text)]),
      ...(remember && kept !== undefined
        ? [FIELD.remembered(kept), seal(known.key, layout.rememberedPlace(ref, kept), remember.value)]
        : []),
      ...drop.map(layout.nameHash),
      ...put.flatMap(({ name, kind, dueAtMs }) => {
        const hash = layout.nameHash(name);
        const sealed = seal(known.key, layout.workPlace(ref, hash), JSON.stringify({ id, name, kind }));
        return [hash, sealed.toString('base64'), dueAtMs];
      }),
    ];
    const keys = [layout.conversationKey(ref), due, work, tries, expiry];
    return Number(await this.deps.writes.run(SAVE, keys, args));
  }
}

/** Throws STORE_DAMAGED. */
export function open({ key }: Known, place: Buffer, sealed: Buffer): string {
  const text = unseal(key, place, sealed);
  if (text === undefined) throw damaged();
  return text;
}

// Who watches which conversation on this node, and how it hears of changes made on others: by messages, and, since a message
// may be lost with its connection or its sender, by a look every few seconds.
import { Watchers } from '../watchers';
import type { Client } from './clients';
import { shardKeys, shardOf } from './layout';

const LOOK_EVERY_MS = 5000;
/** Stands for the version of a conversation that is gone. */
const GONE = Number.MAX_SAFE_INTEGER;

export interface ChangesDeps {
  /** Makes the connection that only subscribes. */
  readonly subscriber: () => Client;
  /** Versions that stand; undefined where it is gone. */
  readonly versions: (refs: readonly Buffer[]) => Promise<(number | undefined)[]>;
  /** Resolves once what stands is safe from a fail-over. */
  readonly confirm: (ref: Buffer) => Promise<unknown>;
  readonly publish: (channel: string, message: string) => Promise<unknown>;
}

export class Changes {
  private readonly watchers = new Watchers();
  /** Version that the watchers of a conversation were last told of. */
  private readonly told = new Map<string, number>();
  private readonly channels = new Set<string>();
  private client: Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private looking = false;

  constructor(private readonly deps: ChangesDeps) {}

  /** `known`: the version that this node last saw, 0 where none. */
  watch(ref: Buffer, known: number, listener: () => void): () => void {
    const name = ref.toString('hex');
    if (!this.told.has(name)) this.told.set(name, known);
    const end = this.watchers.add(name, listener);
    this.listen(shardKeys(shardOf(ref)).channel);
    this.timer ??= setInterval(() => void this.look([...this.told.keys()]), LOOK_EVERY_MS).unref();
    return () => {
      end();
      if (!this.watchers.has(name)) this.told.delete(name);
    };
  }

  /** A change that this node made and that is safe: told here at once and to the others. */
  made(ref: Buffer, version: number | 'gone'): void {
    const name = ref.toString('hex');
    const number = version === 'gone' ? GONE : version;
    this.tell(name, number);
    // Where the message is lost the look finds the change.
    this.deps.publish(shardKeys(shardOf(ref)).channel, `${name} ${number}`).catch(() => undefined);
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    this.client?.disconnect();
    await Promise.resolve();
  }

  private tell(name: string, version: number): void {
    const told = this.told.get(name);
    if (told === undefined || version <= told) return;
    this.told.set(name, version);
    this.watchers.notify(name);
  }

  private listen(channel: string): void {
    if (this.client === undefined) {
      this.client = this.deps.subscriber();
      this.client.on('message', (_channel: string, message: string) => {
        const [name = '', version] = message.split(' ');
        this.tell(name, Number(version));
      });
      // After a break: what was told meanwhile was not heard.
      this.client.on('ready', () => void this.look([...this.told.keys()]));
    }
    if (this.channels.has(channel)) return;
    this.channels.add(channel);
    this.client.subscribe(channel).then(
      // What changed before the subscription stood was not heard either.
      () => this.look([...this.told.keys()].filter((name) => channelOf(name) === channel)),
      () => this.channels.delete(channel),
    );
  }

  private async look(names: readonly string[]): Promise<void> {
    if (this.looking || names.length === 0) return;
    this.looking = true;
    try {
      const refs = names.map((name) => Buffer.from(name, 'hex'));
      const versions = await this.deps.versions(refs);
      for (const [i, ref] of refs.entries()) {
        const version = versions[i] ?? GONE;
        if (version <= (this.told.get(names[i] ?? '') ?? GONE)) continue;
        await this.deps.confirm(ref);
        this.tell(names[i] ?? '', version);
      }
    } catch {
      // The store is away; the next look comes soon.
    } finally {
      this.looking = false;
    }
  }
}

const channelOf = (name: string): string => shardKeys(shardOf(Buffer.from(name, 'hex'))).channel;

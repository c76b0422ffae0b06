// Who watches which conversation on this node, and how it hears of changes made on others: by messages, and, since a message
// may be lost with its connection or its sender, by a look every few seconds.
import { Watchers } from '../watchers';
import type { Client } from './clients';
import { CHANNEL } from './layout';

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
  /** Changes made here in this tick: one message tells of all. */
  private untold: string[] = [];
  private client: Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private looking = false;

  constructor(private readonly deps: ChangesDeps) {}

  /** `known`: the version that this node last saw, 0 where none. */
  watch(ref: Buffer, known: number, listener: () => void): () => void {
    const name = ref.toString('hex');
    if (!this.told.has(name)) this.told.set(name, known);
    const end = this.watchers.add(name, listener);
    this.listen();
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
    if (this.untold.push(`${name} ${number}`) > 1) return;
    setImmediate(() => {
      const message = this.untold.join();
      this.untold = [];
      // Where the message is lost the look finds the change.
      this.deps.publish(CHANNEL, message).catch(() => undefined);
    });
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

  private listen(): void {
    if (this.client !== undefined) return;
    this.client = this.deps.subscriber();
    this.client.on('message', (_channel: string, message: string) => {
      for (const change of message.split(',')) {
        const [name = '', version] = change.split(' ');
        this.tell(name, Number(version));
      }
    });
    const lookAtAll = (): Promise<void> => this.look([...this.told.keys()]);
    // After a break, and before the subscription stood, what was told was not heard. Where it fails the look is left.
    this.client.on('ready', () => void lookAtAll());
    this.client.subscribe(CHANNEL).then(lookAtAll, () => undefined);
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

// What the browser keeps between pages: the conversation's token, and redacted messages that wait. Without storage all of it lasts as long as the page.
import type { Session } from './api';

/** A message on its way. */
export interface Waiting {
  readonly key: string;
  readonly text: string;
  /** Names of files that are not read. */
  readonly names?: readonly string[];
  /** Redacted in this browser: only such a one is stored. */
  readonly redacted: boolean;
}

/** The present conversation, or null where none is begun, and those that were left and can still be deleted. */
type Kept = readonly (Session | null)[];

const MESSAGE = 'message:';
const SESSION = 'session';
const SEEN = 'seen';

export interface StorageListener {
  /** Another tab began a conversation, left it (`isKept`), or deleted it. */
  session(session: Session | undefined, isKept: boolean): void;
  /** Another tab had a turn. */
  turn(): void;
}

export class ChatStorage {
  private readonly prefix: string;
  private held: Kept | undefined;

  constructor(base: string) {
    this.prefix = `preticket:${new URL(base).host}:`;
  }

  /** Ends with the call of what it gives back. */
  listen(listener: StorageListener): () => void {
    const heard = ({ key, newValue }: StorageEvent): void => {
      if (key === this.prefix + SEEN) listener.turn();
      else if (key === this.prefix + SESSION || key === null) {
        this.held = readKept(newValue);
        listener.session(this.session, newValue !== null);
      }
    };
    addEventListener('storage', heard);
    return () => removeEventListener('storage', heard);
  }

  private get kept(): Kept {
    return (this.held ??= readKept(this.get(SESSION)));
  }

  get session(): Session | undefined {
    return this.kept[0] ?? undefined;
  }

  /** Every conversation that this browser can still delete, the present one first. */
  get sessions(): Session[] {
    return this.kept.filter((each) => each !== null);
  }

  /** The present one; undefined: it is there no more. */
  keepSession(session?: Session): void {
    this.keep([session ?? null, ...this.kept.slice(1)]);
  }

  /** The next message begins another one. */
  leave(): void {
    this.keep([null, ...this.sessions]);
  }

  /** Nothing is left of any. */
  forget(): void {
    this.keep([]);
  }

  private keep(kept: Kept): void {
    this.held = kept;
    this.set(SESSION, this.sessions.length > 0 ? JSON.stringify(kept, ['id', 'token']) : undefined);
    if (!this.session) this.set(SEEN, undefined);
  }

  /** Tells other tabs that there is more to read. */
  tellTurn(seq: number): void {
    this.set(SEEN, String(seq));
  }

  /** Messages that wait from before, oldest first. */
  waiting(): Waiting[] {
    return attempt(() => {
      const start = this.prefix + MESSAGE;
      return Object.keys(localStorage)
        .filter((name) => name.startsWith(start))
        .sort()
        .flatMap((name) => {
          const kept = JSON.parse(localStorage.getItem(name) ?? 'null') as Omit<Waiting, 'redacted'> | null;
          return kept === null ? [] : [{ ...kept, redacted: true }];
        });
    }, []);
  }

  /** Keys begin with the moment, so that their order is that of typing. */
  add({ key, text, names, redacted }: Waiting): void {
    if (redacted) this.set(MESSAGE + key, JSON.stringify({ key, text, ...(names ? { names } : {}) }));
  }

  drop({ key }: Waiting): void {
    this.set(MESSAGE + key, undefined);
  }

  private get(name: string): string | null {
    return attempt(() => localStorage.getItem(this.prefix + name), null);
  }

  private set(name: string, value: string | undefined): void {
    attempt(() => {
      if (value === undefined) localStorage.removeItem(this.prefix + name);
      else localStorage.setItem(this.prefix + name, value);
    }, undefined);
  }
}

/** Storage may be forbidden, full or gone: then the page alone remembers. */
export function attempt<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch {
    return otherwise;
  }
}

function readKept(text: string | null): Kept {
  return attempt<Kept>(() => {
    const kept = JSON.parse(text ?? '[]') as readonly (Partial<Session> | null)[];
    return kept.map((each) => (each?.id && each.token ? (each as Session) : null));
  }, []);
}

/** Names one try of the person: ordered by moment, never twice the same. */
export function newKey(): string {
  const chance = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, '0'));
  return `${Date.now().toString(36).padStart(9, '0')}-${chance.join('')}`;
}

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

const MESSAGE = 'message:';
const SESSION = 'session';
const SEEN = 'seen';

export interface StorageListener {
  /** Another tab began a conversation, or deleted it. */
  session(session: Session | undefined): void;
  /** Another tab had a turn. */
  turn(): void;
}

export class ChatStorage {
  private readonly prefix: string;
  private held: Session | undefined;

  constructor(base: string) {
    this.prefix = `preticket:${new URL(base).host}:`;
  }

  /** Ends with the call of what it gives back. */
  listen(listener: StorageListener): () => void {
    const heard = ({ key, newValue }: StorageEvent): void => {
      if (key === this.prefix + SEEN) listener.turn();
      else if (key === this.prefix + SESSION || key === null) {
        this.held = readSession(newValue);
        listener.session(this.held);
      }
    };
    addEventListener('storage', heard);
    return () => removeEventListener('storage', heard);
  }

  get session(): Session | undefined {
    return (this.held ??= readSession(this.get(SESSION)));
  }

  /** Undefined forgets it. */
  keepSession(session: Session | undefined): void {
    this.held = session;
    this.set(SESSION, session && JSON.stringify(session, ['id', 'token']));
    if (session === undefined) this.set(SEEN, undefined);
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

function readSession(text: string | null): Session | undefined {
  return attempt(() => {
    const { id, token } = JSON.parse(text ?? '{}') as Partial<Session>;
    return typeof id === 'string' && typeof token === 'string' ? { id, token } : undefined;
  }, undefined);
}

/** Names one try of the person: ordered by moment, never twice the same. */
export function newKey(): string {
  const chance = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, '0'));
  return `${Date.now().toString(36).padStart(9, '0')}-${chance.join('')}`;
}

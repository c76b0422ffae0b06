// The conversation's socket: sends messages, and tells that there is something new. Where a site's policy keeps sockets out it gives up at once and for good.
import type { Session } from './api';
import { type Failure, failureOf, type Problem } from './failure';
import { attempt } from './storage';

interface Frame {
  readonly type: string;
  readonly seq?: number;
  readonly key?: string;
  readonly problem?: Problem;
}

interface Sent {
  readonly key: string;
  /** True: it has its turn; false: ask over HTTP, under the same key. */
  readonly done: (answered: boolean) => void;
  readonly fail: (failure: Failure) => void;
  readonly timer: number;
}

const ANSWER_WITHIN_MS = 8000;
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 30_000;
/** Tries without a single success after which sockets are taken to be kept out. */
const MOST_VAIN = 3;
/** Remembers for this tab that the site's policy keeps sockets out, so that no page of it asks again. */
const BARRED = 'preticket:no-socket';

export class Live {
  private socket: WebSocket | undefined;
  private session: Session | undefined;
  private sent: Sent | undefined;
  private vain = 0;
  private tries = 0;
  private retry = 0;
  private hasOpened = false;

  /** `news`: there may be turns that were not seen. */
  constructor(
    private readonly base: string,
    private readonly news: () => void,
  ) {
    if (attempt(() => sessionStorage.getItem(BARRED), null)) this.vain = MOST_VAIN;
    document.addEventListener('securitypolicyviolation', ({ blockedURI }) => {
      if (/^wss?:/.test(blockedURI)) this.bar();
    });
  }

  private bar(): void {
    this.vain = MOST_VAIN;
    attempt(() => sessionStorage.setItem(BARRED, '1'), undefined);
  }

  get isOpen(): boolean {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  /** Follows a conversation; undefined ends it. */
  follow(session: Session | undefined): void {
    if (session?.id === this.session?.id && (this.socket || session === undefined)) return;
    this.session = session;
    clearTimeout(this.retry);
    this.close();
    if (session) this.connect(session);
  }

  /** False where it must go over HTTP. Rejects with a `Failure` where the server refuses it. */
  send(text: string, key: string): Promise<boolean> {
    if (!this.isOpen || this.sent) return Promise.resolve(false);
    return new Promise<boolean>((done, fail) => {
      const timer = window.setTimeout(() => this.settle(false), ANSWER_WITHIN_MS);
      this.sent = { key, done, fail, timer };
      this.socket?.send(JSON.stringify({ type: 'message', text, key }));
    });
  }

  private settle(answered: boolean, failure?: Failure): void {
    const { sent } = this;
    this.sent = undefined;
    clearTimeout(sent?.timer);
    if (failure) sent?.fail(failure);
    else sent?.done(answered);
  }

  private close(): void {
    const { socket } = this;
    this.socket = undefined;
    socket?.close();
    this.settle(false);
  }

  private connect(session: Session): void {
    if (this.vain >= MOST_VAIN || this.socket) return;
    let socket: WebSocket;
    try {
      const address = new URL(`/v1/conversations/${session.id}/socket`, this.base);
      address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
      socket = new WebSocket(address, ['preticket', session.token]);
    } catch {
      // The policy of the page says no.
      return this.bar();
    }
    this.socket = socket;
    socket.onopen = () => {
      this.hasOpened = true;
      this.vain = 0;
      this.tries = 0;
      this.news();
    };
    socket.onmessage = ({ data }) => this.take(JSON.parse(String(data)) as Frame);
    socket.onclose = () => {
      if (this.socket !== socket) return;
      this.close();
      if (!this.hasOpened) this.vain++;
      const wait = Math.min(FIRST_RETRY_MS * 2 ** this.tries++, LONGEST_RETRY_MS);
      this.retry = window.setTimeout(() => {
        if (this.session) this.connect(this.session);
      }, wait);
    };
  }

  private take({ type, key, problem }: Frame): void {
    if (type === 'turn') {
      if (this.sent?.key === key) this.settle(true);
      else this.news();
    } else if (problem) this.settle(false, failureOf(problem));
  }
}

// One open socket: messages in, in order; turns out, each once and in order, from wherever they came.
import type { RawData, WebSocket } from 'ws';
import { PreticketError } from '../errors';
import { describeError, type Log } from '../log';
import type { Service } from '../service';
import { type Bearer, notFound } from '../service/admit';
import { problemOf, retryAfter } from './problem';
import { type Frame, readFrame } from './frame';

/** Frames of one socket that may wait while one is handled. */
const MAX_WAITING = 32;
/** Bytes that a client may leave unread before it is let go; it resumes when it reads again. */
const MAX_UNREAD_BYTES = 4 * 1024 * 1024;
const TURNS_AT_ONCE = 50;
const CLOSE_WITHIN_MS = 8000;
const NORMAL = 1000;
const TRY_LATER = 1013;

export interface LiveSocketDeps {
  readonly service: Pick<Service, 'follow' | 'turnsAfter'>;
  /** Who handles messages: the service, or what hosts it. */
  readonly chat: Pick<Service, 'message'>;
  readonly log: Log;
  readonly bearer: Bearer;
  readonly origin: string;
  /** Throws RATE_LIMITED. */
  readonly limit: () => Promise<void>;
  readonly onClose: () => void;
}

export class LiveSocket {
  /** Everything this socket does is done one after the other. */
  private tail: Promise<void>;
  private waiting = 0;
  /** Number of the last turn that was sent. */
  private sent = 0;
  private flushing = false;
  private alive = true;
  private endFollowing: () => void = () => undefined;

  constructor(
    private readonly socket: WebSocket,
    private readonly deps: LiveSocketDeps,
  ) {
    socket.on('message', (data, isBinary) => this.take(data, isBinary));
    socket.on('pong', () => (this.alive = true));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      this.endFollowing();
      deps.onClose();
    });
    this.tail = this.guard(() => this.begin());
  }

  /** Lets go of a client that has not answered the last ping. */
  ping(): void {
    if (!this.alive) return this.socket.terminate();
    this.alive = false;
    this.socket.ping();
  }

  /** Ends once what is in hand is answered; a client that does not answer is let go. */
  close(code: number): void {
    void this.tail.finally(() => this.socket.close(code));
    setTimeout(() => this.socket.terminate(), CLOSE_WITHIN_MS).unref();
  }

  private async begin(): Promise<void> {
    const { seq, end } = await this.deps.service.follow(this.deps.bearer, () => this.changed());
    this.sent = seq;
    if (this.socket.readyState === this.socket.OPEN) this.endFollowing = end;
    else end();
  }

  /** There may be more turns; several signs of it are one. */
  private changed(): void {
    if (this.flushing) return;
    this.flushing = true;
    this.enqueue(async () => {
      this.flushing = false;
      await this.flush();
    });
  }

  private take(data: RawData, isBinary: boolean): void {
    if (this.waiting >= MAX_WAITING) return this.socket.close(TRY_LATER);
    this.waiting++;
    this.enqueue(async () => {
      this.waiting--;
      await this.handle(readFrame(data, isBinary));
    });
  }

  private enqueue(work: () => Promise<void>): void {
    this.tail = this.tail.then(() => this.guard(work));
  }

  private async handle(frame: Frame): Promise<void> {
    const { chat, bearer, origin, limit } = this.deps;
    if (frame.type === 'resume') {
      this.sent = frame.after;
      return this.flush();
    }
    await limit();
    const before = this.sent;
    const { seq, body } = await chat.message(bearer, frame.text, {
      origin,
      ...(frame.key === undefined ? {} : { key: frame.key }),
    });
    await this.flush();
    // A key that was used before: its turn went out long ago, and is wanted again.
    if (seq <= before) this.send({ seq, answer: body, ...(frame.key === undefined ? {} : { key: frame.key }) });
  }

  /** Sends all turns that were not sent. */
  private async flush(): Promise<void> {
    for (;;) {
      const turns = await this.deps.service.turnsAfter(this.deps.bearer.id, this.sent, TURNS_AT_ONCE);
      if (turns === undefined) {
        this.problem(notFound());
        return this.socket.close(NORMAL);
      }
      for (const turn of turns) {
        this.send(turn);
        this.sent = turn.seq;
      }
      if (turns.length < TURNS_AT_ONCE || this.socket.readyState !== this.socket.OPEN) return;
    }
  }

  private send({ seq, key, answer }: { seq: number; key?: string; answer: string }): void {
    const head = JSON.stringify({ type: 'turn', seq, ...(key === undefined ? {} : { key }) });
    this.write(`${head.slice(0, -1)},${answer.slice(1)}`);
  }

  private problem(error: unknown): void {
    const after = retryAfter(error);
    this.write(
      JSON.stringify({
        type: 'error',
        problem: { ...problemOf(error), ...(after === undefined ? {} : { retryAfter: after }) },
      }),
    );
  }

  private write(text: string): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    if (this.socket.bufferedAmount > MAX_UNREAD_BYTES) return this.socket.terminate();
    this.socket.send(text);
  }

  private async guard(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof PreticketError)) this.deps.log.error('socket-failed', describeError(error));
      this.problem(error);
      if (error instanceof PreticketError && (error.code === 'NOT_FOUND' || error.code === 'STOPPING'))
        this.socket.close(NORMAL);
    }
  }
}

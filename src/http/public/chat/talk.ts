// The conversation as the browser runs it: a queue in which messages wait until the server has them, each once and in order, and what is read back.
import type { Api, Conversation, Line, Session } from './api';
import { asFailure, Failure } from './failure';
import { Live } from './live';
import type { Redaction } from './redaction';
import { type ChatStorage, newKey, type Waiting } from './storage';

/** What shows a talk. */
export interface TalkView {
  /** A message is on its way, or waits for `failure` to pass. */
  waiting(message: Waiting, failure?: Failure): void;
  /** The server has it. */
  sent(message: Waiting): void;
  /** It will not be sent; its text goes back to the person. */
  returned(message: Waiting, failure: Failure): void;
  /** Lines that are new, in order; `restored`: they are of before this page. */
  took(lines: readonly Line[], conversation: Conversation, restored: boolean): void;
  /** How things stand; undefined: well. */
  trouble(failure: Failure | undefined): void;
  typing(is: boolean): void;
  /** Nothing of the conversation is left to show but what waits. `why`: id of a sentence. */
  cleared(why?: string): void;
}

const LOOK_MS = 3000;
const LOOK_SELDOM_MS = 20_000;
const LONGEST_WAIT_MS = 30_000;

export class Talk {
  private readonly queue: Waiting[] = [];
  private readonly live: Live;
  private readonly endListening: () => void;
  private readonly looker: number;
  private readonly redrain = (): void => void this.drain();
  private tail: Promise<void> = Promise.resolve();
  private busy = false;
  private tries = 0;
  private timer = 0;
  private lastLook = 0;
  private seq = 0;
  /** Something is awaited from outside: a check that was offered, a ticket on its way. */
  expects = false;
  isShown = false;
  private isActive = true;

  constructor(
    private readonly api: Api,
    private readonly storage: ChatStorage,
    private readonly redaction: Redaction,
    private readonly view: TalkView,
    private readonly language: () => string,
  ) {
    this.live = new Live(api.base, () => void this.sync());
    this.endListening = storage.listen({
      session: (session, isKept) => this.otherTab(session, isKept),
      turn: () => void this.sync(),
    });
    addEventListener('online', this.redrain);
    this.looker = window.setInterval(() => this.look(), LOOK_MS);
  }

  get hasBegun(): boolean {
    return this.storage.session !== undefined;
  }

  /** Goes on with what this browser remembers. */
  async resume(): Promise<void> {
    for (const message of this.storage.waiting()) this.put(message);
    const { session } = this.storage;
    if (session) {
      this.live.follow(session);
      await this.sync();
    }
    void this.drain();
  }

  /** Ends all that goes on; what waits stays stored. */
  end(): void {
    this.isActive = false;
    clearTimeout(this.timer);
    clearInterval(this.looker);
    removeEventListener('online', this.redrain);
    this.endListening();
    this.live.follow(undefined);
  }

  /** `text`: cleaned already where `redacted`. */
  send(text: string, redacted: boolean, names: readonly string[] = []): void {
    const message = { key: newKey(), text, redacted, ...(names.length > 0 ? { names } : {}) };
    this.storage.add(message);
    this.put(message);
    void this.drain();
  }

  private put(message: Waiting): void {
    this.queue.push(message);
    this.view.waiting(message);
  }

  /** Sends what waits, one after the other. */
  async drain(): Promise<void> {
    if (this.busy) return;
    clearTimeout(this.timer);
    if (this.queue.length === 0) return;
    this.busy = true;
    this.view.typing(true);
    try {
      for (let message; (message = this.queue[0]);) await this.deliver(message);
      this.view.trouble(undefined);
    } catch (error) {
      this.failed(asFailure(error));
    } finally {
      this.view.typing(false);
      this.busy = false;
    }
  }

  private async deliver(message: Waiting): Promise<void> {
    const session = await this.session();
    let { text } = message;
    if (!message.redacted) ({ text } = await this.redaction.clean(text));
    if (message.names) await this.api.edit(session, { attachments: message.names.join(', ') }, `${message.key}-names`);
    if (text !== '' && !(await this.live.send(text, message.key))) await this.api.say(session, text, message.key);
    this.queue.shift();
    this.storage.drop(message);
    this.view.sent(message);
    this.tries = 0;
    await this.sync();
    this.live.follow(session);
  }

  private async session(): Promise<Session> {
    const known = this.storage.session;
    if (known) return known;
    const opened = await this.api.open(this.language());
    this.storage.keepSession(opened);
    // The greeting is shown already.
    this.seq = 1;
    this.ticketKey = undefined;
    return opened;
  }

  private failed(failure: Failure): void {
    const { kind, afterMs } = failure;
    const [first, ...rest] = this.queue;
    if (!first) return;
    if (kind === 'tooLarge' || kind === 'invalid') {
      this.queue.shift();
      this.storage.drop(first);
      this.view.returned(first, failure);
      // The next one is another matter.
      queueMicrotask(() => void this.drain());
      return;
    }
    this.view.trouble(failure);
    for (const message of [first, ...rest]) this.view.waiting(message, failure);
    if (kind === 'gone' || kind === 'finished' || kind === 'failed') return;
    // Whatever passes by itself is tried again by itself, ever less often.
    this.timer = window.setTimeout(this.redrain, Math.min(afterMs * 2 ** this.tries++, LONGEST_WAIT_MS));
  }

  /** Reads what is new. Never rejects. */
  sync(): Promise<void> {
    return (this.tail = this.tail.then(() => this.pull()));
  }

  private async pull(): Promise<void> {
    const { session } = this.storage;
    if (!session || !this.isActive) return;
    const restored = this.seq === 0;
    this.lastLook = Date.now();
    try {
      const conversation = await this.api.read(session, this.seq);
      if (this.storage.session?.id !== session.id || !this.isActive) return;
      const lines = conversation.transcript.filter(({ seq }) => seq > this.seq);
      const isNew = conversation.seq > this.seq;
      this.seq = Math.max(this.seq, conversation.seq);
      this.view.took(lines, conversation, restored);
      if (!this.busy) this.view.trouble(undefined);
      if (isNew && !restored) this.storage.tellTurn(this.seq);
      if (conversation.status === 'closed') this.live.follow(undefined);
    } catch (error) {
      const failure = asFailure(error);
      if (failure.kind === 'gone') {
        this.storage.keepSession();
        return this.begin('gone');
      }
      this.view.trouble(failure);
      clearTimeout(this.timer);
      this.timer = window.setTimeout(
        () => void this.sync().then(this.redrain),
        Math.min(failure.afterMs * 2 ** this.tries++, LONGEST_WAIT_MS),
      );
    }
  }

  private look(): void {
    if (document.hidden || !this.isShown || this.busy || this.live.isOpen || !this.hasBegun) return;
    if (this.expects || Date.now() - this.lastLook > LOOK_SELDOM_MS) void this.sync();
  }

  private otherTab(session: Session | undefined, isKept: boolean): void {
    this.seq = 0;
    this.view.cleared(isKept ? undefined : 'deleted');
    this.live.follow(session);
    if (session) void this.sync();
  }

  private begin(why?: string): void {
    this.live.follow(undefined);
    this.seq = 0;
    this.view.cleared(why);
    if (this.queue.length > 0) void this.drain();
  }

  /** Begins anew; messages that wait go along. What was said before stays deletable. */
  fresh(): void {
    this.storage.leave();
    this.begin();
  }

  /** Throws a `Failure`: `invalid` with the server's words for a value that is none. */
  async edit(fields: Readonly<Record<string, string | null>>): Promise<void> {
    const { session } = this.storage;
    if (!session) throw new Failure('gone');
    await this.api.edit(session, fields, newKey());
    await this.sync();
  }

  private ticketKey: string | undefined;

  /** Asks for the ticket, once however often it is pressed. Throws a `Failure`. */
  async submit(): Promise<void> {
    const { session } = this.storage;
    if (!session) throw new Failure('gone');
    try {
      await this.api.submit(session, (this.ticketKey ??= newKey()));
    } catch (error) {
      // There is one already, sent by words or from another tab.
      if (asFailure(error).kind !== 'finished') throw error;
    }
    // One that failed may be asked for once more.
    this.ticketKey = undefined;
    await this.sync();
  }

  /** Deletes all of it, here and on the server. Throws a `Failure`. */
  async remove(): Promise<void> {
    for (const session of this.storage.sessions) {
      try {
        await this.api.remove(session);
      } catch (error) {
        if (asFailure(error).kind !== 'gone') throw error;
      }
    }
    for (const message of this.queue.splice(0)) this.storage.drop(message);
    this.storage.forget();
    this.begin('deleted');
  }
}

// People who talk while servers die: each says one thing after the other, tries again at the other node until it is taken, and
// writes down what was acknowledged. At the end all of it must be there, once, in order.
import { type Answer, call } from '../support/test-server';
import { pause } from '../support/redis-server';

export interface Talked {
  readonly id: string;
  readonly token: string;
  /** What was said and acknowledged, in order, with the answer to each. */
  readonly said: { readonly text: string; readonly answer: string }[];
  ticket?: string;
  isDeleted: boolean;
}

export interface Tally {
  acknowledged: number;
  retries: number;
  /** Longest that one operation took with all its retries, in milliseconds. */
  slowestMs: number;
}

const GIVE_UP_MS = 60_000;
const RETRIED: ReadonlySet<number> = new Set([0, 409, 503]);

export interface ClientDeps {
  /** Addresses of the nodes. */
  readonly urls: readonly string[];
  readonly tally: Tally;
  readonly messages: number;
  readonly isOver: () => boolean;
}

interface Wanted {
  readonly path: string;
  readonly status: number;
  readonly method?: string;
  readonly token?: string;
  readonly key?: string;
  readonly body?: unknown;
}

export class Client {
  readonly talks: Talked[] = [];
  private turn: number;

  constructor(
    private readonly number: number,
    private readonly deps: ClientDeps,
  ) {
    this.turn = number;
  }

  /** Conversation after conversation until it is over. */
  async run(): Promise<void> {
    while (!this.deps.isOver()) await this.talk();
  }

  private async talk(): Promise<void> {
    const { json } = await this.insist({ path: '', status: 201, body: { language: 'en', channel: 'web' } });
    const { id, token } = json;
    const talked: Talked = { id, token, said: [], isDeleted: false };
    this.talks.push(talked);
    const kind = this.talks.length % 5;
    for (let i = 0; i < this.deps.messages && !this.deps.isOver(); i++) {
      const text = `note ${this.number}-${this.talks.length}-${i}`;
      const { text: answer } = await this.insist({
        path: `/${id}/messages`,
        status: 200,
        token,
        key: text,
        body: { text },
      });
      talked.said.push({ text, answer });
    }
    if (kind === 1 || kind === 3 || kind === 4) {
      const { json: asked } = await this.insist({
        path: `/${id}/ticket`,
        status: 202,
        method: 'POST',
        token,
        key: 't',
      });
      talked.ticket = asked.ticket.id;
    }
    if (kind === 2) {
      // Asked again after a lost answer: it is gone, which is what was wanted.
      await this.insist({ path: `/${id}`, status: 204, method: 'DELETE', token }, [404]);
      talked.isDeleted = true;
    }
  }

  /** Tries at one node after the other until it is taken. */
  private async insist(wanted: Wanted, also: readonly number[] = []): Promise<Answer> {
    const { tally, urls } = this.deps;
    const begun = Date.now();
    for (let tries = 0; ; tries++) {
      const url = urls[this.turn++ % urls.length] ?? '';
      const answer = await request(url, wanted);
      const status = answer?.status ?? 0;
      if (answer !== undefined && (status === wanted.status || (tries > 0 && also.includes(status)))) {
        tally.acknowledged++;
        tally.retries += tries;
        tally.slowestMs = Math.max(tally.slowestMs, Date.now() - begun);
        return answer;
      }
      if (!RETRIED.has(status))
        throw new Error(`${wanted.path.replace(/^\/\w+/, '')}: ${status} ${answer?.text ?? ''}`);
      if (Date.now() - begun > GIVE_UP_MS) throw new Error('not taken for a minute');
      await pause(20 + Math.random() * 80 * Math.min(tries + 1, 5));
    }
  }
}

export function request(url: string, { path, method, token, key, body }: Wanted): Promise<Answer | undefined> {
  return call(`${url}/v1/conversations${path}`, {
    ...(method === undefined ? {} : { method }),
    ...(token === undefined ? {} : { token }),
    ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }),
    ...(body === undefined ? {} : { body }),
  }).catch(() => undefined);
}

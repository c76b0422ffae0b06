// The calls on a conversation over HTTP. A failure says what to do about it, never what was sent.
import { Failure, failureOf, type Problem } from './failure';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export interface ToldCause {
  readonly title: string;
  readonly probability: number;
  readonly likelihood: string;
  readonly quotes: readonly string[];
}

export interface ToldRequest {
  readonly text: string;
  /** `start`, `end`: UTF-16 units of `text`; both 0 where the fault stands elsewhere. */
  readonly findings: readonly {
    readonly start: number;
    readonly end: number;
    readonly text: string;
    readonly suggestion?: string;
  }[];
  readonly corrected: string | null;
}

/** A line of the transcript: what the person said, or one thing that the assistant answered. */
export interface Line {
  readonly role: 'person' | 'assistant';
  readonly text: string;
  readonly seq: number;
  readonly key?: string;
  readonly kind?: string;
  readonly choices?: readonly Choice[];
  readonly causes?: readonly ToldCause[];
  readonly request?: ToldRequest;
  readonly steps?: readonly string[];
  readonly why?: string;
  readonly command?: string;
}

export interface Step {
  readonly step: number;
  readonly text: string;
  readonly state: string;
  readonly quote?: string;
}

export interface Ticket {
  readonly id: string;
  readonly status: 'pending' | 'delivered' | 'failed';
  readonly reference?: string;
}

export interface Conversation {
  readonly status: string;
  readonly cause: string | null;
  readonly fields: Readonly<Record<string, string | null>>;
  readonly missing: readonly string[];
  readonly unknown: readonly string[];
  readonly question: { readonly choices?: readonly Choice[] } | null;
  readonly checklist: readonly Step[];
  readonly transcript: readonly Line[];
  readonly draft: { readonly subject: string; readonly body: string } | null;
  readonly ticket: Ticket | null;
  readonly seq: number;
}

export interface Session {
  readonly id: string;
  readonly token: string;
}

const ANSWER_WITHIN_MS = 30_000;
const PROBE_WITHIN_MS = 5000;

export class Api {
  private toldOrigin = false;

  /** `base`: `https://HOST` of the server. */
  constructor(readonly base: string) {}

  open(language: string): Promise<Session> {
    return this.call('', 'POST', { body: { language, channel: 'web' } });
  }

  /** `key`: the same for each try of one message, so that it counts once. */
  async say(session: Session, text: string, key: string): Promise<void> {
    await this.call(`/${session.id}/messages`, 'POST', { session, key, body: { text } });
  }

  /** With the transcript after a turn. */
  read(session: Session, after: number): Promise<Conversation> {
    return this.call(`/${session.id}?after=${after}`, 'GET', { session });
  }

  async edit(session: Session, fields: Readonly<Record<string, string | null>>, key: string): Promise<void> {
    await this.call(`/${session.id}/fields`, 'PATCH', { session, key, body: fields });
  }

  async submit(session: Session, key: string): Promise<void> {
    await this.call(`/${session.id}/ticket`, 'POST', { session, key });
  }

  async remove(session: Session): Promise<void> {
    await this.call(`/${session.id}`, 'DELETE', { session });
  }

  /** The text as the server would keep it; it keeps nothing of this call. */
  async redacted(text: string): Promise<string> {
    const { text: kept } = await this.call<{ text: string }>('/../triage', 'POST', { body: { text } });
    return kept;
  }

  private async call<T>(
    path: string,
    method: string,
    { session, key, body }: { session?: Session; key?: string; body?: object },
  ): Promise<T> {
    const headers: Record<string, string> = {};
    if (session) headers['authorization'] = `Bearer ${session.token}`;
    if (key !== undefined) headers['idempotency-key'] = key;
    if (body) headers['content-type'] = 'application/json';
    let response: Response;
    let text: string;
    try {
      response = await fetch(new URL(`/v1/conversations${path}`, this.base), {
        method,
        headers,
        body: body ? JSON.stringify(body) : null,
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      text = await response.text();
    } catch {
      throw new Failure((await this.isOriginRefused()) ? 'refused' : 'offline');
    }
    if (response.ok) return (text === '' ? undefined : JSON.parse(text)) as T;
    const { status } = response;
    throw failureOf({ ...readProblem(text), status, retryAfter: Number(response.headers.get('retry-after')) });
  }

  /** A browser tells a refused origin and a lost connection apart from nobody: what any origin may load settles it. */
  private async isOriginRefused(): Promise<boolean> {
    if (this.base === location.origin) return false;
    const can = async (path: string): Promise<boolean> => {
      try {
        await fetch(this.base + path, { cache: 'no-store', signal: AbortSignal.timeout(PROBE_WITHIN_MS) });
        return true;
      } catch {
        return false;
      }
    };
    if (!(await can('/icon.svg')) || (await can('/healthz'))) return false;
    if (!this.toldOrigin) {
      this.toldOrigin = true;
      // For the developer of the site; the person reads another sentence.
      // eslint-disable-next-line no-console
      console.error(`preticket: Add ${location.origin} to ALLOWED_ORIGINS of ${this.base}`);
    }
    return true;
  }
}

function readProblem(text: string): Partial<Problem> {
  try {
    return JSON.parse(text) as Partial<Problem>;
  } catch {
    // A proxy's own page: its status says enough.
    return {};
  }
}

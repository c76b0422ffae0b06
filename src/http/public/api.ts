// The calls of the page on its conversation, over HTTP alone. A failure says what to do about it, never what was sent.

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export interface Reply {
  readonly kind: string;
  readonly text: string;
  readonly choices?: readonly Choice[];
}

export interface Session {
  readonly id: string;
  readonly token: string;
}

export interface Line {
  readonly role: 'person' | 'assistant';
  readonly text: string;
  readonly kind?: string;
}

export interface Conversation {
  readonly question: { readonly choices?: readonly Choice[] } | null;
  readonly transcript: readonly Line[];
}

/** `offline`: nothing answered; `busy`: comes back by itself; `gone`, `finished`: another conversation is needed; `too-large`: not to be tried again. */
export type FailureKind = 'offline' | 'busy' | 'gone' | 'finished' | 'too-large' | 'failed';

export class Failure extends Error {
  /** `afterMs`: when trying again can help. */
  constructor(
    readonly kind: FailureKind,
    readonly afterMs = 5000,
  ) {
    super(kind);
  }
}

const ANSWER_WITHIN_MS = 30_000;

async function call(path: string, init: RequestInit): Promise<unknown> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(path, { ...init, cache: 'no-store', signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    text = await response.text();
  } catch {
    throw new Failure('offline');
  }
  if (response.ok) return text === '' ? undefined : JSON.parse(text);
  throw failureOf(response, text);
}

function failureOf({ status, headers }: Response, text: string): Failure {
  const afterMs = Number(headers.get('retry-after') ?? 5) * 1000;
  if (status === 413) return new Failure('too-large');
  if (status === 401 || status === 404) return new Failure('gone');
  if (status === 409 && text.includes('CONVERSATION_DONE')) return new Failure('finished');
  if ([409, 429, 503, 507].includes(status)) return new Failure('busy', Math.min(Math.max(afterMs, 1000), 60_000));
  return new Failure(status === 502 || status === 504 ? 'offline' : 'failed');
}

const json = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const bearer = ({ token }: Session): Record<string, string> => ({ authorization: `Bearer ${token}` });
const at = ({ id }: Session): string => `/v1/conversations/${id}`;

/** Each throws a `Failure`. */
export const api = {
  async open(language: string): Promise<Session> {
    return (await call('/v1/conversations', json({ language, channel: 'web' }))) as Session;
  },

  /** `key`: the same for each try of one message, so that it counts once. */
  async say(session: Session, text: string, key: string): Promise<readonly Reply[]> {
    const init = json({ text });
    const headers = { 'content-type': 'application/json', 'idempotency-key': key, ...bearer(session) };
    const { replies } = (await call(`${at(session)}/messages`, { ...init, headers })) as { replies: Reply[] };
    return replies;
  },

  async read(session: Session): Promise<Conversation> {
    return (await call(at(session), { headers: bearer(session) })) as Conversation;
  },

  async remove(session: Session): Promise<void> {
    await call(at(session), { method: 'DELETE', headers: bearer(session) });
  },
};

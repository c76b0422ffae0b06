// Slack on real sockets: the Web API with its rules and its moods, events over HTTP with signature and retries, Socket Mode over WebSocket.
import { createHmac } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { faultsOf, faultsOfView } from './block-kit';

type Fields = Record<string, unknown>;

export interface Called {
  readonly method: string;
  readonly args: Fields;
  readonly authorization: string;
}

/** What Slack does to the next call of a method. */
export interface Mood {
  /** 429 with Retry-After in seconds. */
  readonly retryAfter?: number;
  readonly status?: number;
  /** Slack's own word, with `ok: false`. */
  readonly error?: string;
  /** Does what was asked, and loses the answer. */
  readonly loseReply?: true;
  /** Answers with the headers only once this resolves. */
  readonly until?: Promise<void>;
  /** Answers something that is no JSON. */
  readonly garbage?: true;
}

export interface FakeMessage extends Fields {
  readonly ts: string;
  readonly channel: string;
}

export interface FakeUser {
  readonly locale?: string;
  readonly team?: string;
  readonly guest?: true;
}

/** What a workspace gives for a code, once. */
export interface Grant {
  readonly team?: { readonly id: string; readonly name: string };
  readonly enterprise?: { readonly id: string; readonly name: string };
  readonly token: string;
}

export interface FakeSlack {
  readonly apiUrl: string;
  readonly url: string;
  readonly calls: Called[];
  /** Faults of blocks that were refused. */
  readonly refused: string[];
  /** Bodies that came to a response_url. */
  readonly responses: Fields[];
  /** Texts that events brought back from acknowledgements in Socket Mode, by envelope. */
  readonly acks: Map<string, unknown>;
  /** By id, or by workspace and id as `T0HOME:U1`. */
  readonly users: Map<string, FakeUser>;
  /** By code; gone once it was exchanged. */
  readonly grants: Map<string, Grant>;
  /** By id; `member` false: the assistant is not in it. */
  readonly channels: Map<string, { shared?: true; member?: false }>;
  messages(channel: string): FakeMessage[];
  /** Puts a person's message into a channel. */
  say(channel: string, user: string, text: string, more?: Fields): FakeMessage;
  mood(method: string, ...moods: Mood[]): void;
  called(method: string): Fields[];
  /** Resolves once `test` holds; looked at after each call and acknowledgement. */
  until(test: () => boolean): Promise<void>;
  /** Sockets that are open. */
  sockets(): number;
  /** Sends over the newest socket; resolves to its envelope's id. */
  push(type: string, payload: Fields, more?: Fields): string;
  /** Drops all sockets, with or without a word before. */
  drop(word?: 'disconnect'): void;
  close(): Promise<void>;
}

export const TEAM = 'T0HOME';
export const BOT = 'U0BOT';
export const BOT_TOKEN = ['xoxb', '111111111111', '222222222222', 'fakefakefakefakefakefake'].join('-');

export async function fakeSlack(): Promise<FakeSlack> {
  const calls: Called[] = [];
  const refused: string[] = [];
  const responses: Fields[] = [];
  const acks = new Map<string, unknown>();
  const users = new Map<string, FakeUser>();
  const grants = new Map<string, Grant>();
  /** Workspaces by their bot's token. */
  const teams = new Map([[BOT_TOKEN, TEAM]]);
  /** Those that installed it as a whole. */
  const organisations = new Set<string>();
  const channels = new Map<string, { shared?: true; member?: false }>();
  const kept: FakeMessage[] = [];
  const moods = new Map<string, Mood[]>();
  const waiting = new Set<() => void>();
  const sockets: WebSocket[] = [];
  let clock = 1_700_000_000;
  const nextTs = (): string => `${++clock}.000100`;
  const news = (): void => waiting.forEach((look) => look());

  const post = (args: Fields, more: Fields = {}): Fields => {
    const channel = String(args['channel']);
    if (channels.get(channel)?.member === false) return { ok: false, error: 'not_in_channel' };
    const faults = faultsOf(args['blocks'], 50, false);
    if (typeof args['text'] !== 'string' || args['text'].length > 4000) faults.push('text');
    if (faults.length > 0) {
      refused.push(...faults);
      return { ok: false, error: 'invalid_blocks' };
    }
    const place = channel.startsWith('U') ? `D${channel.slice(1)}` : channel;
    const message = { ...args, ...more, channel: place, ts: nextTs(), user: BOT, bot_id: 'B0BOT' };
    kept.push(message);
    return { ok: true, channel: place, ts: message.ts, message };
  };
  const view = (args: Fields): Fields => {
    const faults = faultsOfView(args['view']);
    refused.push(...faults);
    return faults.length > 0 ? { ok: false, error: 'invalid_arguments' } : { ok: true, view: { id: 'V1' } };
  };
  const methods: Record<string, (args: Fields, team: string) => Fields> = {
    'auth.test': (_args, team) => ({ ok: true, user_id: BOT, bot_id: 'B0BOT', team_id: team }),
    'oauth.v2.access': ({ code }) => {
      const grant = grants.get(String(code));
      if (grant === undefined) return { ok: false, error: 'invalid_code' };
      grants.delete(String(code));
      const { team = null, enterprise = null, token } = grant;
      teams.set(token, team?.id ?? enterprise?.id ?? TEAM);
      if (team === null && enterprise !== null) organisations.add(enterprise.id);
      return {
        ok: true,
        access_token: token,
        token_type: 'bot',
        scope: 'chat:write,commands',
        bot_user_id: BOT,
        app_id: 'A0APP',
        team,
        enterprise,
        is_enterprise_install: team === null,
        authed_user: { id: 'U0ADMIN' },
      };
    },
    'apps.connections.open': () => ({ ok: true, url: `ws://127.0.0.1:${port}/link?ticket=1` }),
    'chat.postMessage': (args) => post(args),
    'chat.postEphemeral': (args) => {
      const channel = String(args['channel']);
      if (channels.get(channel)?.member === false) return { ok: false, error: 'not_in_channel' };
      const faults = faultsOf(args['blocks'], 50, false);
      refused.push(...faults);
      return faults.length > 0 ? { ok: false, error: 'invalid_blocks' } : { ok: true, message_ts: nextTs() };
    },
    'chat.update': (args) => {
      const at = kept.findIndex(({ ts, channel }) => ts === args['ts'] && channel === args['channel']);
      if (at < 0) return { ok: false, error: 'message_not_found' };
      const faults = faultsOf(args['blocks'], 50, false);
      refused.push(...faults);
      if (faults.length > 0) return { ok: false, error: 'invalid_blocks' };
      kept[at] = { ...kept[at], ...args } as FakeMessage;
      return { ok: true, ts: args['ts'], channel: args['channel'] };
    },
    'chat.getPermalink': ({ channel, message_ts: ts }) => ({
      ok: true,
      permalink: `https://example.slack.com/archives/${String(channel)}/p${String(ts).replace('.', '')}`,
    }),
    'conversations.replies': ({ channel, ts, cursor, limit }) => {
      if (channels.get(String(channel))?.member === false) return { ok: false, error: 'not_in_channel' };
      const all = kept.filter((m) => m.channel === channel && (m.ts === ts || m['thread_ts'] === ts));
      if (all.length === 0) return { ok: false, error: 'thread_not_found' };
      const from = Number(cursor ?? 0);
      const size = Math.min(Number(limit ?? 1000), 3);
      const more = from + size < all.length;
      return {
        ok: true,
        messages: all.slice(from, from + size),
        has_more: more,
        ...(more ? { response_metadata: { next_cursor: String(from + size) } } : {}),
      };
    },
    'conversations.info': ({ channel }) =>
      channels.get(String(channel))?.member === false
        ? { ok: false, error: 'channel_not_found' }
        : { ok: true, channel: { id: channel, is_ext_shared: channels.get(String(channel))?.shared === true } },
    'users.info': ({ user }, home) => {
      const found = users.get(`${home}:${String(user)}`) ?? users.get(String(user)) ?? {};
      const { locale, team = home, guest } = found;
      const known = { id: user, team_id: team, locale: locale ?? 'en-US', is_restricted: guest === true };
      return { ok: true, user: { ...known, ...(organisations.has(home) ? { enterprise_user: { id: user } } : {}) } };
    },
    'views.open': view,
    'views.publish': view,
    'assistant.threads.setStatus': () => ({ ok: true }),
    'assistant.threads.setSuggestedPrompts': () => ({ ok: true }),
  };

  const answer = async (request: http.IncomingMessage, response: http.ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const raw = Buffer.concat(chunks).toString();
    if (request.url === '/respond') {
      responses.push(JSON.parse(raw) as Fields);
      response.end('ok');
      return news();
    }
    const method = (request.url ?? '').replace('/api/', '');
    const args = parseArgs(raw, request.headers['content-type'] ?? '');
    calls.push({ method, args, authorization: request.headers.authorization ?? '' });
    const mood = moods.get(method)?.shift();
    const json = (status: number, body: Fields, headers: Record<string, string> = {}): void => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(body));
    };
    news();
    if (mood?.until !== undefined) await mood.until;
    if (mood?.retryAfter !== undefined)
      return json(429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(mood.retryAfter) });
    if (mood?.status !== undefined) return json(mood.status, {});
    if (mood?.error !== undefined) return json(200, { ok: false, error: mood.error });
    if (mood?.garbage) return void response.end('<html>');
    const team = teams.get((request.headers.authorization ?? '').replace('Bearer ', '')) ?? TEAM;
    const result = methods[method]?.(args, team) ?? { ok: false, error: 'unknown_method' };
    if (mood?.loseReply) return void request.socket.destroy();
    json(200, result);
    news();
  };
  const server = http.createServer((request, response) => void answer(request, response));
  const linked = new WebSocketServer({ server, path: '/link' });
  linked.on('connection', (socket) => {
    sockets.push(socket);
    socket.on('message', (data: Buffer) => {
      const { envelope_id: id, payload } = JSON.parse(data.toString()) as { envelope_id: string; payload?: unknown };
      acks.set(id, payload);
      news();
    });
    socket.on('close', () => {
      sockets.splice(sockets.indexOf(socket), 1);
      news();
    });
    socket.send(JSON.stringify({ type: 'hello', num_connections: 1 }));
    news();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  let envelopes = 0;

  return {
    url: `http://127.0.0.1:${port}`,
    apiUrl: `http://127.0.0.1:${port}/api/`,
    calls,
    refused,
    responses,
    acks,
    users,
    grants,
    channels,
    messages: (channel) => kept.filter((message) => message.channel === channel),
    say(channel, user, text, more = {}) {
      const message = { type: 'message', channel, user, text, ts: nextTs(), team: TEAM, ...more };
      kept.push(message);
      return message;
    },
    mood: (method, ...next) => void moods.set(method, [...(moods.get(method) ?? []), ...next]),
    called: (method) => calls.filter((call) => call.method === method).map(({ args }) => args),
    until: (test) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!test()) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    sockets: () => sockets.length,
    push(type, payload, more = {}) {
      const id = `envelope-${++envelopes}`;
      sockets.at(-1)?.send(JSON.stringify({ type, envelope_id: id, payload, accepts_response_payload: true, ...more }));
      return id;
    },
    drop(word) {
      for (const socket of [...sockets]) {
        if (word !== undefined) socket.send(JSON.stringify({ type: word, reason: 'refresh_requested' }));
        else socket.terminate();
      }
    },
    async close() {
      for (const socket of sockets) socket.terminate();
      linked.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function parseArgs(raw: string, type: string): Fields {
  if (type.startsWith('application/json')) return JSON.parse(raw) as Fields;
  return Object.fromEntries(
    [...new URLSearchParams(raw)].map(([name, value]) => {
      if (!['blocks', 'view', 'metadata', 'prompts'].includes(name)) return [name, value];
      return [name, JSON.parse(value) as unknown];
    }),
  );
}

export interface Signed {
  readonly status: number;
  readonly text: string;
  readonly ms: number;
}

export interface SendOptions {
  /** As a form with `payload`, or as the form of a command. */
  readonly as?: 'json' | 'payload' | 'command';
  readonly headers?: Record<string, string>;
  readonly atMs?: number;
  readonly secret: string;
  /** Signs these bytes in place of those that are sent. */
  readonly signs?: string;
}

/** One request as Slack sends it. */
export async function sendSigned(url: string, body: Fields, options: SendOptions): Promise<Signed> {
  const { as = 'json', secret, headers = {}, atMs = Date.now() } = options;
  const raw =
    as === 'json'
      ? JSON.stringify(body)
      : as === 'payload'
        ? new URLSearchParams({ payload: JSON.stringify(body) }).toString()
        : new URLSearchParams(body as Record<string, string>).toString();
  const timestamp = String(Math.floor(atMs / 1000));
  const signature = createHmac('sha256', secret)
    .update(`v0:${timestamp}:${options.signs ?? raw}`)
    .digest('hex');
  const begun = performance.now();
  const response = await fetch(`${url}/slack/events`, {
    method: 'POST',
    body: raw,
    headers: {
      'content-type': as === 'json' ? 'application/json' : 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${signature}`,
      ...headers,
    },
  });
  return { status: response.status, text: await response.text(), ms: performance.now() - begun };
}

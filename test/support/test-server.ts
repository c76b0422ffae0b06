// A server on a real socket with the fake core, an own log and a store of its own; and small ways to talk to it.
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../src/http/app';
import type { Helpdesk } from '../../src/helpdesks/helpdesk';
import { createMetrics, type Metrics } from '../../src/http/metrics';
import type { AssetBook } from '../../src/http/asset-routes';
import type { PageBook } from '../../src/http/page';
import { sampleMessage } from '../../src/pack/sample';
import { createLog } from '../../src/log';
import { createService, type Service } from '../../src/service';
import type { Talk } from '../../src/service/talk';
import { openEmbeddedStore } from '../../src/stores/embedded';
import { createMemoryStore } from '../../src/stores/memory';
import type { Store } from '../../src/stores/store';
import { engine } from './engine';
import { fakeTalk } from './fake-talk';

export interface TestServer {
  readonly port: number;
  readonly url: string;
  readonly log: string[];
  readonly service: Service;
  readonly store: Store;
  readonly metrics: Metrics;
  /** Moves the clock of service and store. */
  forward(ms: number): void;
  close(): Promise<void>;
}

export interface TestServerOptions {
  readonly config?: Partial<Parameters<typeof createApp>[0]['config']>;
  /** Folder of an embedded store; in memory where left out. */
  readonly dir?: string;
  readonly store?: (store: Store) => Store;
  readonly talk?: Talk;
  readonly requestTimeoutMs?: number;
  readonly page?: PageBook;
  readonly helpdesk?: Helpdesk;
  readonly onWork?: () => void;
  readonly assets?: AssetBook;
  readonly counter?: Parameters<typeof createApp>[0]['counter'];
}

export async function testServer(options: TestServerOptions = {}): Promise<TestServer> {
  let shift = 0;
  const now = (): number => Date.now() + shift;
  const log: string[] = [];
  const made =
    options.dir === undefined ? createMemoryStore(now) : await openEmbeddedStore({ dir: options.dir, now, pollMs: 50 });
  const store = options.store?.(made) ?? made;
  const metrics = createMetrics();
  const config = { maxMessageBytes: 2048, trustProxy: 0, ...options.config };
  const judge = await engine();
  const service = createService({
    store,
    talk: options.talk ?? fakeTalk(),
    engine: judge,
    maxMessageBytes: config.maxMessageBytes,
    ttlDays: 30,
    meter: metrics,
    now,
    ...(options.helpdesk === undefined ? {} : { helpdesk: options.helpdesk }),
    ...(options.onWork === undefined ? {} : { onWork: options.onWork }),
  });
  const app = await createApp({
    service,
    metrics,
    config,
    log: createLog('trace', { write: (line) => log.push(line) }),
    version: '0.0.0',
    sample() {
      const text = sampleMessage(judge.pack);
      return { text, triage: judge.triage(text) };
    },
    ...(options.page === undefined ? {} : { page: options.page }),
    ...(options.assets === undefined ? {} : { assets: options.assets }),
    ...(options.counter === undefined ? {} : { counter: options.counter }),
    ...(options.requestTimeoutMs === undefined ? {} : { requestTimeoutMs: options.requestTimeoutMs }),
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    log,
    service,
    store,
    metrics,
    forward: (ms) => void (shift += ms),
    async close() {
      const closed = app.close();
      await service.stop();
      await closed;
      await store.close();
    },
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
  readonly json: Json;
}

/** What tests read of answers, whichever call they come from. */
export interface Json {
  readonly id: string;
  readonly token: string;
  readonly code: string;
  readonly status: number | string;
  readonly seq: number;
  readonly fields: Readonly<Record<string, string | null>>;
  readonly ticket: { readonly id: string; readonly status?: string; readonly reference?: string };
  readonly transcript: readonly { readonly role: string; readonly text: string }[];
}

export interface Call {
  readonly method?: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON where it is no text or bytes. */
  readonly body?: unknown;
}

/** One request on a socket of its own. */
export function call(url: string, { method, token, headers = {}, body }: Call = {}): Promise<Answer> {
  const raw =
    body === undefined ? undefined : typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const all: Record<string, string> = {
    ...(raw === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(raw)) }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...headers,
  };
  return new Promise((resolve, reject) => {
    const request = http.request(
      url,
      { method: method ?? (raw === undefined ? 'GET' : 'POST'), headers: all, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const isJson = /json/.test(response.headers['content-type'] ?? '');
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text,
            json: (isJson && text !== '' ? JSON.parse(text) : {}) as Json,
          });
        });
      },
    );
    request.on('error', reject);
    request.end(raw);
  });
}

/** Bytes as they are on a socket; resolves to all that came back once it is closed. */
export function raw(port: number, pieces: readonly (string | Buffer)[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => pieces.forEach((piece) => socket.write(piece)));
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('error', reject);
    socket.on('close', () => resolve(text));
  });
}

export interface Opened {
  readonly id: string;
  readonly token: string;
  readonly at: string;
}

export async function openConversation(url: string): Promise<Opened> {
  const { json } = await call(`${url}/v1/conversations`, { body: { language: 'en', channel: 'web' } });
  const { id, token } = json;
  return { id, token, at: `${url}/v1/conversations/${id}` };
}

export function temporaryFolder(): { readonly dir: string; remove(): void } {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'preticket-'));
  return { dir, remove: () => fs.rmSync(dir, { recursive: true, force: true }) };
}

/** All bytes of all files below a folder. */
export function bytesBelow(dir: string): Buffer {
  const files = fs.readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Buffer.concat(files.map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name))));
}

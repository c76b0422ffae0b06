// The server side of a benchmark: the program as it is served, or a bare echo that writes as durably. Talks to its parent by messages.
import Fastify from 'fastify';
import type { AddressInfo } from 'node:net';
import { readConfig } from '../../src/config';
import { startServer } from '../../src/main';
import { openEmbeddedStore } from '../../src/stores/embedded';
import type { Mode } from './load';

const YEAR_MS = 365 * 24 * 3600_000;
/** Sizes of what a turn of the service writes, in the middle of a talk. */
const RECORD_CHARS = 6000;
const ENTRY_CHARS = 1200;

interface Running {
  readonly port: number;
  stop(): Promise<void>;
}

/** A body that a schema checks, one read, one write as large and as durable as a turn's, the text back. */
async function startEcho(dir: string): Promise<Running> {
  const store = await openEmbeddedStore({ dir });
  const app = Fastify({ logger: false });
  const body = { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] };
  const expiresAtMs = Date.now() + YEAR_MS;
  let count = 0;
  app.post('/v1/conversations', async (_request, reply) => {
    const id = String(++count).padStart(22, '0');
    await store.create(id, { record: 'r'.repeat(RECORD_CHARS), entries: [{ seq: 1, text: 'open' }], expiresAtMs });
    return reply.code(201).send({ id, token: 'none' });
  });
  app.post<{ Params: { id: string }; Body: { text: string } }>(
    '/v1/conversations/:id/messages',
    { schema: { body } },
    async ({ params, body: { text } }) => {
      const { version = 0, record = '' } = (await store.load(params.id)) ?? {};
      const entry = { seq: version + 1, text: text.padEnd(ENTRY_CHARS) };
      if ((await store.save(params.id, version, { record, entries: [entry], expiresAtMs })) === undefined)
        throw new Error('two writes at once');
      return { text };
    },
  );
  await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    port: (app.server.address() as AddressInfo).port,
    async stop() {
      await app.close();
      await store.close();
    },
  };
}

async function main(mode: Mode, dir: string): Promise<void> {
  const environment = { PORT: '0', DATA_DIR: dir, RATE_LIMIT: 'off', LOG_LEVEL: 'warn' };
  const running = mode === 'echo' ? await startEcho(dir) : await startServer(readConfig(environment));
  process.on('message', (wanted) => {
    if (wanted === 'memory') {
      globalThis.gc?.();
      process.send?.({ residentBytes: process.memoryUsage().rss });
    } else void running.stop().then(() => process.exit(0));
  });
  process.on('disconnect', () => process.exit(1));
  process.send?.({ port: running.port });
}

main(process.argv[2] as Mode, process.argv[3] ?? '').catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});

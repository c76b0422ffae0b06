// A ticket's end as clients see it: over a live socket, after a resume, and in the calls on the ticket.
import { WebSocket } from 'ws';
import type { Helpdesk } from '../../src/helpdesks/helpdesk';
import { DELIVERY_KIND } from '../../src/service/ticket';
import { startWorkers, type Workers } from '../../src/service/worker';
import { call, openConversation, testServer, type TestServer } from '../support/test-server';

let server: TestServer;
let workers: Workers;
let release = (): void => undefined;

beforeEach(async () => {
  const released = new Promise<void>((resolve) => (release = resolve));
  const desk: Helpdesk = { kind: 'fake', deliver: () => released.then(() => ({ reference: 'R-77' })) };
  server = await testServer({ helpdesk: desk, onWork: () => workers.wake() });
  workers = startWorkers({ store: server.store, handlers: { [DELIVERY_KIND]: server.service.deliver }, ttlDays: 30 });
});
afterEach(async () => {
  release();
  await workers.stop();
  await server.close();
});

interface Frame {
  readonly seq: number;
  readonly replies: readonly { readonly kind: string; readonly text: string }[];
}

test('the reference reaches an open socket as a turn of its own, a later one by resume, and the calls', async () => {
  const { at, token } = await openConversation(server.url);
  const connect = (): WebSocket => new WebSocket(`${at.replace('http', 'ws')}/socket`, ['preticket', token]);
  const turns = (socket: WebSocket, wanted: (frame: Frame) => boolean): Promise<Frame> =>
    new Promise((resolve) =>
      socket.on('message', (data: Buffer) => {
        const frame = JSON.parse(data.toString()) as Frame;
        if (wanted(frame)) resolve(frame);
      }),
    );
  const isReference = ({ replies }: Frame): boolean => replies?.some(({ text }) => text === 'reference R-77');
  const live = connect();
  await new Promise((resolve) => live.once('open', resolve));
  const heard = turns(live, isReference);
  const asked = await call(`${at}/ticket`, { method: 'POST', token, headers: { 'idempotency-key': 'k' } });
  expect([asked.status, asked.json.ticket]).toEqual([202, { id: asked.json.ticket.id, status: 'pending' }]);
  const pending = await call(`${at}/ticket`, { token });
  expect(pending.json.ticket).toEqual({ id: asked.json.ticket.id, status: 'pending', attempts: 0 });
  release();
  const turn = await heard;
  expect(turn.replies).toEqual([{ kind: 'done', text: 'reference R-77' }]);
  const ticket = { id: asked.json.ticket.id, status: 'delivered', attempts: 1, reference: 'R-77' };
  expect((await call(`${at}/ticket`, { token })).json.ticket).toEqual(ticket);
  expect((await call(at, { token })).json.ticket).toEqual(ticket);
  const later = connect();
  await new Promise((resolve) => later.once('open', resolve));
  const resumed = turns(later, isReference);
  later.send(JSON.stringify({ type: 'resume', after: turn.seq - 1 }));
  expect((await resumed).seq).toBe(turn.seq);
  for (const socket of [live, later]) socket.terminate();
  const again = await call(`${at}/ticket`, { method: 'POST', token, headers: { 'idempotency-key': 'k' } });
  expect(again.text).toBe(asked.text);
  expect((await call(`${at}/ticket`, { method: 'POST', token })).status).toBe(409);
});

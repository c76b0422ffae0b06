// What Node's server hands over aside or answers by itself: upgrades, tunnels, expectations. Only the socket of a conversation is a WebSocket.
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { PreticketError } from '../errors';
import { problemMessage, problemOf, sendBareProblem } from './problem';

type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

const SOCKET_PATH = /^\/v1\/conversations\/[^/?]+\/socket(?:\?|$)/;
/** Headers that speak of the upgrade alone. */
const OF_UPGRADE: ReadonlySet<string> = new Set(['upgrade', 'connection', 'http2-settings']);

function wantsSocket({ headers, url = '' }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket' && SOCKET_PATH.test(url);
}

/** The request as it would be without its wish. */
function withoutUpgrade({ method = 'GET', url = '/', httpVersion, rawHeaders }: IncomingMessage, head: Buffer): Buffer {
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? '';
    if (!OF_UPGRADE.has(name.toLowerCase())) lines.push(`${name}: ${rawHeaders[i + 1] ?? ''}`);
  }
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]);
}

/**
 * Clients that would like HTTP/2 say so with an ordinary request (`Upgrade: h2c`, Java and curl among them), which a server may pass over;
 * what listens for WebSockets would refuse them. Call once the listener of the WebSocket plug-in is there.
 */
export function answerBareRequests(server: Server): void {
  const listeners = server.listeners('upgrade') as UpgradeListener[];
  server.removeAllListeners('upgrade');
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (wantsSocket(request)) {
      for (const listener of listeners) listener(request, socket, head);
      return;
    }
    socket.unshift(withoutUpgrade(request, head));
    server.emit('connection', socket);
  });
  server.on('connect', (_request: IncomingMessage, socket: Duplex) => {
    socket.on('error', () => socket.destroy());
    socket.end(problemMessage(problemOf(new PreticketError('METHOD_NOT_ALLOWED', 'This server opens no tunnels.'))));
  });
  server.on('checkExpectation', (_request, response) =>
    sendBareProblem(response, new PreticketError('EXPECTATION', 'Expect may only be 100-continue.')),
  );
}

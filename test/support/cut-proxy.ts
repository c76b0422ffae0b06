// A way to a server that loses an answer: what was asked arrives and is done, and the connection breaks before the reply is through.
import net from 'node:net';
import type { AddressInfo } from 'node:net';

export interface CutProxy {
  readonly port: number;
  /** The answer to the next command that contains `word` is lost with its connection. */
  cutAfter(word: string): void;
  /** Answers lost so far. */
  readonly cuts: () => number;
  close(): Promise<void>;
}

export async function cutProxy(to: number): Promise<CutProxy> {
  let word: string | undefined;
  let cuts = 0;
  const open = new Set<net.Socket>();
  const server = net.createServer((near) => {
    const far = net.connect(to, '127.0.0.1');
    let doomed = false;
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        open.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.on('data', (chunk) => {
      if (word !== undefined && chunk.includes(word)) {
        word = undefined;
        doomed = true;
      }
      far.write(chunk);
    });
    far.on('data', (chunk) => {
      if (!doomed) return void near.write(chunk);
      cuts++;
      near.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    cutAfter: (next) => (word = next),
    cuts: () => cuts,
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

// What memory does an open WebSocket conversation hold, over the bare server?
import { execFileSync } from 'node:child_process';
import { WebSocket } from 'ws';
import { Client, each, type Opened, startBench } from './load';

const WANTED = 10_000;
/** Files that the server needs for other things. */
const RESERVED = 500;
const AT_ONCE = 64;
const WARM = 200;

/** Sockets that both processes may hold: this one cannot raise its own limit. */
function allowed(): number {
  const limit = execFileSync('sh', ['-c', 'ulimit -n']).toString().trim();
  return limit === 'unlimited' ? WANTED : Math.min(WANTED, Number(limit) - RESERVED);
}

function connect(port: number, { id, token }: Opened): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/v1/conversations/${id}/socket`, {
      headers: { authorization: `Bearer ${token}` },
      perMessageDeflate: false,
    });
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
  });
}

export async function benchSocketMemory(): Promise<string> {
  const bench = await startBench('service');
  const client = new Client(bench.port);
  const sockets: WebSocket[] = [];
  const open = (count: number): Promise<void> =>
    each(count, AT_ONCE, async () => {
      sockets.push(await connect(bench.port, await client.open()));
    });
  try {
    // What the first ones load stays, however many follow.
    await open(WARM);
    const bare = await bench.residentBytes();
    const count = allowed() - WARM;
    await open(count);
    const full = await bench.residentBytes();
    const kilobytes = (full - bare) / count / 1024;
    return `memory of an open conversation: ${kilobytes.toFixed(1)} KB each over ${(bare / 1024 / 1024).toFixed(0)} MB, ${sockets.length} open`;
  } finally {
    for (const socket of sockets) socket.terminate();
    client.close();
    await bench.close();
  }
}

// The built program as a server of its own, which tests may kill and start again on the same port and folder.
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';

const MAIN = path.join(__dirname, '..', '..', 'dist', 'cli', 'main.js');

export interface Served {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** All that it wrote. */
  readonly out: () => string;
  /** Without warning; resolves once the process is gone. */
  kill(): Promise<void>;
}

export async function served(dir: string, port = 0, more: NodeJS.ProcessEnv = {}): Promise<Served> {
  const child: ChildProcess = spawn(process.execPath, [MAIN, 'serve'], {
    env: {
      PATH: process.env['PATH'],
      DATA_DIR: dir,
      PORT: String(port),
      RATE_LIMIT: 'off',
      LOG_LEVEL: 'error',
      ...more,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  for (;;) {
    const url = /preticket: (http:\S+)/.exec(out)?.[1];
    if (url !== undefined)
      return {
        url,
        port: Number(new URL(url).port),
        pid: child.pid ?? 0,
        out: () => out,
        async kill() {
          child.kill('SIGKILL');
          await ended;
        },
      };
    if (child.exitCode !== null) throw new Error(out);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

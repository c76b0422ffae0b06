// A server under a benchmark in a process of its own, and the client's side of it: keep-alive calls, talks of ordinary length.
import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';

/** What people write, turn by turn; the same talk again and again, each time another conversation. */
export const TALK = [
  'hi, our renewals are refused since we moved to the new server last tuesday, 403 on every call',
  'The old box works. We added 203.0.113.40 to the list before the move and the provider says that traffic leaves through 198.51.100.23 now.',
  'GET https://api.nicenic.net/v2/?category=domain&action=check&domains=lotus-teahouse.com\nAuthorization: lotusreg:Sunny-4711-Hill\n-> 403 {"code":403,"msg":"request refused"}',
  'account is lotusreg, own python script, no whmcs',
  'it was 2026-11-03 02:00 UTC',
  'what is an outbound IP?',
] as const;

export type Mode = 'service' | 'echo';

export interface Bench {
  readonly port: number;
  /** Resident bytes of the server, after a collection of garbage. */
  residentBytes(): Promise<number>;
  close(): Promise<void>;
}

/** Starts `server-process.ts` with its data in a folder that goes away with it. */
export async function startBench(mode: Mode): Promise<Bench> {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'preticket-bench-'));
  // Each socket is a file: as many as the machine allows.
  const child = spawn(
    'sh',
    [
      '-c',
      'ulimit -n "$(ulimit -Hn)"; exec "$0" --expose-gc --import tsx "$@"',
      process.execPath,
      path.join(__dirname, 'server-process.ts'),
      mode,
      dir,
    ],
    { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], cwd: path.join(__dirname, '..', '..') },
  );
  const { port } = (await answerOf(child)) as { port: number };
  return {
    port,
    async residentBytes() {
      child.send('memory');
      return ((await answerOf(child)) as { residentBytes: number }).residentBytes;
    },
    async close() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.send('stop');
      await ended;
      fs.rmSync(dir, { recursive: true, force: true });
    },
  };
}

function answerOf(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const fail = (code: number | null): void => reject(new Error(`the server ended with ${code}`));
    child.once('exit', fail);
    child.once('message', (answer) => {
      child.off('exit', fail);
      resolve(answer);
    });
  });
}

export interface Opened {
  readonly id: string;
  readonly token: string;
}

export class Client {
  private readonly agent = new http.Agent({ keepAlive: true });

  constructor(private readonly port: number) {}

  post(pathname: string, body: unknown, token?: string): Promise<string> {
    const json = JSON.stringify(body);
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(json),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    };
    const { port, agent } = this;
    return new Promise((resolve, reject) => {
      const request = http.request(
        { host: '127.0.0.1', port, path: pathname, method: 'POST', headers, agent },
        (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (part: string) => (text += part));
          response.on('end', () =>
            response.statusCode === 200 || response.statusCode === 201
              ? resolve(text)
              : reject(new Error(`${pathname.replace(/[^/]{20,}/, '…')} answered ${response.statusCode}`)),
          );
        },
      );
      request.on('error', reject);
      request.end(json);
    });
  }

  async open(): Promise<Opened> {
    return JSON.parse(await this.post('/v1/conversations', { language: 'en' })) as Opened;
  }

  close(): void {
    this.agent.destroy();
  }
}

/** Runs `work` for each number below `count`, so many at once. */
export async function each(count: number, atOnce: number, work: (n: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

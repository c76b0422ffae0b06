// Times work by its median and says what machine it ran on.
import os from 'node:os';

/** Median milliseconds of `runs` calls, after one that does not count. */
export async function medianMs(work: () => unknown, runs = 5): Promise<number> {
  await work();
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
  }
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? NaN;
}

export function machine(): string {
  return `${os.cpus()[0]?.model.trim() ?? 'unknown processor'}, ${os.cpus().length} cores, Node ${process.version}`;
}

/** A log of about `bytes` bytes: application lines with requests, replies and a credential now and then. Same for the same size. */
export function sampleLog(bytes: number): string {
  const lines: string[] = [];
  let size = 0;
  for (let n = 0; size < bytes; n++) {
    const minute = String(n % 60).padStart(2, '0');
    const id = ((n * 2654435761) >>> 0).toString(16).padStart(8, '0');
    const line =
      n % 40 === 7
        ? `2026-05-27T10:${minute}:01Z DEBUG client > Authorization: lotus${n % 9}:Sunny-${id}-Hill`
        : n % 40 === 23
          ? `2026-05-27T10:${minute}:02Z ERROR client < 403 {"code":403,"msg":"request refused","request_id":"${id}-0a4c-4b1e-9b1c-4b5f3c2d1e0f"}`
          : n % 3 === 0
            ? `198.51.100.${n % 250} - - [27/May/2026:10:${minute}:02 +0800] "GET /v2/?category=domain&action=check&domains=shop${n}.com HTTP/1.1" 200 ${n % 2000} "-" "GuzzleHttp/7"`
            : `2026-05-27T10:${minute}:00Z INFO  [${id}] worker ${n % 12} took job check shop${n}.com, ${n % 900} ms, retry ${n % 5}`;
    lines.push(line);
    size += line.length + 1;
  }
  return `${lines.join('\n')}\n`;
}

/** The same log with every sixth line a message or dump that holds a credential. */
export function denseLog(bytes: number): string {
  let n = 0;
  const secret = (): string => `Sunny-${(n * 2654435761) >>> 0}-Hill`;
  const carriers: readonly (() => string)[] = [
    () => `password: ${secret()}`,
    () => `curl -H "Authorization: lotus${n % 9}:${secret()}" https://api.nicenic.net/v2/`,
    () => `my password is ${secret()} and it worked yesterday`,
    () => `{"username":"lotus${n % 9}","api_secret":"${secret()}"}`,
    () => `export API_SECRET=${secret()}`,
    () => `${['gh', 'p_'].join('')}${secret().replace(/\W/g, '').padEnd(36, 'x')}`,
  ];
  const lines = sampleLog(bytes).split('\n');
  for (let i = 0; i < lines.length; i += 6) lines[i] = carriers[++n % carriers.length]?.() ?? '';
  return lines.join('\n').slice(0, bytes);
}

/** Texts that make careless patterns slow. */
export const HOSTILE: Readonly<Record<string, (bytes: number) => string>> = {
  'one letter': (n) => 'a'.repeat(n),
  'password and blanks': (n) => `password${' '.repeat(n)}!`,
  'escaped quotes': (n) => `password="${'\\"'.repeat(n / 2)}`,
  'key heads': (n) => '-----BEGIN RSA PRIVATE KEY-----\n'.repeat(n / 32),
  'token heads': (n) => `${'eyJ'.repeat(n / 3)}.`,
  'user info': (n) => `http://${'a:'.repeat(n / 2)}`,
  'open braces': (n) => '{"a":'.repeat(n / 5),
  'percent signs': (n) => '%25'.repeat(n / 3),
  backslashes: (n) => `\\u00 ${'\\'.repeat(n)}`,
  'curl words': (n) => 'curl -H "a: b" '.repeat(n / 15),
  addresses: (n) => '198.51.100.7 '.repeat(n / 13),
};

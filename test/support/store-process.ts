// Other processes on a store: the built program, driven by a line of script, so that killing one is a real death.
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';

const BUILT = path.join(__dirname, '..', '..', 'dist', 'stores', 'embedded.js');

/** Runs `script` (an async function body that sees `store`, `say` and `expiresAtMs`) in a process of its own, after the shell's `limit`. */
export function storeProcess(
  dir: string,
  script: string,
  limit = ':',
): { readonly child: ChildProcess; readonly lines: string[]; readonly ended: Promise<number | null> } {
  const source = `
    const { openEmbeddedStore } = require(${JSON.stringify(BUILT)});
    const say = (line) => require('fs').writeSync(1, line + '\\n');
    const expiresAtMs = Date.now() + 86400000;
    (async () => { const store = await openEmbeddedStore({ dir: ${JSON.stringify(dir)} }); ${script}; await store.close(); })()
      .catch((error) => { say('failed ' + error.code + ' ' + error.message); process.exit(1); });`;
  const child = spawn('sh', ['-c', `${limit} && exec "$0" -e "$1"`, process.execPath, source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  let rest = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, lines, ended };
}

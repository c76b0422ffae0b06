// Installs the peers that the benchmarks compare with, outside the project, once.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

const FOLDER = path.join(os.tmpdir(), 'preticket-bench-peers');
const PEERS = ['@secretlint/core@11.7.1', '@secretlint/secretlint-rule-preset-recommend@11.7.1', 'node-nlp@4.27.0'];

/** A `require` that finds the peers; installs them at the first call. */
export function peers(): NodeJS.Require {
  if (!fs.existsSync(path.join(FOLDER, 'node_modules', 'node-nlp'))) {
    fs.mkdirSync(FOLDER, { recursive: true });
    fs.writeFileSync(path.join(FOLDER, 'package.json'), '{"private":true}\n');
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...PEERS], {
      cwd: FOLDER,
      stdio: 'inherit',
    });
  }
  return createRequire(path.join(FOLDER, 'index.js'));
}

/** Path of a peer's folder, for packages that only `import()` can load. */
export function peerFolder(name: string): string {
  peers();
  return path.join(FOLDER, 'node_modules', name);
}

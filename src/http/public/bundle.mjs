// Builds what browsers load into dist/http/public; run by `npm run build:page`.
import path from 'node:path';
import { build } from 'esbuild';

const here = import.meta.dirname;

await build({
  entryPoints: { redact: path.join(here, 'redact', 'redact.ts') },
  outdir: path.join(here, '..', '..', '..', 'dist', 'http', 'public'),
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  charset: 'utf8',
  logLevel: 'warning',
});

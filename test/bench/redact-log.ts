// How fast is redaction of a 5 MB log, ordinary and dense with secrets, beside secretlint's recommended rules?
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRedactorOf } from '../../src/engine';
import { loadPack } from '../../src/pack/load';
import { peerFolder } from './peers';
import { denseLog, medianMs, sampleLog } from './timing';

interface Core {
  lintSource(input: object): Promise<unknown>;
}

export async function benchRedactLog(): Promise<string[]> {
  const redactor = createRedactorOf(await loadPack(path.join(__dirname, '..', '..')));
  const load = async (name: string): Promise<unknown> =>
    import(pathToFileURL(path.join(peerFolder(name), 'module', 'index.js')).href);
  const core = (await load('@secretlint/core')) as Core;
  const preset = (await load('@secretlint/secretlint-rule-preset-recommend')) as { creator: unknown };
  const config = { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: preset.creator, rules: [] }] };
  const lines: string[] = [];
  for (const [name, make] of Object.entries({ 'an ordinary': sampleLog, 'a secret-dense': denseLog })) {
    const log = make(5_000_000);
    const ours = await medianMs(() => redactor.redact(log), 5);
    const theirs = await medianMs(
      () =>
        core.lintSource({
          source: { filePath: 'a.log', content: log, ext: '.log', contentType: 'text' },
          options: { config, noPhysicFilePath: true },
        }),
      5,
    );
    const rate = (ms: number): string => `${(log.length / 1e6 / (ms / 1000)).toFixed(1)} MB/s`;
    lines.push(
      `redaction of ${name} log of 5 MB: preticket ${rate(ours)}, secretlint ${rate(theirs)}, ratio ${(theirs / ours).toFixed(2)}`,
    );
  }
  return lines;
}

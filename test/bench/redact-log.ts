// How fast is redaction of a 5 MB log, beside secretlint's recommended rules?
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRedactorOf } from '../../src/engine';
import { loadPack } from '../../src/pack/load';
import { peerFolder } from './peers';
import { medianMs, sampleLog } from './timing';

interface Core {
  lintSource(input: object): Promise<unknown>;
}

export async function benchRedactLog(): Promise<string> {
  const log = sampleLog(5_000_000);
  const redactor = createRedactorOf(await loadPack(path.join(__dirname, '..', '..')));
  const ours = await medianMs(() => redactor.redact(log), 3);
  const load = async (name: string): Promise<unknown> =>
    import(pathToFileURL(path.join(peerFolder(name), 'module', 'index.js')).href);
  const core = (await load('@secretlint/core')) as Core;
  const preset = (await load('@secretlint/secretlint-rule-preset-recommend')) as { creator: unknown };
  const config = { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: preset.creator, rules: [] }] };
  const theirs = await medianMs(
    () =>
      core.lintSource({
        source: { filePath: 'a.log', content: log, ext: '.log', contentType: 'text' },
        options: { config, noPhysicFilePath: true },
      }),
    3,
  );
  const rate = (ms: number): string => `${(log.length / 1e6 / (ms / 1000)).toFixed(1)} MB/s`;
  return `redaction of a 5 MB log: preticket ${rate(ours)}, secretlint ${rate(theirs)}, ratio ${(theirs / ours).toFixed(2)}`;
}

// Does the cost of 10 MiB stay near ten times that of 1 MiB, on logs and on hostile text?
import path from 'node:path';
import { createEngine } from '../../src/engine';
import { loadPack } from '../../src/pack/load';
import { denseLog, HOSTILE, medianMs, sampleLog } from './timing';

const MIB = 1024 * 1024;

export async function benchGrowth(): Promise<string[]> {
  const engine = createEngine(await loadPack(path.join(__dirname, '..', '..')));
  const lines: string[] = [];
  for (const [name, make] of Object.entries({
    'application log': sampleLog,
    'secret-dense log': denseLog,
    ...HOSTILE,
  })) {
    for (const [what, run] of [
      ['redaction', (text: string) => engine.redactor.redact(text)],
      ['triage', (text: string) => engine.triage(text)],
    ] as const) {
      const [small, large] = [make(MIB), make(10 * MIB)];
      const one = await medianMs(() => run(small), 3);
      const ten = await medianMs(() => run(large), 1);
      lines.push(
        `${what} of ${name}: 1 MiB ${one.toFixed(0)} ms, 10 MiB ${ten.toFixed(0)} ms, ratio ${(ten / one).toFixed(1)}`,
      );
    }
  }
  return lines;
}

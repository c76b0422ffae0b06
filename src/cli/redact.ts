// `preticket redact`: the text with every credential replaced.
import { once } from 'node:events';
import { createRedactorOf, redactAfter } from '../engine';
import { loadCliPack } from './engine';
import { readAll } from './input';
import { eachLine } from './jsonl';
import { startProgress, whileBusy } from './progress';
import { eachSource } from './sources';

/** Prints each input redacted; with `jsonl`, one object a line. Errors as the input's and the redactor's. */
export async function redactCommand(files: readonly string[], options: { readonly jsonl?: true }): Promise<void> {
  const redactor = createRedactorOf(await loadCliPack());
  const progress = startProgress();
  await eachSource(files, async (source) => {
    if (options.jsonl)
      return eachLine(
        source.open(),
        process.stdout,
        (line) => {
          // The message before, where the line carries it: what it told or announced is known here.
          const previous = line['prev'];
          const { text, redactions } =
            typeof previous === 'string' ? redactAfter(redactor, previous, line.text) : redactor.redact(line.text);
          return { text, redactions };
        },
        (count) => progress.tick(`${count} lines`),
      );
    const raw = await readAll(source.open(), source.name);
    const { text } = await whileBusy(source.name, raw.length, () => redactor.redact(raw));
    if (!process.stdout.write(text)) await once(process.stdout, 'drain');
    return undefined;
  });
  progress.end();
}

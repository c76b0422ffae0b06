// `preticket redact`: the text with every credential replaced.
import { once } from 'node:events';
import { createRedactorOf, redactAfter } from '../engine';
import { loadCliPack } from './engine';
import { readAll } from './input';
import { eachLine } from './jsonl';
import { startProgress } from './progress';
import { sources } from './sources';

/** Prints each input redacted; with `jsonl`, one object a line. Errors as the input's and the redactor's. */
export async function redactCommand(files: readonly string[], options: { readonly jsonl?: true }): Promise<void> {
  const redactor = createRedactorOf(await loadCliPack());
  const progress = startProgress();
  for (const source of sources(files)) {
    if (options.jsonl) {
      await eachLine(
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
    } else {
      const { text } = redactor.redact(await readAll(source.open(), source.name));
      if (!process.stdout.write(text)) await once(process.stdout, 'drain');
    }
  }
  progress.end();
}

// The inputs of a command: files by name, or standard input. One that cannot be read is named, and the others go on.
import type { Readable } from 'node:stream';
import { PreticketError } from '../errors';
import { openFile } from './input';
import type { LineCounts } from './jsonl';

/** An input with the name to call it by. */
export interface Source {
  readonly name: string;
  open(): Readable;
}

/** One source a file; standard input for none or for `-`. Throws USAGE where a person would wait for nothing at a terminal. */
export function sources(files: readonly string[]): Source[] {
  const names = files.length === 0 ? ['-'] : files;
  return names.map((name) => {
    if (name !== '-') return { name, open: () => openFile(name) };
    return {
      name: 'standard input',
      open: () => {
        if (process.stdin.isTTY) throw new PreticketError('USAGE', 'nothing to read: name a file, or pipe a text in');
        return process.stdin;
      },
    };
  });
}

/** Says an error on standard error; the program goes on and ends with 1, as `cat` does for one file of many. */
function complain(message: string): void {
  process.stderr.write(`preticket: ${message}\n`);
  process.exitCode = 1;
}

/**
 * Does `work` on each input. What cannot be read, and lines that were bad, are said on standard error, and the exit status is 1 in the end:
 * whoever pipes ten thousand lines through learns from the status alone whether all were answered. Throws what else goes wrong.
 */
export async function eachSource(
  files: readonly string[],
  work: (source: Source) => Promise<LineCounts | undefined>,
): Promise<void> {
  for (const source of sources(files)) {
    try {
      const { good = 0, bad = 0 } = (await work(source)) ?? {};
      if (bad > 0) complain(`${source.name}: ${bad} of ${good + bad} lines are bad; "error" in their answers says why`);
    } catch (error) {
      if (!(error instanceof PreticketError) || !error.code.startsWith('INPUT_')) throw error;
      complain(error.message);
    }
  }
}

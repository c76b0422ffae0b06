// The inputs of a command: files by name, or standard input.
import type { Readable } from 'node:stream';
import { PreticketError } from '../errors';
import { openFile } from './input';

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

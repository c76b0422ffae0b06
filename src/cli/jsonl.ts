// One JSON object a line in, one a line out, in order, with bounded memory.
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { PreticketError } from '../errors';
import { MAX_INPUT_BYTES, readLines } from './input';

/** A line as given: an object with `text`, perhaps an `id`. */
export interface Line {
  readonly id?: string | number;
  readonly text: string;
  readonly [key: string]: unknown;
}

export interface LineCounts {
  readonly good: number;
  readonly bad: number;
}

/** Parses and checks a line. Throws INPUT_BAD_LINE that names what is wrong and repeats nothing of the line. */
function parseLine(line: string | null): Line {
  if (line === null)
    throw new PreticketError('INPUT_BAD_LINE', `line is longer than ${MAX_INPUT_BYTES / 1024 / 1024} MiB`);
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new PreticketError('INPUT_BAD_LINE', 'line is not JSON', { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new PreticketError('INPUT_BAD_LINE', 'line is not a JSON object');
  const { id, text } = value as { id?: unknown; text?: unknown };
  if (id !== undefined && typeof id !== 'string' && typeof id !== 'number')
    throw new BadField('id must be a string or a number');
  if (typeof text !== 'string') throw new BadField('text must be a string', id);
  return value as Line;
}

/** A fault of one field; carries the line's id where it has a good one. */
class BadField extends PreticketError {
  constructor(
    message: string,
    readonly id?: string | number,
  ) {
    super('INPUT_BAD_LINE', message);
  }
}

/**
 * Runs `work` on each line of `input` and writes its result with the line's `id`. A bad line, or one on which `work` fails with an
 * error of ours, gives `{"id"?, "error"}` and the rest goes on. Returns how many lines were good and bad. `onLine` hears of progress.
 */
export async function eachLine(
  input: Readable,
  output: Writable,
  work: (line: Line) => object,
  onLine?: (count: number) => void,
): Promise<LineCounts> {
  let good = 0;
  let bad = 0;
  for await (const line of readLines(input)) {
    if (line !== null && line.trim() === '') continue;
    let result: object;
    let id: string | number | undefined;
    try {
      const parsed = parseLine(line);
      id = parsed.id;
      result = { ...(id === undefined ? {} : { id }), ...work(parsed) };
      good++;
    } catch (error) {
      if (!(error instanceof PreticketError)) throw error;
      if (error instanceof BadField) id = error.id;
      result = { ...(id === undefined ? {} : { id }), error: error.message };
      bad++;
    }
    if (!output.write(`${JSON.stringify(result)}\n`)) await once(output, 'drain');
    onLine?.(good + bad);
  }
  return { good, bad };
}

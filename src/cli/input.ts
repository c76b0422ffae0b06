// Reads what the command line is given: whole texts within a limit, or JSON lines as a stream. Survives any bytes.
import fs from 'node:fs';
import type { Readable } from 'node:stream';
import { PreticketError } from '../errors';

/** Largest input, in bytes. */
export const MAX_INPUT_BYTES = 64 * 1024 * 1024;

/** Bytes to text: UTF-8, or UTF-16 where a byte-order mark says so; broken sequences become U+FFFD, the mark goes. */
export function decode(bytes: Uint8Array): string {
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : undefined;
  return new TextDecoder(utf16 ?? 'utf-8').decode(bytes);
}

function tooLarge(name: string): PreticketError {
  return new PreticketError(
    'INPUT_TOO_LARGE',
    `${name}: larger than ${MAX_INPUT_BYTES / 1024 / 1024} MiB; pass the part that shows the fault`,
  );
}

/** Opens a file for reading. Throws INPUT_UNREADABLE (named), INPUT_TOO_LARGE. */
export function openFile(name: string): Readable {
  let stat: fs.Stats;
  try {
    stat = fs.statSync(name);
  } catch (cause) {
    throw new PreticketError('INPUT_UNREADABLE', `${name}: ${reason(cause)}`, { cause });
  }
  if (stat.isDirectory()) throw new PreticketError('INPUT_UNREADABLE', `${name}: is a directory`);
  if (stat.size > MAX_INPUT_BYTES) throw tooLarge(name);
  return fs.createReadStream(name);
}

function reason(cause: unknown): string {
  const code = (cause as NodeJS.ErrnoException).code;
  return code === 'ENOENT'
    ? 'no such file'
    : code === 'EACCES'
      ? 'permission denied'
      : `cannot be read (${code ?? 'unknown error'})`;
}

/** The whole of a stream as text. Throws INPUT_TOO_LARGE by `name`, INPUT_UNREADABLE. */
export async function readAll(stream: Readable, name: string): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MAX_INPUT_BYTES) throw tooLarge(name);
      chunks.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof PreticketError) throw cause;
    throw new PreticketError('INPUT_UNREADABLE', `${name}: ${reason(cause)}`, { cause });
  }
  return decode(Buffer.concat(chunks));
}

/** Lines of a stream, one at a time; memory is bounded by the longest line. A line over the limit comes as `null`. */
export async function* readLines(stream: Readable): AsyncGenerator<string | null> {
  let parts: Buffer[] = [];
  let size = 0;
  let dropped = false;
  let first = true;
  const finish = (): string | null => {
    const whole = dropped ? null : decode(Buffer.concat(parts));
    parts = [];
    size = 0;
    dropped = false;
    const line = first && whole !== null ? whole.replace(/^\uFEFF/, '') : whole;
    first = false;
    return line;
  };
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    let from = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      if (!dropped) parts.push(chunk.subarray(from, at));
      yield finish();
      from = at + 1;
    }
    const rest = chunk.subarray(from);
    size += rest.length;
    if (size > MAX_INPUT_BYTES) {
      dropped = true;
      parts = [];
    } else if (!dropped && rest.length > 0) parts.push(Buffer.from(rest));
  }
  if (parts.length > 0 || dropped) yield finish();
}

/** Signs that no text holds: what could not be decoded, and control characters but tab, line ends, form feed and escape. */
const NO_TEXT = /[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f\u007f\ufffd]/g;
/** A log with a few broken bytes is a log. */
const MOST_NO_TEXT = 0.3;
const SAMPLE = 65_536;

/** Why there is nothing to read in a text: undefined where there is something. */
export function lackOfText(text: string): string | undefined {
  if (text.trim() === '') return 'there is nothing in it';
  const sample = text.slice(0, SAMPLE);
  return (sample.match(NO_TEXT)?.length ?? 0) > sample.length * MOST_NO_TEXT
    ? 'this is binary data, not text'
    : undefined;
}

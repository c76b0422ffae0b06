// Reads what a client sends over a socket.
import type { RawData } from 'ws';
import { PreticketError } from '../errors';

export type Frame =
  | { readonly type: 'message'; readonly text: string; readonly key?: string }
  | { readonly type: 'resume'; readonly after: number };

const KEY = /^[\x20-\x7e]{1,255}$/;

/** Throws REQUEST_INVALID, which never repeats what was sent. */
export function readFrame(data: RawData, isBinary: boolean): Frame {
  const fault = (what: string): PreticketError => new PreticketError('REQUEST_INVALID', what);
  if (isBinary) throw fault('Binary frames are not taken; send JSON as text.');
  let parsed: unknown;
  try {
    parsed = JSON.parse((Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer)).toString('utf8'));
  } catch {
    throw fault('The frame is not JSON.');
  }
  if (typeof parsed !== 'object' || parsed === null) throw fault('The frame must be a JSON object.');
  const { type, text, key, after } = parsed as Readonly<Record<string, unknown>>;
  if (type === 'resume') {
    if (typeof after !== 'number' || !Number.isSafeInteger(after) || after < 0 || after > 0x7fffffff)
      throw fault('after must be the number of a turn');
    return { type, after };
  }
  if (type !== 'message') throw fault('type must be message or resume');
  if (typeof text !== 'string' || text === '') throw fault('text must be a string, not an empty one');
  if (key === undefined || key === null) return { type, text };
  if (typeof key !== 'string' || !KEY.test(key)) throw fault('key must be 1 to 255 printable ASCII characters');
  return { type, text, key };
}

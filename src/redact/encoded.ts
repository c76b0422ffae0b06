// Base64 and hex runs that hide a pair or a credential's carrier.
import { type Finding, LONGEST_RUN, type Search } from './finding';

const BASE64 = /^[A-Za-z0-9+/_-]{12,}={0,2}$/;
const HEX = /^(?:[0-9a-fA-F]{2}){8,}$/;
const PAIR = /^[\w.@+\- ]{1,64}:[^\s"'<>{}]{3,128}\s*$/u;
const MAX_DECODED = 65536;
const utf8 = new TextDecoder('utf-8', { fatal: false });
const VALUES = new Int8Array(128).fill(-1);
'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
  .split('')
  .forEach((unit, i) => (VALUES[unit.charCodeAt(0)] = i));
VALUES[43] = VALUES[45] = 62;
VALUES[47] = VALUES[95] = 63;

/** Text of a base64 run (both alphabets, padding optional), or undefined where it is not readable text. */
export function decodeBase64(run: string): string | undefined {
  if (run.length < 8 || run.length > MAX_DECODED) return undefined;
  const bytes = new Uint8Array((run.length * 3) >> 2);
  let bits = 0;
  let held = 0;
  let at = 0;
  let trailing = 0;
  let ascii = true;
  for (let i = 0; i < run.length; i++) {
    const value = VALUES[run.charCodeAt(i)] ?? -1;
    if (value < 0) break;
    held = (held << 6) | value;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      const byte = (held >> bits) & 255;
      // Binary data: not a text.
      if (byte < 9 || (byte > 13 && byte < 32) || byte === 127) return undefined;
      // No UTF-8: no text either. Most runs that are no base64 end here or above.
      if (trailing > 0) {
        if (byte < 0x80 || byte > 0xbf) return undefined;
        trailing--;
      } else if (byte > 0x7f) {
        if (byte < 0xc2 || byte > 0xf4) return undefined;
        trailing = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
        ascii = false;
      }
      bytes[at++] = byte;
    }
  }
  if (trailing > 0) return undefined;
  if (ascii && at <= 256) return String.fromCharCode(...bytes.subarray(0, at));
  const text = utf8.decode(bytes.subarray(0, at));
  return text.includes('\ufffd') ? undefined : text;
}

/** Text of a run of hex digits, or undefined where it is not readable text. */
export function decodeHex(run: string): string | undefined {
  if (run.length > MAX_DECODED) return undefined;
  const bytes = new Uint8Array(run.length / 2);
  for (let i = 0; i < bytes.length; i++) {
    const byte = parseInt(run.slice(2 * i, 2 * i + 2), 16);
    if (byte < 9 || (byte > 13 && byte < 32) || byte === 127) return undefined;
    bytes[i] = byte;
  }
  const text = utf8.decode(bytes);
  return text.includes('\ufffd') ? undefined : text;
}

/** Tries a long run [start, end). `inner` searches a decoded text for credentials. */
export function findEncoded(search: Search, start: number, end: number, inner: (text: string) => boolean): void {
  const { text } = search;
  const whole = text.slice(start, end);
  // `name=run` and `a/run`: the run proper is behind the last sign that base64 does not use in the middle.
  const cut = Math.max(whole.lastIndexOf('=', whole.length - 3), whole.lastIndexOf('.', whole.length - 2)) + 1;
  const from = start + cut;
  const run = text.slice(from, end).replace(/[.-]+$/, '');
  const stop = from + run.length;
  if (run.length < 12) return;
  const push = (encoding: 'base64' | 'hex', decoded: string): void => {
    const decodesTo = PAIR.test(decoded) ? 'pair' : /^\s*[[{]/.test(decoded) ? 'json' : 'text';
    const clear =
      decodesTo === 'pair' && !search.pack.look.isPlaceholder(decoded.slice(decoded.indexOf(':') + 1).trim());
    if (!clear && !inner(decoded)) return;
    const finding: Finding = {
      start: from,
      end: stop,
      kind: 'basic-credentials',
      carrier: 'encoded',
      encoding,
      decodesTo,
    };
    search.findings.push(finding);
  };
  if (run.length > LONGEST_RUN) return;
  if (HEX.test(run)) {
    const decoded = decodeHex(run);
    if (decoded !== undefined) push('hex', decoded);
  }
  if (BASE64.test(run) && !/^[a-z]+(?:[-_/][a-z]+)*$/.test(run)) {
    const decoded = decodeBase64(run);
    if (decoded !== undefined) push('base64', decoded);
  }
}

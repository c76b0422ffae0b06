// Everything random that the service hands out, and how what is handed back is compared.
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { HashKey } from '../redact/siphash';

/** Crockford's alphabet: no letter that is read as another one. 5 bits a letter. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const ID_LENGTH = 26;
const TOKEN_LENGTH = 52;
const CODE_LENGTH = 20;

function letters(count: number): string {
  return Array.from(randomBytes(count), (byte) => ALPHABET[byte & 31]).join('');
}

/** 130 random bits; no secret. */
export const newId = (): string => letters(ID_LENGTH);
/** 260 random bits: the bearer of a conversation. */
export const newToken = (): string => letters(TOKEN_LENGTH);
/** 100 random bits: what an egress code has beyond the id of its conversation. */
export const newCode = (): string => letters(CODE_LENGTH);
export const newTicketId = (): string => `tk_${letters(ID_LENGTH)}`;

function lettersOf(length: number, secret: string, name: string): string {
  const digest = createHmac('sha512', secret).update(name).digest();
  return Array.from(digest.subarray(0, length), (byte) => ALPHABET[byte & 31]).join('');
}

/** The id of what has a name elsewhere, the same on every node. `secret`: the session secret. */
export const namedId = (secret: string, parts: readonly string[]): string =>
  lettersOf(ID_LENGTH, secret, JSON.stringify(['id', ...parts]));
/** The bearer of such a conversation: known to whoever has the secret, kept nowhere. */
export const namedToken = (secret: string, id: string): string =>
  lettersOf(TOKEN_LENGTH, secret, JSON.stringify(['token', id]));

export function newMemoryKey(): HashKey {
  const bytes = randomBytes(16);
  return [bytes.readUInt32LE(0), bytes.readUInt32LE(4), bytes.readUInt32LE(8), bytes.readUInt32LE(12)];
}

/** 256 random bits in hex, for fingerprints of what a conversation was sent. */
export const newFingerprintKey = (): string => randomBytes(32).toString('hex');

const ONLY_LETTERS = /^[0-9a-z]+$/;
export const isId = (text: string): boolean => text.length === ID_LENGTH && ONLY_LETTERS.test(text);
export const isToken = (text: string): boolean => text.length === TOKEN_LENGTH && ONLY_LETTERS.test(text);

/** The token as it is kept: it has too many bits to be guessed from a plain hash. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');

export function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Tells a body from another one under the same Idempotency-Key; the key dies with the conversation. @unredacted */
export const fingerprint = (key: string, body: string): string =>
  createHmac('sha256', Buffer.from(key, 'hex')).update(body).digest('hex');

/** The parts of an egress code, undefined where it cannot be one. */
export function splitCode(code: string): { readonly id: string; readonly secret: string } | undefined {
  if (code.length !== ID_LENGTH + CODE_LENGTH || !ONLY_LETTERS.test(code)) return undefined;
  return { id: code.slice(0, ID_LENGTH), secret: code.slice(ID_LENGTH) };
}

// Seals what rests in a store: AES-256-GCM under the key of its conversation, bound to the place where it rests.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Random bytes are drawn for many nonces at once: each draw has a price of its own. */
const DRAWN_BYTES = 512 * NONCE_BYTES;
let drawn: Buffer = Buffer.alloc(0);

function newNonce(): Buffer {
  if (drawn.length === 0) drawn = randomBytes(DRAWN_BYTES);
  const nonce = drawn.subarray(0, NONCE_BYTES);
  drawn = drawn.subarray(NONCE_BYTES);
  return nonce;
}

/** `place`: authenticated, so that a sealed text cannot be moved to another row. */
export function seal(key: Buffer, place: Buffer, text: string): Buffer {
  const nonce = newNonce();
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(place);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

/** Undefined where the key, the place or a byte is not the one that was sealed. */
export function unseal(key: Buffer, place: Buffer, sealed: Buffer): string | undefined {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(place);
  decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString(
      'utf8',
    );
  } catch {
    // The only thing that can fail is the tag; who reads decides whether that is damage or a key that died.
    return undefined;
  }
}

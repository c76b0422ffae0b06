// The keys that seal conversations: made from the operator's secret and a salt that rests with the conversation and goes with
// it. Also what this node last knew of a conversation, so that most saves need no question first. Nothing of it leaves memory.
import { createHmac, hkdfSync, randomBytes } from 'node:crypto';

const MAX_KNOWN = 10_000;
const SALT_BYTES = 16;

export interface Known {
  readonly salt: Buffer;
  readonly key: Buffer;
  readonly version: number;
}

export class Keyring {
  private readonly root: Buffer;
  private readonly known = new Map<string, Known>();

  /** `secret`: the same on all nodes. */
  constructor(secret: string) {
    this.root = Buffer.from(hkdfSync('sha256', secret, 'preticket store', 'conversations 1', 32));
  }

  /** Says whether another node has the same secret, and nothing else. */
  mark(): string {
    return createHmac('sha256', this.root).update('mark').digest('hex');
  }

  /** Something that cannot be guessed by who has not the secret. */
  digest(kind: string, text: string): Buffer {
    return createHmac('sha256', this.root).update(`${kind}\n${text}`).digest().subarray(0, 16);
  }

  newSalt(): Buffer {
    return randomBytes(SALT_BYTES);
  }

  keyOf(ref: Buffer, salt: Buffer): Buffer {
    return createHmac('sha256', this.root).update(salt).update(ref).digest();
  }

  find(ref: Buffer): Known | undefined {
    return this.known.get(ref.toString('latin1'));
  }

  /** The key for a salt that was read; takes note of the version. */
  learn(ref: Buffer, salt: Buffer, version: number): Known {
    const name = ref.toString('latin1');
    const before = this.known.get(name);
    const key = before?.salt.equals(salt) ? before.key : this.keyOf(ref, salt);
    const now: Known = { salt, key, version };
    this.known.delete(name);
    this.known.set(name, now);
    if (this.known.size > MAX_KNOWN) this.known.delete(this.known.keys().next().value ?? '');
    return now;
  }

  forget(ref: Buffer): void {
    this.known.delete(ref.toString('latin1'));
  }
}

// Who may do what: a conversation belongs to who holds its token.
import { PreticketError } from '../errors';
import type { ConversationRecord } from './record';
import { isSame, isToken, tokenHash } from './secrets';

/** Who speaks for a conversation. */
export interface Bearer {
  readonly id: string;
  readonly token: string;
}

/** One and the same answer for what is not there and for what is another's. */
export const notFound = (): PreticketError =>
  new PreticketError('NOT_FOUND', 'There is no such conversation, or it is not yours.');

export const stoppingError = (): PreticketError =>
  new PreticketError('STOPPING', 'The server is stopping. Try again in a moment.');

/** Checks a token against a record. The function throws TOKEN_MISSING, NOT_FOUND. */
export function admitBearer(token: string): (record: ConversationRecord | undefined) => ConversationRecord {
  return (record) => {
    if (!isToken(token))
      throw new PreticketError('TOKEN_MISSING', 'A bearer token is needed: the one that came with the conversation.');
    if (record === undefined || !isSame(record.tokenHash, tokenHash(token))) throw notFound();
    return record;
  };
}

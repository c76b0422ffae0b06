// A call of the egress check: the conversation that issued the code learns the address.
import { PreticketError } from '../errors';
import type { Clock } from '../stores/store';
import { notFound } from './admit';
import { useCode } from './egress';
import { splitCode } from './secrets';
import type { TurnRequest } from './turn';

/** False where the code is unknown, too old or used up. Errors: the store's, STOPPING, CONVERSATION_STALE. */
export async function recordEgress(
  turn: (request: TurnRequest) => Promise<unknown>,
  now: Clock,
  code: string,
  address: string,
): Promise<boolean> {
  const parts = splitCode(code);
  if (parts === undefined) return false;
  try {
    await turn({
      id: parts.id,
      kind: 'egress',
      admit(record) {
        if (record === undefined) throw notFound();
        return record;
      },
      plan(record, _memory, at) {
        const codes = useCode(record.codes, parts.secret, now);
        if (codes === undefined) throw notFound();
        return { event: { type: 'egress', at, address }, also: () => ({ codes }) };
      },
    });
    return true;
  } catch (error) {
    if (error instanceof PreticketError && (error.code === 'NOT_FOUND' || error.code === 'CONVERSATION_DONE'))
      return false;
    throw error;
  }
}

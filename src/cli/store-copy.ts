// `preticket store copy FROM TO`: moves conversations between the embedded store and Redis, in either direction.
import { PreticketError } from '../errors';
import { copyStore } from '../stores/copy';
import { openMovable } from '../stores/movable';
import { startProgress } from './progress';

/** FROM, TO: a folder or an address as REDIS_URL has it. Errors: USAGE, CONFIG_INVALID, CHECK_FAILED, those of stores. */
export async function storeCopyCommand(from: string, to: string): Promise<void> {
  if (from === to) throw new PreticketError('USAGE', 'FROM and TO are the same.');
  const secret = process.env['SESSION_SECRET'];
  const source = await openMovable(from, secret, { make: false });
  try {
    const target = await openMovable(to, secret, { make: true });
    const progress = startProgress();
    try {
      const { conversations, copied, same, others } = await copyStore(source, target, (done) =>
        progress.tick(`${done} conversations`),
      );
      progress.end();
      process.stdout.write(`${conversations} conversations: ${copied} copied, ${same} there already; all verified\n`);
      if (others > 0)
        process.stdout.write(`${others} further conversations are in TO alone; they were left as they are\n`);
    } finally {
      progress.end();
      await target.close();
    }
  } finally {
    await source.close();
  }
}

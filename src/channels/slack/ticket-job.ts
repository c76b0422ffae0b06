// The jobs after the talk: the thread hears of its ticket, in one message that is kept in step; and the card is shown anew.
import type { Bearer } from '../../service/admit';
import type { SeenCase } from '../../service/cases';
import { type Beside, type Job, readBeside } from './beside';
import { type Kit, TICKET_WORK, wordsFor } from './kit';
import { renderTicketNews, ticketBlockId } from './notes';
import { findPosted, post, update, whisper } from './post';
import { showCase } from './show';
import { changeBeside, endJob, isSeenByCustomers, withoutJob } from './steps';

/** Until a ticket on its way is looked after first. */
const LOOK_MS = 1000;

/** Errors: SlackRefusal, the store's. */
export async function tellOfTicket(kit: Kit, bearer: Bearer, seen: SeenCase, beside: Beside, job: Job): Promise<void> {
  const { ticket } = seen;
  if (ticket === null || beside.told?.status === ticket.status) return endJob(kit, bearer, job);
  const shared = await isSeenByCustomers(kit, beside);
  const shown = renderTicketNews(bearer.id, ticket, wordsFor(kit, beside.language));
  let ts = beside.told?.ts;
  if (beside.mode === 'private' || shared) {
    await whisper(kit, beside, job.by, shown, () => shown);
  } else {
    const mark = { key: `ticket:${ticket.id}`, blockId: ticketBlockId(bearer.id) };
    const { channel } = beside.card ?? beside;
    ts ??= beside.told?.posting ? (await findPosted(kit, beside, mark))?.ts : undefined;
    if (ts === undefined || !(await update(kit, beside, { ts, channel }, shown))) {
      await changeBeside(kit, bearer, (now) => ({ ...now, told: { status: now.told?.status ?? '', posting: true } }));
      ({ ts } = await post(kit, beside, job.by, mark, shown, () => shown));
    }
    await showCase(kit, { bearer, seen, beside, by: job.by, shared, quiet: true });
  }
  await kit.service.cases.change(bearer, {
    change(kept) {
      const now = readBeside(kept);
      if (now === undefined) return undefined;
      const told = { ...(ts === undefined ? {} : { ts }), status: ticket.status };
      const look = { name: TICKET_WORK, kind: TICKET_WORK, dueAtMs: kit.now() + LOOK_MS };
      return {
        beside: { ...withoutJob(now, job), told } satisfies Beside,
        ...(ticket.status === 'pending' ? { put: [look] } : {}),
      };
    },
  });
}

/** Errors: SlackRefusal, the store's. */
export async function showAgain(kit: Kit, bearer: Bearer, seen: SeenCase, beside: Beside, job: Job): Promise<void> {
  if (beside.label !== undefined) await kit.directory.label(bearer.id);
  const shared = beside.mode === 'private' || (await isSeenByCustomers(kit, beside));
  await showCase(kit, { bearer, seen, beside, by: job.by, shared, quiet: true });
  await endJob(kit, bearer, job);
}

// Does the jobs of a conversation, one after the other, on whatever node has its lease. A job is done in steps that may each be repeated.
import { randomBytes } from 'node:crypto';
import { PreticketError } from '../../errors';
import { describeError, type Label as LogLabel } from '../../log';
import type { Bearer } from '../../service/admit';
import type { CaseChange } from '../../service/cases';
import type { WorkHandler } from '../../service/worker';
import { SlackRefusal } from './api';
import { type Beside, type Job, readBeside, without } from './beside';
import { performJob } from './jobs';
import { byId, type Kit, TICKET_WORK, WORK, workNow } from './kit';

/** Shorter than a worker's lease, and renewed: people wait for the answer when a process dies. */
const CLAIM_MS = 8000;
const RENEW_MS = 2500;
const LONGEST_LOOK_MS = 10 * 60_000;
const FIRST_LOOK_MS = 1000;
/** Looks after a ticket that was never asked for. */
const LOOKS_FOR_NONE = 4;
const MOST_LOOKS = 200;

const withoutClaim = (beside: Beside): Beside => without(beside, 'claim');

export function createWork(kit: Kit): Readonly<Record<string, WorkHandler>> {
  const { cases } = kit.service;

  /** False where another node does the jobs, or there are none. */
  const claim = async (bearer: Bearer, me: string): Promise<boolean> => {
    let mine = false;
    await cases.change(bearer, {
      change(kept) {
        mine = false;
        const beside = readBeside(kept);
        if (beside === undefined || beside.jobs.length === 0) return { beside: kept, drop: [WORK] };
        const { claim: other } = beside;
        if (other !== undefined && other.by !== me && other.untilMs > kit.now())
          return { beside, put: [{ ...workNow(kit), dueAtMs: other.untilMs }] };
        mine = true;
        return claimed(beside, me);
      },
    });
    return mine;
  };

  /** The work falls due again as soon as the claim has run out. */
  const claimed = (beside: Beside, me: string): CaseChange => {
    const untilMs = kit.now() + CLAIM_MS;
    const renewed: Beside = { ...beside, claim: { by: me, untilMs } };
    return { beside: renewed, put: [{ ...workNow(kit), dueAtMs: untilMs }] };
  };

  /** Keeps the claim as long as the process lives. Returns the function that ends it. */
  const keepClaim = (bearer: Bearer, me: string): (() => void) => {
    const timer = setInterval(() => {
      const renewal = cases.change(bearer, {
        change(kept) {
          const beside = readBeside(kept);
          return beside?.claim?.by === me ? claimed(beside, me) : undefined;
        },
      });
      renewal.catch((error: unknown) => kit.log.debug('slack-failed', reasonOf(error)));
    }, RENEW_MS).unref();
    return () => clearInterval(timer);
  };

  /** Ends the work where nothing is left to do. */
  const finish = async (bearer: Bearer): Promise<boolean> => {
    let done = true;
    await cases.change(bearer, {
      change(kept) {
        const beside = readBeside(kept);
        done = beside === undefined || beside.jobs.length === 0;
        return done ? { beside: beside === undefined ? kept : withoutClaim(beside), drop: [WORK] } : undefined;
      },
    });
    return done;
  };

  const release = async (bearer: Bearer, waitMs?: number): Promise<void> => {
    await cases.change(bearer, {
      change(kept) {
        const beside = readBeside(kept);
        if (beside === undefined) return undefined;
        const put = waitMs === undefined ? {} : { put: [{ ...workNow(kit), dueAtMs: kit.now() + waitMs }] };
        return { beside: withoutClaim(beside), ...put };
      },
    });
  };

  const drop = async (bearer: Bearer, job: Job): Promise<void> => {
    await cases.change(bearer, {
      change(kept) {
        const beside = readBeside(kept);
        return beside && { beside: { ...beside, jobs: beside.jobs.filter(({ key }) => key !== job.key) } };
      },
    });
  };

  const work: WorkHandler = async ({ id, signal }) => {
    const bearer = byId(kit, id);
    const me = randomBytes(8).toString('hex');
    if (!(await claim(bearer, me))) return;
    const letGo = keepClaim(bearer, me);
    try {
      for (;;) {
        if (signal.aborted) throw new PreticketError('STOPPING', 'The work goes on elsewhere.');
        const seen = await cases.load(bearer);
        const beside = readBeside(seen?.beside);
        const job = beside?.jobs[0];
        if (seen === undefined || beside === undefined) return;
        if (job === undefined) {
          if (await finish(bearer)) return;
          continue;
        }
        try {
          await performJob(kit, bearer, seen, beside, job);
        } catch (error) {
          if (!isLasting(error)) throw error;
          // Trying again would change nothing, and what comes after it must not wait for it.
          kit.log.warn('slack-failed', reasonOf(error));
          await drop(bearer, job);
        }
      }
    } catch (error) {
      if (error instanceof SlackRefusal && error.waitMs !== undefined) {
        kit.log.info('slack-failed', reasonOf(error));
        return release(bearer, error.waitMs);
      }
      kit.log.warn('slack-failed', reasonOf(error));
      await release(bearer);
      throw error;
    } finally {
      letGo();
    }
  };

  /** Looks whether a ticket has news, ever more seldom; the news themselves are a job. */
  const ticketWork: WorkHandler = async ({ id }) => {
    await cases.change(byId(kit, id), {
      change(kept, _memory, ticket) {
        const beside = readBeside(kept);
        const drop = [TICKET_WORK];
        if (beside === undefined) return { beside: kept, drop };
        const looks = (beside.looks ?? 0) + 1;
        if (looks > MOST_LOOKS || (ticket === null && looks > LOOKS_FOR_NONE)) return { beside, drop };
        const isNews = ticket !== null && ticket.status !== beside.told?.status;
        const isOpen = ticket === null || ticket.status === 'pending';
        const again = {
          name: TICKET_WORK,
          kind: TICKET_WORK,
          dueAtMs: kit.now() + Math.min(LONGEST_LOOK_MS, FIRST_LOOK_MS * 2 ** looks),
        };
        const waits = beside.jobs.some(({ type }) => type === 'ticket');
        const job: Job = { type: 'ticket', key: `ticket:${looks}`, by: beside.by };
        return {
          beside: { ...beside, looks, jobs: isNews && !waits ? [...beside.jobs, job] : beside.jobs } satisfies Beside,
          put: [...(isOpen ? [again] : []), ...(isNews ? [workNow(kit)] : [])],
          ...(isOpen ? {} : { drop }),
        };
      },
    });
  };

  return { [WORK]: work, [TICKET_WORK]: ticketWork };
}

const isLasting = (error: unknown): boolean =>
  (error instanceof SlackRefusal && !error.passing) || (error instanceof PreticketError && !error.retryable);

function reasonOf(error: unknown): Parameters<Kit['log']['warn']>[1] {
  if (error instanceof PreticketError) return { code: error.code };
  // Slack's own word, checked to be one.
  if (error instanceof SlackRefusal) return { code: error.message as LogLabel };
  return describeError(error);
}

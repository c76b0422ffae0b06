// Small changes of what is kept beside a conversation, as the jobs make them.
import type { Bearer } from '../../service/admit';
import { type Beside, type Job, readBeside, type SecretSeen } from './beside';
import type { Kit } from './kit';
import { linkTo } from './post';

/** Under the job's own key stands that it was taken. */
export const turnKey = ({ key }: Job): string => `turn:${key}`;

export async function changeBeside(kit: Kit, bearer: Bearer, make: (beside: Beside) => Beside): Promise<void> {
  await kit.service.cases.change(bearer, {
    change(kept) {
      const beside = readBeside(kept);
      return beside && { beside: make(beside) };
    },
  });
}

export const withoutJob = (beside: Beside, { key }: Job): Beside => ({
  ...beside,
  jobs: beside.jobs.filter((other) => other.key !== key),
});

export const withJobAs = (beside: Beside, job: Job): Beside => ({
  ...beside,
  jobs: beside.jobs.map((other) => (other.key === job.key ? job : other)),
});

export const endJob = (kit: Kit, bearer: Bearer, job: Job): Promise<void> =>
  changeBeside(kit, bearer, (beside) => withoutJob(beside, job));

/** A talk may end with its ticket, in whatever words; then the thread is told of it. */
export function withTicketJob(beside: Beside, status: string, by: string): Beside {
  const known = beside.told !== undefined || beside.jobs.some(({ type }) => type === 'ticket');
  return status !== 'submitted' || known
    ? beside
    : { ...beside, jobs: [...beside.jobs, { type: 'ticket', key: 'ticket:said', by }] };
}

/** Secrets, each with a link to its message where Slack gives one. */
export async function linkSecrets(
  kit: Kit,
  { team, channel }: Beside,
  secrets: readonly SecretSeen[],
): Promise<SecretSeen[]> {
  const all: SecretSeen[] = [];
  for (const secret of secrets) {
    const link = secret.link ?? (await linkTo(kit, team, channel, secret.ts));
    all.push(link === undefined ? secret : { ...secret, link });
  }
  return all;
}

/** Customers could read what stands in the channel. Throws SlackRefusal. */
export const isSeenByCustomers = async (kit: Kit, beside: Beside): Promise<boolean> =>
  beside.shared === true || kit.people.isShared(beside.team, beside.channel);

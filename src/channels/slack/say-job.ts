// The job of something said: whether it counts, and the turn that it makes.
import type { Bearer } from '../../service/admit';
import type { SeenCase } from '../../service/cases';
import { setStatus } from './assistant';
import { type Beside, type Job, readBeside, without, withSeen } from './beside';
import { hear } from './hear';
import { type Kit, wordsFor } from './kit';
import { sentence } from './notes';
import { whisper } from './post';
import { changeBeside, endJob, linkSecrets, turnKey, withJobAs, withTicketJob } from './steps';
import { say } from './words';

export type SayJob = Extract<Job, { type: 'say' }>;

/** Runs the turn and marks the job as heard, in one save; what does not count is dropped. Errors: SlackRefusal, the store's, those of turns. */
export async function hearForJob(kit: Kit, bearer: Bearer, seen: SeenCase, beside: Beside, job: SayJob): Promise<void> {
  const person = await kit.people.person(job.by, beside.team);
  const words = wordsFor(kit, person.locale);
  const outside = job.outside || person.outside;
  const isCustomers = beside.mode === 'case' && beside.customers.includes(job.by);
  const counts = isCustomers || (!outside && (beside.mode === 'talk' || job.addressed));
  if (!counts) {
    const refusal = sentence(say(words.slack, 'staffOnly'));
    if (outside && beside.channel.startsWith('D')) await whisper(kit, beside, job.by, refusal, () => refusal);
    return endJob(kit, bearer, job);
  }
  const fromCustomer = isCustomers && (!job.addressed || outside);
  // Who talks to it gets an answer of its own below, unless the card is the answer.
  const alone = beside.card !== undefined && (beside.mode === 'talk' || (job.addressed && !fromCustomer));
  const secrets = await linkSecrets(kit, beside, beside.secrets);
  const after = (now: Beside, answer: SayJob['answer']): Beside => {
    const heard = {
      ...without(now, 'asked'),
      secrets,
      seen: withSeen(now.seen, [job.ts]),
      ...(fromCustomer || now.language !== undefined ? {} : { language: words.language }),
      ...(answer === undefined && now.mode === 'talk' ? { first: turnKey(job) } : {}),
    };
    return withJobAs(heard, { ...job, heard: true, ...(answer === undefined ? {} : { answer }) });
  };
  if (job.said.text.trim() === '') return changeBeside(kit, bearer, (now) => after(now, 'hello'));
  await setStatus(kit, beside, say(words.slack, 'reading'));
  await hear(kit, {
    bearer,
    seen,
    key: turnKey(job),
    unasked: fromCustomer && beside.asked !== true,
    redaction: () => job.said,
    beside(kept, view) {
      const now = readBeside(kept);
      return now && withTicketJob(after(now, alone ? 'turn' : undefined), view.status, job.by);
    },
  });
}

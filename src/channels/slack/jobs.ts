// Which step a job has reached: first the turn, saved with the mark that it was heard; then what is to be seen of it in Slack.
import type { Bearer } from '../../service/admit';
import type { SeenCase } from '../../service/cases';
import { answerJob } from './answer';
import { greet } from './assistant';
import type { Beside, Job } from './beside';
import { type Kit, wordsFor } from './kit';
import { readForJob } from './read-thread-job';
import { hearForJob } from './say-job';
import { endJob } from './steps';
import { showAgain, tellOfTicket } from './ticket-job';

/** Does one step of a job; done is what stands in the record no more. Errors: SlackRefusal, the store's, those of turns. */
export async function performJob(kit: Kit, bearer: Bearer, seen: SeenCase, beside: Beside, job: Job): Promise<void> {
  switch (job.type) {
    case 'read':
      return (job.heard ? answerJob : readForJob)(kit, bearer, seen, beside, job);
    case 'say':
      return (job.heard ? answerJob : hearForJob)(kit, bearer, seen, beside, job);
    case 'greet': {
      const { locale } = await kit.people.person(job.by, beside.team);
      await greet(kit, beside, wordsFor(kit, locale));
      return endJob(kit, bearer, job);
    }
    case 'ticket':
      return tellOfTicket(kit, bearer, seen, beside, job);
    case 'card':
      return showAgain(kit, bearer, seen, beside, job);
  }
}

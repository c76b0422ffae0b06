// What is to be seen in Slack once a job was heard: the card, and in a talk what the turn said.
import type { Bearer } from '../../service/admit';
import type { SeenCase } from '../../service/cases';
import type { Reply } from '../../service/talk';
import type { Beside, Job } from './beside';
import { repliesOf } from './hear';
import { type Kit, wordsFor } from './kit';
import { answerBlockId, renderAnswer } from './notes';
import { findPosted, post, whisper } from './post';
import type { SayJob } from './say-job';
import { showCase } from './show';
import { changeBeside, endJob, isSeenByCustomers, turnKey, withJobAs } from './steps';
import { say } from './words';

/** Among which the turn of a job is: few come between a turn and its answer. */
const LATEST_TURNS = 50;

/** Errors: SlackRefusal, the store's. */
export async function answerJob(
  kit: Kit,
  bearer: Bearer,
  seen: SeenCase,
  beside: Beside,
  job: Extract<Job, { type: 'say' | 'read' }>,
): Promise<void> {
  const shared = await isSeenByCustomers(kit, beside);
  if (job.type === 'say' && job.answer === 'hello') {
    const { slack } = wordsFor(kit, beside.language);
    await postAnswer(kit, bearer, beside, job, [{ kind: 'text', text: say(slack, 'hello') }], shared);
    return endJob(kit, bearer, job);
  }
  // A card that only one person sees is a new one each time, and says what this turn said.
  const said = shared ? turnKey(job) : beside.first;
  await showCase(kit, {
    bearer,
    seen,
    beside,
    by: job.by,
    shared,
    quiet: job.type === 'say' && !job.addressed && beside.mode === 'case',
    said: said === undefined ? [] : besideVerdict(kit, seen, await repliesTo(kit, bearer, seen, said)),
  });
  if (job.type === 'say' && job.answer === 'turn' && !shared)
    await postAnswer(kit, bearer, beside, job, await repliesTo(kit, bearer, seen, turnKey(job)), shared);
  await endJob(kit, bearer, job);
}

async function repliesTo(kit: Kit, bearer: Bearer, seen: SeenCase, key: string): Promise<readonly Reply[]> {
  const after = Math.max(0, seen.record.seq - LATEST_TURNS);
  const turn = (await kit.service.turnsAfter(bearer.id, after))?.find((candidate) => candidate.key === key);
  return turn === undefined ? [] : repliesOf(turn.answer);
}

/** What is said beside the verdict: not the steps and the question, which the card has in the agent's language. */
function besideVerdict(kit: Kit, { record }: SeenCase, replies: readonly Reply[]): string[] {
  const { cases } = kit.service;
  const { language } = cases.view(record, kit.book.defaultLanguage);
  const [first] = cases.view(record, language).fixes;
  const isFixes = (text: string): boolean => first !== undefined && text.includes(first);
  return replies
    .filter(({ kind, text }) => kind === 'text' || kind === 'done' || (kind === 'answer' && !isFixes(text)))
    .map(({ text }) => text);
}

async function postAnswer(
  kit: Kit,
  bearer: Bearer,
  beside: Beside,
  job: SayJob,
  replies: readonly Reply[],
  shared: boolean,
): Promise<void> {
  const shown = renderAnswer(bearer.id, job.key, replies, wordsFor(kit, beside.language));
  if (shared) return whisper(kit, beside, job.by, shown, () => shown);
  const mark = { key: `answer:${job.key}`, blockId: answerBlockId(job.key) };
  if (job.posting && (await findPosted(kit, beside, mark)) !== undefined) return;
  await changeBeside(kit, bearer, (now) => withJobAs(now, { ...job, posting: true }));
  await post(kit, beside, job.by, mark, shown, () => shown);
}

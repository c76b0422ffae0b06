// The job that reads a customer's thread: all that the customer said and was not heard before is one turn; secrets are noted wherever they are.
import type { Bearer } from '../../service/admit';
import type { SeenCase } from '../../service/cases';
import { SlackRefusal } from './api';
import { type Beside, type Job, readBeside, type SecretSeen, without, withSeen } from './beside';
import { hear } from './hear';
import type { WireMessage } from './incoming';
import { type Kit, redactText, wordsFor } from './kit';
import type { Person } from './people';
import { changeBeside, endJob, linkSecrets, turnKey, withJobAs, withTicketJob } from './steps';
import { withSecret } from './take';
import { plainText } from './text';
import { customersOf, customersWords, joinTexts, readThread } from './thread';

type ReadJob = Extract<Job, { type: 'read' }>;

/** Runs the turn and marks the job as heard, in one save. Errors: SlackRefusal, the store's, those of turns. */
export async function readForJob(
  kit: Kit,
  bearer: Bearer,
  seen: SeenCase,
  beside: Beside,
  job: ReadJob,
): Promise<void> {
  const asker = await kit.people.person(job.by, beside.team);
  if (asker.outside) return endJob(kit, bearer, job);
  const messages = await readWhereAllowed(kit, beside, job);
  const people = new Map<string, Person>();
  for (const { user, team, byApp } of messages)
    if (user !== '' && !byApp && !people.has(user)) people.set(user, await kit.people.person(user, beside.team, team));
  const own = messages.find(({ metadata }) => metadata.type === 'preticket')?.user ?? '';
  const customers = customersOf(messages, job, people);
  const fresh = customersWords(messages, customers, own, beside.seen);
  const texts = fresh.map(({ text }) => plainText(text));
  if (job.said !== undefined && (job.addressed || messages.length === 0)) texts.push(job.said.text);
  const secrets = await linkSecrets(kit, beside, secretsIn(kit, beside.secrets, messages, own));
  const after = (now: Beside): Beside => {
    const heard = {
      ...without(now, 'asked'),
      customers: [...new Set([...now.customers, ...customers])],
      secrets,
      language: wordsFor(kit, asker.locale).language,
      seen: withSeen(now.seen, [...fresh.map(({ ts }) => ts), job.ts]),
    };
    return withJobAs(heard, { ...job, heard: true });
  };
  if (texts.length === 0) return changeBeside(kit, bearer, after);
  const joined = joinTexts(texts, kit.maxMessageBytes);
  await hear(kit, {
    bearer,
    seen,
    key: turnKey(job),
    unasked: beside.asked !== true,
    redaction: (memory) => redactText(kit, joined, memory),
    beside(kept, view) {
      const now = readBeside(kept);
      return now && withTicketJob(after(now), view.status, job.by);
    },
  });
}

/** Nothing where the assistant is not in the channel: then there are the words of the message that was pressed. */
async function readWhereAllowed(kit: Kit, beside: Beside, job: ReadJob): Promise<WireMessage[]> {
  try {
    return await readThread(kit.apiOf(beside.team), beside.channel, beside.thread ?? job.ts);
  } catch (error) {
    if (!(error instanceof SlackRefusal) || error.passing) throw error;
    return [];
  }
}

function secretsIn(
  kit: Kit,
  known: readonly SecretSeen[],
  messages: readonly WireMessage[],
  own: string,
): readonly SecretSeen[] {
  let secrets = known;
  for (const { ts, text, user } of messages) {
    if (user === own || known.some((secret) => secret.ts === ts)) continue;
    const kinds = redactText(kit, plainText(text)).redactions.map(({ kind }) => kind);
    if (kinds.length > 0) secrets = withSecret(secrets, { ts, kinds });
  }
  return secrets;
}

// What each kind of job does: first the turn, saved with the mark that it was heard; then what is to be seen of it in Slack.
import type { Bearer } from '../../service/admit';
import type { SeenCase } from '../../service/cases';
import type { Reply } from '../../service/talk';
import { SlackRefusal } from './api';
import { type Beside, type Job, readBeside, type SecretSeen, withSeen } from './beside';
import { greet, setStatus } from './assistant';
import { hear, repliesOf } from './hear';
import type { WireMessage } from './incoming';
import { type Kit, redactText, TICKET_WORK, wordsFor } from './kit';
import { answerBlockId, renderAnswer, renderTicketNews, sentence, ticketBlockId } from './notes';
import type { Person } from './people';
import { findPosted, linkTo, post, update, whisper } from './post';
import { showCase } from './show';
import { withSecret } from './take';
import { plainText } from './text';
import { customersOf, customersWords, joinTexts, readThread } from './thread';
import { say, type Words } from './words';

type Read = Extract<Job, { type: 'read' }>;
type Say = Extract<Job, { type: 'say' }>;

/** Among which the turn of a job is: few come between a turn and its answer. */
const LATEST_TURNS = 50;
/** Until a ticket on its way is looked after first. */
const LOOK_MS = 1000;

export interface Jobs {
  /** Does a step of a job or all of it; done is what stands in the record no more. Errors: SlackRefusal, the store's, those of turns. */
  perform(bearer: Bearer, seen: SeenCase, beside: Beside, job: Job): Promise<void>;
}

export function createJobs(kit: Kit): Jobs {
  const { cases } = kit.service;

  const change = async (bearer: Bearer, make: (beside: Beside) => Beside): Promise<void> => {
    await cases.change(bearer, {
      change(kept) {
        const beside = readBeside(kept);
        return beside && { beside: make(beside) };
      },
    });
  };
  const replace = (beside: Beside, job: Job, by: Job): Beside => ({
    ...beside,
    jobs: beside.jobs.map((other) => (other.key === job.key ? by : other)),
  });
  const done = (bearer: Bearer, job: Job): Promise<void> =>
    change(bearer, (beside) => ({ ...beside, jobs: beside.jobs.filter(({ key }) => key !== job.key) }));
  const withTicketJob = (beside: Beside, status: string, by: string): Beside =>
    status !== 'submitted' || beside.told !== undefined || beside.jobs.some(({ type }) => type === 'ticket')
      ? beside
      : { ...beside, jobs: [...beside.jobs, { type: 'ticket', key: 'ticket:said', by }] };

  /** Secrets that messages of the thread hold, with a link to each. */
  const secretsIn = async (
    beside: Beside,
    messages: readonly WireMessage[],
    self: string,
  ): Promise<readonly SecretSeen[]> => {
    let { secrets } = beside;
    for (const { ts, text, user } of messages) {
      if (user === self || secrets.some((known) => known.ts === ts)) continue;
      const kinds = redactText(kit, plainText(text)).redactions.map(({ kind }) => kind);
      if (kinds.length > 0) secrets = withSecret(secrets, { ts, kinds });
    }
    return linked(beside.channel, secrets);
  };
  const linked = async (channel: string, secrets: readonly SecretSeen[]): Promise<SecretSeen[]> => {
    const all: SecretSeen[] = [];
    for (const secret of secrets) {
      const link = secret.link ?? (await linkTo(kit, channel, secret.ts));
      all.push(link === undefined ? secret : { ...secret, link });
    }
    return all;
  };

  const read = async (bearer: Bearer, seen: SeenCase, beside: Beside, job: Read): Promise<void> => {
    const asker = await kit.people.person(job.by, beside.team);
    if (asker.outside) return done(bearer, job);
    const words = wordsFor(kit, asker.locale);
    let messages: WireMessage[] = [];
    try {
      messages = await readThread(kit.api, beside.channel, beside.thread ?? job.ts);
    } catch (error) {
      // Where the assistant is not in the channel, it has the words of the message that was pressed.
      if (!(error instanceof SlackRefusal) || error.passing) throw error;
    }
    const people = new Map<string, Person>();
    for (const { user, team, byApp } of messages)
      if (user !== '' && !byApp && !people.has(user))
        people.set(user, await kit.people.person(user, beside.team, team));
    const own = messages.filter(({ metadata }) => metadata.type === 'preticket').map(({ user }) => user)[0] ?? '';
    const customers = customersOf(messages, job, people);
    const fresh = customersWords(messages, customers, own, beside.seen);
    const texts = fresh.map(({ text }) => plainText(text));
    if (job.said !== undefined && (job.addressed || messages.length === 0)) texts.push(job.said.text);
    const secrets = await secretsIn(beside, messages, own);
    const after = (now: Beside): Beside => {
      const { asked: _asked, ...rest } = now;
      return replace(
        {
          ...rest,
          customers: [...new Set([...now.customers, ...customers])],
          secrets,
          language: words.language,
          seen: withSeen(now.seen, [...fresh.map(({ ts }) => ts), job.ts]),
        },
        job,
        { ...job, heard: true },
      );
    };
    if (texts.length === 0) return change(bearer, after);
    const joined = joinTexts(texts, kit.maxMessageBytes);
    await hear(kit, {
      bearer,
      seen,
      key: job.key,
      unasked: beside.asked !== true,
      redaction: (memory) => redactText(kit, joined, memory),
      beside: (kept, view) => {
        const now = readBeside(kept);
        return now && withTicketJob(after(now), view.status, job.by);
      },
    });
  };

  const takeSaid = async (bearer: Bearer, seen: SeenCase, beside: Beside, job: Say): Promise<void> => {
    const person = await kit.people.person(job.by, beside.team);
    const outside = job.outside || person.outside;
    const isCustomers = beside.mode === 'case' && beside.customers.includes(job.by);
    const counts = beside.mode === 'talk' || job.addressed ? !outside || isCustomers : isCustomers;
    if (!counts) {
      if (outside && beside.channel.startsWith('D')) {
        const words = wordsFor(kit, person.locale);
        await whisper(kit, beside, job.by, sentence(say(words.slack, 'staffOnly')), () =>
          sentence(say(words.slack, 'staffOnly')),
        );
      }
      return done(bearer, job);
    }
    const alone = beside.card !== undefined && (beside.mode === 'talk' || job.addressed);
    const fromCustomer = beside.mode === 'case' && (!job.addressed || outside);
    const secrets = await linked(beside.channel, beside.secrets);
    const after = (now: Beside, answer: Say['answer']): Beside => {
      const { asked: _asked, ...rest } = now;
      const language = wordsFor(kit, person.locale).language;
      return replace(
        {
          ...rest,
          secrets,
          seen: withSeen(now.seen, [job.ts]),
          ...(fromCustomer || now.language !== undefined ? {} : { language }),
        },
        job,
        { ...job, heard: true, ...(answer === undefined ? {} : { answer }) },
      );
    };
    if (job.said.text.trim() === '') {
      return change(bearer, (now) => after(now, 'hello'));
    }
    await setStatus(kit, beside, say(wordsFor(kit, person.locale).slack, 'reading'));
    await hear(kit, {
      bearer,
      seen,
      key: job.key,
      unasked: fromCustomer && beside.asked !== true,
      redaction: () => job.said,
      beside: (kept, view) => {
        const now = readBeside(kept);
        return now && withTicketJob(after(now, alone ? 'turn' : undefined), view.status, job.by);
      },
    });
  };

  const repliesTo = async (bearer: Bearer, seen: SeenCase, key: string): Promise<readonly Reply[]> => {
    const turns = (await kit.service.turnsAfter(bearer.id, Math.max(0, seen.record.seq - LATEST_TURNS))) ?? [];
    const turn = turns.find((candidate) => candidate.key === key);
    return turn === undefined ? [] : repliesOf(turn.answer);
  };

  /** What is said beside the verdict on a card: not the steps and the question, which it has in the agent's language. */
  const besideVerdict = (replies: readonly Reply[], seen: SeenCase, words: Words): string[] => {
    const { language } = cases.view(seen.record, words.language);
    const [first] = cases.view(seen.record, language).fixes;
    return replies
      .filter(
        ({ kind, text }) =>
          kind === 'text' || kind === 'done' || (kind === 'answer' && !(first && text.includes(first))),
      )
      .map(({ text }) => text);
  };

  const isShared = async (beside: Beside): Promise<boolean> =>
    beside.shared === true || kit.people.isShared(beside.channel);

  const show = async (bearer: Bearer, seen: SeenCase, beside: Beside, job: Read | Say): Promise<void> => {
    const words = wordsFor(kit, beside.language);
    const shared = await isShared(beside);
    const asksNothing = job.type === 'say' && job.answer === 'hello';
    if (asksNothing && beside.card === undefined) {
      const hello = { kind: 'text', text: say(words.slack, 'hello') } as const;
      await answer(bearer, beside, job, [hello], shared);
      return done(bearer, job);
    }
    const replies = job.type === 'say' ? await repliesTo(bearer, seen, job.key) : [];
    const quiet = job.type === 'say' && !job.addressed && beside.mode === 'case';
    const isFirst = job.type === 'say' && job.answer === undefined && beside.mode === 'talk';
    await showCase(kit, {
      bearer,
      seen,
      beside,
      by: job.by,
      shared,
      quiet,
      ...(isFirst || (job.type === 'say' && shared) ? { said: besideVerdict(replies, seen, words) } : {}),
    });
    if (job.type === 'say' && job.answer === 'turn' && !shared) await answer(bearer, beside, job, replies, shared);
    await done(bearer, job);
  };

  const answer = async (
    bearer: Bearer,
    beside: Beside,
    job: Say,
    replies: readonly Reply[],
    shared: boolean,
  ): Promise<void> => {
    const words = wordsFor(kit, beside.language);
    const shown = renderAnswer(bearer.id, job.key, replies, words);
    if (shared) return whisper(kit, beside, job.by, shown, () => shown);
    const mark = { key: `answer:${job.key}`, blockId: answerBlockId(job.key) };
    if (job.posting && (await findPosted(kit, beside, mark)) !== undefined) return;
    await change(bearer, (now) => replace(now, job, { ...job, posting: true }));
    await post(kit, beside, job.by, mark, shown, () => shown);
  };

  const ticketNews = async (bearer: Bearer, seen: SeenCase, beside: Beside, job: Job): Promise<void> => {
    const { ticket } = seen;
    if (ticket === null || beside.told?.status === ticket.status) return done(bearer, job);
    const words = wordsFor(kit, beside.language);
    const shared = await isShared(beside);
    const shown = renderTicketNews(bearer.id, ticket, words);
    let ts = beside.told?.ts;
    if (beside.mode === 'private' || shared) {
      await whisper(kit, beside, job.by, shown, () => shown);
    } else {
      const mark = { key: `ticket:${ticket.id}`, blockId: ticketBlockId(bearer.id) };
      const { channel } = beside.card ?? beside;
      ts ??= beside.told?.posting ? (await findPosted(kit, beside, mark))?.ts : undefined;
      if (ts === undefined || !(await update(kit, { ts, channel }, shown))) {
        await change(bearer, (now) => ({ ...now, told: { status: now.told?.status ?? '', posting: true } }));
        ({ ts } = await post(kit, beside, job.by, mark, shown, () => shown));
      }
      await showCase(kit, { bearer, seen, beside, by: job.by, shared, quiet: true });
    }
    await cases.change(bearer, {
      change(kept) {
        const now = readBeside(kept);
        if (now === undefined) return undefined;
        const jobs = now.jobs.filter(({ key }) => key !== job.key);
        const told = { ...(ts === undefined ? {} : { ts }), status: ticket.status };
        const look = { name: TICKET_WORK, kind: TICKET_WORK, dueAtMs: kit.now() + LOOK_MS };
        return { beside: { ...now, jobs, told }, ...(ticket.status === 'pending' ? { put: [look] } : {}) };
      },
    });
  };

  const showAgain = async (bearer: Bearer, seen: SeenCase, beside: Beside, job: Job): Promise<void> => {
    if (beside.label !== undefined) await kit.directory.label(bearer.id);
    const shared = beside.mode === 'private' || (await isShared(beside));
    await showCase(kit, { bearer, seen, beside, by: job.by, shared, quiet: true });
    await done(bearer, job);
  };

  return {
    async perform(bearer, seen, beside, job) {
      switch (job.type) {
        case 'read':
          return job.heard ? show(bearer, seen, beside, job) : read(bearer, seen, beside, job);
        case 'say':
          return job.heard ? show(bearer, seen, beside, job) : takeSaid(bearer, seen, beside, job);
        case 'greet':
          await greet(kit, beside, wordsFor(kit, (await kit.people.person(job.by, beside.team)).locale));
          return done(bearer, job);
        case 'ticket':
          return ticketNews(bearer, seen, beside, job);
        case 'card':
          return showAgain(bearer, seen, beside, job);
      }
    },
  };
}

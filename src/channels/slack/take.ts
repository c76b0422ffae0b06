// Takes in what Slack sends: redacts it, and makes it durable as a job of its conversation before it is acknowledged. Answers nothing itself.
import { PreticketError } from '../../errors';
import {
  type Beside,
  type Job,
  MOST_JOBS,
  MOST_SECRETS,
  readBeside,
  type SecretSeen,
  withJob,
  withSeen,
} from './beside';
import type { WireEvent, WireShortcut } from './incoming';
import { type Kit, redactText, threadOf, workNow } from './kit';
import { plainText } from './text';

export interface Taking {
  /** Messages and mentions; what is not for the assistant is passed over. Errors: the store's, CONVERSATION_STALE, REDACTION_FAILED. @unredacted */
  message(event: WireEvent): Promise<void>;
  /** An assistant thread was opened. Errors as `message`. */
  assistantThread(event: WireEvent): Promise<void>;
  /** The shortcut on a message. Errors as `message`. @unredacted */
  shortcut(shortcut: WireShortcut): Promise<void>;
}

const LEAST: Pick<Beside, 'v' | 'seen' | 'customers' | 'jobs' | 'secrets'> = {
  v: 1,
  seen: [],
  customers: [],
  jobs: [],
  secrets: [],
};

export const newBeside = (place: Pick<Beside, 'team' | 'channel' | 'thread' | 'mode' | 'by'>): Beside => ({
  ...LEAST,
  ...place,
});

/** A job more, unless too many wait. Throws STORE_UNAVAILABLE: Slack sends it again later. */
export function enqueue(beside: Beside, job: Job): Beside {
  if (beside.jobs.length >= MOST_JOBS)
    throw new PreticketError('STORE_UNAVAILABLE', 'Too much of this thread waits to be read. Try again later.');
  return { ...beside, jobs: withJob(beside.jobs, job) };
}

export function withSecret(secrets: readonly SecretSeen[], secret: SecretSeen): SecretSeen[] {
  const known = secrets.find(({ ts }) => ts === secret.ts);
  const merged = known === undefined ? secret : { ...known, kinds: [...new Set([...known.kinds, ...secret.kinds])] };
  return [...secrets.filter(({ ts }) => ts !== secret.ts), merged].slice(-MOST_SECRETS);
}

export function createTaking(kit: Kit): Taking {
  const { cases } = kit.service;
  return {
    async message(event) {
      const { message, channel, team, self } = event;
      const { ts, thread, user } = message;
      if (message.byApp || message.isNotice || user === self || [ts, user, channel, team].includes('')) return;
      const direct = event.channelType === 'im' || channel.startsWith('D');
      const called = event.type === 'app_mention' || (self !== '' && message.text.includes(`<@${self}`));
      // A mention comes as an event of its own too; that one may begin a conversation.
      const begins = direct || event.type === 'app_mention';
      const inThread = thread !== ts;
      const raw = plainText(message.text, self);
      const key = `slack:${event.id === '' ? ts : event.id}`;
      await cases.change(threadOf(kit, team, channel, thread), {
        ...(begins ? { open: { channel: 'slack' } } : {}),
        once: key,
        change(kept, memory) {
          const old = readBeside(kept);
          if (old === undefined && !begins) return undefined;
          if (old?.seen.includes(ts)) return undefined;
          const addressed = direct || called;
          // What staff say among themselves in a customer's thread.
          if (old?.mode === 'case' && !addressed && old.customers.length > 0 && !old.customers.includes(user))
            return undefined;
          const mode = direct || !inThread ? 'talk' : 'case';
          const beside = old ?? newBeside({ team, channel, thread, mode, by: user });
          const said = redactText(kit, raw, memory);
          const kinds = said.redactions.map(({ kind }) => kind);
          const outside = message.team !== '' && message.team !== team;
          const reads = beside.mode === 'case' && called && (old === undefined || raw === '');
          const job: Job = reads
            ? { type: 'read', key, by: user, ts, author: user, addressed: raw !== '', ...(raw === '' ? {} : { said }) }
            : { type: 'say', key, by: user, ts, said, addressed, outside };
          return {
            beside: {
              ...enqueue(beside, job),
              seen: withSeen(beside.seen, [ts]),
              ...(event.shared ? { shared: true } : {}),
              secrets: kinds.length === 0 ? beside.secrets : withSecret(beside.secrets, { ts, kinds }),
            } satisfies Beside,
            memory: memory.toData(),
            put: [workNow(kit)],
          };
        },
      });
    },

    async assistantThread({ id, team, assistant: { user, channel, thread } }) {
      if ([team, user, channel, thread].includes('')) return;
      const key = `slack:${id === '' ? thread : id}`;
      await cases.change(threadOf(kit, team, channel, thread), {
        open: { channel: 'slack' },
        once: key,
        change(kept) {
          const old = readBeside(kept);
          if (old !== undefined) return undefined;
          const beside = newBeside({ team, channel, thread, mode: 'talk', by: user });
          return { beside: enqueue(beside, { type: 'greet', key, by: user }), put: [workNow(kit)] };
        },
      });
    },

    async shortcut({ team, channel, user, trigger, message }) {
      const { ts, thread, user: author } = message;
      if ([team, channel, user, ts].includes('')) return;
      const key = `slack:${trigger === '' ? `${ts}:${user}:${kit.now()}` : trigger}`;
      await cases.change(threadOf(kit, team, channel, thread), {
        open: { channel: 'slack' },
        once: key,
        change(kept, memory) {
          const beside = readBeside(kept) ?? newBeside({ team, channel, thread, mode: 'case', by: user });
          const said = redactText(kit, plainText(message.text), memory);
          const kinds = said.redactions.map(({ kind }) => kind);
          const job: Job = {
            type: 'read',
            key,
            by: user,
            ts,
            author: author === '' ? user : author,
            said,
            addressed: false,
          };
          return {
            beside: {
              ...enqueue(beside, job),
              secrets: kinds.length === 0 ? beside.secrets : withSecret(beside.secrets, { ts, kinds }),
            } satisfies Beside,
            memory: memory.toData(),
            put: [workNow(kit)],
          };
        },
      });
    },
  };
}

// What the Slack channel keeps beside a conversation: where it stands, what is still to be done for it, what was posted. Redacted text only.
import type { RedactResult } from '../../redact/redactor';

/** Work of a conversation, done in order by the worker that leases it. */
export type Job = { readonly key: string; readonly by: string } & (
  | {
      /** Reads the thread of a customer, or goes on reading it. */
      readonly type: 'read';
      /** The message that was pressed, or in which the assistant was called. */
      readonly ts: string;
      /** Its author. */
      readonly author: string;
      /** Its words, for a thread that cannot be read. */
      readonly said?: RedactResult;
      /** Whether who asked said these words to the assistant. */
      readonly addressed: boolean;
      readonly heard?: true;
    }
  | {
      /** Something said to the assistant, or by a customer in a thread that it follows. */
      readonly type: 'say';
      readonly ts: string;
      readonly said: RedactResult;
      readonly addressed: boolean;
      /** Outside staff: known from the event alone. */
      readonly outside: boolean;
      readonly heard?: true;
      /** An answer of its own is due: what the turn says, or how the assistant is used. */
      readonly answer?: 'turn' | 'hello';
      /** The answer may have gone out already. */
      readonly posting?: true;
    }
  /** An assistant thread was opened. */
  | { readonly type: 'greet' }
  /** The ticket has news, or may have. */
  | { readonly type: 'ticket' }
  /** The card is to be shown anew. */
  | { readonly type: 'card' }
);

export interface SecretSeen {
  readonly ts: string;
  readonly kinds: readonly string[];
  readonly link?: string;
}

export interface Label {
  /** null: none of the causes. */
  readonly cause: string | null;
  readonly by: string;
  readonly atMs: number;
}

export interface Beside {
  readonly v: 1;
  readonly team: string;
  readonly channel: string;
  /** The thread's first message; undefined for a command, which has none. */
  readonly thread?: string;
  /** `case`: reads along with a customer; `talk`: talks with staff; `private`: answers a command. */
  readonly mode: 'case' | 'talk' | 'private';
  /** Who asked first. */
  readonly by: string;
  /** The language of who asked, once known. */
  readonly language?: string;
  /** Messages that were taken, latest last. */
  readonly seen: readonly string[];
  /** Whose words count as the customer's; empty where all of them do. */
  readonly customers: readonly string[];
  readonly jobs: readonly Job[];
  /** Who does the jobs just now. */
  readonly claim?: { readonly by: string; readonly untilMs: number };
  /** Others than staff read the channel, as far as is known. */
  readonly shared?: boolean;
  readonly card?: { readonly ts: string; readonly channel: string };
  /** The turn that the card answers, in a talk. */
  readonly first?: string;
  /** The card may have gone out already. */
  readonly posting?: true;
  readonly secrets: readonly SecretSeen[];
  /** What was said of the ticket. */
  readonly told?: { readonly ts?: string; readonly status: string; readonly posting?: true };
  /** Looks after the ticket so far. */
  readonly looks?: number;
  /** The question that waits was given to an agent to put. */
  readonly asked?: true;
  readonly label?: Label;
}

const MOST_SEEN = 300;
/** Jobs that wait; beyond it Slack is told to come back. */
export const MOST_JOBS = 100;
export const MOST_SECRETS = 20;

type Optional = 'language' | 'claim' | 'posting' | 'asked' | 'label';

/** Without something that need not be there. */
export function without(beside: Beside, ...names: readonly Optional[]): Beside {
  const kept = Object.entries(beside).filter(([name]) => !names.some((gone) => gone === name));
  return Object.fromEntries(kept) as unknown as Beside;
}

export const readBeside = (beside: unknown): Beside | undefined => (beside as Beside | undefined) ?? undefined;

export function withSeen(seen: readonly string[], more: readonly string[]): string[] {
  return [...seen, ...more.filter((ts) => !seen.includes(ts))].slice(-MOST_SEEN);
}

/** Adds a job; what people said is kept in the order in which they said it, as long as it waits. */
export function withJob(jobs: readonly Job[], job: Job): Job[] {
  if (job.type !== 'say') return [...jobs, job];
  const at = jobs.findIndex((other, i) => i > 0 && other.type === 'say' && !other.heard && later(other.ts, job.ts));
  return at < 0 ? [...jobs, job] : [...jobs.slice(0, at), job, ...jobs.slice(at)];
}

/** Whether a Slack timestamp (`seconds.micros`) is after another one. */
export function later(a: string, b: string): boolean {
  const [seconds = '', micros = ''] = a.split('.');
  const [otherSeconds = '', otherMicros = ''] = b.split('.');
  return Number(seconds) - Number(otherSeconds) > 0 || (seconds === otherSeconds && micros > otherMicros);
}

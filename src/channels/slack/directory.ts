// The workspace's list of cases, for App Home and for the export of what was confirmed. Kept as a conversation in which nobody talks.
import type { Cases } from '../../service/cases';

const MOST_CASES = 500;
const MOST_LABELLED = 10_000;
const DAY_MS = 24 * 3600_000;

export interface ListedCase {
  readonly id: string;
  readonly by: string;
  readonly atMs: number;
  readonly cause: string | null;
  readonly status: string;
  readonly ticket: boolean;
  readonly link?: string;
  /** Whose case it is, redacted and short; empty where nothing is known. */
  readonly about?: string;
  /** How many facts a ticket still lacks. */
  readonly missing?: number;
}

interface Directory {
  readonly cases: readonly ListedCase[];
  readonly labelled: readonly string[];
}

export interface Week {
  readonly cases: number;
  readonly tickets: number;
  readonly resolved: number;
  /** Cause ids with how often, most first. */
  readonly causes: readonly (readonly [cause: string, count: number])[];
}

const nameOf = (team: string): string[] => ['slack', 'directory', team];
/** Labels of all workspaces: the export asks for them without knowing any. */
const LABELS = ['slack', 'labels'];
const EMPTY: Directory = { cases: [], labelled: [] };

const readDirectory = (beside: unknown): Directory => ({ ...EMPTY, ...(beside as Partial<Directory> | undefined) });

export type CaseDirectory = ReturnType<typeof createDirectory>;

/** `secret`: the session secret. Errors: the store's, CONVERSATION_STALE. */
export function createDirectory(cases: Pick<Cases, 'change' | 'load' | 'bearerOf'>, secret: string) {
  const change = async (name: readonly string[], make: (old: Directory) => Directory): Promise<void> => {
    await cases.change(cases.bearerOf(secret, name), {
      open: { channel: 'slack' },
      change(beside) {
        const old = readDirectory(beside);
        const next = make(old);
        return JSON.stringify(next) === JSON.stringify(old) ? undefined : { beside: next };
      },
    });
  };
  const read = async (name: readonly string[]): Promise<Directory> =>
    readDirectory((await cases.load(cases.bearerOf(secret, name)))?.beside);

  return {
    /** Puts a case into the list, or what is new of it. */
    list: (team: string, listed: ListedCase): Promise<void> =>
      change(nameOf(team), (old) => {
        const before = old.cases.find(({ id }) => id === listed.id);
        const now = before === undefined ? listed : { ...before, ...listed, atMs: before.atMs };
        const others = old.cases.filter(({ id }) => id !== listed.id);
        return { ...old, cases: [...others, now].sort((a, b) => a.atMs - b.atMs).slice(-MOST_CASES) };
      }),

    /** Remembers that a conversation has a label; which one, its own record says. */
    label: (id: string): Promise<void> =>
      change(LABELS, (old) => ({
        ...old,
        labelled: [...old.labelled.filter((known) => known !== id), id].slice(-MOST_LABELLED),
      })),

    labelled: async (): Promise<readonly string[]> => (await read(LABELS)).labelled,

    /** Open cases of a member, latest first, and the figures of the last seven days. */
    async home(
      team: string,
      user: string,
      nowMs: number,
    ): Promise<{ readonly open: readonly ListedCase[]; readonly week: Week }> {
      const { cases: all } = await read(nameOf(team));
      const week = all.filter(({ atMs }) => atMs > nowMs - 7 * DAY_MS);
      const counts = new Map<string, number>();
      for (const { cause } of week) if (cause !== null) counts.set(cause, (counts.get(cause) ?? 0) + 1);
      return {
        open: all.filter(({ by, status }) => by === user && (status === 'open' || status === 'review')).reverse(),
        week: {
          cases: week.length,
          tickets: week.filter(({ ticket }) => ticket).length,
          resolved: week.filter(({ status }) => status === 'resolved').length,
          causes: [...counts].sort((a, b) => b[1] - a[1]),
        },
      };
    },
  };
}

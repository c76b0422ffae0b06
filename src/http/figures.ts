// Figures of this process since its start, read back from its own metrics for the people who run it.
import type { Counter } from 'prom-client';

/** One row: the labels of a counter and how often. */
export type Row<L extends string> = Readonly<Record<L, string>> & { readonly count: number };

export interface Figures {
  readonly sinceMs: number;
  readonly opened: readonly Row<'channel'>[];
  /** Conversations that came to a status. */
  readonly statuses: readonly Row<'status'>[];
  readonly verdicts: readonly Row<'cause' | 'language'>[];
  /** Texts judged without a conversation. */
  readonly triages: readonly Row<'cause' | 'language'>[];
  readonly resolved: number;
  readonly tickets: number;
  /** Fields that tickets went without. */
  readonly lacking: readonly Row<'field'>[];
  readonly deliveries: readonly Row<'helpdesk' | 'outcome' | 'reason'>[];
  readonly redactions: readonly Row<'kind'>[];
}

/** Rows of a counter, the greatest first. */
export async function rowsOf<L extends string>(counter: Counter<L>): Promise<Row<L>[]> {
  const { values } = await counter.get();
  return values
    .filter(({ value }) => value > 0)
    .map(({ labels, value }) => ({ ...(labels as Record<L, string>), count: value }))
    .sort((a, b) => b.count - a.count);
}

export const totalOf = (rows: readonly { readonly count: number }[]): number =>
  rows.reduce((sum, { count }) => sum + count, 0);

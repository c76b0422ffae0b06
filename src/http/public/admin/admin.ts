// The page of those who run the server: figures and deliveries, read again while the page is looked at.
import { button, byId, make } from '../dom';
import { drawBars, sumBy } from './bars';
import { load, send } from './call';
import { startPlayground } from './playground';
import { ago, clock, word } from './words';

interface Figures {
  readonly sinceMs: number;
  readonly nowMs: number;
  readonly opened: readonly { readonly count: number }[];
  readonly statuses: readonly { readonly status: string; readonly count: number }[];
  readonly verdicts: readonly { readonly cause: string; readonly language: string; readonly count: number }[];
  readonly triages: readonly { readonly cause: string; readonly language: string; readonly count: number }[];
  readonly resolved: number;
  readonly tickets: number;
  readonly lacking: readonly { readonly field: string; readonly count: number }[];
  readonly deliveries: readonly { readonly outcome: string; readonly reason: string; readonly count: number }[];
  readonly redactions: readonly { readonly kind: string; readonly count: number }[];
  readonly backlog: { readonly pending: number; readonly failed: number; readonly oldestMs?: number };
}

interface Delivery {
  readonly conversation: string;
  readonly ticket: string;
  readonly status: 'pending' | 'failed';
  readonly attempts: number;
  readonly reason?: string;
  readonly askedAtMs: number;
  readonly dueAtMs?: number;
}

const EVERY_MS = 15_000;
const state = byId('state');

function figure(name: string, value: string): void {
  const place = document.querySelector(`[data-figure="${name}"]`);
  if (place !== null) place.textContent = value;
}

function showFigures(figures: Figures): void {
  const { backlog, nowMs, sinceMs } = figures;
  const since = byId<HTMLTimeElement>('since');
  since.dateTime = new Date(sinceMs).toISOString();
  since.textContent = new Date(sinceMs).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
  const opened = figures.opened.reduce((sum, { count }) => sum + count, 0);
  const numbers = { opened, resolved: figures.resolved, tickets: figures.tickets, ...backlog };
  for (const name of ['opened', 'resolved', 'tickets', 'pending', 'failed'] as const)
    figure(name, numbers[name].toLocaleString('en'));
  const { oldestMs } = backlog;
  figure('oldest', oldestMs === undefined ? '' : word('oldest', { time: ago(oldestMs, nowMs) }));
  document.querySelector('.tiles .bad')?.classList.toggle('some', backlog.failed > 0);
  const judged = [...figures.verdicts, ...figures.triages];
  const causeOf = (cause: string): string => (cause === 'none' ? word('none-of-them') : cause);
  drawBars(
    'causes',
    sumBy(judged, ({ cause }) => causeOf(cause)),
  );
  drawBars(
    'languages',
    sumBy(judged, ({ language }) => language),
  );
  drawBars(
    'statuses',
    sumBy(figures.statuses, ({ status }) => status),
  );
  drawBars(
    'lacking',
    sumBy(figures.lacking, ({ field }) => field),
  );
  const named = ({ outcome, reason }: { outcome: string; reason: string }): string =>
    reason === 'none' ? outcome : `${outcome}: ${reason}`;
  drawBars('deliveries', sumBy(figures.deliveries, named));
  drawBars(
    'redactions',
    sumBy(figures.redactions, ({ kind }) => kind),
  );
}

function time(atMs: number, nowMs: number): HTMLTimeElement {
  const element = make('time', '', ago(atMs, nowMs));
  element.dateTime = new Date(atMs).toISOString();
  element.title = element.dateTime;
  return element;
}

function rowOf({ conversation, ticket, status, attempts, reason, askedAtMs, dueAtMs }: Delivery, nowMs: number): Node {
  const retry = button(word('retry'), '', () => void tryAgain(`/admin/deliveries/${conversation}/retry`));
  retry.setAttribute('aria-label', word('retry-one', { ticket }));
  return make(
    'tr',
    '',
    make('td', 'id', ticket),
    make('td', '', make('span', `badge ${status}`, word(status))),
    make('td', '', reason === undefined ? '' : word(reason)),
    make('td', 'number', String(attempts)),
    make('td', '', time(askedAtMs, nowMs)),
    make('td', '', dueAtMs === undefined ? '–' : time(Math.max(dueAtMs, nowMs), nowMs)),
    make('td', 'number', status === 'failed' ? retry : ''),
  );
}

function showDeliveries({ deliveries, nowMs }: { deliveries: readonly Delivery[]; nowMs: number }): void {
  // A button that is about to be pressed must not be taken away for the same one.
  const rows = byId('rows');
  if (!rows.contains(document.activeElement))
    rows.replaceChildren(...deliveries.map((delivery) => rowOf(delivery, nowMs)));
  byId('none').hidden = deliveries.length > 0;
  byId('retry-all').hidden = !deliveries.some(({ status }) => status === 'failed');
}

async function tryAgain(path: string): Promise<void> {
  (document.activeElement as HTMLElement | null)?.blur();
  try {
    const { retried } = await send<{ retried: number }>(path);
    state.textContent = word('retried', { count: String(retried) });
  } catch (error) {
    state.textContent = word((error as Error).message);
  }
  await refresh();
}

async function refresh(): Promise<void> {
  try {
    const [figures, deliveries] = await Promise.all([
      load<Figures>('/admin/figures'),
      load<{ deliveries: Delivery[]; nowMs: number }>('/admin/deliveries'),
    ]);
    showFigures(figures);
    showDeliveries(deliveries);
    byId('updated').textContent = word('updated', { time: clock(figures.nowMs) });
    if (state.textContent === word('away')) state.textContent = '';
  } catch (error) {
    state.textContent = word((error as Error).message);
  }
}

byId('retry-all').addEventListener('click', () => void tryAgain('/admin/deliveries/retry'));
startPlayground();
void refresh();
setInterval(() => {
  if (document.visibilityState === 'visible') void refresh();
}, EVERY_MS);

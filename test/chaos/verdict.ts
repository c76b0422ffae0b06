// What became of everything that was acknowledged: asked of the nodes once all is quiet.
import { pause } from '../support/redis-server';
import { call } from '../support/test-server';
import { request, type Talked } from './clients';
import type { Desk } from './desk';

export interface Verdict {
  lost: number;
  doubled: number;
  reordered: number;
  /** Repeated requests that got another answer than the first time. */
  changed: number;
  /** Conversations deleted and still there, or there no more though nobody deleted them. */
  undead: number;
  /** Tickets that were acknowledged. */
  tickets: number;
  /** Of them: not at the helpdesk, or not said to be, or under another reference. */
  undelivered: number;
  /** Tickets that the helpdesk has more than once. */
  twice: number;
  /** Tickets at the helpdesk, or sent to it, that nobody was told of. */
  strange: number;
}

/** One in so many requests is made again and must get the same bytes. */
const REPEAT_EVERY = 7;
/** A ticket that met several mishaps waits for minutes until its next try. */
const DELIVERED_WITHIN_MS = 300_000;

export async function judge(
  urls: readonly string[],
  talks: readonly Talked[],
): Promise<Omit<Verdict, keyof Delivered>> {
  const verdict = { lost: 0, doubled: 0, reordered: 0, changed: 0, undead: 0 };
  let asked = 0;
  const next = (): string => urls[asked++ % urls.length] ?? '';
  for (const { id, token, said, ticket, isDeleted } of talks) {
    const answer = await request(next(), { path: `/${id}`, status: 200, token });
    if (answer?.status !== (isDeleted ? 404 : 200)) {
      verdict.undead++;
      if (!isDeleted) verdict.lost += said.length;
      continue;
    }
    if (isDeleted) continue;
    const there = answer.json.transcript.filter(({ role }) => role === 'person').map(({ text }) => text);
    const wanted = said.map(({ text }) => text);
    verdict.lost += wanted.filter((text) => !there.includes(text)).length;
    verdict.doubled += there.length - new Set(there).size;
    const inOrder = there.filter((text) => wanted.includes(text));
    if (new Set(inOrder).size === inOrder.length && inOrder.some((text, i) => text !== wanted[i])) verdict.reordered++;
    if (ticket !== undefined && answer.json.ticket?.id !== ticket) verdict.lost++;
    for (const { text, answer: first } of said.filter((_, i) => i % REPEAT_EVERY === 0)) {
      const again = await request(next(), { path: `/${id}/messages`, status: 200, token, key: text, body: { text } });
      if (again?.text !== first) verdict.changed++;
    }
  }
  return verdict;
}

type Delivered = Pick<Verdict, 'tickets' | 'undelivered' | 'twice' | 'strange'>;

/** Once the helpdesk is well: every ticket that was acknowledged gets there; what had failed for good is tried again on request. */
export async function judgeTickets(
  urls: readonly string[],
  talks: readonly Talked[],
  desk: Desk,
  adminToken: string,
): Promise<Delivered> {
  const wanted = talks.filter(({ ticket }) => ticket !== undefined);
  const [url = ''] = urls;
  const seen = new Map<string, { status?: string; reference?: string }>();
  const isDelivered = async ({ id, token, ticket = '' }: Talked): Promise<boolean> => {
    if (seen.get(ticket)?.status === 'delivered') return true;
    const answer = await request(url, { path: `/${id}/ticket`, status: 200, token });
    if (answer?.status === 200 && answer.json.ticket.id === ticket) seen.set(ticket, answer.json.ticket);
    return seen.get(ticket)?.status === 'delivered';
  };
  const begun = Date.now();
  for (;;) {
    const open = (await Promise.all(wanted.map(isDelivered))).filter((one) => !one).length;
    if (open === 0 || Date.now() - begun > DELIVERED_WITHIN_MS) break;
    await call(`${url}/admin/deliveries/retry`, { method: 'POST', token: adminToken });
    await pause(500);
  }
  const references = new Map<string, string[]>();
  for (const { id, reference } of desk.tickets) references.set(id, [...(references.get(id) ?? []), reference]);
  const known = new Set(wanted.map(({ ticket }) => ticket));
  return {
    tickets: wanted.length,
    undelivered: wanted.filter(({ ticket = '' }) => {
      const { status, reference } = seen.get(ticket) ?? {};
      const there = references.get(ticket) ?? [];
      const isNamed = reference === undefined ? !desk.needsReference : there.includes(reference);
      return status !== 'delivered' || there.length === 0 || !isNamed;
    }).length,
    twice: [...references.values()].filter((all) => all.length > 1).length,
    strange: [...new Set([...references.keys(), ...desk.sentIds()])].filter((id) => !known.has(id)).length,
  };
}

// What became of everything that was acknowledged: asked of the nodes once all is quiet.
import { request, type Talked } from './clients';

export interface Verdict {
  lost: number;
  doubled: number;
  reordered: number;
  /** Repeated requests that got another answer than the first time. */
  changed: number;
  /** Conversations deleted and still there, or there no more though nobody deleted them. */
  undead: number;
}

/** One in so many requests is made again and must get the same bytes. */
const REPEAT_EVERY = 7;

export async function judge(urls: readonly string[], talks: readonly Talked[]): Promise<Verdict> {
  const verdict: Verdict = { lost: 0, doubled: 0, reordered: 0, changed: 0, undead: 0 };
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

// Plays one simulated talk against the reducer, without HTTP, and measures it.
import { startConversation } from '../../src/conversation/conversation';
import { ingest } from '../../src/conversation/ingest';
import { reduce } from '../../src/conversation/reduce';
import { viewConversation, viewTurn } from '../../src/conversation/view';
import type { Engine } from '../../src/engine';
import { type Person, Speaker } from './person';

export interface Played {
  readonly id: string;
  readonly finished: boolean;
  readonly right: boolean;
  readonly cause: string;
  readonly leaks: number;
  /** Fields that were asked more than twice. */
  readonly repeats: number;
  readonly facts: number;
  readonly factsRight: number;
  readonly missed: readonly string[];
  /** Questions asked until the last verdict was first held; null: never right. */
  readonly toVerdict: number | null;
  /** Questions asked until the ticket was shown; null: it never was. */
  readonly toTicket: number | null;
  /** Fields that the shown ticket lacks; null: none was shown. */
  readonly open: number | null;
  readonly turns: number;
  readonly status: string;
  readonly lines: readonly string[];
}

const MOST_TURNS = 25;
const START = Date.UTC(2026, 10, 24, 12, 0);

/** Any long part of a secret. */
export function leaks(text: string, secret: string): boolean {
  const length = Math.min(secret.length, Math.max(4, Math.floor(secret.length * 0.6) + 1));
  for (let i = 0; i + length <= secret.length; i++) if (text.includes(secret.slice(i, i + length))) return true;
  return false;
}

/** The likeliest hypotheses, for who reads a talk. */
function likely(probabilities: Readonly<Record<string, number>>): string {
  return Object.entries(probabilities)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 4)
    .map(([id, p]) => `${id} ${p.toFixed(2)}`)
    .join(', ');
}

export function play(person: Person, engine: Engine, together: boolean): Played {
  const speaker = new Speaker(person, together);
  const language = engine.languages.includes(person.lang) ? person.lang : 'en';
  let conversation = startConversation({ language, channel: 'web', key: [1, 2, 3, 4] });
  let say = person.opening;
  let seen = '';
  let questions = 0;
  const asked = new Map<string, number>();
  const held: { readonly cause: string; readonly questions: number }[] = [];
  const lines: string[] = [];
  let turns = 0;
  while (turns < MOST_TURNS) {
    turns++;
    const at = new Date(START + turns * 60_000).toISOString();
    const { redaction, memory } = ingest(conversation, say, engine);
    const reduced = reduce(conversation, { type: 'message', at, redaction, memory }, engine);
    conversation = JSON.parse(JSON.stringify(reduced.conversation)) as typeof conversation;
    const view = viewTurn(conversation, engine);
    seen += JSON.stringify([reduced.replies, view, conversation]);
    lines.push(
      `> ${say}`,
      ...reduced.replies.map(({ kind, text }) => `  [${kind}] ${kind === 'draft' ? text.slice(0, 200) : text}`),
    );
    lines.push(`  (${likely(conversation.probabilities)})`);
    held.push({ cause: view.cause ?? 'none', questions });
    if (view.status !== 'open') break;
    const key = view.question?.field ?? view.question?.asks ?? '';
    questions++;
    asked.set(key, (asked.get(key) ?? 0) + 1);
    say = speaker.answer({ key, also: conversation.last?.also ?? [] });
  }
  const view = viewConversation(conversation, engine);
  seen += JSON.stringify(view);
  const spoken =
    person.opening +
    person.twists
      .filter(({ turn }) => turn <= turns)
      .map(({ text }) => text)
      .join(' ');
  const missed: string[] = [];
  let facts = 0;
  for (const [key, fact] of Object.entries(person.facts)) {
    if (fact === null || !(speaker.said.has(key) || spoken.includes(fact))) continue;
    facts++;
    const got = view.fields[key]?.toLowerCase();
    const want = fact.toLowerCase();
    if (got === undefined || !(got.includes(want.slice(0, 10)) || want.includes(got)))
      missed.push(`${key}: want ${fact}, got ${got ?? 'nothing'}`);
  }
  const cause = view.cause ?? 'none';
  const final = held.at(-1)?.cause;
  let from = held.length - 1;
  while (from > 0 && held[from - 1]?.cause === final) from--;
  return {
    id: person.id,
    finished: ['review', 'handed-over', 'resolved', 'submitted'].includes(view.status),
    right:
      cause === person.primary ||
      (person.acceptable ?? []).includes(cause) ||
      (person.primary === 'none' && view.status === 'handed-over'),
    cause,
    leaks: person.secrets.filter((secret) => leaks(seen, secret)).length,
    repeats: [...asked.entries()].filter(([key, times]) => key !== '' && times > 2).length,
    facts,
    factsRight: facts - missed.length,
    missed,
    toVerdict: held[from]?.questions ?? null,
    toTicket: view.status === 'review' ? questions : null,
    open: view.status === 'review' ? view.missing.length : null,
    turns,
    status: view.status,
    lines,
  };
}

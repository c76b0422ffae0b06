// Reads a whole thread and tells whose words are the customer's: staff report and advise, but did not do what they write about.
import type { SlackApi } from './api';
import { readMessage, type WireMessage } from './incoming';
import type { Person } from './people';

const PAGE = 200;
const MOST_PAGES = 10;

/** All messages of a thread, oldest first. Throws SlackRefusal. */
export async function readThread(
  api: SlackApi,
  channel: string,
  thread: string,
  options: { readonly metadata?: true } = {},
): Promise<WireMessage[]> {
  const messages: WireMessage[] = [];
  let cursor = '';
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await api.call('conversations.replies', {
      channel,
      ts: thread,
      limit: PAGE,
      ...(options.metadata ? { include_all_metadata: true } : {}),
      ...(cursor === '' ? {} : { cursor }),
    });
    if (Array.isArray(answer['messages'])) messages.push(...answer['messages'].map(readMessage));
    const next = (answer['response_metadata'] as { readonly next_cursor?: unknown } | undefined)?.next_cursor;
    cursor = typeof next === 'string' ? next : '';
    if (cursor === '') break;
  }
  return messages.filter(({ ts }) => ts !== '');
}

export interface Asked {
  /** Who pressed the shortcut or called the assistant. */
  readonly by: string;
  /** Author of the message that was pressed. */
  readonly author: string;
}

/**
 * Ids of the people whose words count as the customer's. Where guests or people of other organisations write, it is they; else who wrote the
 * first message and the one that was pressed, unless that is who asks; and who asks about nobody's words but their own pasted a customer's.
 */
export function customersOf(
  messages: readonly WireMessage[],
  { by, author }: Asked,
  people: ReadonlyMap<string, Person>,
): string[] {
  const authors = [...new Set(messages.map(({ user }) => user))].filter((user) => user !== '');
  const outside = authors.filter((user) => people.get(user)?.outside === true);
  if (outside.length > 0) return outside;
  const root = messages[0]?.user ?? author;
  const others = [...new Set([root, author])].filter((user) => user !== by && user !== '');
  return others.length > 0 ? others : [by];
}

/** Messages that count, oldest first. `known`: those that were taken before. */
export function customersWords(
  messages: readonly WireMessage[],
  customers: readonly string[],
  self: string,
  known: readonly string[],
): WireMessage[] {
  return messages.filter(
    ({ ts, user, text, isNotice }) =>
      !isNotice && user !== self && customers.includes(user) && text.trim() !== '' && !known.includes(ts),
  );
}

/** Texts joined up to `mostBytes` of UTF-8: the first ones and the last ones, since a case begins with its trouble and ends with its news. */
export function joinTexts(texts: readonly string[], mostBytes: number): string {
  const gap = '\n\n';
  const sizes = texts.map((text) => Buffer.byteLength(text) + gap.length);
  let left = mostBytes;
  const kept = new Set<number>();
  const order = [0, ...texts.map((_, i) => texts.length - 1 - i)];
  for (const i of order) {
    const size = sizes[i] ?? 0;
    if (kept.has(i) || size > left) continue;
    kept.add(i);
    left -= size;
  }
  return texts.filter((_, i) => kept.has(i)).join(gap);
}

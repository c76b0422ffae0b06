// Slack's assistant threads: a status while it reads, and prompts to begin with. Where a workspace has none of it, the thread is a plain one.
import { SlackRefusal } from './api';
import type { Beside } from './beside';
import type { Kit } from './kit';
import { sentence } from './notes';
import { findPosted, post } from './post';
import { say, type Words } from './words';

const PROMPTS = ['prompt1', 'prompt2', 'prompt3'];

/** Says that it reads; a thread that cannot show it goes without. */
export async function setStatus(kit: Kit, beside: Beside, status: string): Promise<void> {
  const { channel, thread } = beside;
  if (thread === undefined || !channel.startsWith('D')) return;
  await attempt(kit, beside, 'assistant.threads.setStatus', { channel_id: channel, thread_ts: thread, status });
}

/** A new assistant thread: suggested prompts, and words of greeting where there are none. Throws SlackRefusal. */
export async function greet(kit: Kit, beside: Beside, { slack }: Words): Promise<void> {
  const { channel, thread = '', by } = beside;
  const prompts = PROMPTS.map((name) => ({ title: say(slack, name), message: say(slack, name) }));
  const title = say(slack, 'promptsTitle');
  if (
    await attempt(kit, beside, 'assistant.threads.setSuggestedPrompts', {
      channel_id: channel,
      thread_ts: thread,
      title,
      prompts,
    })
  )
    return;
  const mark = { key: `hello:${thread}`, blockId: `hello-${thread}` };
  if ((await findPosted(kit, beside, mark)) !== undefined) return;
  const shown = sentence(say(slack, 'hello'));
  await post(kit, beside, by, mark, shown, () => shown);
}

/** False where Slack refused it. Only a rate limit is worth another try, and no status is. */
async function attempt(
  kit: Kit,
  { team }: Beside,
  method: string,
  args: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  try {
    await kit.apiOf(team).call(method, args);
    return true;
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    return false;
  }
}

// Puts messages where they belong, once: what may have gone out before a crash is looked for by its mark before it goes out again.
import { type Answer, SlackRefusal } from './api';
import type { Beside } from './beside';
import type { Shown } from './card';
import type { Kit } from './kit';
import { readThread } from './thread';

const MARK = 'preticket';

/** Slack's words for a place where the assistant cannot write. */
const NOT_THERE = new Set([
  'not_in_channel',
  'channel_not_found',
  'restricted_action',
  'is_archived',
  'user_not_in_channel',
]);
/** Slack's words for a message that is there no more, or not ours to change. */
const GONE = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed', 'channel_not_found']);

export interface Posted {
  readonly ts: string;
  readonly channel: string;
}

const isOneOf = (error: unknown, reasons: ReadonlySet<string>): boolean =>
  error instanceof SlackRefusal && reasons.has(error.reason);

const tsOf = (answer: Answer, channel: string): Posted => ({
  ts: typeof answer['ts'] === 'string' ? answer['ts'] : '',
  channel: typeof answer['channel'] === 'string' ? answer['channel'] : channel,
});

export interface Mark {
  /** Tells this message from every other one of the thread. */
  readonly key: string;
  /** The same, where Slack does not give metadata back. */
  readonly blockId: string;
}

/** A message of ours in a thread, by its mark. Throws SlackRefusal where it may be known later. */
export async function findPosted(kit: Kit, beside: Beside, mark: Mark): Promise<Posted | undefined> {
  const { team, channel, thread } = beside;
  if (thread === undefined) return undefined;
  try {
    const messages = await readThread(kit.apiOf(team), channel, thread, { metadata: true });
    const own = messages.find(
      ({ metadata, blockIds }) =>
        (metadata.type === MARK && metadata.key === mark.key) || blockIds.includes(mark.blockId),
    );
    return own === undefined ? undefined : { ts: own.ts, channel };
  } catch (error) {
    if (error instanceof SlackRefusal && !error.passing) return undefined;
    throw error;
  }
}

/** Into the thread; to the person alone where the assistant is not in the channel, with `elsewhere` as its note. Throws SlackRefusal. */
export async function post(
  kit: Kit,
  beside: Beside,
  by: string,
  mark: Mark,
  shown: Shown,
  elsewhere: () => Shown,
): Promise<Posted> {
  const { team, channel, thread } = beside;
  const more = {
    unfurl_links: false,
    unfurl_media: false,
    metadata: { event_type: MARK, event_payload: { key: mark.key } },
  };
  try {
    const place = thread === undefined ? { channel } : { channel, thread_ts: thread };
    return tsOf(await kit.apiOf(team).call('chat.postMessage', { ...place, ...shown, ...more }), channel);
  } catch (error) {
    if (!isOneOf(error, NOT_THERE)) throw error;
    return tsOf(await kit.apiOf(team).call('chat.postMessage', { channel: by, ...elsewhere(), ...more }), by);
  }
}

/** False where the message is not there any more. Throws SlackRefusal. */
export async function update(kit: Kit, { team }: Beside, { ts, channel }: Posted, shown: Shown): Promise<boolean> {
  try {
    await kit.apiOf(team).call('chat.update', { channel, ts, ...shown });
    return true;
  } catch (error) {
    if (isOneOf(error, GONE)) return false;
    throw error;
  }
}

/** Seen by one person only; to the person's own messages where that is not possible. Throws SlackRefusal. */
export async function whisper(
  kit: Kit,
  beside: Beside,
  user: string,
  shown: Shown,
  elsewhere: () => Shown,
): Promise<void> {
  const { team, channel, thread } = beside;
  const place = thread === undefined ? { channel } : { channel, thread_ts: thread };
  try {
    await kit.apiOf(team).call('chat.postEphemeral', { ...place, user, ...shown });
  } catch (error) {
    if (!(error instanceof SlackRefusal) || error.passing) throw error;
    await kit
      .apiOf(team)
      .call('chat.postMessage', { channel: user, ...elsewhere(), unfurl_links: false, unfurl_media: false });
  }
}

/** A link to a message, where Slack gives one. */
export async function linkTo(kit: Kit, team: string, channel: string, ts: string): Promise<string | undefined> {
  try {
    const { permalink } = await kit.apiOf(team).call('chat.getPermalink', { channel, message_ts: ts });
    return typeof permalink === 'string' && /^https?:\/\/[^\s<>|]{1,1000}$/.test(permalink) ? permalink : undefined;
  } catch (error) {
    if (error instanceof SlackRefusal) return undefined;
    throw error;
  }
}

// What Slack sends, read field by field: whatever is missing or of another type is as if it were not sent. Nothing here keeps or logs it.

type Fields = Readonly<Record<string, unknown>>;

/** Ids of Slack: letters and digits, bounded. */
const ID = /^[A-Z0-9]{1,40}$/i;
const TS = /^\d{1,12}\.\d{1,9}$/;

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const idOf = (value: unknown): string => (ID.test(textOf(value)) ? textOf(value) : '');
const tsOf = (value: unknown): string => (TS.test(textOf(value)) ? textOf(value) : '');

/** A message as it stands in a channel. `text` is raw. */
export interface WireMessage {
  readonly ts: string;
  readonly thread: string;
  readonly user: string;
  /** Slack's wire form. @unredacted */
  readonly text: string;
  /** By an app, or no message of a person at all. */
  readonly byApp: boolean;
  /** Edits, deletions, joins and the like. */
  readonly isNotice: boolean;
  readonly team: string;
  readonly metadata: { readonly type: string; readonly key: string };
  readonly blockIds: readonly string[];
}

/** Kinds of message that are something said. */
const SAID = new Set(['', 'file_share', 'thread_broadcast', 'me_message', 'bot_message']);

export function readMessage(value: unknown): WireMessage {
  const from = fieldsOf(value);
  const ts = tsOf(from['ts']);
  const metadata = fieldsOf(from['metadata']);
  const shared = Array.isArray(from['attachments']) ? from['attachments'].map(fieldsOf) : [];
  // A message that was forwarded stands in an attachment.
  const forwarded = shared
    .filter((attachment) => attachment['is_share'] === true || attachment['is_msg_unfurl'] === true)
    .map((attachment) => textOf(attachment['text']));
  const subtype = textOf(from['subtype']);
  const blocks = Array.isArray(from['blocks']) ? from['blocks'].map(fieldsOf) : [];
  return {
    ts,
    thread: tsOf(from['thread_ts']) || ts,
    user: idOf(from['user']) || idOf(from['bot_id']),
    text: [textOf(from['text']), ...forwarded].filter((part) => part !== '').join('\n'),
    byApp: textOf(from['bot_id']) !== '' || subtype === 'bot_message' || from['bot_profile'] !== undefined,
    isNotice: !SAID.has(subtype) || from['hidden'] === true,
    team: idOf(from['user_team']) || idOf(from['team']),
    metadata: {
      type: textOf(metadata['event_type']),
      key: textOf(fieldsOf(metadata['event_payload'])['key']),
    },
    blockIds: blocks.map((block) => textOf(block['block_id'])),
  };
}

export interface WireEvent {
  readonly id: string;
  readonly team: string;
  readonly type: string;
  readonly channel: string;
  readonly channelType: string;
  readonly message: WireMessage;
  /** Of an assistant thread. */
  readonly assistant: { readonly user: string; readonly channel: string; readonly thread: string };
  /** The assistant's own user. */
  readonly self: string;
  /** Of the organisation that installed the assistant as a whole; empty: the workspace did. */
  readonly organisation: string;
  /** When it happened, in seconds since 1970. */
  readonly atS: number;
  /** Of tokens that were revoked, one is the assistant's own. */
  readonly revokesBot: boolean;
  readonly shared: boolean;
  readonly user: string;
  readonly tab: string;
}

export function readEvent(body: unknown): WireEvent {
  const from = fieldsOf(body);
  const event = fieldsOf(from['event']);
  const thread = fieldsOf(event['assistant_thread']);
  const tokens = fieldsOf(event['tokens']);
  const authorizations = Array.isArray(from['authorizations']) ? from['authorizations'].map(fieldsOf) : [];
  return {
    id: textOf(from['event_id']).slice(0, 80),
    // In a channel that two organisations share, `team_id` may be the other one's.
    team: idOf(authorizations[0]?.['team_id']) || idOf(from['team_id']),
    organisation: authorizations[0]?.['is_enterprise_install'] === true ? idOf(from['enterprise_id']) : '',
    atS: typeof from['event_time'] === 'number' ? from['event_time'] : 0,
    revokesBot: Array.isArray(tokens['bot']) && tokens['bot'].length > 0,
    type: textOf(event['type']),
    channel: idOf(event['channel']),
    channelType: textOf(event['channel_type']),
    message: readMessage(event),
    assistant: {
      user: idOf(thread['user_id']),
      channel: idOf(thread['channel_id']),
      thread: tsOf(thread['thread_ts']),
    },
    self: idOf(authorizations.find((entry) => entry['is_bot'] === true)?.['user_id']),
    shared: from['is_ext_shared_channel'] === true,
    user: idOf(event['user']),
    tab: textOf(event['tab']),
  };
}

/** Something that a member did: a shortcut, a command, a button, a modal. */
export interface WireDeed {
  readonly team: string;
  readonly user: string;
  readonly userTeam: string;
  readonly channel: string;
  readonly trigger: string;
  /** Where an answer may be sent for half an hour, without the assistant being a member. Never kept. */
  readonly responseUrl: string;
}

export function readDeed(body: unknown): WireDeed {
  const from = fieldsOf(body);
  const user = fieldsOf(from['user']);
  return {
    team: idOf(fieldsOf(from['team'])['id']) || idOf(from['team_id']),
    user: idOf(user['id']) || idOf(from['user_id']),
    userTeam: idOf(user['team_id']),
    channel:
      idOf(fieldsOf(from['channel'])['id']) ||
      idOf(from['channel_id']) ||
      idOf(fieldsOf(from['container'])['channel_id']),
    trigger: textOf(from['trigger_id']).slice(0, 200),
    responseUrl: textOf(from['response_url']),
  };
}

export interface WireShortcut extends WireDeed {
  readonly message: WireMessage;
}

export const readShortcut = (body: unknown): WireShortcut => ({
  ...readDeed(body),
  message: readMessage(fieldsOf(body)['message']),
});

/** `text` is raw. @unredacted */
export const readCommand = (body: unknown): WireDeed & { readonly text: string } => ({
  ...readDeed(body),
  text: textOf(fieldsOf(body)['text']),
});

export interface WirePress extends WireDeed {
  /** The thread that the message with the button stands in; empty where it stands in none. */
  readonly thread: string;
  readonly message: string;
  /** Value of the button, or of the option that was chosen. */
  readonly value: string;
  readonly blockId: string;
}

export function readPress(body: unknown): WirePress {
  const from = fieldsOf(body);
  const first = fieldsOf(Array.isArray(from['actions']) ? from['actions'][0] : undefined);
  const container = fieldsOf(from['container']);
  const message = fieldsOf(from['message']);
  return {
    ...readDeed(body),
    thread: tsOf(message['thread_ts']) || tsOf(container['thread_ts']),
    message: tsOf(container['message_ts']) || tsOf(message['ts']),
    value: textOf(first['value']) || textOf(fieldsOf(first['selected_option'])['value']),
    blockId: textOf(first['block_id']),
  };
}

export interface WireView extends WireDeed {
  readonly metadata: string;
  /** By block: what was typed or chosen; null: left empty. Raw. @unredacted */
  readonly values: Readonly<Record<string, string | null>>;
}

export function readView(body: unknown): WireView {
  const view = fieldsOf(fieldsOf(body)['view']);
  const values = fieldsOf(fieldsOf(view['state'])['values']);
  const valueOf = (block: unknown): string | null => {
    const [element] = Object.values(fieldsOf(block)).map(fieldsOf);
    const typed = textOf(element?.['value']) || textOf(fieldsOf(element?.['selected_option'])['value']);
    return typed.trim() === '' ? null : typed;
  };
  return {
    ...readDeed(body),
    metadata: textOf(view['private_metadata']),
    values: Object.fromEntries(Object.entries(values).map(([id, block]) => [id, valueOf(block)])),
  };
}

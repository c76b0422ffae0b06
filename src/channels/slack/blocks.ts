// Block Kit by construction: texts of the pack may be mrkdwn, words of people go into rich text alone, where nothing is ever live.
// Every builder keeps Slack's limits, so that no message can be refused for its size. Lengths in UTF-16 units, as Slack counts.
// Limits: docs.slack.dev/reference/block-kit, read November 2026.

export const LIMITS = {
  text: 3000,
  header: 150,
  button: 75,
  option: 75,
  value: 75,
  id: 255,
  label: 2000,
  hint: 2000,
  placeholder: 150,
  title: 24,
  input: 3000,
  metadata: 3000,
  contextElements: 10,
  actionElements: 25,
  options: 100,
  /** All words of one rich-text block; Slack names no limit. */
  rich: 3000,
  cardBlocks: 12,
  messageBlocks: 50,
  viewBlocks: 100,
  fallback: 3000,
} as const;

export type Json = { readonly [key: string]: unknown };
export type Block = Json & { readonly type: string };

/** Cuts without halving a character. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const kept = text.slice(0, most - 1);
  return `${/[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept}…`;
}

/** Slack refuses empty texts. */
const full = (text: string): string => (text.trim() === '' ? '–' : text);

export const plain = (text: string, most: number): Json => ({
  type: 'plain_text',
  text: cut(full(text), most),
  emoji: false,
});

/** The pack's own sentences; whatever gets among them is shown as typed as far as `<`, `>` and `&` go. */
export function mrkdwn(text: string): Json {
  let shown = cut(full(text), LIMITS.text);
  let escaped = escapeMrkdwn(shown);
  while (escaped.length > LIMITS.text) {
    shown = cut(shown, shown.length - Math.max(1, Math.ceil((escaped.length - LIMITS.text) / 5)));
    escaped = escapeMrkdwn(shown);
  }
  return { type: 'mrkdwn', text: escaped, verbatim: true };
}

/** docs.slack.dev, Formatting message text: these three are to be escaped. */
export const escapeMrkdwn = (text: string): string =>
  text.replace(/[&<>]/g, (sign) => (sign === '&' ? '&amp;' : sign === '<' ? '&lt;' : '&gt;'));

/** A message's fallback for notifications: the pack's words only. */
export const fallback = (text: string): string => (mrkdwn(text)['text'] as string).slice(0, LIMITS.fallback);

export const header = (text: string): Block => ({ type: 'header', text: plain(text, LIMITS.header) });
export const section = (text: string): Block => ({ type: 'section', text: mrkdwn(text) });
/** Undefined where there is nothing to say. */
export function context(...texts: string[]): Block | undefined {
  const elements = texts
    .filter((text) => text !== '')
    .slice(0, LIMITS.contextElements)
    .map(mrkdwn);
  return elements.length === 0 ? undefined : { type: 'context', elements };
}

export interface ButtonOf {
  readonly action: string;
  readonly text: string;
  readonly value: string;
  readonly primary?: true;
}

export const button = ({ action, text, value, primary }: ButtonOf): Json => ({
  type: 'button',
  action_id: cut(action, LIMITS.id),
  text: plain(text, LIMITS.button),
  value: cut(full(value), LIMITS.value),
  ...(primary ? { style: 'primary' } : {}),
});

export interface OptionOf {
  readonly value: string;
  readonly label: string;
}

const option = ({ value, label }: OptionOf): Json => ({
  text: plain(label, LIMITS.option),
  value: cut(full(value), LIMITS.value),
});

/** `options`: at least one. */
export function select(action: string, placeholder: string, options: readonly OptionOf[], chosen?: string): Json {
  const initial = options.find(({ value }) => value === chosen);
  return {
    type: 'static_select',
    action_id: cut(action, LIMITS.id),
    placeholder: plain(placeholder, LIMITS.placeholder),
    options: options.slice(0, LIMITS.options).map(option),
    ...(initial === undefined ? {} : { initial_option: option(initial) }),
  };
}

export const actions = (id: string, elements: readonly Json[]): Block => ({
  type: 'actions',
  block_id: cut(id, LIMITS.id),
  elements: elements.slice(0, LIMITS.actionElements),
});

/** `hint`: a sentence below it; none where empty. */
export function input(id: string, label: string, element: Json, hint = ''): Block {
  return {
    type: 'input',
    block_id: cut(id, LIMITS.id),
    label: plain(label, LIMITS.label),
    optional: true,
    element,
    ...(hint === '' ? {} : { hint: plain(hint, LIMITS.hint) }),
  };
}

export const textInput = (action: string, value: string | undefined, multiline: boolean): Json => ({
  type: 'plain_text_input',
  action_id: cut(action, LIMITS.id),
  multiline,
  max_length: LIMITS.input,
  ...(value === undefined || value === '' ? {} : { initial_value: cut(value, LIMITS.input) }),
});

/** Blocks that are there, at most so many. */
export const listed = (blocks: readonly (Block | undefined)[], most: number): Block[] =>
  blocks.filter((block) => block !== undefined).slice(0, most);

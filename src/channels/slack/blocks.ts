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

/** A run of rich text: literal whatever stands in it. */
export interface Run {
  readonly text: string;
  readonly bold?: true;
  readonly italic?: true;
  readonly code?: true;
}

export const run = (text: string): Run => ({ text });
export const bold = (text: string): Run => ({ text, bold: true });
export const code = (text: string): Run => ({ text, code: true });

/** A link that Slack itself gave. */
export interface Link {
  readonly url: string;
  readonly text: string;
}

/** A sentence of the pack, its addresses as links. */
export function words(text: string): (Run | Link)[] {
  return text
    .split(/(https:\/\/[^\s()<>|]+[^\s()<>|.,;:])/)
    .map((piece, i) => (i % 2 === 1 ? { url: piece, text: piece } : run(piece)));
}

export type RichPart =
  | { readonly kind: 'section'; readonly runs: readonly (Run | Link)[] }
  | { readonly kind: 'quote'; readonly text: string }
  | { readonly kind: 'copy'; readonly text: string }
  | { readonly kind: 'list'; readonly ordered?: true; readonly items: readonly (readonly (Run | Link)[])[] };

/** Words of people and of the pack in one block; undefined where there are none. */
export function rich(parts: readonly RichPart[], most: number = LIMITS.rich): Block | undefined {
  let left = most;
  const elements: Json[] = [];
  const runsOf = (runs: readonly (Run | Link)[]): Json[] =>
    runs.flatMap((piece) => {
      if (left <= 0 || piece.text === '') return [];
      const text = cut(piece.text, left);
      left -= text.length;
      return 'url' in piece ? [{ type: 'link', url: piece.url, text }] : literal(text, piece);
    });
  for (const part of parts) {
    if (left <= 0) break;
    if (part.kind === 'list') {
      const items = part.items.flatMap((runs) => {
        const inner = runsOf(runs);
        return inner.length === 0 ? [] : [{ type: 'rich_text_section', elements: inner }];
      });
      if (items.length > 0)
        elements.push({ type: 'rich_text_list', style: part.ordered ? 'ordered' : 'bullet', elements: items });
      continue;
    }
    const inner = runsOf(part.kind === 'section' ? part.runs : [run(part.text)]);
    const type = { section: 'rich_text_section', quote: 'rich_text_quote', copy: 'rich_text_preformatted' }[part.kind];
    if (inner.length > 0) elements.push({ type, elements: inner });
  }
  return elements.length === 0 ? undefined : { type: 'rich_text', elements };
}

/** A run as elements that no reader of the wire could take for a reference either: none holds a `<` before other signs. */
function literal(text: string, { bold: isBold, italic, code: isCode }: Run): Json[] {
  const style = {
    ...(isBold ? { bold: true } : {}),
    ...(italic ? { italic: true } : {}),
    ...(isCode ? { code: true } : {}),
  };
  return text
    .split(/(?<=<)/)
    .map((piece) => ({ type: 'text', text: piece, ...(Object.keys(style).length === 0 ? {} : { style }) }));
}

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

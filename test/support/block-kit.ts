// Slack's limits of Block Kit, checked on what was really sent. docs.slack.dev/reference/block-kit, read November 2026.

type Fields = Readonly<Record<string, unknown>>;

const BLOCKS = new Set(['section', 'header', 'context', 'actions', 'divider', 'input', 'rich_text', 'image']);
const VIEW_ONLY = new Set(['input']);

/** What Slack would refuse, with where; empty where it would take all. `most`: blocks. */
export function faultsOf(blocks: unknown, most: number, inView: boolean): string[] {
  const faults: string[] = [];
  const say = (at: string, what: string): void => void faults.push(`${at}: ${what}`);
  const text = (at: string, value: unknown, limit: number, types: readonly string[]): void => {
    const { type, text: words } = (value ?? {}) as Fields;
    if (!types.includes(type as string)) say(at, `type ${String(type)}`);
    if (typeof words !== 'string' || words.length === 0) say(at, 'empty');
    else if (words.length > limit) say(at, `${words.length} > ${limit}`);
  };
  const id = (at: string, value: unknown): void => {
    if (value !== undefined && (typeof value !== 'string' || value.length === 0 || value.length > 255)) say(at, 'id');
  };
  const element = (at: string, value: unknown): void => {
    const it = (value ?? {}) as Fields;
    id(`${at}.action_id`, it['action_id']);
    switch (it['type']) {
      case 'button':
        text(`${at}.text`, it['text'], 75, ['plain_text']);
        if (typeof it['value'] !== 'string' || it['value'].length > 2000) say(at, 'value');
        break;
      case 'static_select': {
        const options = it['options'] as Fields[];
        if (!Array.isArray(options) || options.length === 0 || options.length > 100) say(at, 'options');
        text(`${at}.placeholder`, it['placeholder'], 150, ['plain_text']);
        options.forEach((option, i) => {
          text(`${at}.options[${i}]`, option['text'], 75, ['plain_text']);
          if (typeof option['value'] !== 'string' || option['value'].length > 150 || option['value'] === '')
            say(at, 'option value');
        });
        const initial = it['initial_option'];
        if (initial !== undefined && !options.some((option) => JSON.stringify(option) === JSON.stringify(initial)))
          say(at, 'initial_option is none of the options');
        break;
      }
      case 'plain_text_input': {
        const initial = it['initial_value'];
        if (initial !== undefined && (typeof initial !== 'string' || initial.length > 3000)) say(at, 'initial_value');
        break;
      }
      default:
        say(at, `element ${String(it['type'])}`);
    }
  };
  const richElement = (at: string, value: unknown): void => {
    const { type, elements, text: words, url } = (value ?? {}) as Fields;
    if (Array.isArray(elements)) {
      if (elements.length === 0) say(at, 'no elements');
      const { border } = value as Fields;
      if (border !== undefined && (type !== 'rich_text_list' || (border !== 0 && border !== 1))) say(at, 'border');
      elements.forEach((inner, i) => richElement(`${at}[${i}]`, inner));
    } else if (type === 'text' || type === 'link') {
      if (typeof words !== 'string' || words === '') say(at, 'empty text');
      if (type === 'link' && typeof url !== 'string') say(at, 'url');
    } else say(at, `rich element ${String(type)}`);
  };
  if (!Array.isArray(blocks)) return ['blocks: no list'];
  if (blocks.length > most) say('blocks', `${blocks.length} > ${most}`);
  const ids = blocks.flatMap((block) => ((block as Fields)['block_id'] as string | undefined) ?? []);
  if (new Set(ids).size !== ids.length) say('blocks', 'a block_id twice');
  (blocks as Fields[]).forEach((block, i) => {
    const at = `${i}.${String(block['type'])}`;
    id(`${at}.block_id`, block['block_id']);
    if (!BLOCKS.has(block['type'] as string) || (!inView && VIEW_ONLY.has(block['type'] as string))) say(at, 'unknown');
    const elements = block['elements'] as unknown[];
    switch (block['type']) {
      case 'header':
        text(at, block['text'], 150, ['plain_text']);
        break;
      case 'section':
        text(at, block['text'], 3000, ['mrkdwn', 'plain_text']);
        break;
      case 'context':
        if (!Array.isArray(elements) || elements.length === 0 || elements.length > 10) say(at, 'elements');
        else elements.forEach((inner) => text(at, inner, 3000, ['mrkdwn', 'plain_text']));
        break;
      case 'actions':
        if (!Array.isArray(elements) || elements.length === 0 || elements.length > 25) say(at, 'elements');
        else elements.forEach((inner, n) => element(`${at}[${n}]`, inner));
        break;
      case 'input':
        text(`${at}.label`, block['label'], 2000, ['plain_text']);
        if (block['hint'] !== undefined) text(`${at}.hint`, block['hint'], 2000, ['plain_text']);
        element(at, block['element']);
        break;
      case 'rich_text':
        richElement(at, block);
        break;
    }
  });
  return faults;
}

export function faultsOfView(view: unknown): string[] {
  const { type, title, submit, close, blocks, private_metadata: metadata } = (view ?? {}) as Fields;
  const faults = faultsOf(blocks, 100, true);
  if (type === 'home') return faults;
  for (const [name, part] of Object.entries({ title, submit, close })) {
    if (part === undefined && name !== 'title') continue;
    const words = ((part ?? {}) as Fields)['text'];
    if (typeof words !== 'string' || words.length === 0 || words.length > 24) faults.push(`${name}: length`);
  }
  if (typeof metadata === 'string' && metadata.length > 3000) faults.push('private_metadata');
  return faults;
}

/** What people read of blocks, in order: rich text as typed, mrkdwn with its entities undone. */
export function readText(value: unknown): string {
  if (Array.isArray(value)) return value.map(readText).join('');
  if (typeof value !== 'object' || value === null) return '';
  const fields = value as Fields;
  const { type, text } = fields;
  if (typeof text === 'string')
    return type === 'mrkdwn'
      ? `${text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&')}\n`
      : `${text}${type === 'plain_text' ? '\n' : ''}`;
  const parts = Object.entries(fields)
    .filter(([name]) => name !== 'type')
    .map(([, part]) => readText(part))
    .join('');
  return /^rich_text_/.test(String(type)) ? `${parts}\n` : parts;
}

/** All texts in which Slack reads mrkdwn. */
export function mrkdwnOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(mrkdwnOf);
  if (typeof value !== 'object' || value === null) return [];
  const fields = value as Fields;
  if (fields['type'] === 'mrkdwn') return [String(fields['text'])];
  return Object.values(fields).flatMap(mrkdwnOf);
}

// Rich text: the only place for words of people, where nothing is ever live. Never over Slack's limits.
import { type Block, cut, type Json, LIMITS } from './blocks';

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
  /** `quoted`: with the bar of a quote. */
  | {
      readonly kind: 'list';
      readonly ordered?: true;
      readonly quoted?: true;
      readonly items: readonly (readonly (Run | Link)[])[];
    };

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
        elements.push({
          type: 'rich_text_list',
          style: part.ordered ? 'ordered' : 'bullet',
          ...(part.quoted ? { border: 1 } : {}),
          elements: items,
        });
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

/** A list under its title; nothing where there are no items. */
export const titledList = (
  title: string,
  items: readonly (readonly (Run | Link)[])[],
  look: { readonly ordered?: true; readonly quoted?: true } = {},
): RichPart[] =>
  items.length === 0
    ? []
    : [
        { kind: 'section', runs: [bold(title)] },
        { kind: 'list', items, ...look },
      ];

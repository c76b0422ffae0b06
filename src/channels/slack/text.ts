// Slack's wire form of a message to the words that people typed: entities undone, links and mentions as they read. Raw text; redact what comes out.

const ENTITIES: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };
/** Slack escapes every `<` that people type, so these are its own. */
const REFERENCE = /<([^<>]*)>/g;

function undo(text: string): string {
  return text.replace(/&(?:lt|gt|amp);/g, (entity) => ENTITIES[entity] ?? entity);
}

function readReference(inner: string): string {
  const bar = inner.indexOf('|');
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? '' : inner.slice(bar + 1);
  if (target.startsWith('@')) return label === '' ? '@…' : `@${label.replace(/^@/, '')}`;
  if (target.startsWith('#')) return label === '' ? '#…' : `#${label}`;
  if (target.startsWith('!')) return label === '' ? `@${target.slice(1).split('^')[0] ?? ''}` : label;
  const address = target.replace(/^mailto:|^tel:/, '');
  if (label === '' || label === address || `http://${label}` === address || `https://${label}` === address) {
    // Slack makes a link of every host name; what was typed is the label.
    return label === '' ? address : label;
  }
  return `${label} (${address})`;
}

/** The words of a message. `mention`: the assistant's own user id, which is left out. @unredacted */
export function plainText(wire: string, mention?: string): string {
  const own = mention === undefined || mention === '' ? undefined : `@${mention}`;
  return undo(
    wire.replace(REFERENCE, (_whole, inner: string) =>
      own !== undefined && (inner === own || inner.startsWith(`${own}|`)) ? '' : readReference(inner),
    ),
  ).trim();
}

// Nothing that cannot be seen is a fault: a paste that stops anywhere, and a secret that somebody masked, prove nothing.
import { cases, named, read } from '../support/request';

// A command in a comment above the real one is whole wherever the cut is.
const good = cases('good')
  .filter(({ text }) => !text.startsWith('#'))
  .map((c, i) => [`${String(i)} ${c.syntax}`, c] as const);
const faults = (text: string, tolerated: readonly string[] = []): string[] =>
  read(text)
    .findings.filter((f) => !tolerated.includes(f.id))
    .map((f) => `${named(f)}: ${f.quote} <- ${text.slice(-80)}`);

const PARTS = 16;

test.each(good)('%s, cut anywhere', (_name, { text, tolerated }) => {
  for (let part = 1; part < PARTS; part++) {
    const shown = text.slice(0, Math.floor((text.length * part) / PARTS));
    // A shell takes what is pasted as it is, so an address without quotes stays one.
    for (const end of ['...', '\n...', '…', ' ...']) expect(faults(shown + end, tolerated)).toEqual([]);
  }
});

test.each(['****', '********', '<redacted>', '(hidden)', 'XXXXXXXX', '•••••', '...', '[REDACTED]'])(
  'secrets masked as %s',
  (mask) => {
    for (const [, { text, tolerated }] of good)
      expect(faults(text.replace(/\[redacted:[\w-]+\]/g, mask), tolerated)).toEqual([]);
  },
);

// Reads the billing system's version: the number behind its name, or behind the word for a version.

import { before, lineOf, type Context } from './context';
import type { Candidate } from './candidate';

const DIGITS = '(\\d{1,2}\\.\\d{1,2}(?:\\.\\d{1,3})?)(?![\\d]|\\.\\d)';

/** Version of the system: the number right behind its name, or behind the word for a version on a line that names it. */
export function readVersions(ctx: Context): Candidate[] {
  const { lexicon, view } = ctx;
  const out: Candidate[] = [];
  const name = lexicon.source('integration', 'module-name');
  const near = lexicon.once(
    'version near',
    () => new RegExp(`${name}((?:[^\\d\\n]|\\n(?=[\\s|*-])){0,28}?)(?<![\\w.])v?${DIGITS}`, 'g'),
  );
  const word = lexicon.once(
    'version word',
    () =>
      new RegExp(
        `(?:(?<![a-z])|_)${lexicon.labels('version')}["'\\]]?[\\s:=("'|>*]{0,6}(?:(?:${lexicon.source('version', 'is')})[\\s:"']{0,3})?v?${DIGITS}`,
        'g',
      ),
  );
  const other = lexicon.cue('version', 'other-before', '[^\\d\\n]{0,12}$');
  const upgrade = lexicon.once(
    'version to',
    () => new RegExp(`^[^\\n.\\d]{0,3}${lexicon.source('version', 'to')}[\\s]{0,2}v?${DIGITS}`),
  );
  for (const m of view.folded.matchAll(near)) {
    const value = m[2] ?? '';
    const end = m.index + m[0].length;
    if (other.test(view.folded.slice(m.index, end - value.length))) continue;
    const to = upgrade.exec(view.folded.slice(end, end + 24));
    if (to?.[1] !== undefined) {
      const at = end + to[0].length;
      out.push({ value: to[1], start: at - to[1].length, end: at, score: 4 });
    } else out.push({ value, start: end - value.length, end, score: 3 });
  }
  if (out.length === 0 && lexicon.cue('integration', 'module-name').test(view.folded)) {
    for (const m of view.folded.matchAll(word)) {
      const value = m[1] ?? '';
      const end = m.index + m[0].length;
      if (
        lexicon.cue('version', 'other-before', '[\\s:_"\'(-]{0,3}$').test(before(ctx, m.index + 1, 14)) ||
        lexicon.cue('version', 'other-line').test(lineOf(ctx, m.index, 30))
      )
        continue;
      out.push({ value, start: end - value.length, end, score: 2 });
    }
  }
  return out;
}

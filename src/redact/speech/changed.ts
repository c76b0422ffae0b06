// Changes of a credential: from A to B.
import { isChosen, similar } from './chosen';
import type { Line } from './line';
import type { Token } from './tokens';

/** "changed it from A to B", "was A, now B". */
export function changed(line: Line, near: string | undefined): void {
  const { lexicon } = line.search.pack;
  for (let i = 0; i < line.tokens.length; i++) {
    if (!lexicon.has('verb', (line.tokens[i] as Token).lower) && !lexicon.has('from', (line.tokens[i] as Token).lower))
      continue;
    const sentence = line.sentence[i];
    const values: number[] = [];
    let from = lexicon.has('from', (line.tokens[i] as Token).lower);
    let to = false;
    let paired = false;
    for (let k = i + 1; k < line.tokens.length && k <= i + 12 && line.sentence[k] === sentence; k++) {
      const token = line.tokens[k] as Token;
      if (lexicon.has('from', token.lower)) from = true;
      if (lexicon.has('to', token.lower) || lexicon.has('and', token.lower)) to = true;
      if (lexicon.has('pronoun', token.lower) && values.length === 0) paired = true;
      const looks = line.look(k);
      if ((looks === 'strong' || looks === 'medium') && !line.isProtected(k)) values.push(k);
    }
    if (values.length < 2 || !(from || paired) || !to) continue;
    const [a, b] = [line.tokens[values[0] as number] as Token, line.tokens[values[1] as number] as Token];
    const known = from && (near !== undefined || line.mentions.length > 0);
    if (
      known
        ? similar(a, b) || (isChosen(a.text) && isChosen(b.text))
        : isChosen(a.text) && isChosen(b.text) && (from || similar(a, b))
    ) {
      for (const value of values.slice(0, 2)) line.take(value, line.kindOf(near));
    }
  }
}

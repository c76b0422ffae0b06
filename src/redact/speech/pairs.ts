// User and secret joined by a slash, a bar or a colon.
import { CODE, chosenness, isChosen, isSerial } from './chosen';
import { PAIR, type Line } from './line';
import type { Token } from './tokens';

const JOINT = /[:/|;]/;

/** "use ilse / Gate#Moor5", "user ilse pass …", "(paige@low.example / Larder!8)". */
export function pairs(line: Line, near: string | undefined): void {
  const { lexicon } = line.search.pack;
  for (let i = 1; i + 1 < line.tokens.length; i++) {
    const token = line.tokens[i] as Token;
    const left = line.tokens[i - 1] as Token;
    const right = line.tokens[i + 1] as Token;
    // "user + X"
    if (
      token.text === '+' &&
      lexicon.has('user', left.lower) &&
      line.look(i + 1) !== 'none' &&
      chosenness(right.text) >= 1.5
    )
      line.take(i + 1, line.kindOf(near));
    if (token.text !== '/' && token.text !== '|') continue;
    const seen = line.look(i + 1, true);
    const looks = seen === 'none' && isSerial(right.text) && line.isTold(i + 1) ? 'medium' : seen;
    if (looks === 'none' || line.owner[i + 1] !== undefined || lexicon.has('user', right.lower)) continue;
    if (line.search.pack.look.isInert(right.text) || /\s/.test(left.text)) continue;
    const cued =
      near !== undefined ||
      line.mentions.length > 0 ||
      line.tokens
        .slice(Math.max(0, i - 7), i)
        .some((before) => lexicon.has('verb', before.lower) || lexicon.has('user', before.lower));
    if (looks === 'strong' ? cued || isChosen(right.text) : looks === 'medium' && cued && !/^\d+$/.test(right.text))
      line.take(i + 1, line.kindOf(near));
  }
  // One word: user/secret or user:secret behind a verb of use.
  for (let i = 0; i < line.tokens.length; i++) {
    const token = line.tokens[i] as Token;
    const pair = JOINT.test(token.text) ? PAIR.exec(token.text) : null;
    if (
      pair === null ||
      line.owner[i] !== undefined ||
      CODE.test(pair[1] ?? '') ||
      CODE.test(pair[3] ?? '') ||
      /::/.test(token.text) ||
      line.search.pack.look.isInert(token.text) ||
      /:\/\//.test(token.text)
    )
      continue;
    const value = pair[3] ?? '';
    if (
      !isChosen(value) ||
      !line.isUserPart(pair[1] ?? '') ||
      line.search.pack.look.isInert(value) ||
      line.search.pack.look.isInert(pair[1] ?? '') ||
      /[/\\]/.test(value)
    )
      continue;
    const cued =
      near !== undefined ||
      line.mentions.length > 0 ||
      line.tokens
        .slice(Math.max(0, i - 6), i)
        .some((before) => lexicon.has('verb', before.lower) || lexicon.has('user', before.lower));
    if (cued) line.take(i, line.kindOf(near));
  }
}

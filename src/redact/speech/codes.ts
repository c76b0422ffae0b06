// One-time codes told in running text: groups of digits in or right behind a sentence that names such a code.
import { lineEndAt } from '../finding';
import type { Around, Line } from './line';
import type { Token } from './tokens';

const KIND = 'one-time-code';
const CODE =
  /(?<![\p{L}\d.,:/#+-]|\d )(?:\d{3,4}(?:[ -]\d{3,4}){1,2}|\d{6,8}|\d{3}[ -]\d{3}[ -]\d{2,3})(?![\p{L}\d/:%+-]|[.,]\d)/gu;
/** Words between the code's name and the code. */
const REACH = 24;

/** Takes the digit groups that stand near the name of a one-time code. */
export function codes(line: Line, around: Around): void {
  const named = line.mentions.filter(({ noun }) => noun.kind === KIND || noun.kind === 'epp-code');
  const alone = line.tokens.length <= 2 && around.kind === KIND;
  if ((named.length === 0 && !alone) || line.tokens.length === 0) return;
  const { text } = line.search;
  const from = (line.tokens[0] as Token).start;
  const to = Math.min(lineEndAt(text, from), (line.tokens.at(-1) as Token).end + 1);
  for (const match of text.slice(from, to).matchAll(CODE)) {
    const start = from + match.index;
    const end = start + match[0].length;
    const at = line.tokens.findIndex((token) => token.end > start);
    const near = named.find(({ start: noun }) => isNear(line, noun, at));
    if (at < 0 || (!alone && near === undefined)) continue;
    // The code of a domain is seldom digits alone: only as a word in quotes or brackets.
    const quoted = /["(]/.test(text[start - 1] ?? '') && /[")]/.test(text[end] ?? '');
    if (near?.noun.kind === 'epp-code' && near.noun.strong && !quoted) continue;
    if (isDate(match[0]) || line.isProtected(at) || line.isFound(at, around.found)) continue;
    line.search.findings.push({
      start,
      end,
      kind: near?.noun.strong === true ? near.noun.kind : KIND,
      carrier: 'speech',
      local: true,
    });
  }
}

/** In the same sentence, or in the next one, and not far. */
function isNear(line: Line, noun: number, at: number): boolean {
  const from = line.tokens.findIndex((token) => token.end > noun);
  const sentences = (line.sentence[at] ?? 0) - (line.sentence[from] ?? 0);
  return Math.abs(at - from) <= REACH && sentences >= -1 && sentences <= 2;
}

function isDate(code: string): boolean {
  return /^(?:19|20)\d\d[01]\d[0-3]\d$|^(?:19|20)\d\d[ -](?:19|20)\d\d$/.test(code);
}

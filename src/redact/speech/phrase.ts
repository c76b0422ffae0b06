// Pass phrases of plain words without quotes: behind a colon or a link, to the end of the sentence, in a sentence that names a credential.
import { CODE } from './chosen';
import type { Line } from './line';
import type { Token } from './tokens';

const MIN_WORDS = 3;
const MAX_WORDS = 6;

/** Takes three to six uncommon words in a row that end their sentence and follow a colon or link after a credential noun. */
export function phrases(line: Line): void {
  const { lexicon } = line.search.pack;
  for (let i = 0; i + MIN_WORDS < line.tokens.length; i++) {
    const head = line.tokens[i] as Token;
    const colon = /[:=]$/.test(head.trail);
    if (!colon && !lexicon.has('link', head.lower)) continue;
    const sentence = line.sentence[i];
    const noun = line.tokens.findIndex(
      (_, k) =>
        k < i && line.sentence[k] === sentence && line.owner[k] !== undefined && line.owner[k]?.noun.kind !== 'user',
    );
    if (noun < 0 || (!colon && i - noun > 4)) continue;
    let end = i + 1;
    let ordinary = 0;
    let figures = 0;
    let stopped = false;
    for (; end < line.tokens.length && end - i <= MAX_WORDS; end++) {
      const token = line.tokens[end] as Token;
      if (line.owner[end] !== undefined || token.quoted || !/^[\p{L}\d'-]+$/u.test(token.text) || CODE.test(token.text))
        break;
      const known = lexicon.isOrdinary(token.lower);
      if (known && end - i - 1 >= MIN_WORDS && ordinary === 0 && i - noun <= 2) {
        stopped = true;
        break;
      }
      if (known) ordinary++;
      if (!/^\p{L}{2,}/u.test(token.text)) figures++;
      if (token.last || token.trail !== '') {
        end++;
        break;
      }
    }
    const words = end - i - 1;
    const closed = stopped || end === line.tokens.length || (line.tokens[end - 1] as Token).trail !== '';
    if (
      figures > 1 ||
      words < MIN_WORDS ||
      words > MAX_WORDS ||
      !closed ||
      ordinary > (words >= 4 || (colon && i - noun <= 3) ? 1 : 0)
    )
      continue;
    const first = line.tokens[i + 1] as Token;
    const last = line.tokens[end - 1] as Token;
    line.search.findings.push({
      start: first.start,
      end: last.end,
      kind: line.owner[noun]?.noun.kind ?? 'password',
      carrier: 'speech',
    });
    for (let k = i + 1; k < end; k++) line.taken.add(k);
  }
}

const MAIL_PAIR = /^[\w.+-]+@[\w.-]+\.\p{L}{2,}:(?=\p{L})/u;

/** `mail@host:some words`: a user and a pass phrase, up to the next mark. */
export function mailPairs(line: Line): void {
  line.tokens.forEach((token, i) => {
    const user = MAIL_PAIR.exec(token.text);
    if (user === null || line.taken.has(i)) return;
    let end = i;
    while (
      end + 1 < line.tokens.length &&
      end - i < 3 &&
      (line.tokens[end] as Token).trail === '' &&
      !/^[,;.(]/.test(line.search.text.slice((line.tokens[end] as Token).end).trimStart())
    )
      end++;
    const last = line.tokens[end] as Token;
    line.search.findings.push({
      start: token.start + user[0].length,
      end: last.end,
      kind: 'password',
      carrier: 'speech',
    });
    for (let k = i; k <= end; k++) line.taken.add(k);
  });
}

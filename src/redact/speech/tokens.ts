// Cuts a line of running text into words with their punctuation told apart; quoted phrases stay whole.
import { isSpace, isWide } from '../units';

/** A word as it is written, wherever it stands. */
export interface Word {
  readonly text: string;
  readonly lower: string;
  /** Punctuation before and behind. */
  readonly lead: string;
  readonly trail: string;
  readonly quoted: boolean;
  /** The sentence ends behind this word. */
  readonly last: boolean;
}

export interface Token extends Word {
  /** Span of the word without its punctuation. */
  readonly start: number;
  readonly end: number;
}

const QUOTED =
  /(?<=^|[\s([:=,-]|[\u3400-\u9fff，。])(["'`])(?! )([^"'`\n]{1,80}|[^"\n]{1,80})\1(?=$|[\s,.;:!?)\]-]|[\u3400-\u9fff，。；])/g;
const LEAD = /^[([{<"'`*~,;:=¿¡|-]+(?=.)/;
const TRAIL = /[)\]}>"'`*,;:.!?|…]+$/;

/** Words of the text at hand: a log says the same words again and again. Emptied after each text, for they may be credentials. */
const seen = new Map<string, Word>();
const MAX_SEEN = 20_000;
/** A longer word hardly comes again. */
const MAX_WORD = 64;

/** Drops the words of the text that was read last. */
export function forgetWords(): void {
  if (seen.size > 0) seen.clear();
}

const GAP = 0;
const LETTERS = 1;
const RUN = 2;
const MARK = 3;

/** What a unit is to the words: a gap between them, part of a word, part of a run of a script without blanks, a word by itself. */
function unitClass(code: number): number {
  if (code < 128) return isSpace(code) ? GAP : LETTERS;
  if (isWide(code)) return RUN;
  if (code === 0xff0c || code === 0xff1b || code === 0x3001 || code === 0x3002 || code === 0xff01 || code === 0xff1f)
    return MARK;
  return isSpace(code) ? GAP : LETTERS;
}

/** Adds the words of `text` in [from, to). */
function addWords(tokens: Token[], text: string, from: number, to: number): void {
  for (let at = from; at < to;) {
    const kind = unitClass(text.charCodeAt(at));
    const start = at++;
    if (kind === GAP) continue;
    if (kind !== MARK) while (at < to && unitClass(text.charCodeAt(at)) === kind) at++;
    const written = text.slice(start, at);
    let word = seen.get(written);
    if (word === undefined) {
      word = wordOf(written);
      if (written.length <= MAX_WORD && seen.size < MAX_SEEN) seen.set(written, word);
    }
    const { text: body, lower, lead, trail, last } = word;
    const begin = start + lead.length;
    tokens.push({ start: begin, end: begin + body.length, text: body, lower, lead, trail, quoted: false, last });
  }
}

/** Tokens of `text` in [start, end). */
export function tokenise(text: string, start: number, end: number): Token[] {
  const line = text.slice(start, end);
  const tokens: Token[] = [];
  let from = 0;
  const words = (to: number): void => {
    addWords(tokens, text, start + from, start + to);
  };
  if (/["'`]/.test(line)) {
    for (const match of line.matchAll(QUOTED)) {
      const inner = match[2] ?? '';
      if (inner.split(/\s+/).length > 6 || (/\s/.test(inner) && /[:=/<>{}]/.test(inner))) continue;
      words(match.index);
      const at = start + match.index + 1;
      const after = line[match.index + match[0].length] ?? '';
      tokens.push({
        start: at,
        end: at + inner.length,
        text: inner,
        lower: inner.toLowerCase(),
        lead: '"',
        trail: `"${/[,.;:!?)]/.test(after) ? after : ''}`,
        quoted: true,
        last: /[.!?]/.test(after),
      });
      from = match.index + match[0].length;
    }
  }
  words(line.length);
  return tokens;
}

const BRACKETS = [
  ['(', ')'],
  ['[', ']'],
  ['<', '>'],
  ['{', '}'],
] as const;

function wordOf(word: string): Word {
  const lead = LEAD.exec(word)?.[0] ?? '';
  let body = word.slice(lead.length);
  let trail = TRAIL.exec(body)?.[0] ?? '';
  if (trail.length === body.length) trail = '';
  body = body.slice(0, body.length - trail.length);
  // "wombat66!": the mark belongs to a word that is no word.
  if (trail.startsWith('!') && /\p{L}/u.test(body) && /\d|[-_.]|\p{Ll}\p{Lu}/u.test(body)) {
    body += '!';
    trail = trail.slice(1);
  }
  // A closing bracket that was opened inside belongs to the word.
  for (const [open, close] of trail === '' ? [] : BRACKETS) {
    if (trail.startsWith(close) && body.includes(open)) {
      body += close;
      trail = trail.slice(1);
    }
  }
  return {
    text: body,
    lower: body.toLowerCase(),
    lead,
    trail,
    quoted: false,
    last: /[.!?。！？…]/.test(trail) || /^[。！？]$/.test(word),
  };
}

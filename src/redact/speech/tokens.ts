// Cuts a line of running text into words with their punctuation told apart; quoted phrases stay whole.

export interface Token {
  /** Span of the word without its punctuation. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly lower: string;
  /** Punctuation before and behind. */
  readonly lead: string;
  readonly trail: string;
  readonly quoted: boolean;
  /** The sentence ends behind this word. */
  readonly last: boolean;
}

const WIDE = '\\u3040-\\u30ff\\u3400-\\u9fff\\uac00-\\ud7af';
const WORD = new RegExp(`[${WIDE}]+|[^\\s${WIDE}，；、。！？]+|[，；、。！？]`, 'g');
const QUOTED =
  /(?<=^|[\s([:=,-]|[\u3400-\u9fff，。])(["'`])(?! )([^"'`\n]{1,80}|[^"\n]{1,80})\1(?=$|[\s,.;:!?)\]-]|[\u3400-\u9fff，。；])/g;
const LEAD = /^[([{<"'`*~,;:=¿¡|-]+(?=.)/;
const TRAIL = /[)\]}>"'`*,;:.!?|…]+$/;

/** Tokens of `text` in [start, end). */
export function tokenise(text: string, start: number, end: number): Token[] {
  const line = text.slice(start, end);
  const tokens: Token[] = [];
  let from = 0;
  const words = (to: number): void => {
    if (to <= from) return;
    for (const match of line.slice(from, to).matchAll(WORD))
      tokens.push(wordToken(match[0], start + from + match.index));
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

function wordToken(word: string, at: number): Token {
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
    start: at + lead.length,
    end: at + lead.length + body.length,
    text: body,
    lower: body.toLowerCase(),
    lead,
    trail,
    quoted: false,
    last: /[.!?。！？…]/.test(trail) || /^[。！？]$/.test(word),
  };
}
